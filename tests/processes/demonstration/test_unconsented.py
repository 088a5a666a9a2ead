"""The demonstration's reports without consent: of each an anonymous signal, once, and nobody."""

from collections import Counter

import pytest

from accounts import demonstration
from config.demonstration import unconsented
from config.demonstration.channels import Organisations
from intake import facts
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisations() -> Organisations:
    return demonstration.create_organisations(by=cast.OPERATOR)


def kept() -> list[tuple[object, ...]]:
    return sorted(
        AnonymousSignal.objects.values_list("year", "quarter", "group", "form", "age_band", "region", "police_region")
    )


def test_each_remains_a_signal_of_its_year_sent_again_or_not(organisations: Organisations) -> None:
    told: list[int] = []
    unconsented.send(organisations, told.append)
    first = kept()
    unconsented.send(organisations, lambda count: None)
    assert kept() == first
    assert sum(told) == len(first) == unconsented.number()
    assert not Contribution.objects.exists()
    by_year = Counter(
        {year: sum(one.numbers[place] for one in unconsented.REPORTERS) for place, year in enumerate(unconsented.YEARS)}
    )
    signals = facts.signals(years=range(2015, 2020))
    assert Counter({year: sum(one.number for one in signals if one.year == year) for year in unconsented.YEARS}) == by_year


def test_what_was_left_unsent_is_sent_and_the_signals_are_the_same(
    organisations: Organisations, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as cut:
        cut.setattr(unconsented, "REPORTERS", unconsented.REPORTERS[:2])
        unconsented.send(organisations, lambda count: None)
    assert 0 < AnonymousSignal.objects.count() < unconsented.number()
    unconsented.send(organisations, lambda count: None)
    assert AnonymousSignal.objects.count() == unconsented.number()


def test_signals_are_of_groups_that_need_consent_and_some_know_the_region(organisations: Organisations) -> None:
    unconsented.send(organisations, lambda count: None)
    signals = facts.signals(years=range(2015, 2020))
    assert {one.group for one in signals} == {"care-coordinators", "fairwork", "other-reporters"}
    assert {one.form for one in signals} >= {"BL-SU", "GO-SU", "AU", "CU"}
    assert 0 < sum(one.number for one in signals if one.police_region) < unconsented.number()
