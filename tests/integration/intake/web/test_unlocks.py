"""Pages on which identities are looked at: the piece of the review desk, the officers' asking and granting, files."""

import pytest
from django.test import Client

from intake.models.contribution import Contribution
from intake.models.unlock import Unlock
from intake.notifications.inputs import Attachment
from safeguards.models import AuditEntry
from tests import cast, reported
from tests.unlocked import a_file_for_review, a_granted_file, accepted, asked, ended, for_review, granted, held

pytestmark = pytest.mark.django_db

NAME = "Zwaluwenburg"
PIECE = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def reviewer() -> Client:
    return cast.signed_in(cast.CONSENT_ADMINISTRATOR)


@pytest.fixture
def officer() -> Client:
    return cast.signed_in(cast.PRIVACY_OFFICER)


def test_own_looks_say_which_report_they_are_of(officer: Client) -> None:
    contribution = accepted()
    reference = Contribution.objects.get().reference
    for unlock in (asked, granted):
        unlock(contribution)
        assert f"{reference}: " in officer.get("/unlock").content.decode()
        Unlock.objects.all().delete()


def test_identity_says_of_which_report_and_whose_number_it_is(officer: Client) -> None:
    contribution = accepted(identity=reported.person(own_reference="zaak 7"))
    text = officer.get(f"/unlock/{granted(contribution)}").content.decode()
    assert f"Melding {Contribution.objects.get().reference}" in text
    assert "Nummer bij de melder" in text
    assert "Uw eigen kenmerk" not in text


def test_identity_is_closed_until_a_reason_is_given(reviewer: Client) -> None:
    text = reviewer.get(f"/unlock/review/{held()}").content.decode()
    assert "Waarom bekijkt u de identiteit?" in text
    assert NAME not in text


def test_reason_opens_it_as_a_page_and_as_a_piece(reviewer: Client) -> None:
    contribution = held()
    where = f"/unlock/review/{contribution}"
    assert reviewer.post(where, {"motive": "compare-name"}).headers["Location"] == where
    whole, piece = reviewer.get(where).content.decode(), reviewer.get(where, **PIECE).content.decode()
    assert NAME in whole
    assert "<html" in whole
    assert NAME in piece
    assert "<html" not in piece


def test_piece_shows_the_identity_at_once(reviewer: Client) -> None:
    response = reviewer.post(f"/unlock/review/{held()}", {"motive": "compare-birth"}, **PIECE)
    assert "23-07-1991" in response.content.decode()
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("motive", ["", "incident", NAME])
def test_no_reason_of_this_review_opens_nothing(reviewer: Client, motive: str) -> None:
    response = reviewer.post(f"/unlock/review/{held()}", {"motive": motive}, **PIECE)
    assert response.status_code == 422
    assert NAME not in response.content.decode()
    assert not Unlock.objects.exists()


def test_linkage_reviewer_has_no_reason_to_open_what_waits_for_consent() -> None:
    client = cast.signed_in(cast.REVIEWER)
    assert client.post(f"/unlock/review/{held()}", {"motive": "compare-name"}).status_code == 403


def test_ended_unlock_asks_for_the_reason_again(reviewer: Client) -> None:
    contribution = held()
    ended(for_review(contribution))
    assert NAME not in reviewer.get(f"/unlock/review/{contribution}").content.decode()


def test_each_showing_is_a_look_in_the_trail(reviewer: Client) -> None:
    contribution = held()
    for_review(contribution)
    for _ in range(2):
        reviewer.get(f"/unlock/review/{contribution}")
    assert AuditEntry.objects.filter(action="unlock.identity-shown").count() == 2


def test_officer_asks_by_reference_and_a_second_one_grants(officer: Client) -> None:
    reference = reported.sent()
    officer.post("/unlock", {"reference": f" {reference.lower()} ", "motive": "rights-of-person"})
    made = Unlock.objects.get()
    assert officer.get(f"/unlock/{made.pk}").status_code == 404
    second = cast.signed_in(cast.SECOND_PRIVACY_OFFICER)
    assert str(made.pk) in second.get("/grants").content.decode()
    second.post(f"/unlock/{made.pk}/grant")
    assert NAME in officer.get(f"/unlock/{made.pk}").content.decode()


def test_unknown_reference_is_told_without_repeating_it(officer: Client) -> None:
    response = officer.post("/unlock", {"reference": NAME, "motive": "rights-of-person"})
    assert response.status_code == 422
    assert "geen melding met dit kenmerk" in response.content.decode()
    assert not Unlock.objects.exists()


def test_own_request_is_not_granted(officer: Client) -> None:
    made = asked()
    response = officer.post(f"/unlock/{made}/grant", follow=True)
    assert "Iemand anders moet dit toestaan" in response.content.decode()
    assert Unlock.objects.get().granted is None


def test_granted_twice_is_told(officer: Client) -> None:
    made = granted()
    second = cast.signed_in(cast.SECOND_PRIVACY_OFFICER)
    assert "Iemand anders heeft dit al toegestaan" in second.post(f"/unlock/{made}/grant", follow=True).content.decode()


def test_file_is_handed_over_so_that_nothing_in_it_runs(reviewer: Client) -> None:
    wanted = a_file_for_review()
    response = reviewer.get(f"/unlock/review/{wanted['granted']}/files/{wanted['attachment']}")
    assert response["Content-Disposition"] == f'attachment; filename="bijlage-{wanted["attachment"]}.pdf"'
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert response.content.startswith(b"%PDF")


def test_image_is_shown_in_the_browser_under_the_same_policy(reviewer: Client) -> None:
    made = for_review(held(attachments=(Attachment("foto.png", "image/png", b"\x89PNG\r\n\x1a\n1"),)))
    text = reviewer.get(f"/unlock/review/{Unlock.objects.get(pk=made).contribution_id}").content.decode()
    address = text.split('href="/unlock/review/', 1)[1].split('"', 1)[0]
    response = reviewer.get(f"/unlock/review/{address}")
    assert response["Content-Disposition"].startswith("inline")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_officers_file_is_the_officers_alone(officer: Client, reviewer: Client) -> None:
    wanted = a_granted_file()
    address = f"/unlock/{wanted['granted']}/files/{wanted['attachment']}"
    assert officer.get(address).status_code == 200
    assert reviewer.get(address).status_code == 403
    assert cast.signed_in(cast.SECOND_PRIVACY_OFFICER).get(address).status_code == 404


def test_report_with_a_legal_basis_is_not_for_a_reviewer_of_consent(reviewer: Client) -> None:
    assert reviewer.post(f"/unlock/review/{accepted()}", {"motive": "compare-name"}).status_code == 404
