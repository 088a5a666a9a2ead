"""The Celery app. What it does is in config.wakeups; why nothing depends on it, in config.task_queue."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

app = Celery("baken")
app.config_from_object("django.conf:settings", namespace="CELERY")
