"""Drafts: their owner's alone, gone after a set time, and what a session's end or a killed page leaves behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import sessions
from intake.models.draft import Draft, DraftFile, DraftSection
from intake.notifications import draft_files, drafts
from intake.notifications.drafts import Section
from jobs import services as jobs
from safeguards.errors import Tampered
from safeguards.models import AuditEntry, DataKey
from tests import cast
from tests.drafted import CONSENT, PDF, PERSON, REPORT, Writer, opened, owner

pytestmark = pytest.mark.django_db
OTHERS = (cast.COLLEAGUE, cast.STRANGER, cast.OFFICER)


def filled() -> Writer:
    writer = Writer(cast.OWNER)
    writer.complete()
    writer.attach("scan.pdf", b"%PDF-1.7")
    return writer


def addresses(writer: Writer) -> list[str]:
    pages = [writer.page("person", 1), f"{writer.base}/check", f"{writer.base}/delete"]
    return [*pages, f"{writer.base}/{writer.part(1)}/remove"]


@pytest.mark.parametrize("other", OTHERS, ids=lambda person: person.name)
def test_draft_of_somebody_else_is_not_there(other: cast.Person) -> None:
    writer = filled()
    client = cast.signed_in(other)
    before = opened(writer.draft)
    assert client.get(writer.base).status_code == 404
    for address in addresses(writer):
        assert client.get(address).status_code == 404
        assert client.post(address, PERSON).status_code == 404
    assert client.post(f"{writer.base}/persons").status_code == 404
    assert client.post(writer.page("person", 1) + "/save", PERSON).status_code == 404
    assert str(writer.draft) not in client.get("/notifications/new").content.decode()
    assert opened(writer.draft) == before


def test_draft_made_in_one_organisation_is_not_there_in_another() -> None:
    writer = filled()
    elsewhere = drafts.DraftOwner("user", owner().id, cast.organisation(cast.OTHER_TEAM))
    with pytest.raises(drafts.UnknownDraftError):
        drafts.read(draft=writer.draft, owner=elsewhere)


def test_draft_is_resumed_on_another_device() -> None:
    writer = filled()
    other_device = cast.signed_in(cast.OWNER)
    listed = other_device.get("/notifications/new").content.decode()
    assert writer.base in listed
    assert 'value="Zwaluwenburg"' in other_device.get(writer.page("person", 1)).content.decode()


def test_expired_draft_is_gone_at_once_and_its_key_with_the_nightly_job() -> None:
    writer = filled()
    page = writer.page("person", 1)
    Draft.objects.update(expires=timezone.now())
    assert writer.client.get(writer.base).status_code == 404
    assert writer.client.post(f"{page}/save", PERSON).status_code == 404
    jobs.record("intake.expire")
    jobs.drain(("files",))
    assert not Draft.objects.exists()
    assert not DraftSection.objects.exists()
    assert not DraftFile.objects.exists()
    assert not DataKey.objects.filter(purpose=DataKey.Purpose.DRAFT).exists()


def test_list_warns_in_the_last_days() -> None:
    writer = filled()
    assert "Binnenkort verwijderd" not in writer.client.get("/notifications/new").content.decode()
    Draft.objects.update(expires=timezone.now() + timedelta(days=2))
    assert "Binnenkort verwijderd" in writer.client.get("/notifications/new").content.decode()


def test_every_change_gives_the_draft_its_days_anew() -> None:
    writer = filled()
    soon = timezone.now() + timedelta(days=2)
    Draft.objects.update(expires=soon)
    writer.client.get(writer.base)
    assert Draft.objects.get().expires == soon
    writer.autosave("person", {"family_name": "Anders"}, 1)
    assert Draft.objects.get().expires > soon


def test_draft_of_another_version_of_the_form_can_only_be_deleted() -> None:
    writer = filled()
    Draft.objects.update(schema_version=drafts.SCHEMA_VERSION + 1)
    for address in (writer.base, f"{writer.base}/check"):
        assert writer.client.get(address)["Location"] == "/notifications/new"
    assert writer.client.post(f"{writer.base}/check").status_code == 302
    listed = writer.client.get("/notifications/new").content.decode()
    assert f'href="{writer.base}"' not in listed
    assert writer.client.post(f"{writer.base}/delete").status_code == 302
    assert not Draft.objects.exists()


def test_deleted_draft_leaves_no_key() -> None:
    writer = filled()
    assert writer.client.get(f"{writer.base}/delete").status_code == 200
    writer.client.post(f"{writer.base}/delete")
    assert not DataKey.objects.filter(purpose=DataKey.Purpose.DRAFT).exists()
    assert writer.client.get(writer.base).status_code == 404


def test_trail_says_that_it_was_made_and_sent_and_nothing_of_its_answers() -> None:
    writer = filled()
    writer.send()
    entries = AuditEntry.objects.filter(action__startswith="draft.")
    assert [entry.action for entry in entries.order_by("sequence")] == ["draft.made", "draft.sent"]
    assert [entry.details for entry in entries] == [{}, {}]


def test_section_moved_to_another_name_or_person_does_not_open() -> None:
    writer = filled()
    part = writer.part(1)
    DraftSection.objects.filter(part=part, name="background").delete()
    DraftSection.objects.filter(part=part, name="person").update(name="background")
    with pytest.raises(Tampered):
        opened(writer.draft)


def test_page_that_was_left_says_nothing_more_when_its_autosave_comes_late() -> None:
    writer = filled()
    writer.fill("person", PERSON, 1, page="first")
    assert writer.autosave("person", {"family_name": "Zwal", "page": "first"}, 1).status_code == 200
    assert opened(writer.draft).persons[0].sections["person"].finished
    writer.autosave("person", {"family_name": "Zwal", "page": "second"}, 1)
    assert not opened(writer.draft).persons[0].sections["person"].finished


def test_nothing_is_half_kept_where_saving_fails_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = filled()
    before = opened(writer.draft)
    part = before.persons[0]

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(drafts, "_write", killed)
    with pytest.raises(KeyboardInterrupt):
        drafts.save(
            draft=writer.draft,
            part=part.id,
            name="consent",
            section=Section({"answer": ["refused"]}, finished=True),
            keep={part.id: {}},
            owner=owner(),
        )
    assert opened(writer.draft) == before


def end_session(writer: Writer) -> None:
    session = writer.client.session
    session[sessions.BEGAN] = session[sessions.SEEN] = 1.0
    session.save()


def test_what_is_sent_after_the_sessions_end_is_kept_and_the_way_back_is_through_sign_in() -> None:
    writer = filled()
    end_session(writer)
    answer = writer.fill("person", PERSON | {"family_name": "Anders"}, 1)
    assert answer["Location"] == f"/sign-in?next={writer.page('person', 1)}"
    section = opened(writer.draft).persons[0].sections["person"]
    assert (section.answers["family_name"], section.finished) == (["Anders"], False)


def test_autosave_after_the_sessions_end_is_kept_and_says_so_once() -> None:
    writer = filled()
    end_session(writer)
    kept = writer.autosave("person", {"family_name": "Anders"}, 1)
    assert (kept.status_code, "is bewaard" in kept.content.decode()) == (401, True)
    assert opened(writer.draft).persons[0].sections["person"].answers == {"family_name": ["Anders"]}
    again = writer.autosave("person", {"family_name": "Nog anders"}, 1)
    assert (again.status_code, "niet bewaard" in again.content.decode()) == (401, True)
    assert opened(writer.draft).persons[0].sections["person"].answers == {"family_name": ["Anders"]}


def test_sessions_end_opens_nothing_of_somebody_else() -> None:
    writer = filled()
    other = Writer(cast.COLLEAGUE)
    end_session(other)
    before = opened(writer.draft)
    other.client.post(writer.page("person", 1), {"family_name": "Anders"})
    assert opened(writer.draft) == before


def test_sessions_end_sends_nothing() -> None:
    writer = filled()
    end_session(writer)
    assert writer.send()["Location"].startswith("/sign-in")
    assert Draft.objects.exists()


def test_new_report_takes_nothing_from_an_earlier_draft() -> None:
    filled()
    fresh = Writer(cast.OWNER)
    fresh.fill("report", REPORT)
    fresh.fill("consent", CONSENT, 1)
    assert "person" not in opened(fresh.draft).persons[0].sections


def test_no_more_drafts_than_can_be_kept_are_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 2)
    client = cast.signed_in(cast.OWNER)
    for made in (1, 2, 2):
        response = client.post("/notifications/new")
        assert (response.status_code, Draft.objects.count()) == (302, made)
    assert response["Location"] == "/notifications/new"
    assert cast.signed_in(cast.COLLEAGUE).post("/notifications/new")["Location"] != "/notifications/new"


def test_files_of_all_persons_together_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_files, "LARGEST_FILES", 4_000)
    writer = Writer(cast.OFFICER)
    writer.settle()
    writer.client.post(f"{writer.base}/persons")
    assert writer.attach("a.pdf", PDF + b"a" * 2_000, 1).status_code == 302
    refused = writer.attach("b.pdf", PDF + b"b" * 2_000, 2)
    assert refused.status_code == 422
    assert "50 MB" in refused.content.decode()
    assert DraftFile.objects.count() == 1
