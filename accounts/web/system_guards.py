"""Whose pages about systems somebody may open: a keeper those of the own organisation, an administrator those of all."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from accounts import refusals
from accounts.errors import AccountsError
from accounts.permissions import has
from accounts.roles import Permission
from accounts.web.actors import current_actor
from accounts.web.guards import View
from accounts.web.members import found_organisation


def keeps_systems(view: View) -> View:
    """The view gets the organisation itself. One that is not the keeper's own does not exist for them."""

    @wraps(view)
    def guarded(request: HttpRequest, organisation: UUID, **others: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        by = current_actor(request)
        everybody = has(by, Permission.MANAGE_ORGANISATIONS)
        if not everybody and not has(by, Permission.MANAGE_OWN_SYSTEMS):
            refusals.note_missing(Permission.MANAGE_OWN_SYSTEMS, by)
            raise PermissionDenied
        if not everybody and by.organisation != organisation:
            raise Http404
        return view(request, found_organisation(organisation), **others)

    return guarded


def done(request: HttpRequest, organisation: UUID, act: Callable[[], object], sentence: str) -> HttpResponse:
    """Does it, says so or says why not, and goes back to the page with all systems."""
    try:
        act()
        messages.success(request, sentence)
    except AccountsError as error:
        messages.error(request, str(error))
    return redirect("systems:overview", organisation=organisation)
