"""What the services of this package take in, as frozen values. Checks nothing."""

from dataclasses import dataclass
from uuid import UUID

from accounts.reporters import OtherReporter, PoliceUnit, ReporterGroup
from accounts.roles import Role


@dataclass(frozen=True)
class OrganisationInput:
    """group is None for an organisation that does not report; feed is "emm", "om" or empty."""

    name: str
    group: ReporterGroup | None = None
    other_kind: OtherReporter | None = None
    unit: PoliceUnit | None = None
    feed: str = ""
    public_body: bool = False


@dataclass(frozen=True)
class UserInput:
    email: str
    name: str
    organisation: UUID
    roles: frozenset[Role]
    language: str = "nl"


PRIVATE_PERSONS = OrganisationInput("Particulieren", group=ReporterGroup.OTHER, other_kind=OtherReporter.PRIVATE_PERSON)
