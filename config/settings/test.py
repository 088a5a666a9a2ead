"""The tests: fast hashing, throw-away keys, no mail leaves."""

import os
from pathlib import Path
from secrets import token_hex
from tempfile import gettempdir

from config import caches
from config.settings import base
from config.settings.base import *

BAKEN_MODE = "test"
BAKEN_LOCAL_WEBHOOKS = True

# Parallel test workers empty their cache after each test: none may empty another's.
BAKEN_QUEUE_PREFIX = base.BAKEN_QUEUE_PREFIX + os.environ.get("PYTEST_XDIST_WORKER", "")
CACHES = {"default": caches.shared(REDIS_URL, BAKEN_QUEUE_PREFIX)}

SECRET_KEY = "tests-only-not-a-secret"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Static files straight from the source tree: nothing is collected for a test.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
INSTALLED_APPS = [*INSTALLED_APPS, "config.demonstration"]

# A database of this run alone, whatever DATABASE_URL names: a test run drops what it tests on.
if DATABASE_URL.startswith("postgres"):
    DATABASES["default"]["TEST"] = {"NAME": f"baken_{token_hex(6)}"}

# A file of this run alone: threads then meet SQLite's real locks, where a database in memory refuses instead of waiting.
if not DATABASE_URL:
    DATABASES["default"]["TEST"] = {"NAME": str(Path(gettempdir()) / f"baken_{token_hex(4)}.sqlite3")}
