"""The entry for the application server: pages that are kept are answered before Django is entered."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wlg.settings")
_django = get_wsgi_application()

from blog.reading.baking import entry  # noqa: E402 (it needs the models, which are there only now)

application = entry.before(_django)

# What is loaded by now stays as long as the process; looking through it again and again would find nothing to free
gc.freeze()
