"""A record survives being bytes, shows nothing of a person, and bytes that are not a record are refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.linkage.engine import Details, Record, make_record
from intake.linkage.records import FORMAT, UnknownRecordFormatError
from tests.described import details, digest, record

names = st.lists(st.text(max_size=12), max_size=3).map(tuple)
described = st.builds(
    Details,
    given_names=names,
    prefix=st.sampled_from(["", "van der"]),
    family_name=st.text(max_size=20) | st.sampled_from(["Diallo", "Jalloh", "Garcia Lopez", "Kabiru", "onbekend"]),
    aliases=names,
    year=st.none() | st.integers(1900, 2020),
    month=st.none() | st.integers(1, 12),
    day=st.none() | st.integers(1, 31),
    estimated=st.booleans(),
    sex=st.sampled_from(["", "female", "male", "other"]),
    nationalities=st.lists(st.sampled_from(["NL", "RO", "NG", "PL", "VN", "SL"]), max_size=6).map(tuple),
    place=st.text(max_size=12) | st.sampled_from(["Den Haag", "Freetown"]),
    v_number=st.sampled_from(["", "2876543210", "V-2876543211"]),
    bsn=st.sampled_from(["", "123456782", "123456789"]),
    document_number=st.sampled_from(["", "NX1234567"]),
)


@given(described)
def test_record_read_back_is_the_record(description):
    made = make_record(description, digest)
    assert Record.from_bytes(made.to_bytes()) == made


@given(described)
def test_equal_records_are_equal_bytes(description):
    made = make_record(description, digest)
    assert Record.from_bytes(made.to_bytes()).to_bytes() == made.to_bytes()


@settings(max_examples=15, deadline=None)
@given(described)
def test_bytes_cut_anywhere_are_refused(description):
    content = make_record(description, digest).to_bytes()
    for kept in range(len(content)):
        with pytest.raises(UnknownRecordFormatError):
            Record.from_bytes(content[:kept])


@given(described)
def test_lengthened_bytes_are_refused(description):
    with pytest.raises(UnknownRecordFormatError):
        Record.from_bytes(make_record(description, digest).to_bytes() + b"\0")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_record_or_refused(content):
    try:
        read = Record.from_bytes(bytes([FORMAT]) + content)
    except UnknownRecordFormatError:
        return
    assert isinstance(read, Record)


@pytest.mark.parametrize("version", [0, FORMAT - 1, FORMAT + 1, 255])
def test_other_format_version_is_refused(version):
    with pytest.raises(UnknownRecordFormatError):
        Record.from_bytes(bytes([version]) + record().to_bytes()[1:])


def test_details_show_nothing_when_printed():
    assert repr(details()) == "Details()"


def test_record_holds_no_value_in_the_clear():
    content = record(v_number="2876543210", place="Freetown").to_bytes().lower()
    for value in (b"mariama", b"kabiru", b"1994", b"2876543210", b"female", b"freetown"):
        assert value not in content


def test_numbers_are_told_by_kind():
    made = record(v_number="2876543210", document_number="NX1234567")
    assert [kind.value for kind, _ in made.numbers()] == ["v-number", "document"]
    assert record().numbers() == ()
