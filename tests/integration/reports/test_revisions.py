"""Revisions: what each kind of change does to a cell is told by its own name, exactly to who may, and protected to all."""

import random
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from accounts.permissions import NotAllowedError
from intake.matching.changes import touch
from intake.models.contribution import Contribution
from intake.models.matching import PersonContribution
from intake.models.person_event import PersonEvent, PersonMove
from reports.editions import reading, repeating, selectors, services, storing, trends
from reports.editions.printed import from_bytes
from reports.editions.repeating import Outcome
from reports.editions.revisions import EVERYBODY, TOTAL, Axis, CellPlace, Revised, Why, cells_of
from tests.integration.reports.edited import ANALYST, APPROVER, REPORTER, few_figures, not_attacked, published
from tests.integration.reports.written import relink, remove, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_figures")]
LABOUR = CellPlace("2.7", "AU", Axis.YEAR, "2019")
CRIMINAL = CellPlace("2.7", "CU", Axis.YEAR, "2019")
REGISTERED = CellPlace("2.1", "registered", Axis.YEAR, "2019")


def revision_after(change: Callable[[], object]) -> dict[CellPlace, Revised]:
    published()
    change()
    row = not_attacked("2026-2")
    return {one.place: one for one in services.exact_revision(edition=row.id, by=ANALYST)}


def correct(contribution: Contribution, **known: object) -> None:
    """As a correction does: other codes, and a numbered change."""
    Contribution.objects.filter(pk=contribution.pk).update(characteristics=known)
    link = PersonContribution.objects.get(contribution=contribution)
    touch([(link.person_id, link.year)])


def test_late_report_is_called_one() -> None:
    write(exploitation_types=("labour",))
    found = revision_after(lambda: write(exploitation_types=("labour",)))
    assert found[LABOUR] == Revised(LABOUR, 1, 2, {Why.LATE_REPORT: 1})
    assert found[CellPlace("2.7", EVERYBODY, Axis.ALL, "")].why == {Why.LATE_REPORT: 1}


def test_withdrawal_is_called_one() -> None:
    write(exploitation_types=("labour",))
    gone = write(exploitation_types=("labour",))
    assert revision_after(lambda: remove(gone))[LABOUR] == Revised(LABOUR, 2, 1, {Why.WITHDRAWAL: -1})


def test_link_is_called_one() -> None:
    person = uuid4()
    write(person, exploitation_types=("labour",))
    other = write(exploitation_types=("labour",))
    assert revision_after(lambda: relink(other, person))[LABOUR] == Revised(LABOUR, 2, 1, {Why.LINK: -1})


def test_split_is_called_one() -> None:
    person = uuid4()
    write(person, exploitation_types=("labour",))
    other = write(person, exploitation_types=("labour",))
    assert revision_after(lambda: relink(other, uuid4()))[LABOUR] == Revised(LABOUR, 1, 2, {Why.SPLIT: 1})


def test_split_that_follows_from_a_withdrawal_is_called_a_withdrawal() -> None:
    person, apart = uuid4(), uuid4()
    write(person, exploitation_types=("labour",))
    bridge, other = (write(person, exploitation_types=("labour",)) for _ in range(2))

    def withdraw() -> None:
        remove(bridge)
        relink(other, apart)
        parted_by_removal(other, person, apart)

    assert revision_after(withdraw)[LABOUR] == Revised(LABOUR, 1, 2, {Why.WITHDRAWAL: 1})


def test_split_that_was_made_again_by_hand_after_a_withdrawal_changes_no_other_reason() -> None:
    person, apart = uuid4(), uuid4()
    write(person, exploitation_types=("labour",))
    bridge, other, third = (write(person, exploitation_types=("labour",)) for _ in range(3))

    def change() -> None:
        remove(bridge)
        relink(other, apart)
        parted_by_removal(other, person, apart)
        relink(other, person)
        relink(third, uuid4())

    assert revision_after(change)[LABOUR] == Revised(LABOUR, 1, 2, {Why.SPLIT: 1})


def parted_by_removal(contribution: Contribution, person: UUID, apart: UUID) -> None:
    """As linking tells of a split that follows from a removal."""
    event = PersonEvent.objects.create(
        kind=PersonEvent.Kind.SPLIT, person=person, other=apart, reason=PersonEvent.Reason.REMOVED, parameters="1"
    )
    PersonMove.objects.create(contribution=contribution, person=apart, event=event)


def test_correction_is_called_one() -> None:
    row = write(exploitation_types=("labour",))
    found = revision_after(lambda: correct(row, exploitation_types=["criminal"]))
    assert found[LABOUR] == Revised(LABOUR, 1, 0, {Why.CORRECTION: -1})
    assert found[CRIMINAL] == Revised(CRIMINAL, 0, 1, {Why.CORRECTION: 1})
    assert REGISTERED not in found


def test_two_reasons_that_cancel_out_are_no_revision_and_of_a_cell_that_moves_each_is_told() -> None:
    gone = write(exploitation_types=("labour",))
    write(exploitation_types=("labour",))

    def both() -> None:
        remove(gone)
        write(exploitation_types=("labour",))
        write(exploitation_types=("labour",))

    assert revision_after(both)[LABOUR] == Revised(LABOUR, 2, 3, {Why.WITHDRAWAL: -1, Why.LATE_REPORT: 2})


def test_effects_of_any_history_add_up_to_the_change_of_every_cell() -> None:
    draw = random.Random(2019)
    people: list[UUID] = [uuid4() for _ in range(6)]
    rows = [write(draw.choice(people), day=f"201{draw.randint(5, 9)}-01-01", **_known(draw)) for _ in range(20)]

    def changes() -> None:
        for row in draw.sample(rows, 4):
            relink(row, draw.choice(people))
        for row in draw.sample(rows, 3):
            correct(row, exploitation_types=["criminal"], sex="male")
        for row in draw.sample(rows, 3):
            remove(row)
        for _ in range(4):
            write(draw.choice(people), day=f"201{draw.randint(5, 9)}-02-01", **_known(draw))

    found = revision_after(changes)
    assert len(found) > 50
    assert all(sum(one.why.values()) == one.now - one.was for one in found.values())
    assert {why for one in found.values() for why in one.why} == set(Why) - {Why.DEFINITIONS}


def _known(draw: random.Random) -> dict[str, object]:
    return {
        "exploitation_types": (draw.choice(["labour", "sexual"]),),
        "nationalities": draw.choice([(), ("NL",), ("NG",)]),
        "age": draw.choice([None, 17, 30]),
    }


def test_public_revision_has_protected_numbers_of_both_editions_and_no_reasons() -> None:
    for _ in range(12):
        write(exploitation_types=("labour",))
    first = published()
    for _ in range(20):
        write(exploitation_types=("labour",))
    second = published("2026-2")
    found = selectors.protected_revision(second.number, by=REPORTER)
    assert found.before is not None
    assert found.before.number == first.number
    was, now = (cells_of(from_bytes(bytes(row.protected)).tables) for row in (first, second))
    assert found.cells
    for one in found.cells:
        assert (one.was, one.now, one.why) == (was.get(one.place, 0), now.get(one.place, 0), {})
        assert one.was % 5 == one.now % 5 == 0
    assert LABOUR in {one.place for one in found.cells}


def test_public_revision_shows_no_number_whose_count_stayed(monkeypatch: pytest.MonkeyPatch) -> None:
    # With some draws the sums do not let every number stay as it was printed, with others all would stay anyway.
    monkeypatch.setattr(storing, "token_bytes", lambda size: bytes([3]) * size)
    draw = random.Random(7)
    for year in range(2015, 2020):
        for _ in range(23):
            write(day=f"{year}-01-01", sex=draw.choice(["male", "female", ""]), **_known(draw))
    first = published()
    for _ in range(9):
        write(day="2019-03-01", sex="male", exploitation_types=("labour",), age=30)
    second = published("2026-2")
    before, after = (cells_of(from_bytes(reading.open_exact(row)).tables) for row in (first, second))
    shown = [one.place for one in selectors.protected_revision(second.number, by=REPORTER).cells]
    assert [place for place in shown if before.get(place, 0) == after.get(place, 0)] == []
    assert CellPlace("2.8", "male", Axis.YEAR, "2019") in shown
    with few_figures():
        assert repeating.repeat(number=second.number, by=ANALYST).outcome is Outcome.SAME


def test_reasons_are_for_roles_with_exact_counts() -> None:
    row = published()
    for who in (REPORTER, APPROVER):
        with pytest.raises(NotAllowedError):
            services.exact_revision(edition=row.id, by=who)


def test_trend_stands_the_same_column_of_every_published_edition_side_by_side() -> None:
    write(exploitation_types=("labour",))
    first = published()
    second = published("2026-2")
    found = trends.trend("2.7", "2019", by=REPORTER)
    assert found is not None
    assert [edition.number for edition in found.editions] == [first.number, second.number]
    assert found.column == "2019"
    assert found.rows[-1].row is None
    assert len({number for row in found.rows for number in row.numbers if number is not None} - {0, 5}) == 0
    assert TOTAL not in {row.row.code for row in found.rows if row.row}


def test_figure_that_no_edition_has_has_no_trend() -> None:
    assert trends.trend("2.7", "", by=REPORTER) is None
