"""Who may make and change organisations, users and roles, what is refused, and that each change leaves its audit entry."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from accounts import errors, events, selectors, services
from accounts.inputs import OrganisationInput, UserInput
from accounts.models import Membership, Organisation, User
from accounts.permissions import NotAllowedError
from accounts.reporters import PoliceUnit, ReporterGroup
from accounts.roles import Role
from safeguards.models import AuditEntry
from tests import cast

pytestmark = pytest.mark.django_db


def described(email: str = "new@example.org", *roles: Role, organisation: UUID | None = None) -> UserInput:
    where = organisation or cast.organisation(cast.SHELTER_TEAM)
    return UserInput(email=email, name="New", organisation=where, roles=frozenset(roles or {Role.REPORTER}))


def newest() -> AuditEntry:
    return AuditEntry.objects.latest("sequence")


def test_administrator_creates_a_police_organisation() -> None:
    police = OrganisationInput("Politie Nieuw", group=ReporterGroup.POLICE, unit=PoliceUnit.LIMBURG, public_body=True)
    made = services.create_organisation(organisation=police, by=cast.actor(cast.ADMINISTRATOR))
    found = selectors.organisation(made)
    assert (found.name, found.group, found.unit, found.public_body) == (
        "Politie Nieuw",
        ReporterGroup.POLICE,
        PoliceUnit.LIMBURG,
        True,
    )
    assert (newest().action, newest().object_id) == (events.ORGANISATION_CREATED, str(made))


def test_second_organisation_of_the_same_name_is_refused_and_leaves_no_audit_entry() -> None:
    administrator = cast.actor(cast.ADMINISTRATOR)
    before = AuditEntry.objects.count()
    with pytest.raises(errors.NameTakenError):
        services.create_organisation(organisation=cast.REGISTRY, by=administrator)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("person", [cast.OWNER, cast.ANALYST, cast.PRIVACY_OFFICER], ids=lambda person: person.name)
def test_others_than_the_administrator_create_nothing(person: cast.Person) -> None:
    by = cast.actor(person)
    before = (Organisation.objects.count(), User.objects.count(), AuditEntry.objects.count())
    with pytest.raises(NotAllowedError):
        services.create_organisation(organisation=OrganisationInput("Nieuw"), by=by)
    with pytest.raises(NotAllowedError):
        services.create_user(user=described(organisation=by.organisation), by=by)
    assert (Organisation.objects.count(), User.objects.count(), AuditEntry.objects.count()) == before


def test_new_user_has_no_password_and_one_role() -> None:
    made = services.create_user(user=described("Mixed@Example.org"), by=cast.actor(cast.ADMINISTRATOR))
    row = User.objects.get(pk=made)
    assert row.email == "mixed@example.org"
    assert not row.has_usable_password()
    assert selectors.roles_anywhere(made) == {Role.REPORTER}


def test_audit_entry_of_a_new_user_has_the_roles_and_not_the_email() -> None:
    made = services.create_user(user=described(), by=cast.actor(cast.ADMINISTRATOR))
    entry = newest()
    assert (entry.action, entry.object_id, entry.details["roles"]) == (events.USER_CREATED, str(made), "reporter")
    assert "example.org" not in str(entry.details)


def test_email_address_is_used_once_whatever_its_case() -> None:
    cast.user(cast.OWNER)
    with pytest.raises(errors.EmailTakenError):
        services.create_user(user=described("OWNER@example.org"), by=cast.actor(cast.ADMINISTRATOR))


@pytest.mark.parametrize("email", ["", "no-address", "two words@example.org"])
def test_text_that_is_no_email_address_is_refused(email: str) -> None:
    with pytest.raises(errors.EmailNotValidError):
        services.create_user(user=described(email), by=cast.actor(cast.ADMINISTRATOR))


@pytest.mark.parametrize(
    ("organisation", "role"),
    [
        (cast.SHELTER_TEAM, Role.ANALYST),
        (cast.POLICE, Role.LINKAGE_REVIEWER),
        (cast.REGISTRY, Role.REPORTER),
        (cast.REGISTRY, Role.SYSTEM),
        (cast.EMM, Role.FEED),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_role_that_does_not_belong_to_the_kind_of_organisation_is_refused(organisation: OrganisationInput, role: Role) -> None:
    user = described("new@example.org", role, organisation=cast.organisation(organisation))
    with pytest.raises(errors.RoleNotPossibleError):
        services.create_user(user=user, by=cast.actor(cast.ADMINISTRATOR))


def test_user_without_a_role_is_refused() -> None:
    user = UserInput("new@example.org", "New", cast.organisation(cast.REGISTRY), frozenset())
    with pytest.raises(errors.NoRoleError):
        services.create_user(user=user, by=cast.actor(cast.ADMINISTRATOR))


def test_user_of_an_unknown_organisation_is_refused() -> None:
    with pytest.raises(errors.UnknownOrganisationError):
        services.create_user(user=described(organisation=uuid4()), by=cast.actor(cast.ADMINISTRATOR))


def test_roles_are_replaced() -> None:
    owner, where = cast.user(cast.OWNER), cast.organisation(cast.SHELTER_TEAM)
    roles = frozenset({Role.BATCH_SUBMITTER})
    services.set_roles(user=owner.id, organisation=where, roles=roles, by=cast.actor(cast.ADMINISTRATOR))
    assert selectors.roles_anywhere(owner.id) == roles
    assert (newest().action, newest().details["roles"]) == (events.ROLES_CHANGED, "batch-submitter")


def test_user_without_roles_left_is_out_of_the_organisation() -> None:
    owner, where = cast.user(cast.OWNER), cast.organisation(cast.SHELTER_TEAM)
    services.set_roles(user=owner.id, organisation=where, roles=frozenset(), by=cast.actor(cast.ADMINISTRATOR))
    assert selectors.memberships(owner.id) == ()


def test_somebody_who_reports_gets_no_role_of_the_registry() -> None:
    by, registry = cast.actor(cast.ADMINISTRATOR), cast.organisation(cast.REGISTRY)
    with pytest.raises(errors.BothSidesError):
        services.set_roles(user=cast.user(cast.OWNER).id, organisation=registry, roles=frozenset({Role.ANALYST}), by=by)
    assert selectors.roles_anywhere(cast.user(cast.OWNER).id) == {Role.REPORTER}


def test_somebody_of_the_registry_cannot_report() -> None:
    by, shelter = cast.actor(cast.ADMINISTRATOR), cast.organisation(cast.SHELTER_TEAM)
    with pytest.raises(errors.BothSidesError):
        services.set_roles(user=cast.user(cast.REVIEWER).id, organisation=shelter, roles=frozenset({Role.REPORTER}), by=by)


def test_reporter_may_move_to_the_registry() -> None:
    by, owner = cast.actor(cast.ADMINISTRATOR), cast.user(cast.OWNER)
    services.set_roles(user=owner.id, organisation=cast.organisation(cast.SHELTER_TEAM), roles=frozenset(), by=by)
    services.set_roles(user=owner.id, organisation=cast.organisation(cast.REGISTRY), roles=frozenset({Role.ANALYST}), by=by)
    assert selectors.roles_anywhere(owner.id) == {Role.ANALYST}


def test_administrator_cannot_change_the_own_account() -> None:
    by, where = cast.actor(cast.ADMINISTRATOR), cast.organisation(cast.REGISTRY)
    with pytest.raises(errors.OwnAccountError):
        services.set_roles(user=UUID(by.id), organisation=where, roles=frozenset({Role.ANALYST}), by=by)
    with pytest.raises(errors.OwnAccountError):
        services.deactivate_user(user=UUID(by.id), by=by)


def test_last_administrator_stays() -> None:
    administrator, where = cast.user(cast.ADMINISTRATOR), cast.organisation(cast.REGISTRY)
    with pytest.raises(errors.LastAdministratorError):
        services.set_roles(user=administrator.id, organisation=where, roles=frozenset({Role.ANALYST}), by=cast.OPERATOR)
    with pytest.raises(errors.LastAdministratorError):
        services.deactivate_user(user=administrator.id, by=cast.OPERATOR)
    with pytest.raises(errors.LastAdministratorError):
        services.deactivate_organisation(organisation=where, by=cast.OPERATOR)
    assert Membership.objects.filter(user=administrator, role=Role.SYSTEM_ADMINISTRATOR, organisation__active=True).exists()
    assert User.objects.get(pk=administrator.pk).is_active


def test_one_of_two_administrators_may_go() -> None:
    cast.user(cast.SECOND_ADMINISTRATOR)
    services.deactivate_user(user=cast.user(cast.ADMINISTRATOR).id, by=cast.actor(cast.SECOND_ADMINISTRATOR))
    assert not cast.user(cast.ADMINISTRATOR).is_active


def test_closed_account_opens_again() -> None:
    owner, by = cast.user(cast.OWNER), cast.actor(cast.ADMINISTRATOR)
    services.deactivate_user(user=owner.id, by=by)
    assert newest().action == events.USER_DEACTIVATED
    services.reactivate_user(user=owner.id, by=by)
    assert newest().action == events.USER_REACTIVATED
    assert User.objects.get(pk=owner.pk).is_active


def test_members_of_a_closed_organisation_have_no_role() -> None:
    owner = cast.user(cast.OWNER)
    services.deactivate_organisation(organisation=cast.organisation(cast.SHELTER_TEAM), by=cast.actor(cast.ADMINISTRATOR))
    assert selectors.roles_anywhere(owner.id) == frozenset()
    assert newest().action == events.ORGANISATION_DEACTIVATED


def test_closed_account_is_not_invited() -> None:
    owner, by = cast.user(cast.OWNER), cast.actor(cast.ADMINISTRATOR)
    services.deactivate_user(user=owner.id, by=by)
    with pytest.raises(errors.UnknownUserError):
        services.invite(user=owner.id, by=by)


def test_invitation_is_recorded() -> None:
    owner = cast.user(cast.OWNER)
    services.invite(user=owner.id, by=cast.actor(cast.ADMINISTRATOR))
    assert (newest().action, newest().object_id) == (events.USER_INVITED, str(owner.id))


@pytest.mark.parametrize("change", [services.deactivate_user, services.reactivate_user, services.invite])
def test_unknown_user_is_refused(change: Callable[..., None]) -> None:
    with pytest.raises(errors.UnknownUserError):
        change(user=uuid4(), by=cast.actor(cast.ADMINISTRATOR))


def test_refusals_can_be_read_and_repeat_nothing_that_was_typed() -> None:
    cast.user(cast.OWNER)
    with pytest.raises(errors.EmailTakenError) as refused:
        services.create_user(user=described("owner@example.org"), by=cast.actor(cast.ADMINISTRATOR))
    assert "owner" not in str(refused.value)
