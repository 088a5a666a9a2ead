"""What the frame around every page shows: the menu, the languages, the account and the demonstration mark.

It decides nothing: a link that is left out here is refused by its own page as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from accounts import sessions
from accounts.web.actors import NOBODY, chosen_membership, current_actor
from config import navigation
from config.navigation import Link


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    current: bool


@dataclass(frozen=True)
class Frame:
    """Everything that base.html needs beside the page's own content."""

    demonstration: bool
    version: str
    path: str
    languages: tuple[Language, ...]
    signed_in: bool
    account: str
    organisation: str
    sign_out_url: str
    leave_url: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    exit_page: str


def languages() -> tuple[Language, ...]:
    current = get_language()
    return tuple(Language(code, name, code == current) for code, name in settings.LANGUAGES)


def empty_frame() -> Frame:
    """The frame of a page that is drawn without a request."""
    return Frame(
        demonstration=False,
        version=settings.BAKEN_VERSION,
        path="/",
        languages=(),
        signed_in=False,
        account="",
        organisation="",
        sign_out_url="",
        leave_url="",
        navigation=(),
        footer=(),
        exit_page=settings.BAKEN_EXIT_PAGE,
    )


def frame(request: HttpRequest) -> Mapping[str, Any]:
    found = replace(
        empty_frame(),
        demonstration=settings.BAKEN_DEMONSTRATION,
        path=request.get_full_path(),
        languages=languages(),
        footer=navigation.footer(),
    )
    # A page drawn before the sign-in middleware ran (an unreadable request, a register that is loading) has no user.
    if not hasattr(request, "user"):
        return {"frame": found}
    if sessions.signed_in_user(request):
        return {"frame": with_account(found, request)}
    known = current_actor(request).kind != NOBODY
    return {"frame": replace(found, leave_url=navigation.first_url("intake:public-link-leave")) if known else found}


def with_account(frame: Frame, request: HttpRequest) -> Frame:
    membership = chosen_membership(request)
    return replace(
        frame,
        signed_in=True,
        account=str(getattr(request.user, "name", "")),
        organisation=membership.organisation_name if membership else "",
        sign_out_url=navigation.first_url("account_logout"),
        navigation=navigation.menu(request),
    )
