"""The same people in every test: owner and colleague of one organisation, a stranger of another, and the registry's own."""

from dataclasses import dataclass
from uuid import UUID

from django.test import Client

from accounts import selectors, services
from accounts.inputs import OrganisationInput, UserInput
from accounts.models import User
from accounts.permissions import operator
from accounts.reporters import PoliceUnit, ReporterGroup
from accounts.roles import ROLES_WITH_SECOND_FACTOR, Role
from safeguards.actors import Actor

OPERATOR = operator("tests")
PASSWORD = "een lange zin die niemand raadt"  # noqa: S105

SHELTER_TEAM = OrganisationInput("Zorgcoördinatie Noord", group=ReporterGroup.CARE_COORDINATORS)
OTHER_TEAM = OrganisationInput("FairWork Test", group=ReporterGroup.FAIRWORK)
POLICE = OrganisationInput("Politie Test", group=ReporterGroup.POLICE, unit=PoliceUnit.AMSTERDAM, public_body=True)
REGISTRY = OrganisationInput("Register Test")
EMM = OrganisationInput("EMM Test", feed="emm", public_body=True)


@dataclass(frozen=True)
class Person:
    """Who somebody is, before anything is in the database."""

    name: str
    organisation: OrganisationInput
    role: Role

    @property
    def email(self) -> str:
        return f"{self.name}@example.org"


OWNER = Person("owner", SHELTER_TEAM, Role.REPORTER)
COLLEAGUE = Person("colleague", SHELTER_TEAM, Role.REPORTER)
CARE_COORDINATOR = Person("care-coordinator", SHELTER_TEAM, Role.CARE_COORDINATOR)
SECOND_COORDINATOR = Person("second-coordinator", SHELTER_TEAM, Role.CARE_COORDINATOR)
STRANGER = Person("stranger", OTHER_TEAM, Role.REPORTER)
OFFICER = Person("officer", POLICE, Role.BATCH_SUBMITTER)
KEEPER = Person("keeper", POLICE, Role.SYSTEMS_KEEPER)
CONSENT_ADMINISTRATOR = Person("consent-administrator", REGISTRY, Role.CONSENT_ADMINISTRATOR)
SECOND_CONSENT_ADMINISTRATOR = Person("second-consent-administrator", REGISTRY, Role.CONSENT_ADMINISTRATOR)
REVIEWER = Person("reviewer", REGISTRY, Role.LINKAGE_REVIEWER)
SECOND_REVIEWER = Person("second-reviewer", REGISTRY, Role.LINKAGE_REVIEWER)
SUPERVISOR = Person("supervisor", REGISTRY, Role.LINKAGE_SUPERVISOR)
ANALYST = Person("analyst", REGISTRY, Role.ANALYST)
APPROVER = Person("approver", REGISTRY, Role.RELEASE_APPROVER)
PRIVACY_OFFICER = Person("privacy-officer", REGISTRY, Role.PRIVACY_OFFICER)
SECOND_PRIVACY_OFFICER = Person("second-privacy-officer", REGISTRY, Role.PRIVACY_OFFICER)
ADMINISTRATOR = Person("administrator", REGISTRY, Role.SYSTEM_ADMINISTRATOR)
SECOND_ADMINISTRATOR = Person("second-administrator", REGISTRY, Role.SYSTEM_ADMINISTRATOR)

# One for each role that a person can have: the columns of the access table.
BY_ROLE: dict[Role, Person] = {
    person.role: person
    for person in (
        OWNER,
        OFFICER,
        KEEPER,
        CARE_COORDINATOR,
        CONSENT_ADMINISTRATOR,
        REVIEWER,
        SUPERVISOR,
        ANALYST,
        APPROVER,
        PRIVACY_OFFICER,
        ADMINISTRATOR,
    )
}


def organisation(described: OrganisationInput) -> UUID:
    """The id; made on first use in a test."""
    known = {row.name: row.id for row in selectors.organisations()}
    return known.get(described.name) or services.create_organisation(organisation=described, by=OPERATOR)


def user(person: Person) -> User:
    """The account with a password; made on first use in a test."""
    found = User.objects.filter(email=person.email).first()
    if found is not None:
        return found
    where = organisation(person.organisation)
    made = UserInput(email=person.email, name=person.name, organisation=where, roles=frozenset({person.role}))
    row = User.objects.get(pk=services.create_user(user=made, by=OPERATOR))
    row.set_password(PASSWORD)
    row.save(update_fields=["password"])
    return row


def actor(person: Person) -> Actor:
    """As the pages give it to the services after a complete sign-in."""
    row = user(person)
    strength = "password+totp" if person.role in ROLES_WITH_SECOND_FACTOR else "password"
    return Actor("user", str(row.id), organisation(person.organisation), (person.role.value,), strength)


def signed_in(person: Person, client: Client | None = None, *, second_factor: bool = True) -> Client:
    """A browser in which this person has signed in, with a second factor unless told otherwise."""
    client = client or Client()
    row = user(person)
    client.force_login(row)
    session = client.session
    records = [{"method": "password", "at": 0}]
    if second_factor:
        records.append({"method": "mfa", "at": 0, "type": "totp"})
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(row.pk)
    session.save()
    return client
