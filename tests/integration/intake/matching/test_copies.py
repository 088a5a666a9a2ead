"""The same report sent over and over: one person, a few that are compared, and the rest at a cost that does not grow."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.linkage.fellegi_sunter import shipped
from intake.matching import candidates, services, setting_aside, unlink
from intake.matching.copies import FEW
from intake.models.matching import Copy, Pair, Token
from tests import cast
from tests.linked import VAGUE, link_all, linked, persons, proven, sent, sent_again

pytestmark = pytest.mark.django_db

MANY = 9


@pytest.fixture(autouse=True)
def worn_at_seven(monkeypatch: pytest.MonkeyPatch) -> None:
    small = replace(shipped(), cap=FEW + 1)
    monkeypatch.setattr(candidates, "shipped", lambda: small)


@pytest.fixture
def equal() -> list[UUID]:
    found = [sent() for _ in range(MANY)]
    link_all(limit=4)
    return found


def holding_tokens() -> set[UUID]:
    return set(Token.objects.values_list("contribution", flat=True))


def differing() -> int:
    return len(proven())


def test_reported_more_often_than_a_token_can_be_shared_is_one_person(equal):
    assert persons() == {frozenset(equal)}
    assert len(holding_tokens()) == FEW
    assert Pair.objects.count() == FEW * (FEW - 1) // 2
    assert differing() == 0


def test_another_report_about_the_person_still_finds_it(equal):
    other = linked(family_name="Kabriu")
    assert persons() == {frozenset({*equal, other})}
    assert differing() == 0


def test_one_more_takes_as_many_queries_however_often_it_was_reported(equal):
    counted = []
    for _ in range(2):
        sent()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            link_all()
        counted.append(len(queries))
        for _ in range(4):
            linked()
    assert counted[0] == counted[1]
    assert len(holding_tokens()) == FEW


def test_equal_reports_that_do_not_link_by_themselves_are_no_copies():
    for _ in range(FEW + 1):
        linked(**VAGUE)
    assert not Copy.objects.exists()


@pytest.mark.parametrize("leaving", [slice(0, 1), slice(0, FEW), slice(2, MANY - 1), slice(0, MANY - 1)])
def test_whoever_goes_leaves_no_trace(equal, leaving):
    gone = sorted(equal)[leaving]
    unlink.remove(contributions=gone, by=services.LINKER)
    rest = set(equal) - set(gone)
    assert persons() == {frozenset(rest)}
    assert len(holding_tokens()) == min(FEW, len(rest))
    assert Copy.objects.count() == len(rest) - len(holding_tokens())
    assert differing() == 0


def test_copy_that_is_corrected_to_another_person_leaves_and_one_that_is_followed_too():
    mine = [linked(own_reference=f"zaak {number}") for number in range(MANY)]
    for number in (0, MANY - 1):
        sent_again(own_reference=f"zaak {number}", family_name="Otherwise", given_names=("Quite",))
    link_all()
    changed = {mine[0], mine[-1]}
    assert persons() == {frozenset(changed), frozenset(set(mine) - changed)}
    assert differing() == 0


def test_restricted_copy_stands_for_nobody_and_comes_back(equal):
    aside = sorted(holding_tokens())[0]
    setting_aside.set_aside(contributions=[aside], by=cast.actor(cast.PRIVACY_OFFICER))
    assert persons() == {frozenset(set(equal) - {aside})}
    services.bring_back(contribution=aside)
    assert persons() == {frozenset(equal)}
    assert differing() == 0


def test_copy_in_the_wrong_person_is_told(equal):
    follower = Copy.objects.values_list("contribution", flat=True)[0]
    stranger = linked(family_name="Otherwise", given_names=("Quite",))
    Copy.objects.filter(contribution=follower).update(of=stranger)
    assert differing() > 0
