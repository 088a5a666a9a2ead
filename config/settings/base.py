"""Everything that does not differ between a developer machine, the tests, the demonstration and production."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from config import caches, databases, env, logs, task_queue
from config.settings.sign_in import *
from config.version import VERSION

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.text("BAKEN_DATA", str(BASE_DIR / "var")))
KEY_DIR = Path(env.text("BAKEN_KEYS", str(DATA_DIR / "keys")))
# How long the key backup keeps a key pair: that long after its last use an old pair is destroyed.
BAKEN_OLD_KEY_DAYS = env.number("BAKEN_OLD_KEY_DAYS", 35)
# Signed marks of the audit trail; belongs on another disk or machine than the database.
BAKEN_CHECKPOINTS = Path(env.text("BAKEN_CHECKPOINTS", str(DATA_DIR / "checkpoints.txt")))
# Where feeds drop their parcels, in a folder of each feed; a worker of the queue files reads it.
BAKEN_DROP_FOLDER = Path(env.text("BAKEN_DROP_FOLDER", str(DATA_DIR / "dropped")))

# Which addresses are mounted and which keys load (architecture, sections 1 and 2).
BAKEN_ROLE = env.choice("BAKEN_ROLE", ("all", "intake", "backoffice", "monitor", "worker"), "all")
BAKEN_QUEUES = tuple(env.text("BAKEN_QUEUES", "files,vault,reports,outgoing").split(","))
# Each kind of settings says its own; what says nothing is held to be production.
BAKEN_MODE = "production"
BAKEN_DEMONSTRATION = False
BAKEN_BEYOND_LOOPBACK = env.flag("BAKEN_BEYOND_LOOPBACK", default=False)
BAKEN_VERSION = VERSION
# Where systems reach this site: what they sign for a token must name it, and no request decides what it is. Links in mails
# have its scheme and port.
BAKEN_ADDRESS = env.text("BAKEN_ADDRESS", f"http://localhost:{env.number('PORT', 8000)}")
# Settings made for tests and the demonstration let a system on the same machine be told; no variable does.
BAKEN_LOCAL_WEBHOOKS = False
BAKEN_CONTACT = env.text("BAKEN_CONTACT", "")
BAKEN_SECURITY_CONTACT = env.text("BAKEN_SECURITY_CONTACT", "security@baken.example")
# Where "leave this page quickly" goes: a page that anybody may be reading.
BAKEN_EXIT_PAGE = env.text("BAKEN_EXIT_PAGE", "https://www.knmi.nl/")
# After how many days reviewers and reporters are reminded of what waits for them.
BAKEN_CONSENT_REMINDER_DAYS = env.number("BAKEN_CONSENT_REMINDER_DAYS", 7)
BAKEN_CONSENT_LAPSE_DAYS = env.number("BAKEN_CONSENT_LAPSE_DAYS", 60)
# Requests in a minute by one system.
BAKEN_API_RATE = env.number("BAKEN_API_RATE", 1200)
# How long a report that nobody goes on with is kept as a draft.
BAKEN_DRAFT_DAYS = env.number("BAKEN_DRAFT_DAYS", 14)
# When an estimate of the hidden population is refused, or is a range only; reports/estimation/reasons.py says why so much.
BAKEN_ESTIMATE_SEEN_TWICE = env.number("BAKEN_ESTIMATE_SEEN_TWICE", 10)
BAKEN_ESTIMATE_FAILED_PERCENT = env.number("BAKEN_ESTIMATE_FAILED_PERCENT", 5)
BAKEN_ESTIMATE_FACTOR_PERCENT = env.number("BAKEN_ESTIMATE_FACTOR_PERCENT", 200)
BAKEN_JOB_LEASE = env.number("BAKEN_JOB_LEASE", 300)
BAKEN_RUNNER_LEASE = env.number("BAKEN_RUNNER_LEASE", 6)
BAKEN_WEB_PROCESSES = env.number("WEB_CONCURRENCY", 1)

SECRET_KEY = ""
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "rest_framework",
    "safeguards",
    "jobs",
    "accounts",
    "consent",
    "intake",
    "reports",
    "config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "config.entrance.RequestIdentifier",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.PageHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.middleware.LanguageOfForm",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.web.middleware.SignInRequirements",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.frame",
            ]
        },
    }
]

DATABASE_URL = env.text("DATABASE_URL", "")
REDIS_URL = env.text("REDIS_URL", "")
DATABASES = {"default": databases.from_url(DATABASE_URL) if DATABASE_URL else databases.sqlite(DATA_DIR / "baken.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Everything that Baken keeps in Redis starts with this.
BAKEN_QUEUE_PREFIX = env.text("BAKEN_QUEUE_PREFIX", "baken:")
CACHES = {"default": caches.shared(REDIS_URL, BAKEN_QUEUE_PREFIX)}
globals().update(task_queue.settings(REDIS_URL, BAKEN_QUEUE_PREFIX))

LOGGING = logs.configuration(env.choice("BAKEN_LOG_FORMAT", ("plain", "json"), "plain"))

# Uploads stay in memory on their way to the encrypted store: Django would spool larger ones to disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
# What is no file: the longest form is a quarter of it. Fields are taken apart before anything else is known of a request,
# and each byte of them may cost hundreds.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

AUTH_USER_MODEL = "accounts.User"

LANGUAGE_CODE = "nl"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
# Where `manage.py prepare` collects them: processes that prepare at the same time each need a folder of their own.
STATIC_ROOT = Path(env.text("BAKEN_STATIC", str(BASE_DIR / "staticfiles")))
STATICFILES_FINDERS = ["config.static_files.ChosenApps"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.HashedFiles"},
}

SPECTACULAR_SETTINGS = {"POSTPROCESSING_HOOKS": [], "SORT_OPERATIONS": False}

FORM_RENDERER = "config.rendering.FormRenderer"
CSRF_FAILURE_VIEW = "config.errors.stale_form"

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# A nonce appears only on a page that asks for one (request.csp_nonce). htmx makes a trusted-types policy of its name.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["htmx"],
    }
}
