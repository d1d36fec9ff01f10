"""The project's settings, for tests: a folder and a secret of their own, so that two runs never meet."""

import atexit
import os
import shutil
import tempfile

if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="wlg-tests-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
if worker := os.environ.get("PYTEST_XDIST_WORKER"):  # Each of several that run side by side
    os.environ["VAR_DIR"] += f"/{worker}"
os.environ.setdefault("DEVELOPMENT", "1")
os.environ.setdefault("SECOND_FACTOR_REQUIRED", "1")  # As in production
os.environ.setdefault("SECRET_KEY", "for tests alone")
os.environ.setdefault("SITE_URL", "http://blog.example")
os.environ.setdefault("LOG_LEVEL", "ERROR")

from wlg.settings import *  # noqa: F403  All of them, but for what follows

PAGES_DIR = None  # Tests of the kept pages have a folder of their own
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Those of the real site are slow on purpose
