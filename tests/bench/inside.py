"""An empty blog on SQLite in this very process, set up as a real one is."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def blog_in_this_process(**settings: str) -> Iterator[None]:
    """Set Django up, once in the life of a process; `settings` are variables of the environment beside the usual."""
    with tempfile.TemporaryDirectory(prefix="wlg-bench-") as folder:
        os.environ |= {
            "VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "wlg.settings",
            "SITE_URL": "http://127.0.0.1",
            "DEFAULT_FROM_EMAIL": "editors@blog.example",
            "LOG_LEVEL": "ERROR",
            **settings,
        }
        for name in ("DATABASE_URL", "DEVELOPMENT", "DEBUG"):
            os.environ.pop(name, None)
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        for words in (["migrate"], ["createcachetable"], ["collectstatic", "--noinput"]):
            call_command(*words, verbosity=0)
        yield
        connections.close_all()
