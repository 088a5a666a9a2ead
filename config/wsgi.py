"""The WSGI entry point. It does not start with missing keys, wrong settings or another database than the code expects."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from config.soundness import stop_unless_sound

# What gunicorn understands as "do not try again".
CANNOT_BOOT = 3


def start() -> WSGIHandler:
    try:
        handler = get_wsgi_application()
        stop_unless_sound()
    except (ImproperlyConfigured, SystemExit) as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(CANNOT_BOOT)
    return handler


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = start()
