"""Wires what no package may import: the wake-up through Celery, the schedule and the start-up checks. Holds no rules."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings

from config import checks, schedule
from config.soundness import stop_unless_sound
from jobs import starting, wake


class SiteConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        schedule.register()
        checks.register()
        starting.register(stop_unless_sound)
        if settings.REDIS_URL:
            wake.register(import_module("config.wakeups").wake_worker)
