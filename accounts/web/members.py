"""Pages of the system administrator about users: list, invite, change roles, end an account."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import labels, selectors, services
from accounts.errors import AccountsError
from accounts.roles import Permission, Role
from accounts.selectors import MemberView, OrganisationView
from accounts.web import invitations
from accounts.web.actors import current_actor
from accounts.web.forms import NewUserForm, RolesForm
from accounts.web.guards import needs

MANAGE = Permission.MANAGE_ORGANISATIONS


@needs(MANAGE)
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    rows = [(member, _role_names(member)) for member in selectors.members()]
    return render(request, "accounts/members.html", {"rows": rows})


@needs(MANAGE)
@require_safe
def member(request: HttpRequest, user: UUID) -> HttpResponse:
    found = _member(user)
    content = {"member": found, "own": str(user) == current_actor(request).id, "roles": _role_names(found)}
    return render(request, "accounts/member.html", content)


@needs(MANAGE)
@require_http_methods(["GET", "POST"])
def new_member(request: HttpRequest, organisation: UUID) -> HttpResponse:
    where = found_organisation(organisation)
    form = NewUserForm(request.POST or None, organisation=where)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.create_user(user=form.user(where.id), by=current_actor(request))
        except AccountsError as error:
            form.add_error(None, str(error))
        else:
            _invite(request, user)
            return redirect("accounts:member", user=user)
    content = {"form": form, "organisation": where}
    return render(request, "accounts/new_member.html", content, status=422 if form.errors else 200)


@needs(MANAGE)
@require_http_methods(["GET", "POST"])
def roles(request: HttpRequest, user: UUID, organisation: UUID) -> HttpResponse:
    who, where = _member(user), found_organisation(organisation)
    form = RolesForm(request.POST or None, organisation=where, initial={"roles": _roles_in(who, where)})
    if request.method == "POST" and form.is_valid():
        try:
            services.set_roles(user=user, organisation=where.id, roles=form.chosen(), by=current_actor(request))
        except AccountsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The roles are changed. The user has to sign in again."))
            return redirect("accounts:member", user=user)
    content = {"form": form, "member": who, "organisation": where}
    return render(request, "accounts/roles.html", content, status=422 if form.errors else 200)


@needs(MANAGE)
@require_POST
def deactivate(request: HttpRequest, user: UUID) -> HttpResponse:
    _member(user)
    try:
        services.deactivate_user(user=user, by=current_actor(request))
        messages.success(request, _("The account is closed and its sessions have ended."))
    except AccountsError as error:
        messages.error(request, str(error))
    return redirect("accounts:member", user=user)


@needs(MANAGE)
@require_POST
def reactivate(request: HttpRequest, user: UUID) -> HttpResponse:
    _member(user)
    try:
        services.reactivate_user(user=user, by=current_actor(request))
        messages.success(request, _("The account is open again."))
    except AccountsError as error:
        messages.error(request, str(error))
    return redirect("accounts:member", user=user)


@needs(MANAGE)
@require_POST
def invite(request: HttpRequest, user: UUID) -> HttpResponse:
    _member(user)
    _invite(request, user)
    return redirect("accounts:member", user=user)


def found_organisation(organisation: UUID) -> OrganisationView:
    try:
        return selectors.organisation(organisation)
    except AccountsError:
        raise Http404 from None


def _member(user: UUID) -> MemberView:
    found = selectors.member(user)
    if found is None:
        raise Http404
    return found


def _invite(request: HttpRequest, user: UUID) -> None:
    try:
        services.invite(user=user, by=current_actor(request))
        invitations.send(request, user)
        messages.success(request, _("An invitation was sent. The link in it works for two days."))
    except AccountsError as error:
        messages.error(request, str(error))
    except OSError:
        messages.error(request, _("The invitation could not be sent: the mail server does not answer. Try again later."))


def _role_names(member: MemberView) -> list[tuple[selectors.MembershipView, list[str]]]:
    return [(one, [str(labels.ROLES[role]) for role in one.roles]) for one in member.memberships]


def _roles_in(member: MemberView, organisation: OrganisationView) -> list[str]:
    its: list[Role] = [role for one in member.memberships if one.organisation == organisation.id for role in one.roles]
    return [role.value for role in its]
