"""The demonstration's organisations and accounts, as data, and how they are made. Only settings made for it may use them."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import selectors, services
from accounts.inputs import PRIVATE_PERSONS, OrganisationInput, UserInput
from accounts.models import Organisation, User
from accounts.reporters import OtherReporter, PoliceUnit, ReporterGroup
from accounts.roles import Role
from safeguards.actors import Actor

MODES = frozenset({"demonstration", "local", "test"})

POLICE_NAMES = {
    PoliceUnit.NOORD_NEDERLAND: "Politie Noord-Nederland",
    PoliceUnit.OOST_NEDERLAND: "Politie Oost-Nederland",
    PoliceUnit.MIDDEN_NEDERLAND: "Politie Midden-Nederland",
    PoliceUnit.NOORD_HOLLAND: "Politie Noord-Holland",
    PoliceUnit.AMSTERDAM: "Politie Amsterdam",
    PoliceUnit.DEN_HAAG: "Politie Den Haag",
    PoliceUnit.ROTTERDAM: "Politie Rotterdam",
    PoliceUnit.ZEELAND_WEST_BRABANT: "Politie Zeeland-West-Brabant",
    PoliceUnit.OOST_BRABANT: "Politie Oost-Brabant",
    PoliceUnit.LIMBURG: "Politie Limburg",
    PoliceUnit.LANDELIJK: "Politie Landelijke Eenheid",
}
OTHER_NAMES = {
    OtherReporter.SHELTER: "Vrouwenopvang De Haven",
    OtherReporter.NGO: "Vluchtelingenhulp Oost",
    OtherReporter.GOVERNMENT: "Gemeente Duinstad",
    OtherReporter.LEGAL_SERVICE: "Rechtshulp Noord",
    OtherReporter.PRIVATE_PERSON: PRIVATE_PERSONS.name,
}
PUBLIC_OTHERS = frozenset({OtherReporter.GOVERNMENT})
REGISTRY = "Registratiehuis"

ORGANISATIONS: tuple[OrganisationInput, ...] = (
    *(OrganisationInput(name, group=ReporterGroup.POLICE, unit=unit, public_body=True) for unit, name in POLICE_NAMES.items()),
    OrganisationInput("Koninklijke Marechaussee", group=ReporterGroup.KMAR, public_body=True),
    OrganisationInput("Inspectie SZW - Opsporing", group=ReporterGroup.ISZW_DO, public_body=True),
    OrganisationInput("Zorgcoördinatie Midden", group=ReporterGroup.CARE_COORDINATORS),
    OrganisationInput("FairWork", group=ReporterGroup.FAIRWORK),
    *(
        OrganisationInput(name, group=ReporterGroup.OTHER, other_kind=kind, public_body=kind in PUBLIC_OTHERS)
        for kind, name in OTHER_NAMES.items()
    ),
    OrganisationInput("EMM", feed=Organisation.Feed.EMM.value, public_body=True),
    OrganisationInput("Openbaar Ministerie", feed=Organisation.Feed.OM.value, public_body=True),
    OrganisationInput(REGISTRY),
)


@dataclass(frozen=True)
class DemonstrationAccount:
    key: str
    name: str
    organisation: str
    role: Role
    what: str | Promise

    @property
    def email(self) -> str:
        """The domain is reserved and has no mail, so nobody can have a link sent to it."""
        return f"{self.key}@demonstratie.example"


DEMONSTRATION_ACCOUNTS: tuple[DemonstrationAccount, ...] = (
    DemonstrationAccount(
        "zorgcoordinator",
        "Zahra de Wit",
        "Zorgcoördinatie Midden",
        Role.REPORTER,
        _("Reports persons who agree to it"),
    ),
    DemonstrationAccount(
        "terugbellen",
        "Lotte de Boer",
        "Zorgcoördinatie Midden",
        Role.CARE_COORDINATOR,
        _("Calls people who asked for it"),
    ),
    DemonstrationAccount("opvang", "Bram Visser", "Vrouwenopvang De Haven", Role.REPORTER, _("Reports for a shelter")),
    DemonstrationAccount(
        "fairwork", "Eline Vos", "FairWork", Role.REPORTER, _("Reports work under bad conditions, with the score list")
    ),
    DemonstrationAccount(
        "politie", "Noor Bakker", "Politie Amsterdam", Role.BATCH_SUBMITTER, _("Uploads batches of a police unit")
    ),
    DemonstrationAccount(
        "marechaussee", "Sem Kuipers", "Koninklijke Marechaussee", Role.BATCH_SUBMITTER, _("Uploads batches of the KMar")
    ),
    DemonstrationAccount(
        "systemen",
        "Ravi Smit",
        "Politie Amsterdam",
        Role.SYSTEMS_KEEPER,
        _("Lets the systems of a police unit in"),
    ),
    DemonstrationAccount(
        "toestemming", "Fatima Haddad", REGISTRY, Role.CONSENT_ADMINISTRATOR, _("Reviews statements of consent")
    ),
    DemonstrationAccount(
        "koppeling", "Joost van Dam", REGISTRY, Role.LINKAGE_REVIEWER, _("Decides whether reports are about one person")
    ),
    DemonstrationAccount(
        "eindoordeel",
        "Ineke Bos",
        REGISTRY,
        Role.LINKAGE_SUPERVISOR,
        _("Reads pairs as the second person, and settles what two readers disagree on"),
    ),
    DemonstrationAccount("analist", "Mei Lin Chen", REGISTRY, Role.ANALYST, _("Reads the exact figures")),
    DemonstrationAccount(
        "vrijgave",
        "Pieter Hoekstra",
        REGISTRY,
        Role.RELEASE_APPROVER,
        _("Publishes editions, and grants a look at an identity, as the second person"),
    ),
    DemonstrationAccount(
        "privacy",
        "Aisha Jansen",
        REGISTRY,
        Role.PRIVACY_OFFICER,
        _("Handles what people ask about their own data; reads the audit trail"),
    ),
    DemonstrationAccount("beheer", "Tom Mulder", REGISTRY, Role.SYSTEM_ADMINISTRATOR, _("Manages organisations and users")),
)


def allowed() -> bool:
    """Both the switch and the kind of settings must say so; production is neither."""
    return bool(settings.BAKEN_DEMONSTRATION) and settings.BAKEN_MODE in MODES


def account(key: str) -> DemonstrationAccount | None:
    return next((account for account in DEMONSTRATION_ACCOUNTS if account.key == key), None)


def create_organisations(*, by: Actor) -> dict[str, UUID]:
    """Makes those that are missing; gives the ids of all by name."""
    known = {row.name: row.id for row in selectors.organisations()}
    for organisation in ORGANISATIONS:
        if organisation.name not in known:
            known[organisation.name] = services.create_organisation(organisation=organisation, by=by)
    return known


def create_accounts(*, by: Actor) -> int:
    """Makes the accounts that are missing and says how many. None of them has a password."""
    organisations = create_organisations(by=by)
    present = set(User.objects.values_list("email", flat=True))
    missing = [account for account in DEMONSTRATION_ACCOUNTS if account.email not in present]
    for account in missing:
        services.create_user(user=_user(account, organisations[account.organisation]), by=by)
    return len(missing)


def _user(account: DemonstrationAccount, organisation: UUID) -> UserInput:
    return UserInput(email=account.email, name=account.name, organisation=organisation, roles=frozenset({account.role}))
