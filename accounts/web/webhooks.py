"""Pages about the addresses of an organisation's systems that are told of states: add, test, what arrived, remove."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import labels, webhooks
from accounts.errors import AccountsError
from accounts.selectors import OrganisationView
from accounts.web.actors import current_actor
from accounts.web.system_forms import WebhookForm
from accounts.web.system_guards import done, keeps_systems
from accounts.webhooks import WebhookView


@keeps_systems
@require_http_methods(["GET", "POST"])
def new_webhook(request: HttpRequest, organisation: OrganisationView) -> HttpResponse:
    """The answer to the POST shows the secret: the only time that it is anywhere in the clear."""
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address, by = form.cleaned_data["address"], current_actor(request)
        try:
            made = webhooks.add(organisation=organisation.id, address=address, topics=form.chosen(), by=by)
        except AccountsError as error:
            form.add_error("address", str(error))
        else:
            content = {"organisation": organisation, "heading": _("The address is added"), "secret": made.secret}
            return render(request, "accounts/shown_once.html", content)
    content = {"form": form, "organisation": organisation, "heading": _("Add an address"), "button": _("Add the address")}
    return render(request, "accounts/system_form.html", content, status=422 if form.errors else 200)


@keeps_systems
@require_safe
def webhook(request: HttpRequest, organisation: OrganisationView, webhook: UUID) -> HttpResponse:
    found = _found(organisation, webhook)
    log = [(line, labels.TOPICS[line.topic], labels.DELIVERY_STATES[line.state]) for line in webhooks.log_of(found.id)]
    return render(request, "accounts/webhook.html", {"organisation": organisation, "webhook": found, "log": log})


@keeps_systems
@require_POST
def send_test(request: HttpRequest, organisation: OrganisationView, webhook: UUID) -> HttpResponse:
    found = _found(organisation, webhook)
    webhooks.send_test(webhook=found.id, by=current_actor(request))
    messages.success(request, _("A test is on its way. In a few seconds the list below says whether it arrived."))
    return redirect("systems:webhook", organisation=organisation.id, webhook=found.id)


@keeps_systems
@require_POST
def enable(request: HttpRequest, organisation: OrganisationView, webhook: UUID) -> HttpResponse:
    found = _found(organisation, webhook)
    act = partial(webhooks.enable, webhook=found.id, by=current_actor(request))
    return done(request, organisation.id, act, _("The address is told of states again."))


@keeps_systems
@require_POST
def remove(request: HttpRequest, organisation: OrganisationView, webhook: UUID) -> HttpResponse:
    found = _found(organisation, webhook)
    act = partial(webhooks.remove, webhook=found.id, by=current_actor(request))
    return done(request, organisation.id, act, _("The address is removed."))


def _found(organisation: OrganisationView, webhook: UUID) -> WebhookView:
    found = next((one for one in webhooks.webhooks_of(organisation.id) if one.id == webhook), None)
    if found is None:
        raise Http404
    return found
