"""An identity to bytes and back: nothing is lost, unknown versions are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from intake.notifications import identities
from intake.notifications.inputs import Identity, PartialDate
from tests import reported

TEXT = some.text(alphabet=some.characters(exclude_categories=["Cs"]), max_size=40)
NAMES = some.lists(TEXT, max_size=4).map(tuple)
NUMBER = some.none() | some.integers(1, 9999)
BIRTH = some.builds(PartialDate, NUMBER, NUMBER, NUMBER, some.booleans())
IDENTITY = some.builds(Identity, NAMES, TEXT, TEXT, NAMES, BIRTH, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT)


@given(IDENTITY)
def test_identity_comes_back_as_it_was(identity):
    assert identities.from_bytes(identities.to_bytes(identity)) == identity


def test_bytes_of_this_version_do_not_change():
    assert identities.to_bytes(reported.person(narrative="", contact="", aliases=())) == (
        b'{"birth":{"day":23,"month":7,"year":1991},"family_name":"Zwaluwenburg","given_names":["Quirijntje"],'
        b'"prefix":"van der","schema":1,"v_number":"2876543210"}'
    )


def test_bytes_of_another_version_are_refused():
    with pytest.raises(identities.UnknownSchemaError):
        identities.from_bytes(b'{"schema":2}')


def test_nothing_of_a_person_is_shown():
    shown = repr(reported.report()) + str(reported.report_with_consent())
    for canary in ("Quirijntje", "Zwaluwenburg", "1991", "2876543210", "0612349876"):
        assert canary not in shown
