"""Reports sent in and linked, for tests of matching: by a reporter with a legal basis, about persons who vary."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from intake.codes.characteristics import Characteristics
from intake.matching import proof, review, services, whole
from intake.models.contribution import Contribution
from intake.models.decision import Verdict
from intake.models.matching import Pair, PersonContribution
from intake.models.portion import TokenPortion
from intake.notifications import periods
from intake.notifications import services as notifications
from intake.notifications.inputs import Identity, NotificationInput, PartialDate
from safeguards.actors import system
from tests import cast

DAY = date(2019, 3, 14)
MARIAMA = Identity(given_names=("Mariama",), family_name="Kabiru", birth=PartialDate(1994, 5, 17))
KNOWN = Characteristics(exploitation_types=("sexual",), sex="female", nationalities=("SL",))

NO_DATE = PartialDate()
FAMILIES = ("Abaza", "Brankovic", "Cordero", "Dlamini", "Espinoza", "Fofana", "Grigorescu", "Hoxha", "Jankowska", "Mwangi")
# Of somebody who may be Mariama: no more than a question.
VAGUE: dict[str, Any] = {"birth": NO_DATE, "given_names": ("M.",)}


def sent(*, day: date = DAY, known: Characteristics = KNOWN, **identity: Any) -> UUID:
    """The contribution of a report about Mariama, changed as asked; it waits for linking.

    Of a day that is not taken in any more, it was sent before and has become that old.
    """
    by = cast.actor(cast.OFFICER)
    told = report(day=DAY if periods.is_over(day, timezone.localdate()) else day, known=known, **identity)
    receipt = notifications.submit(notification=told, organisation=by.organisation, by=by)
    Contribution.objects.filter(reference=receipt.reference).update(date=day)
    return Contribution.objects.get(reference=receipt.reference).id


def sent_again(*, day: date = DAY, known: Characteristics = KNOWN, **identity: Any) -> None:
    """As a row of a later file with an own reference that is known: a correction."""
    by = cast.actor(cast.OFFICER)
    again = report(day=day, known=known, **identity)
    notifications.submit_many(notifications=[again], organisation=by.organisation, by=by)


def report(*, day: date = DAY, known: Characteristics = KNOWN, **identity: Any) -> NotificationInput:
    return NotificationInput(date=day, identity=replace(MARIAMA, **identity), characteristics=known)


def linked(*, day: date = DAY, known: Characteristics = KNOWN, **identity: Any) -> UUID:
    """Sent and linked at once."""
    contribution = sent(day=day, known=known, **identity)
    link_all()
    return contribution


def link_all(limit: int = 50) -> None:
    while services.link_waiting(limit=limit):
        pass


def proven(limit: int = proof.PORTION) -> frozenset[UUID]:
    """Who differs by a whole proof, all portions one after another; nothing is linked anew yet."""
    by = system("prover")
    whole.begin_night(by=by)
    for portion in TokenPortion.objects.filter(purpose="prove").values_list("pk", flat=True):
        whole.compare(portion=portion, by=by)()
    found: set[UUID] = set(Contribution.objects.filter(needs_linking=True).values_list("id", flat=True))
    following: UUID | None = proof.FIRST
    while following:
        one = proof.prove(after=following, limit=limit, by=by)
        following = one.following
        found |= one.differing
    return frozenset(found)


def persons() -> set[frozenset[UUID]]:
    """Who is one person, without persons' ids."""
    groups: dict[UUID, set[UUID]] = {}
    for contribution, person in PersonContribution.objects.values_list("contribution", "person"):
        groups.setdefault(person, set()).add(contribution)
    return {frozenset(group) for group in groups.values()}


def pair_of(one: UUID, other: UUID) -> Pair:
    first, second = sorted((one, other))
    return Pair.objects.get(first=first, second=second)


def a_person() -> dict[str, Any]:
    """Of whom another report became known, so that something happened."""
    linked()
    return {"person": PersonContribution.objects.get(contribution=linked()).person_id}


def many_decided() -> set[UUID]:
    """In ten families: reports of Mariama, as many without a date, and of another M.; all questions answered by that truth.

    Those of the other. Families are small, since reports that share only what many share are not compared.
    """
    other = set()
    for family_name in FAMILIES:
        for _ in range(3):
            sent(family_name=family_name)
            sent(family_name=family_name, birth=NO_DATE)
            other.add(sent(family_name=family_name, **VAGUE))
    link_all()
    asked = Pair.objects.filter(band=Pair.Band.QUESTION)
    verdicts = {
        pair.id: Verdict.DIFFERENT_DETAILS if (pair.first_id in other) != (pair.second_id in other) else Verdict.SAME_DETAILS
        for pair in asked
    }
    review.decide_many(verdicts=verdicts, by=cast.actor(cast.REVIEWER))
    return other
