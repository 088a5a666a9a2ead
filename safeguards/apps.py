"""Registers the start-up checks."""

from django.apps import AppConfig

from safeguards import checks


class SafeguardsConfig(AppConfig):
    name = "safeguards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        checks.register()
