"""Adding to coded characteristics: unknown is filled, sets are united, dates become more exact, nothing is replaced."""

import pytest

from intake.codes.characteristics import Characteristics
from intake.notifications.inputs import Problem
from intake.notifications.merging import added

KNOWN = Characteristics(
    exploitation_types=("sexual",),
    sex="female",
    exploitation_from="2019",
    further=(("technology-role", "none"),),
    phases=(("help-started", "2019-03"), ("interviewed", "")),
    missing=(("municipality_of_exploitation", "refused"), ("phase-help-ended", "unknown")),
)


def test_nothing_added_changes_nothing():
    assert added(KNOWN, Characteristics()) == KNOWN
    assert added(KNOWN, KNOWN) == KNOWN


def test_sets_are_united_and_unknown_values_filled():
    more = Characteristics(exploitation_types=("labour",), organ_removal="attempted", further=(("help-state", "x"),))
    both = added(KNOWN, more)
    assert both.exploitation_types == ("labour", "sexual")
    assert both.organ_removal == "attempted"
    assert both.further == (("help-state", "x"), ("technology-role", "none"))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        (Characteristics(sex="male"), "sex"),
        (Characteristics(further=(("technology-role", "cyber-enabled"),)), "technology-role"),
        (Characteristics(phases=(("help-started", "2018"),)), "phase-help-started"),
        (Characteristics(exploitation_from="2018-01"), "exploitation_from"),
    ],
)
def test_known_value_is_never_replaced(more, field):
    assert added(KNOWN, more) == (Problem(field, "known-already"),)


def test_day_becomes_more_exact_and_never_less():
    more = Characteristics(exploitation_from="2019-05-01", phases=(("help-started", "2019-03-14"), ("interviewed", "2019")))
    both = added(KNOWN, more)
    assert both.exploitation_from == "2019-05-01"
    assert both.phases == (("help-started", "2019-03-14"), ("interviewed", "2019"))
    assert added(both, KNOWN) == both


def test_reason_goes_when_the_answer_comes():
    more = Characteristics(municipality_of_exploitation="0363", phases=(("help-ended", ""),))
    assert added(KNOWN, more).missing == ()
