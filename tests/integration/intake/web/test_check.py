"""The check before a report is sent: short, with all that was left on the way, and nothing goes along that was not seen."""

import re

import pytest

from tests import cast
from tests.drafted import STATEMENT, Writer

pytestmark = pytest.mark.django_db


def complete(person: cast.Person = cast.OFFICER) -> Writer:
    writer = Writer(person)
    writer.complete()
    return writer


def checked(writer: Writer) -> str:
    return writer.client.get(f"{writer.base}/check").content.decode()


def sent(writer: Writer, page: str) -> int:
    (seen,) = re.findall(r'name="seen" value="(\w*)"', page)
    return int(writer.client.post(f"{writer.base}/check", {"seen": seen}).status_code)


def test_part_that_was_left_for_later_goes_along_once_it_was_seen() -> None:
    writer = complete()
    writer.fill("narrative", {"narrative": "Woont boven een bakkerij."}, 1, go="later")
    page = checked(writer)
    assert "halverwege gestopt" in page
    assert writer.send().status_code == 422
    assert sent(writer, page) == 302


def test_part_that_changed_after_the_check_is_shown_again() -> None:
    writer = complete()
    writer.fill("narrative", {"narrative": "Woont boven een bakkerij."}, 1, go="later")
    page = checked(writer)
    writer.autosave("narrative", {"narrative": "Woont boven een slagerij."}, 1)
    assert sent(writer, page) == 422
    assert sent(writer, checked(writer)) == 302


@pytest.mark.parametrize(
    ("name", "answers", "person"),
    [("narrative", {}, 1), ("background", {"nationality": "RO"}, 1)],
)
def test_part_that_may_stay_empty_does_not_hold_up_the_report(name: str, answers: dict[str, str], person: int) -> None:
    writer = complete()
    writer.fill(name, answers, person, go="later")
    assert sent(writer, checked(writer)) == 302


@pytest.mark.parametrize(
    ("name", "answers", "person"),
    [("person", {"birth": "31-02-1991"}, 1), ("person", {}, 1), ("exploitation", {}, 0)],
)
def test_part_that_is_wrong_or_needed_and_empty_is_not_sent_when_it_was_left(
    name: str, answers: dict[str, str], person: int
) -> None:
    writer = complete()
    writer.fill(name, answers, person, go="later")
    page = checked(writer)
    assert "Deze onderdelen zijn nog niet klaar" in page
    assert 'name="seen"' not in page
    assert writer.send().status_code == 422


def test_consent_that_was_left_for_later_is_not_given() -> None:
    writer = complete(cast.OWNER)
    writer.fill("statement", STATEMENT | {"language": "en"}, 1, go="later")
    assert 'name="seen"' not in checked(writer)


def test_what_was_left_empty_stands_in_one_row() -> None:
    page = checked(complete())
    assert page.count('key">Niet ingevuld') == page.count("<dl ") - 1
    assert "Voornamen" in page


def test_answers_that_several_persons_share_are_folded_and_can_be_changed() -> None:
    writer = complete()
    writer.client.post(f"{writer.base}/persons")
    page = checked(writer)
    folded = page[page.index("<details") : page.index("</details>")]
    assert f"{writer.page('exploitation')}#id_exploitation_types_0" in folded
    assert writer.page("exploitation") + '">Wijzig' in page[: page.index("<details")]
    assert "Quirijntje" in page.replace(folded, "")
