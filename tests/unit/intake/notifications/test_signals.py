"""A signal is made of codes alone: its type has no place for a name, and its maker takes none along."""

from dataclasses import asdict, fields, replace

import pytest

from intake.codes import lists
from intake.models.anonymous_signal import AnonymousSignal
from intake.notifications import signals
from intake.notifications.inputs import PartialDate
from intake.notifications.signals import Signal
from tests import reported

RIGHT = {
    "year": 2019,
    "quarter": 1,
    "group": "fairwork",
    "form": "AU",
    "age_band": "18-22",
    "region": "africa",
    "police_region": "",
}


def test_right_signal_is_made():
    assert asdict(Signal(**RIGHT)) == RIGHT


@pytest.mark.parametrize("field", ["group", "form", "age_band", "region", "police_region"])
def test_name_fits_in_no_field(field):
    with pytest.raises(ValueError, match=field):
        Signal(**RIGHT | {field: "Zwaluwenburg"})


@pytest.mark.parametrize("change", [{"year": 19910723}, {"quarter": 0}, {"quarter": 5}])
def test_number_fits_in_no_field(change):
    with pytest.raises(ValueError, match="year and a quarter"):
        Signal(**RIGHT | change)


def test_stored_row_holds_the_allowed_fields_and_no_more():
    assert {field.name for field in AnonymousSignal._meta.get_fields()} == {field.name for field in fields(Signal)} | {"id"}
    assert set(RIGHT) == {field.name for field in fields(Signal)}


@pytest.mark.parametrize(("month", "quarter"), [(1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (9, 3), (10, 4), (12, 4)])
def test_quarter_follows_from_the_month(month, quarter):
    on = reported.DAY.replace(month=month)
    assert signals.signal_of(on=on, group="police", age_band="", characteristics=reported.KNOWN).quarter == quarter


def region_of(**known):
    characteristics = replace(reported.KNOWN, **known)
    return signals.signal_of(on=reported.DAY, group="fairwork", age_band="", characteristics=characteristics).police_region


def test_police_region_is_what_the_reporter_says_of_where_it_happened():
    assert region_of(further=(("police-region", "rotterdam"),)) == "rotterdam"
    assert region_of() == ""


def test_national_unit_is_no_place():
    assert "landelijk" not in lists.POLICE_REGIONS
    assert set(lists.POLICE_REGIONS.codes) == set(lists.POLICE_UNITS.codes) - {"landelijk"}
    with pytest.raises(ValueError, match="police_region"):
        Signal(**RIGHT | {"police_region": "landelijk"})


def test_coarse_input_has_nobody_in_it():
    report = reported.report_refused(identity=reported.person(own_reference="zaak 1"))
    left = signals.coarse(report)
    assert left.identity == type(left.identity)(own_reference="zaak 1")
    assert (left.age_band, left.consent) == ("23-29", None)


def test_impossible_birth_date_gives_no_age_group():
    report = reported.report_refused(identity=reported.person(birth=PartialDate(1991, 2, 31)))
    assert signals.coarse(report).age_band == ""
