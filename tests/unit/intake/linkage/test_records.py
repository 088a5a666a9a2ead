"""A record survives being bytes, shows nothing of a person, and bytes that are not a record are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.linkage.engine import Details, Record, make_record
from intake.linkage.records import UnknownRecordFormatError
from tests.described import details, digest, record

names = st.lists(st.text(max_size=12), max_size=3).map(tuple)
described = st.builds(
    Details,
    given_names=names,
    prefix=st.sampled_from(["", "van der"]),
    family_name=st.text(max_size=20),
    aliases=names,
    year=st.none() | st.integers(1900, 2020),
    month=st.none() | st.integers(1, 12),
    day=st.none() | st.integers(1, 31),
    estimated=st.booleans(),
    sex=st.sampled_from(["", "female", "male"]),
    nationalities=st.lists(st.sampled_from(["NL", "RO", "NG", "PL", "VN", "SL"]), max_size=6).map(tuple),
    v_number=st.sampled_from(["", "2876543210"]),
    bsn=st.sampled_from(["", "123456782", "123456789"]),
    document_number=st.sampled_from(["", "NX1234567"]),
)


@given(described)
def test_record_read_back_is_the_record(description):
    made = make_record(description, digest)
    assert Record.from_bytes(made.to_bytes()) == made


@given(described, st.data())
def test_cut_or_lengthened_bytes_are_refused(description, data):
    content = make_record(description, digest).to_bytes()
    kept = data.draw(st.integers(0, len(content) - 1))
    for broken in (content[:kept], content + b"\0"):
        with pytest.raises(UnknownRecordFormatError):
            Record.from_bytes(broken)


def test_other_format_version_is_refused():
    with pytest.raises(UnknownRecordFormatError):
        Record.from_bytes(b"\2" + record().to_bytes()[1:])


def test_details_show_nothing_when_printed():
    assert repr(details()) == "Details()"


def test_record_holds_no_value_in_the_clear():
    content = record(v_number="2876543210").to_bytes().lower()
    for value in (b"mariama", b"kabiru", b"1994", b"2876543210", b"female"):
        assert value not in content


def test_equal_descriptions_make_equal_records_under_one_key_only():
    assert record() == record()
    assert make_record(details(), lambda kind, text: digest(kind, text + "other key")) != record()


def test_number_that_fails_its_test_is_no_number():
    assert record(bsn="123456789").bsn == b""
    assert record(bsn="123456782").bsn != b""


def test_day_without_month_and_date_without_year_are_unknown():
    assert record(month=None).birth.day == b""
    assert record(year=None).birth == record(year=None, month=None, day=None).birth
