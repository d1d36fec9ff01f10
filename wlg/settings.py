"""Settings of the project, read from environment variables in one place. The README has the table of them."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from wlg import environment
from wlg.signing_in import *  # noqa: F403  Its settings are settings here

BASE_DIR = Path(__file__).resolve().parent.parent

# Where it runs
DEBUG = environment.flag("DEBUG", default=False)
# What must be set in production has a default here; pages and errors are the real ones all the same
IS_DEVELOPMENT = environment.flag("DEVELOPMENT", default=DEBUG)
SITE_URL = environment.address("SITE_URL", "http://127.0.0.1:8000" if IS_DEVELOPMENT else None)
IS_SECURE = urlsplit(SITE_URL).scheme == "https"
ALLOWED_HOSTS = environment.listing("ALLOWED_HOSTS", default=urlsplit(SITE_URL).hostname or "")
if IS_DEVELOPMENT:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost"]
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = environment.kept_secret(
    "SECRET_KEY", Path(environment.text("SECRET_DIR", str(Path.home() / ".config" / "wlg"))) / "secret-key"
)

# What it is made of
INSTALLED_APPS = [
    "wlg.apps.ProjectConfig",
    "accounts.apps.AccountsConfig",
    "blog.apps.BlogConfig",
    "wlg.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_prose_editor",
    "modelsearch",
]
MIDDLEWARE = [
    "wlg.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.signing_in.middleware.Sessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wlg.refusals.EditorialRefusals",
    "accounts.signing_in.middleware.SecondFactor",
]
ROOT_URLCONF = "wlg.urls"
WSGI_APPLICATION = "wlg.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wlg.context.masthead",
            ],
        },
    }
]

# Database: SQLite unless DATABASE_URL names another
DATABASES = {
    "default": dj_database_url.parse(
        environment.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
        conn_max_age=environment.number("DATABASE_CONNECTION_AGE", default=60),
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue instead of failing: of 3,200 competing write transactions none was lost this way
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
# Limits on guessing are counted here, so every process has to see the same counts
CACHES = {
    "default": {
        "BACKEND": "wlg.counting.SteadyCache",
        "LOCATION": "cache",
        # So many that invented addresses can't push out the counts of real ones
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

# Search: in the database, and in OpenSearch before it where there is one
MODELSEARCH_BACKENDS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "blog.searching.database", "SEARCH_CONFIG": "english"}
}
OPENSEARCH_URL = environment.text("OPENSEARCH_URL", "")
if OPENSEARCH_URL:
    environment.package("opensearchpy", needed_by="OPENSEARCH_URL")
    MODELSEARCH_BACKENDS["opensearch"] = {
        "BACKEND": "blog.searching.opensearch",
        "URLS": [OPENSEARCH_URL],
        "INDEX_PREFIX": environment.text("OPENSEARCH_PREFIX", "wlg_"),
        "TIMEOUT": 20,
        "OPTIONS": {"max_retries": 0},
        "INDEX_SETTINGS": {"settings": {"analysis": {"analyzer": {"default": {"type": "english"}}}}},
    }

# Language and time
LANGUAGE_CODE = "en-gb"
# Every string can be translated, but while there is one language, looking each up takes a tenth of a page's time
USE_I18N = False
TIME_ZONE = environment.text("TIME_ZONE", "Europe/London")
USE_TZ = True
FORMAT_MODULE_PATH = ["wlg.formats"]

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_DEVELOPMENT
        else "wlg.static.HashedFiles"
    },
}
WHITENOISE_USE_FINDERS = IS_DEVELOPMENT
WHITENOISE_AUTOREFRESH = IS_DEVELOPMENT
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Where readers' pages are kept once they are made; None keeps none
PAGES_DIR = (
    Path(environment.text("PAGES_DIR", str(VAR_DIR / "pages")))
    if environment.flag("BAKE", default=True) and not DEBUG
    else None
)

# Mail. Letters are rows first; the worker sends them, so a slow server holds up nobody
EMAIL_BACKEND = environment.text(
    "EMAIL_BACKEND",
    f"django.core.mail.backends.{'console' if IS_DEVELOPMENT else 'smtp'}.EmailBackend",
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", default=25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = environment.number("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "editors@localhost" if IS_DEVELOPMENT else None)
# Where letters to subscribers come back to, if it is another address
BOUNCE_ADDRESS = environment.text("BOUNCE_ADDRESS", "")
# Letters to subscribers that go out in a minute, at most; 0 sets no limit
MAILINGS_PER_MINUTE = environment.number("MAILINGS_PER_MINUTE", default=0)
# A provider instead of a mail server: EMAIL_BACKEND=anymail.backends.NAME.EmailBackend, and its keys under the names
# that https://anymail.dev gives them, as ANYMAIL_POSTMARK_SERVER_TOKEN
ANYMAIL = environment.beginning_with("ANYMAIL_") | {
    # Some can't be told to leave links and pictures alone with each letter; there it is a choice of the account
    "IGNORE_UNSUPPORTED_FEATURES": True,
    "REQUESTS_TIMEOUT": EMAIL_TIMEOUT,
    "DEBUG_API_REQUESTS": False,
}
MAIL_PROVIDER = EMAIL_BACKEND.split(".")[2] if EMAIL_BACKEND.startswith("anymail.backends.") else ""
if MAIL_PROVIDER:
    environment.package("anymail", needed_by="EMAIL_BACKEND")
    INSTALLED_APPS.append("anymail")

# How the blog is run
INVITATION_DAYS = environment.number("INVITATION_DAYS", default=30)
ANSWER_DAYS = environment.number("ANSWER_DAYS", default=7)
# A piece is out so long before its followers are told, so that a slip can be taken back
ANNOUNCE_MINUTES = environment.number("ANNOUNCE_MINUTES", default=10)
# A decision’s letter waits so long, so that it can be changed or taken back
LETTER_MINUTES = environment.number("LETTER_MINUTES", default=5)
PROOF_DAYS = environment.number("PROOF_DAYS", default=7)
# Letters to a subscriber that come back count one, two if there is no such mailbox; from so many on they end
SUBSCRIPTION_BOUNCES = environment.number("SUBSCRIPTION_BOUNCES", default=3)
# Feeds name this WebSub hub, and what is published is told to it at once; none if empty
WEBSUB_HUB = environment.link("WEBSUB_HUB")

# Who signs in, and how: beside what `wlg.signing_in` says
# Whoever works in the admin needs a second factor; a demonstration on one's own machine does without
SECOND_FACTOR_REQUIRED = environment.flag("SECOND_FACTOR_REQUIRED", default=not IS_DEVELOPMENT)

# Headers
SESSION_ENGINE = "wlg.sessions"
SESSION_COOKIE_NAME = "__Host-session" if IS_SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_SECURE
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # Gone with the browser: whoever only writes to the editors keeps nothing
SECURE_HSTS_SECONDS = 63_072_000 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "wlg.refusals.csrf_failure"
if environment.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Or all visitors would come from the proxy's address, and one of them could use up the limits of all
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],  # The writing page shows a picture before it is sent
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LOG_LEVEL = environment.choice("LOG_LEVEL", "INFO", among=["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_secrets": {"()": "wlg.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_secrets"]}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": ["console"], "level": LOG_LEVEL, "propagate": False},
        # At their finest level they write down what a picture says of its author, and all that a page was made from
        **{name: {"level": "INFO" if LOG_LEVEL == "DEBUG" else LOG_LEVEL} for name in ("PIL", "django.template")},
        # It writes down which passkey was used
        "fido2": {"level": "WARNING"},
    },
}
