"""A report through a link by mail: the form that others use, in the name of private persons, held for review like any other."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from consent import selectors as statements
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from intake.models.draft import Draft, DraftFile
from intake.models.visitors import Invitation
from intake.notifications import drafts
from intake.notifications.drafts import Section
from intake.public import expiry, limits
from intake.web.drafts import journey_for
from safeguards.actors import system
from safeguards.models import AuditEntry, DataKey
from tests import cast, visitors
from tests.drafted import PERSON, REFUSED, REPORT, STATEMENT
from tests.visitors import Holder

pytestmark = pytest.mark.django_db


def statement_of_the_only_report() -> statements.StatementView:
    by = cast.actor(cast.CONSENT_ADMINISTRATOR)
    (waiting,) = statements.queue(by=by, limit=10).items
    return statements.statement(waiting.id, by=by)


def test_report_about_another_is_held_for_review() -> None:
    holder = Holder()
    holder.complete()
    receipt = holder.send()
    assert receipt.status_code == 302
    report = Contribution.objects.get()
    assert (report.group, report.other_kind, report.state) == ("other-reporters", "private-person", "held")
    assert report.legal_basis is False
    page = holder.client.get(receipt["Location"])
    assert page.status_code == 200
    assert report.reference in page.content.decode()
    assert not Draft.objects.exists()


def test_files_of_all_drafts_of_a_link_have_one_bound() -> None:
    holder = Holder()
    holder.complete()
    large = b"%PDF-1.7\n" + bytes(10 * 1024 * 1024 - 100)
    assert [holder.attach(f"{name}.pdf", large).status_code for name in "ab"] == [302, 302]
    begun = holder.client.post("/notifications/new", {"about": "another"})
    holder.draft = UUID(begun["Location"].split("/")[3])
    holder.complete()
    refused = holder.attach("c.pdf", large)
    assert refused.status_code == 422
    assert "met deze link" in refused.content.decode()
    assert holder.attach("c.pdf", large[: 4 * 1024 * 1024]).status_code == 302
    assert DraftFile.objects.count() == 3


def test_person_concerned_finds_the_own_statement_filled_in() -> None:
    holder = Holder(about="myself")
    content = drafts.read(draft=holder.draft, owner=holder.owner)
    assert content.persons[0].sections["consent"].answers == {"answer": ["given"]}
    said = content.persons[0].sections["statement"].answers
    assert (said["signer"], said["method"], said["judged_how"], said["language"]) == (
        ["person"], ["electronic"], ["own-word"], ["nl"],
    )  # fmt: skip
    assert not any(section.finished for part in (content.shared, *content.persons) for section in part.sections.values())


def test_statement_of_the_person_concerned_says_so_to_its_reviewer() -> None:
    holder = Holder(about="myself")
    holder.fill("report", REPORT)
    holder.fill("consent", {"answer": "given"}, 1)
    holder.fill("statement", STATEMENT | {"signer": "person", "method": "electronic", "judged_how": "own-word"}, 1)
    holder.fill("person", PERSON, 1)
    holder.fill("exploitation", {"exploitation_types": ["labour"]})
    assert holder.send().status_code == 302
    found = statement_of_the_only_report()
    assert (found.item.signer, found.facts.method, found.facts.judged_how) == ("person", "electronic", "own-word")


def test_own_reference_is_not_asked_of_who_reports_by_a_link() -> None:
    """All of them report in one organisation: a number that another one gave would be known there."""
    holder = Holder()
    holder.settle()
    assert "own_reference" not in holder.client.get(holder.page("person", 1)).content.decode()
    holder.fill("consent", REFUSED, 1)
    assert "own_reference" not in holder.client.get(holder.page("signal", 1)).content.decode()


def test_own_reference_in_a_draft_is_left_out_of_what_is_sent() -> None:
    """Of a draft from before, or brought by a post that no page makes."""
    holder = Holder()
    holder.complete(own_reference="zaak 7")
    answers = {name: [value] for name, value in (PERSON | {"own_reference": "zaak 7"}).items()}
    section = Section(answers, finished=True)
    drafts.save(draft=holder.draft, part=holder.part(1), name="person", section=section, owner=holder.owner)
    (sent,) = journey_for(holder.owner, holder.draft).reports(seen="").values()
    assert (sent.identity.family_name, sent.identity.own_reference) == (PERSON["family_name"], "")


def test_without_consent_a_signal_is_left() -> None:
    holder = Holder()
    holder.settle(answer=REFUSED)
    holder.fill("signal", {"exploitation_types": ["labour"]}, 1)
    receipt = holder.send()
    assert receipt.status_code == 302
    assert (AnonymousSignal.objects.get().form, Contribution.objects.count()) == ("AU", 0)
    assert "anoniem signaal" in holder.client.get(receipt["Location"]).content.decode()


def test_holder_has_no_session_and_no_other_page() -> None:
    holder = Holder()
    assert set(holder.client.cookies) == {"csrftoken", "link"}
    assert not Session.objects.exists()
    for address in ("/", "/notifications", "/batches", "/callbacks", "/review", "/figures", "/consent/legal-basis"):
        answer = holder.client.get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/sign-in?"), address


def test_holder_of_another_link_sees_nothing() -> None:
    first, second = Holder(), Holder()
    assert second.client.get(first.base).status_code == 404
    assert second.client.get(first.page("report")).status_code == 404
    assert str(first.draft) not in second.client.get("/notifications/new").content.decode()


def test_visitor_without_a_link_is_sent_to_the_sign_in_page() -> None:
    holder = Holder()
    for address in (holder.base, holder.page("report"), "/notifications/new", "/notifications/2345BCDFGHJK"):
        assert Client().get(address).status_code == 302
    assert Client().post(holder.page("report"), REPORT)["Location"].startswith("/sign-in?")
    assert drafts.read(draft=holder.draft, owner=holder.owner).shared.sections == {}


def test_receipt_of_others_stays_theirs() -> None:
    holder = Holder()
    holder.complete()
    address = holder.send()["Location"]
    assert cast.signed_in(cast.OWNER).get(address).status_code == 404


def test_who_signed_in_stays_that_in_a_browser_with_a_link() -> None:
    holder = Holder()
    cast.signed_in(cast.OWNER, holder.client)
    assert holder.client.get(holder.base).status_code == 404
    assert Draft.objects.count() == 1
    holder.client.post("/notifications/new")
    assert Draft.objects.latest("created").owner_kind == "user"


def test_report_is_gone_on_with_on_another_device() -> None:
    token = visitors.a_link()
    first, second = Client(), Client()
    code = str(first.post(f"/without-account/link/{token}").context["opened"].code)
    draft = first.post("/notifications/new", {"about": "another"})["Location"].split("/")[3]
    second.post(f"/without-account/link/{token}", {"code": code})
    assert f"/notifications/new/{draft}" in second.get("/notifications/new").content.decode()
    assert second.get(f"/notifications/new/{draft}").status_code == 200
    assert first.get(f"/notifications/new/{draft}").status_code == 302


def test_what_was_begun_goes_with_the_link() -> None:
    holder = Holder()
    holder.complete()
    keys = DataKey.objects.count()
    Invitation.objects.update(expires=timezone.now() - timedelta(minutes=1))
    assert holder.client.get(holder.base).status_code == 302
    expiry.expire(by=system("tests"))
    assert not Draft.objects.exists()
    assert DataKey.objects.count() < keys
    assert AuditEntry.objects.filter(action="draft.deleted", object_id=str(holder.draft)).exists()


def test_one_link_begins_so_many_reports() -> None:
    holder = Holder()
    visitors.spend(limits.REPORTS_BY_ONE_LINK, str(holder.link))
    assert holder.client.post("/notifications/new", {"about": "another"}).status_code == 422
    assert Draft.objects.count() == 1


def test_entries_name_the_link_and_nobody() -> None:
    holder = Holder()
    holder.complete()
    holder.send()
    entry = AuditEntry.objects.get(action="notification.held")
    assert (entry.actor_kind, entry.actor_id, entry.roles) == ("link", str(holder.link), "private-person")
    assert entry.strength == "verified-link"
