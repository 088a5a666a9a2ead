"""The page of what became of a person: joined and taken apart, by whom and why, without a name, and with nothing for a second
reader from which the first answer could be read."""

from uuid import UUID, uuid4

import pytest

from intake.matching import review, sampling, unlink
from intake.matching.services import LINKER
from intake.models.contribution import Contribution
from intake.models.decision import Verdict
from intake.models.matching import PersonContribution
from intake.models.person_event import PersonEvent
from tests import cast
from tests.found import found_in
from tests.linked import VAGUE, linked, pair_of

pytestmark = pytest.mark.django_db

NAMES = ("Mariama", "Kabiru", "1994", "2876543210")


def address(contribution: UUID) -> str:
    return f"/review/persons/{PersonContribution.objects.get(contribution=contribution).person_id}"


def page(where: str, who: cast.Person = cast.REVIEWER) -> str:
    response = cast.signed_in(who).get(where)
    assert response.status_code == 200
    return response.content.decode()


def reference(contribution: UUID) -> str:
    return Contribution.objects.get(id=contribution).reference


def same(first: UUID, second: UUID, by: cast.Person = cast.REVIEWER) -> None:
    review.decide(pair=pair_of(first, second).id, verdict=Verdict.SAME_DETAILS, by=cast.actor(by))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> tuple[UUID, UUID]:
    """Two that are asked about, and that nobody has to read again."""
    monkeypatch.setattr(sampling, "read_twice", lambda _: False)
    return linked(), linked(**VAGUE)


def test_page_tells_what_was_linked_by_itself_how_alike_and_by_which_parameters():
    first, second = linked(), linked()
    text = page(address(first))
    assert "Een melding kwam erbij" in text
    assert "pleit zeer sterk voor dezelfde persoon" in text or "pleit sterk voor dezelfde persoon" in text
    assert PersonEvent.objects.get().parameters in text
    assert reference(first) in text
    assert reference(second) in text
    assert not found_in(text, NAMES)


def test_an_answer_is_the_readers_own_or_a_colleagues_and_never_named(asked):
    first, _ = asked
    same(*asked)
    assert '<td class="govuk-table__cell">U</td>' in page(address(first))
    text = page(address(first), cast.SUPERVISOR)
    assert "Een collega" in text
    assert "antwoord: dezelfde persoon; eerste beoordeling" in text
    assert cast.actor(cast.REVIEWER).id not in text


def test_an_answer_taken_back_stands_on_the_pages_of_both_persons(asked):
    first, second = asked
    same(*asked)
    review.undo(pair=pair_of(first, second).id, by=cast.actor(cast.REVIEWER))
    assert "Afgesplitst naar een andere persoon" in page(address(first))
    text = page(address(second))
    assert "Afgesplitst van een andere persoon" in text
    assert "de verandering ervoor is ongedaan gemaakt" in text
    assert address(first) in text


def test_person_that_went_up_in_another_has_a_page_still(asked):
    first, second = asked
    other = address(second)
    same(*asked)
    text = page(other)
    assert "Deze persoon ging op in een andere" in text
    assert address(first) in text


def test_second_reader_is_told_nothing_before_the_answer(asked, monkeypatch):
    monkeypatch.setattr(sampling, "read_twice", lambda _: True)
    first, second = asked
    apart = address(second)
    same(*asked)
    for where in (address(first), apart):
        text = page(where, cast.SECOND_REVIEWER)
        assert "als tweede te lezen" in text
        assert reference(first) not in text
    same(*asked, by=cast.SECOND_REVIEWER)
    assert "Deze persoon ging op in een andere" in page(apart, cast.SECOND_REVIEWER)


def test_report_that_leaves_is_not_shown():
    first, second, third = linked(), linked(), linked()
    Contribution.objects.filter(id=third).update(leaving=True)
    text = page(address(first))
    assert reference(second) in text
    assert reference(third) not in text
    assert text.count("Een melding kwam erbij") == 1


def test_withdrawal_leaves_no_trace_on_the_page():
    first, second = linked(), linked()
    gone = reference(second)
    unlink.remove(contributions=[second], by=LINKER)
    text = page(address(first))
    assert "Er is niets samengebracht of uit elkaar gehaald." in text
    assert gone not in text


def test_page_is_linked_from_a_pair_once_the_reader_has_answered(asked):
    """Before, a link that a second reader misses would tell that somebody answered."""
    pair = f"/review/{pair_of(*asked).id}"
    assert "/review/persons/" not in page(pair)
    same(*asked)
    text = page(pair)
    assert all(address(one) in text for one in asked)


def test_page_is_not_linked_where_it_would_speak_for_the_link_that_is_checked():
    first, second = linked(), linked()
    assert "/review/persons/" not in page(f"/review/{pair_of(first, second).id}")


def test_rows_are_bounded_and_it_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("intake.matching.person_history.SHOWN", 2)
    first = linked()
    for _ in range(3):
        linked()
    text = page(address(first))
    assert text.count("Een melding kwam erbij") == 2
    assert "Alleen de nieuwste 2 staan hier." in text
    assert "en nog 2" in text


def test_person_that_never_was_is_not_found():
    assert cast.signed_in(cast.REVIEWER).get(f"/review/persons/{uuid4()}").status_code == 404
