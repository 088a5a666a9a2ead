"""Registers the start-up checks and the receivers of sign-in signals."""

from importlib import import_module

from django.apps import AppConfig
from django.core import checks


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("accounts.web.receivers")
        for check in import_module("accounts.checks").CHECKS:
            checks.register(check)
