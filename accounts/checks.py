"""Start-up checks of sign-in: no demonstration and no shortcuts outside the settings made for them."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from accounts import demonstration

REQUIRED_MIDDLEWARE = (
    "accounts.web.middleware.SignInRequirements",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
)


def demonstration_only_where_allowed(**_: Any) -> list[CheckMessage]:
    if not settings.BAKEN_DEMONSTRATION or demonstration.allowed():
        return []
    message = "The demonstration sign-in is on with settings that are not the demonstration's; remove BAKEN_DEMONSTRATION."
    return [Error(message, id="baken.E110")]


def no_shortcut_past_second_factor(**_: Any) -> list[CheckMessage]:
    if not getattr(settings, "MFA_TOTP_INSECURE_BYPASS_CODE", None):
        return []
    return [Error("A code that always works is set; remove MFA_TOTP_INSECURE_BYPASS_CODE.", id="baken.E111")]


def pages_closed_by_default(**_: Any) -> list[CheckMessage]:
    missing = [name for name in REQUIRED_MIDDLEWARE if name not in settings.MIDDLEWARE]
    return [Error(f"Pages are not closed by default; add {name} to MIDDLEWARE.", id="baken.E112") for name in missing]


def strong_password_hash(**_: Any) -> list[CheckMessage]:
    if settings.BAKEN_MODE == "test" or settings.PASSWORD_HASHERS[0].endswith("Argon2Hasher"):
        return []
    return [Error("Passwords are not hashed with Argon2id; put accounts.hashers first in PASSWORD_HASHERS.", id="baken.E113")]


CHECKS = (demonstration_only_where_allowed, no_shortcut_past_second_factor, pages_closed_by_default, strong_password_hash)
