"""The decorator that says which permission a page needs. What the page may see of others' data is for its selectors."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts import refusals
from accounts.permissions import has
from accounts.roles import Permission
from accounts.web.actors import NOBODY, current_actor

View = Callable[..., HttpResponseBase]


def needs(permission: Permission) -> Callable[[View], View]:
    """Known, with this permission in the chosen organisation; otherwise the sign-in page or a 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if current_actor(request).kind == NOBODY:
                return redirect_to_login(request.get_full_path())
            if not has(current_actor(request), permission):
                refusals.note_missing(permission, current_actor(request))
                raise PermissionDenied
            return view(request, *args, **kwargs)

        cast(Any, guarded).permission = permission
        return guarded

    return decorate
