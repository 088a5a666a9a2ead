"""A developer's machine."""

from config.settings.base import *

BAKEN_MODE = "local"
BAKEN_LOCAL_WEBHOOKS = True

DEBUG = True
SECRET_KEY = "local-developer-machine-only-not-a-secret"  # noqa: S105
INSTALLED_APPS = [*INSTALLED_APPS, "config.demonstration"]
