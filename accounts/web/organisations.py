"""Pages of the system administrator about organisations. Their systems have pages of their own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import labels, selectors, services
from accounts.errors import AccountsError
from accounts.roles import Permission
from accounts.web.actors import current_actor
from accounts.web.forms import OrganisationForm
from accounts.web.guards import needs
from accounts.web.members import found_organisation

MANAGE = Permission.MANAGE_ORGANISATIONS


@needs(MANAGE)
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    rows = [(one, labels.kind_of(one)) for one in selectors.organisations()]
    return render(request, "accounts/organisations.html", {"rows": rows})


@needs(MANAGE)
@require_safe
def organisation(request: HttpRequest, organisation: UUID) -> HttpResponse:
    found = found_organisation(organisation)
    return render(request, "accounts/organisation.html", {"organisation": found, "kind": labels.kind_of(found)})


@needs(MANAGE)
@require_http_methods(["GET", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_organisation(organisation=form.organisation(), by=current_actor(request))
        except AccountsError as error:
            form.add_error("name", str(error))
        else:
            return redirect("accounts:organisation", organisation=made)
    return render(request, "accounts/new_organisation.html", {"form": form}, status=422 if form.errors else 200)


@needs(MANAGE)
@require_POST
def deactivate(request: HttpRequest, organisation: UUID) -> HttpResponse:
    found = found_organisation(organisation)
    try:
        services.deactivate_organisation(organisation=found.id, by=current_actor(request))
        messages.success(request, _("The organisation is closed. Its users and systems have no access any more."))
    except AccountsError as error:
        messages.error(request, str(error))
    return redirect("accounts:organisation", organisation=found.id)
