"""Cases of the rights of a person at each of their steps, for the tests: made through the services alone."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from intake import unlock
from intake.models.contribution import Contribution
from intake.models.rights import RightsCase
from intake.notifications.inputs import Identity
from intake.rights import removals, searches, services
from intake.rights.grounds import REMOVES, Identified, Motive, Outcome, Right
from intake.rights.services import Request
from safeguards.actors import Actor, system
from tests import cast, linked

WORK = system("tests")


def officer() -> Actor:
    return cast.actor(cast.PRIVACY_OFFICER)


def received(right: Right = Right.ACCESS, *, day: date | None = None) -> UUID:
    request = Request(right, RightsCase.Requester.PERSON, day or timezone.localdate())
    return services.receive(request=request, by=officer())


def identified(right: Right = Right.ACCESS, *, day: date | None = None) -> UUID:
    case = received(right, day=day)
    services.identify(case=case, how=Identified.DOCUMENT_SEEN, by=officer())
    return case


def about(*contributions: UUID, right: Right = Right.ACCESS) -> UUID:
    """A case whose requester is known, about these."""
    case = identified(right)
    for contribution in contributions:
        reference = Contribution.objects.get(id=contribution).reference
        services.add_report(case=case, reference=reference, by=officer())
    return case


def granted(*contributions: UUID, right: Right, ground: str = "") -> UUID:
    """Decided as asked, and carried out; what is removed with the approver as second person."""
    case = about(*contributions, right=right)
    if right in REMOVES:
        agreed(case)
    services.decide(case=case, outcome=Outcome.GRANTED, ground=ground, by=officer())
    return case


def agreed(case: UUID) -> UUID:
    """A second person agreed with the removal of its reports."""
    removals.ask(case=case, by=officer())
    removals.grant(case=case, by=cast.actor(cast.APPROVER))
    return case


def asked(case: UUID | None = None, identity: Identity = linked.MARIAMA) -> UUID:
    """A search that waits for a second person."""
    return searches.ask(case=case or identified(), identity=identity, motive=Motive.REQUEST, by=officer())


def searched(case: UUID | None = None, identity: Identity = linked.MARIAMA) -> UUID:
    """A search that the approver granted and the vault ran."""
    search = asked(case, identity)
    searches.grant(search=search, by=cast.actor(cast.APPROVER))
    searches.run(search=search, by=WORK)
    return search


def found(search: UUID) -> dict[UUID, str]:
    return {hit.contribution: hit.likeness for hit in searches.hits(search=search, by=officer())}


def opened(contribution: UUID) -> UUID:
    """An unlock of the officer's for a request of the person, granted by the approver."""
    made = unlock.ask(contribution=contribution, motive=unlock.Motive.RIGHTS_OF_PERSON, by=officer())
    unlock.grant(unlock=made, by=cast.actor(cast.APPROVER))
    return made


def a_case() -> dict[str, Any]:
    return {"case": identified()}


def a_step() -> dict[str, Any]:
    return {"case": received(), "name": "extend"}


def a_report() -> dict[str, Any]:
    contribution = linked.linked()
    return {"case": about(contribution), "report": contribution}


def an_opened_case() -> dict[str, Any]:
    made = a_report()
    opened(made["report"])
    return {"case": made["case"]}


def a_rectification() -> dict[str, Any]:
    contribution = linked.linked()
    opened(contribution)
    return {"case": about(contribution, right=Right.RECTIFICATION), "report": contribution}


def a_search() -> dict[str, Any]:
    case = identified()
    return {"case": case, "search": searched(case)}


def a_hit() -> dict[str, Any]:
    contribution = linked.linked()
    return a_search() | {"report": contribution}


def a_removal() -> dict[str, Any]:
    return {"case": about(linked.linked(), right=Right.ERASURE)}


def a_waiting_removal() -> dict[str, Any]:
    """Asked by another officer than the one of the access table."""
    made = a_removal()
    removals.ask(case=made["case"], by=cast.actor(cast.SECOND_PRIVACY_OFFICER))
    return made


def a_waiting_search() -> dict[str, Any]:
    """Asked by another officer than the one of the access table."""
    by = cast.actor(cast.SECOND_PRIVACY_OFFICER)
    return {"search": searches.ask(case=identified(), identity=linked.MARIAMA, motive=Motive.REQUEST, by=by)}
