"""The privacy officer's desk for requests of persons: from the letter to the answer, with the second person on another page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from intake.models.contribution import Contribution
from intake.models.rights import CaseReport, PersonSearch, RightsCase
from intake.rights import searches
from safeguards.models import AuditEntry
from tests import cast, handled, linked

pytestmark = pytest.mark.django_db

NAME = {"given_names": "Mariama", "family_name": "Kabiru", "birth": "17-5-1994", "motive": "request-of-the-person"}


@pytest.fixture
def officer() -> Client:
    return cast.signed_in(cast.PRIVACY_OFFICER)


@pytest.fixture
def approver() -> Client:
    return cast.signed_in(cast.APPROVER)


def new_case(officer: Client, right: str = "access") -> str:
    today = timezone.localdate().strftime("%d-%m-%Y")
    return str(officer.post("/rights/new", {"right": right, "requester": "person", "received": today})["Location"])


def text(response: Any) -> str:
    return str(response.content.decode())


def test_request_goes_from_the_letter_to_the_answer(officer: Client, approver: Client) -> None:
    contribution = linked.linked()
    case = new_case(officer)
    officer.post(f"{case}/identify", {"how": "document-seen"})
    assert "Een collega moet dit toestaan" in text(officer.post(f"{case}/search", NAME, follow=True))
    search = PersonSearch.objects.get()
    assert "Sta het zoeken toe" in text(approver.get("/grants"))
    approver.post(f"/grants/{search.id}/grant")
    searches.run(search=search.id, by=handled.WORK)
    hits = officer.get(f"{case}/search/{search.id}")
    assert [hit.contribution for hit, _, _ in hits.context["rows"]] == [contribution]
    identity = officer.post(f"{case}/search/{search.id}/{contribution}/look", follow=True)
    assert "Kabiru" in text(identity)
    officer.post(f"{case}/search/{search.id}/keep", {"report": str(contribution)})
    copied = officer.post(f"{case}/copy")
    assert "Kabiru" in text(copied)
    assert "Tweede persoon heeft het kijken toegestaan" in text(copied)
    officer.post(f"{case}/decide", {"outcome": "granted", "ground": ""})
    officer.post(f"{case}/close", {"told": "in-person"})
    assert RightsCase.objects.get().state == "closed"
    assert "beantwoord" in text(officer.get("/rights?closed=1"))


def test_name_stands_in_no_address_and_in_no_page_of_the_second_person(officer: Client, approver: Client) -> None:
    case = new_case(officer)
    officer.post(f"{case}/identify", {"how": "document-seen"})
    assert "Kabiru" not in officer.post(f"{case}/search", NAME)["Location"]
    assert "Kabiru" not in text(approver.get("/grants"))
    assert "Kabiru" not in text(officer.get(case))


@pytest.mark.parametrize("address", ["", "/search"])
def test_pages_of_a_case_are_kept_by_no_browser(officer: Client, address: str) -> None:
    assert "no-store" in officer.get(new_case(officer) + address)["Cache-Control"]


def test_copy_is_downloaded_as_json_and_kept_by_no_browser(officer: Client) -> None:
    made = handled.an_opened_case()
    response = officer.post(f"/rights/{made['case']}/copy", {"form": "json"})
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"].startswith('attachment; filename="inzage-')
    assert "no-store" in response["Cache-Control"]
    assert response.json()["meldingen"][0]["melding"]["persoon"]["achternaam"] == "Kabiru"


def test_copy_without_an_unlock_is_refused_with_what_to_do(officer: Client) -> None:
    made = handled.a_report()
    response = officer.post(f"/rights/{made['case']}/copy", follow=True)
    assert "Open eerst de identiteit van elke melding" in text(response)


def test_decision_that_does_not_fit_is_told_on_the_page(officer: Client) -> None:
    case = new_case(officer, "erasure")
    response = officer.post(f"{case}/decide", {"outcome": "refused", "ground": ""})
    assert response.status_code == 422
    assert "Kies de grond van het besluit." in text(response)
    assert RightsCase.objects.get().state == "open"


def test_grounds_on_offer_are_those_of_the_right(officer: Client) -> None:
    page = text(officer.get(new_case(officer, "erasure")))
    assert "AVG art. 17 lid 3 onder b" in page
    assert "AVG art. 15 lid 4" not in page


def test_law_is_cited_in_the_language_of_the_page(officer: Client) -> None:
    page = new_case(officer, "erasure")
    officer.cookies["django_language"] = "en"
    shown = text(officer.get(page))
    assert "GDPR art. 17" in shown
    assert "GDPR art. 17 paragraph 3 point b" in shown
    assert "GDPR art. 23 paragraph 1 point d and i; GDPR Implementation Act art. 41" in shown
    assert "AVG" not in shown


def test_day_that_is_missing_is_asked_for_as_the_day_of_the_request(officer: Client) -> None:
    response = officer.post("/rights/new", {"right": "access", "requester": "person"})
    assert "Vul de dag in waarop het verzoek binnenkwam." in text(response)


def test_late_and_urgent_requests_are_marked_and_stand_first(officer: Client) -> None:
    today = timezone.localdate()
    late = handled.received(day=today - timedelta(days=40))
    handled.received(day=today)
    rows = officer.get("/rights").context["rows"]
    assert rows[0][0].id == late
    assert [line.late for line, _, _ in rows] == [True, False]


def test_person_is_put_right_on_a_page_that_shows_what_stands_there(officer: Client) -> None:
    made = handled.a_rectification()
    address = f"/rights/{made['case']}/reports/{made['report']}/person"
    assert 'value="Kabiru"' in text(officer.get(address))
    wrong = officer.post(address, {"given_names": "Mariama", "family_name": "Wessum", "birth": "1-1-2031"})
    assert wrong.status_code == 422
    assert list(wrong.context["form"].errors) == ["birth"]
    response = officer.post(address, {"given_names": "Mariama", "family_name": "Wessum", "birth": "17-5-1994"}, follow=True)
    assert "De melding is verbeterd" in text(response)
    assert Contribution.objects.get().needs_linking


def test_circumstances_are_put_right_on_their_page(officer: Client) -> None:
    made = handled.a_rectification()
    address = f"/rights/{made['case']}/reports/{made['report']}/circumstances"
    assert officer.get(address).status_code == 200
    officer.post(address, {"exploitation_types": "labour", "sex": "female"})
    assert Contribution.objects.get().characteristics["exploitation_types"] == ["labour"]


def test_nothing_chosen_of_the_hits_is_told(officer: Client) -> None:
    linked.linked()
    made = handled.a_search()
    response = officer.post(f"/rights/{made['case']}/search/{made['search']}/keep", {"report": "no-id"}, follow=True)
    assert "Kies ten minste één melding." in text(response)
    assert not CaseReport.objects.exists()


def test_own_search_is_not_granted(officer: Client) -> None:
    search = handled.asked()
    assert "Iemand anders moet dit toestaan." in text(officer.post(f"/grants/{search}/grant", follow=True))
    assert PersonSearch.objects.get().state == "asked"


@pytest.mark.parametrize("person", [cast.OWNER, cast.OFFICER, cast.REVIEWER, cast.CONSENT_ADMINISTRATOR, cast.APPROVER])
def test_decision_posted_by_another_role_is_refused_and_recorded(person: cast.Person) -> None:
    made = handled.a_report()
    response = cast.signed_in(person).post(f"/rights/{made['case']}/decide", {"outcome": "granted", "ground": ""})
    assert response.status_code == 403
    assert AuditEntry.objects.filter(action="accounts.permission-refused", details__reason="handle-rights").exists()
    assert RightsCase.objects.get().state == "open"


def test_search_of_another_case_is_not_there(officer: Client) -> None:
    made = handled.a_search()
    assert officer.get(f"/rights/{handled.identified()}/search/{made['search']}").status_code == 404


def test_unknown_step_is_not_there(officer: Client) -> None:
    assert officer.post(f"{new_case(officer)}/burn").status_code == 404
