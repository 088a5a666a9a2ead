"""Pages about an organisation's systems: those with a key of their own, tokens, and what happened with them."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clients, grants, labels, system_history, tokens, webhooks
from accounts.clients import ClientView
from accounts.errors import AccountsError
from accounts.roles import Permission
from accounts.scopes import Scope
from accounts.selectors import OrganisationView
from accounts.web.actors import current_actor
from accounts.web.guards import needs
from accounts.web.system_forms import KeyForm, SystemForm, TokenForm
from accounts.web.system_guards import done, keeps_systems


@needs(Permission.MANAGE_OWN_SYSTEMS)
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    return redirect("systems:overview", organisation=current_actor(request).organisation)


@keeps_systems
@require_safe
def overview(request: HttpRequest, organisation: OrganisationView) -> HttpResponse:
    its_clients = [(client, _scopes(client.scopes)) for client in clients.clients_of(organisation.id)]
    its_tokens = [(token, _scopes(token.scopes)) for token in tokens.tokens_of(organisation.id)]
    history = [
        (line, labels.SYSTEM_EVENTS.get(line.action, line.action)) for line in system_history.history_of(organisation.id)
    ]
    content = {
        "organisation": organisation,
        "clients": its_clients,
        "tokens": its_tokens,
        "webhooks": [(one, [labels.TOPICS[topic] for topic in one.topics]) for one in webhooks.webhooks_of(organisation.id)],
        "history": history,
        "token_address": grants.audience(),
    }
    return render(request, "accounts/systems.html", content)


@keeps_systems
@require_http_methods(["GET", "POST"])
def new_token(request: HttpRequest, organisation: OrganisationView) -> HttpResponse:
    """The answer to the POST shows the token: the only time that it is anywhere in the clear."""
    form = TokenForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        name, lifetime, by = form.cleaned_data["name"], form.lifetime(), current_actor(request)
        try:
            issued = tokens.issue(organisation=organisation.id, name=name, lifetime=lifetime, scopes=form.chosen(), by=by)
        except AccountsError as error:
            form.add_error(None, str(error))
        else:
            content = {"organisation": organisation, "heading": _("The token is made"), "secret": issued.text}
            return render(request, "accounts/shown_once.html", content | {"expires": issued.expires})
    content = {"form": form, "organisation": organisation, "heading": _("Make a token"), "button": _("Make the token")}
    return render(request, "accounts/system_form.html", content, status=422 if form.errors else 200)


@keeps_systems
@require_POST
def revoke_token(request: HttpRequest, organisation: OrganisationView, token: UUID) -> HttpResponse:
    if token not in {one.id for one in tokens.tokens_of(organisation.id)}:
        raise Http404
    act = partial(tokens.revoke, token=token, by=current_actor(request))
    return done(request, organisation.id, act, _("The token does not work any more."))


@keeps_systems
@require_http_methods(["GET", "POST"])
def new_client(request: HttpRequest, organisation: OrganisationView) -> HttpResponse:
    form = SystemForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        name, by = form.cleaned_data["name"], current_actor(request)
        try:
            client = clients.register(organisation=organisation.id, name=name, scopes=form.chosen(), by=by)
        except AccountsError as error:
            form.add_error(None, str(error))
        else:
            return redirect("systems:new-key", organisation=organisation.id, client=client)
    content = {"form": form, "organisation": organisation, "heading": _("Register a system"), "button": _("Register and go on")}
    return render(request, "accounts/system_form.html", content, status=422 if form.errors else 200)


@keeps_systems
@require_http_methods(["GET", "POST"])
def new_key(request: HttpRequest, organisation: OrganisationView, client: UUID) -> HttpResponse:
    found = _found(organisation, client)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text, by = form.cleaned_data["key"], current_actor(request)
        try:
            clients.add_key(client=found.id, text=text, lifetime=form.lifetime(), by=by)
        except AccountsError as error:
            form.add_error("key", str(error))
            form.forget_key()
        else:
            return redirect("systems:overview", organisation=organisation.id)
    heading = _("A public key for %(name)s") % {"name": found.name}
    content = {"form": form, "organisation": organisation, "heading": heading, "button": _("Register the key")}
    return render(request, "accounts/system_form.html", content, status=422 if form.errors else 200)


@keeps_systems
@require_POST
def revoke_key(request: HttpRequest, organisation: OrganisationView, client: UUID, key: UUID) -> HttpResponse:
    found = _found(organisation, client)
    act = partial(clients.revoke_key, client=found.id, key=key, by=current_actor(request))
    return done(request, organisation.id, act, _("The key does not work any more."))


@keeps_systems
@require_POST
def revoke_client(request: HttpRequest, organisation: OrganisationView, client: UUID) -> HttpResponse:
    found = _found(organisation, client)
    act = partial(clients.revoke, client=found.id, by=current_actor(request))
    return done(request, organisation.id, act, _("The system has no access any more."))


def _found(organisation: OrganisationView, client: UUID) -> ClientView:
    found = next((one for one in clients.clients_of(organisation.id) if one.id == client), None)
    if found is None:
        raise Http404
    return found


def _scopes(scopes: tuple[Scope, ...]) -> list[str]:
    return [str(labels.SCOPES[scope]) for scope in scopes]
