"""Deliveries of aggregates: taken whole or not at all, accepted by a second person, corrected without losing what was."""

import csv
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import demonstration
from accounts.permissions import NotAllowedError
from config.demonstration import aggregates
from reports.aggregates import selectors, services
from reports.aggregates.codes import Kind
from reports.aggregates.errors import (
    DecidedError,
    OutdatedCorrectionError,
    OwnDeliveryError,
    RefusedDeliveryError,
    UnknownDeliveryError,
)
from reports.aggregates.selectors import State
from reports.models import AggregateDelivery, AggregateNote, AggregateValue
from safeguards.errors import AppendOnlyError
from tests import cast
from tests.aggregates import FACTSHEET, GOOD, LETTER_2019, LETTER_2021, accepted, file, published, waiting

pytestmark = pytest.mark.django_db
NEW = reverse("reports:aggregates-new")
CORRECTED = file(GOOD | {"waarde": "160"})


def analyst() -> Client:
    return cast.signed_in(cast.ANALYST)


def reader() -> Client:
    return cast.signed_in(cast.OWNER)


def state(delivery: object) -> State:
    return next(one.state for one in selectors.deliveries(by=cast.actor(cast.ANALYST)) if one.id == delivery)


def page(client: Client, name: str, language: str = "en", **arguments: object) -> str:
    response = client.get(reverse(f"reports:{name}", kwargs=arguments), headers={"accept-language": language})
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def numbers(shown: str) -> list[str]:
    """What stands in the cells: an address may hold the same digits."""
    return re.findall(r"<td[^>]*> ?([\d.,]+) ?</td>", shown)


def upload(client: Client, content: bytes, source: str = "politie", corrects: object = "") -> object:
    sent = {"source": source, "corrects": str(corrects), "file": SimpleUploadedFile("numbers.csv", content)}
    return client.post(NEW, sent, headers={"accept-language": "en"})


def refusal(content: bytes, source: str = "politie", corrects: object = None) -> list[tuple[int, str]]:
    with pytest.raises(RefusedDeliveryError) as refused:
        waiting(source, content, corrects)  # type: ignore[arg-type]
    return [(problem.line, problem.code) for problem in refused.value.problems]


def test_one_wrong_cell_keeps_the_whole_file_out_and_the_page_says_where() -> None:
    response = upload(analyst(), file(GOOD, GOOD | {"van": "2019", "waarde": "honderd"}))
    assert response.status_code == 422  # type: ignore[attr-defined]
    body = response.content.decode()  # type: ignore[attr-defined]
    assert re.search(r">3</td>\s*<td[^>]*>waarde</td>\s*<td[^>]*>Write a number without", body)
    assert "honderd" not in body
    assert [model.objects.count() for model in (AggregateDelivery, AggregateValue, AggregateNote)] == [0, 0, 0]


def test_what_was_uploaded_counts_nowhere_before_a_second_person_accepts_it() -> None:
    upload(analyst(), file(GOOD))
    (row,) = AggregateDelivery.objects.all()
    assert "150" not in numbers(page(reader(), "years", kind="offenders"))
    assert reader().get(reverse("reports:aggregate", kwargs={"delivery": row.id})).status_code == 404
    assert ">150</td>" in page(analyst(), "aggregate", delivery=row.id).replace(" </td>", "</td>")
    services.accept(delivery=row.id, by=cast.actor(cast.APPROVER))
    assert "150" in numbers(page(reader(), "years", kind="offenders"))
    assert "analyst" not in page(reader(), "aggregate", delivery=row.id)


def test_nobody_accepts_what_they_uploaded_themselves() -> None:
    made = waiting()
    row = cast.actor(cast.APPROVER)
    own = services.deliver(
        source="om", content=file(GOOD), by=type(row)(row.kind, row.id, row.organisation, ("analyst", "release-approver"))
    )
    with pytest.raises(OwnDeliveryError):
        services.accept(delivery=own, by=row)
    with pytest.raises(NotAllowedError):
        services.accept(delivery=made, by=cast.actor(cast.ANALYST))
    assert (state(made), state(own)) == (State.WAITING, State.WAITING)


def test_the_same_file_twice_says_so_however_it_is_written() -> None:
    first = waiting()
    again = file(GOOD | {"waarde": "150,0", "maat": "Aantal in de periode"}, delimiter=",", encoding="utf-8-sig")
    again = again.replace(b"150,0", b"150.0")
    assert refusal(again) == [(0, "sent-before")]
    services.accept(delivery=first, by=cast.actor(cast.APPROVER))
    assert refusal(again) == [(0, "sent-before")]
    assert "exactly the same before" in upload(analyst(), again).content.decode()  # type: ignore[attr-defined]


def test_what_was_rejected_or_taken_back_may_be_sent_again() -> None:
    services.reject(delivery=waiting(), by=cast.actor(cast.APPROVER))
    services.take_back(delivery=waiting(), by=cast.actor(cast.ANALYST))
    assert waiting()


def test_another_number_for_the_same_cell_has_to_be_a_correction() -> None:
    accepted()
    assert refusal(CORRECTED) == [(2, "given-before")]
    assert waiting("politie", file(GOOD | {"van": "2019"}))


def test_correction_replaces_the_old_delivery_which_stays_to_be_seen() -> None:
    old = accepted()
    new = waiting("politie", CORRECTED, old)
    shown = page(analyst(), "aggregate", delivery=new)
    assert "What this correction changes" in shown
    assert re.search(r">150</td> ?<td[^>]*>160</td>", shown)
    services.accept(delivery=new, by=cast.actor(cast.APPROVER))
    assert (state(old), state(new)) == (State.REPLACED, State.ACCEPTED)
    yearly = numbers(page(reader(), "years", kind="offenders"))
    assert "160" in yearly
    assert "150" not in yearly
    assert "150" in numbers(page(reader(), "aggregate", delivery=old))
    assert "does not count any more" in page(reader(), "aggregate", delivery=old)


def test_of_two_corrections_of_one_delivery_the_second_is_outdated() -> None:
    old = accepted()
    first, second = waiting("politie", CORRECTED, old), waiting("politie", file(GOOD | {"waarde": "170"}), old)
    services.accept(delivery=first, by=cast.actor(cast.APPROVER))
    with pytest.raises(OutdatedCorrectionError):
        services.accept(delivery=second, by=cast.actor(cast.APPROVER))
    assert refusal(file(GOOD | {"waarde": "180"}), corrects=old) == [(0, "corrects-nothing")]


def test_of_two_deliveries_with_one_cell_only_the_first_is_accepted() -> None:
    first, second = waiting(), waiting("politie", CORRECTED)
    services.accept(delivery=first, by=cast.actor(cast.APPROVER))
    with pytest.raises(OutdatedCorrectionError):
        services.accept(delivery=second, by=cast.actor(cast.APPROVER))


def test_decision_is_made_once() -> None:
    made = accepted()
    for decide, person in (
        (services.accept, cast.APPROVER),
        (services.reject, cast.APPROVER),
        (services.take_back, cast.ANALYST),
    ):
        with pytest.raises(DecidedError):
            decide(delivery=made, by=cast.actor(person))


def test_only_the_uploader_takes_back() -> None:
    made, by = waiting(), cast.actor(cast.ANALYST)
    with pytest.raises(UnknownDeliveryError):
        services.take_back(delivery=made, by=type(by)("user", "somebody-else", by.organisation, by.roles))


def test_rows_cannot_be_changed_or_removed() -> None:
    accepted()
    for model in (AggregateDelivery, AggregateValue):
        with pytest.raises(AppendOnlyError):
            model.objects.all().delete()


def test_series_of_two_sources_stand_in_tables_of_their_own() -> None:
    for source in (FACTSHEET, LETTER_2019, LETTER_2021):
        accepted(source, published(source))
    shown = page(reader(), "years", "nl", kind="offenders")
    tables = re.findall(r"<tbody.*?</tbody>", shown)
    assert [("231" in table, "285" in table) for table in tables] == [(True, False), (False, False), (False, True)]
    assert "minder dan 150" in tables[1]
    assert "jaren vormen samen geen reeks" in shown


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nl", ("meer dan 200", "ongeveer 120-130", "70-75%", "onbekend", "onderschattingen")),
        ("en", ("more than 200", "about 120-130", "70-75%", "unknown", "underestimates")),
    ],
)
def test_figure_of_the_factsheet_has_its_numbers_unknowns_and_footnotes(language: str, expected: tuple[str, ...]) -> None:
    accepted(FACTSHEET, published(FACTSHEET))
    shown = page(reader(), "offenders", language)
    for text in expected:
        assert text in shown
    assert shown.count(f">{expected[3]}<") >= 4
    assert [f'id="chain-0-note-{number}"' in shown for number in range(1, 7)] == [True] * 5 + [False]
    drawn = re.search(r"<svg [^>]*role=\"img\".*?</svg>", shown)
    assert drawn
    assert f"{expected[0]}</text>" in drawn[0]
    assert "70-75%" in drawn[0]


def test_downloads_hold_exactly_what_the_page_shows() -> None:
    accepted(FACTSHEET, published(FACTSHEET))
    client = reader()
    content = client.get(reverse("reports:offenders-file", kwargs={"ending": "csv"})).content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(content), delimiter=";") if row["soort"] == "waarde"]
    assert len(rows) == 34
    assert {row["van"] + row["tot"] for row in rows} == {"20132017"}
    found = json.loads(client.get(reverse("reports:offenders-file", kwargs={"ending": "json"})).content)
    assert [len(source["waarden"]) for source in found["bronnen"]] == [34]
    assert [note["nummer"] for note in found["bronnen"][0]["voetnoten"]] == ["1", "2", "3", "4", "5"]
    yearly = json.loads(client.get(reverse("reports:years-file", kwargs={"kind": "offenders", "ending": "json"})).content)
    assert [value["waarde"] for value in yearly["bronnen"][0]["waarden"]] == [257, 282, 211, 231, 144]
    assert client.get(reverse("reports:offenders-file", kwargs={"ending": "exe"})).status_code == 404


def test_residence_chapter_is_the_same_mechanism_and_stands_apart() -> None:
    asked = GOOD | {"fase": "aangevraagd", "teleenheid": "aanvragen", "waarde": "423"}
    accepted("ind", file(asked))
    assert "423" in numbers(page(reader(), "years", kind="residence"))
    assert "423" not in numbers(page(reader(), "years", kind="offenders"))
    assert [one.delivery.source for one in selectors.published(kind=Kind.RESIDENCE, by=cast.actor(cast.OWNER))] == ["ind"]
    assert reader().get("/figures/years/victims").status_code == 404


def test_demonstration_has_the_three_documents_accepted_and_does_not_load_them_twice() -> None:
    organisations = demonstration.create_organisations(by=cast.OPERATOR)
    for _ in range(2):
        aggregates.load(organisations)
        found = selectors.deliveries(by=cast.actor(cast.OWNER))
        assert sorted(one.source for one in found) == [FACTSHEET, LETTER_2019, LETTER_2021]
        assert {one.state for one in found} == {State.ACCEPTED}
