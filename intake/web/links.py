"""What lets the holder of a link by mail use pages that others sign in for: the form of a report and its receipt, no more.

The browser that a link was opened in holds a cookie that ends with it, and no session.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.web.actors import act_as, current_actor
from intake.public import invitations
from safeguards.actors import Actor

View = Callable[..., HttpResponseBase]
LONGEST_VISIT = 100


def also_by_link(view: View, *, instead: View | None = None) -> View:
    """The page is for who signed in, and for the holder of a link; instead is what the holder gets in its place."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        known = holder(request)
        if known is None:
            return view(request, *args, **kwargs)
        act_as(request, known)
        return (instead or view)(request, *args, **kwargs)

    return cast(View, login_not_required(answered))


def holder(request: HttpRequest) -> Actor | None:
    """Nobody where somebody is signed in: one browser reports in one name."""
    sent = visit(request)
    if not sent or request.user.is_authenticated:
        return None
    return invitations.holder(visit=sent, request=current_actor(request).request)


def visit(request: HttpRequest) -> str:
    return request.COOKIES.get(cookie_name(), "")[:LONGEST_VISIT]


def cookie_name() -> str:
    return "__Host-link" if settings.SESSION_COOKIE_SECURE else "link"
