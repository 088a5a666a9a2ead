"""Which reports may leave for a purpose on a day: by the law of who reported, or by the consent that stood and stands."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from accounts.reporters import Purpose
from consent import services as consent
from consent.models import Statement
from intake import facts
from intake.models.contribution import Contribution
from tests import cast, linked, reported
from tests.statements import administrator

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def with_research(answer: str) -> UUID:
    """An approved report whose person gave this answer about research."""
    reference = reported.sent(reported.report_with_consent(consent=reported.answer(research_extract=answer)), by=cast.OWNER)
    contribution = Contribution.objects.get(reference=reference).id
    registration = Statement.objects.get(notification=contribution, purpose="registration")
    consent.approve(statement=registration.id, by=administrator())
    return contribution


def covered(
    contribution: UUID, purpose: Purpose = Purpose.RESEARCH_EXTRACT, *, days_ago: int = 0, public: bool = False
) -> bool:
    on = TODAY() - timedelta(days=days_ago)
    return contribution in facts.covered([contribution], purpose=purpose, on=on, public_bodies=public)


def test_consent_to_research_covers_it_from_the_day_on_which_it_stands() -> None:
    contribution = with_research("given")
    assert covered(contribution)
    assert not covered(contribution, days_ago=4000)


def test_consent_to_registration_alone_covers_no_research() -> None:
    assert not covered(with_research("refused"))


def test_withdrawal_of_research_ends_it() -> None:
    contribution = with_research("given")
    statement = Statement.objects.get(notification=contribution, purpose="research-extract")
    consent.withdraw(statement=statement.id, on=TODAY(), by=administrator())
    assert not covered(contribution)


def test_report_of_the_police_needs_no_consent() -> None:
    assert covered(linked.linked())


def test_consent_never_opens_the_route_to_statistics_netherlands() -> None:
    assert not covered(with_research("given"), Purpose.STATISTICS_NETHERLANDS, public=True)


def test_police_is_a_public_body_with_a_law_for_it() -> None:
    assert covered(linked.linked(), Purpose.STATISTICS_NETHERLANDS, public=True)
