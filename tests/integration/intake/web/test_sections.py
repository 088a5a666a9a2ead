"""The form of a report: consent before the person, the same answer whoever the person is, nothing doubled."""

import re
from dataclasses import replace
from uuid import UUID

import pytest

from accounts.reporters import ReporterGroup
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from intake.models.draft import Draft, DraftSection
from intake.models.identity import SealedIdentity
from jobs import services as jobs
from safeguards.models import DataKey
from tests import cast
from tests.drafted import CONSENT, PDF, PERSON, REFUSED, REPORT, STATEMENT, Writer, opened

pytestmark = pytest.mark.django_db
INSPECTORATE = replace(cast.POLICE, name="Inspectie Test", group=ReporterGroup.ISZW_DO, unit=None)
INSPECTOR = replace(cast.OFFICER, name="inspector", organisation=INSPECTORATE)


def content(response) -> str:
    return response.content.decode()


def complete(person: cast.Person = cast.OFFICER, **answers: str) -> Writer:
    writer = Writer(person)
    writer.complete(**answers)
    return writer


def test_whole_report_ends_in_a_receipt_and_the_draft_is_gone() -> None:
    writer = complete()
    sent = writer.send()
    reference = Contribution.objects.get().reference
    assert (sent.status_code, sent["Location"]) == (302, f"/notifications/{reference}")
    page = content(writer.client.get(sent["Location"]))
    assert reference in page
    assert "Zwaluwenburg" not in page
    assert not Draft.objects.exists()
    assert not DataKey.objects.filter(purpose=DataKey.Purpose.DRAFT).exists()


def test_report_with_consent_is_held() -> None:
    complete(cast.OWNER).send()
    assert Contribution.objects.get().state == "held"


def test_reporter_with_a_legal_basis_is_not_asked_for_consent() -> None:
    writer = Writer(cast.OFFICER)
    following = writer.fill("report", REPORT)
    assert following["Location"].endswith("/person")


@pytest.mark.parametrize("name", ["person", "background", "narrative", "files"])
@pytest.mark.parametrize("settled", [(), ("report",), ("report", "consent")])
def test_nothing_about_the_person_can_be_entered_before_consent_is_settled(name: str, settled: tuple[str, ...]) -> None:
    writer = Writer(cast.OWNER)
    for step, answers, person in (("report", REPORT, 0), ("consent", CONSENT, 1)):
        if step in settled:
            writer.fill(step, answers, person)
    assert writer.look(name, 1)["Location"] == writer.base
    assert writer.fill(name, PERSON, 1)["Location"] == writer.base
    assert writer.autosave(name, PERSON, 1).status_code == 404
    assert name not in opened(writer.draft).persons[0].sections


def test_exploitation_waits_for_consent_too() -> None:
    writer = Writer(cast.OWNER)
    writer.fill("report", REPORT)
    assert writer.look("exploitation")["Location"] == writer.base


def test_refusal_after_filling_in_destroys_what_was_filled_in() -> None:
    writer = complete(cast.OWNER)
    key = DataKey.objects.get(owner=writer.part(1), purpose=DataKey.Purpose.DRAFT).id
    following = writer.fill("consent", REFUSED, 1)
    assert following["Location"].endswith("/signal")
    kept = opened(writer.draft)
    assert set(kept.persons[0].sections) == {"consent"}
    assert set(kept.shared.sections) == {"report"}
    assert not DataKey.objects.filter(id=key).exists()
    assert DraftSection.objects.count() == 2


def test_refusal_that_was_saved_on_the_way_destroys_as_much() -> None:
    writer = complete(cast.OWNER)
    writer.attach("scan.pdf", PDF)
    writer.autosave("consent", REFUSED, 1)
    assert "person" in opened(writer.draft).persons[0].sections
    writer.fill("consent", REFUSED, 1)
    kept = opened(writer.draft)
    assert (set(kept.persons[0].sections), kept.persons[0].files) == ({"consent"}, ())
    assert set(kept.shared.sections) == {"report"}


def test_answer_that_stays_the_same_keeps_everything() -> None:
    writer = complete(cast.OWNER)
    writer.attach("scan.pdf", PDF)
    writer.fill("consent", CONSENT, 1)
    kept = opened(writer.draft)
    assert {"statement", "person"} <= set(kept.persons[0].sections)
    assert len(kept.persons[0].files) == 1


def test_refusal_of_one_leaves_the_others_and_what_they_share() -> None:
    writer = complete(cast.OWNER)
    writer.client.post(f"{writer.base}/persons")
    writer.fill("consent", REFUSED, 2)
    kept = opened(writer.draft)
    assert {"report", "exploitation"} <= set(kept.shared.sections)
    assert "person" in kept.persons[0].sections


def test_coarse_answers_do_not_outlive_a_consent_that_comes_later() -> None:
    writer = Writer(cast.OWNER)
    writer.settle(answer=REFUSED)
    writer.fill("signal", {"own_reference": "zaak 1"}, 1)
    writer.fill("consent", CONSENT, 1)
    assert set(opened(writer.draft).persons[0].sections) == {"consent"}


def test_signal_ends_in_a_receipt_without_reference() -> None:
    writer = Writer(cast.OWNER)
    writer.settle(answer=REFUSED)
    coarse = {"age_band": "18-22", "exploitation_types": ["labour"], "police_region": "oost-brabant"}
    writer.fill("signal", coarse, 1)
    check = content(writer.client.get(f"{writer.base}/check"))
    assert "Oost-Brabant" in check
    assert writer.send()["Location"] == "/notifications/signal"
    signal = AnonymousSignal.objects.get()
    known = (signal.age_band, signal.form, signal.group, signal.police_region)
    assert known == ("18-22", "AU", "care-coordinators", "oost-brabant")
    assert not Contribution.objects.exists()
    assert not SealedIdentity.objects.exists()


def test_police_region_is_not_asked_about_a_person_who_is_registered() -> None:
    writer = complete(cast.OWNER)
    assert "police_region" not in content(writer.look("exploitation"))
    assert writer.look("signal", 1)["Location"] == writer.base


def test_details_are_asked_of_the_chosen_types_only() -> None:
    writer = Writer(cast.OFFICER)
    writer.settle()
    following = writer.fill("exploitation", {"exploitation_types": ["labour"]})
    page = content(writer.client.get(following["Location"]))
    assert 'name="labour_sectors"' in page
    assert 'name="prostitution_sectors"' not in page


def test_inspectorate_is_asked_for_the_reflection_period_and_refused_without() -> None:
    writer = Writer(INSPECTOR)
    writer.complete()
    refused = writer.fill("inspection", {"indication": "yes"}, 1)
    assert refused.status_code == 422
    assert 'id="id_reflection_period_error"' in content(refused)
    writer.fill("inspection", {"indication": "yes", "reflection_period": "accepted"}, 1)
    writer.send()
    assert Contribution.objects.count() == 1


def test_rule_is_told_at_the_section_it_is_about_and_the_answers_are_kept() -> None:
    writer = Writer(cast.OFFICER)
    writer.settle()
    refused = writer.fill("person", PERSON | {"birth": "31-02-1991"}, 1)
    assert refused.status_code == 422
    assert 'id="id_birth_error"' in content(refused)
    assert "<title>Fout:" in content(refused)
    again = content(writer.look("person", 1))
    assert 'value="31-02-1991"' in again
    assert 'value="Zwaluwenburg"' in again
    assert not opened(writer.draft, cast.OFFICER).persons[0].sections["person"].finished


def test_nothing_is_sent_before_all_that_is_needed_is_done() -> None:
    writer = Writer(cast.OFFICER)
    writer.settle()
    refused = writer.send()
    assert refused.status_code == 422
    assert "Over de persoon" in content(refused)
    assert not Contribution.objects.exists()
    assert Draft.objects.exists()


def test_number_that_the_basis_does_not_allow_is_not_asked_for_and_not_kept() -> None:
    writer = complete(cast.OWNER, bsn="123456782")
    assert 'name="bsn"' not in content(writer.look("person", 1))
    assert "bsn" not in opened(writer.draft).persons[0].sections["person"].answers


def test_answer_that_the_section_does_not_ask_is_not_kept() -> None:
    writer = Writer(cast.OFFICER)
    writer.settle()
    writer.fill("background", {"sex": "female", "family_name": "Zwaluwenburg"}, 1)
    assert set(opened(writer.draft, cast.OFFICER).persons[0].sections["background"].answers) == {"sex"}


def test_draft_sent_twice_gives_one_report_and_the_same_receipt() -> None:
    writer = complete()
    first, second = writer.send(), writer.send()
    assert first["Location"] == second["Location"]
    assert Contribution.objects.count() == 1


def test_three_persons_are_sent_at_once_with_what_they_share() -> None:
    writer = complete(cast.OWNER)
    for _ in (2, 3):
        writer.client.post(f"{writer.base}/persons")
    writer.fill("consent", CONSENT, 2)
    writer.fill("statement", STATEMENT, 2)
    writer.fill("person", PERSON | {"family_name": "Anders"}, 2)
    writer.fill("consent", REFUSED, 3)
    writer.fill("signal", {"age_band": "minor"}, 3)
    sent = writer.send()
    assert sent.status_code == 302, content(sent)
    rows = Contribution.objects.all()
    assert [row.characteristics["exploitation_types"] for row in rows] == [["labour", "sexual"]] * 2
    assert AnonymousSignal.objects.count() == 1
    receipt = content(writer.client.get(sent["Location"]))
    assert all(row.reference in receipt for row in rows)
    assert "anoniem signaal" in receipt


def test_three_persons_or_none_are_sent() -> None:
    Writer(cast.OWNER)
    earlier = complete(cast.OWNER, own_reference="zaak 7")
    earlier.send()
    writer = complete(cast.OWNER)
    writer.client.post(f"{writer.base}/persons")
    writer.fill("consent", CONSENT, 2)
    writer.fill("statement", STATEMENT, 2)
    writer.fill("person", PERSON | {"own_reference": "zaak 7"}, 2)
    refused = writer.send()
    assert refused.status_code == 422
    assert writer.page("person", 2) in content(refused)
    assert Contribution.objects.count() == 1
    assert opened(writer.draft).persons[1].sections["person"].finished


def test_person_is_taken_out_and_the_last_one_stays() -> None:
    writer = complete()
    writer.client.post(f"{writer.base}/persons")
    assert writer.client.post(f"{writer.base}/{writer.part(2)}/remove").status_code == 302
    assert len(opened(writer.draft, cast.OFFICER).persons) == 1
    assert writer.client.post(f"{writer.base}/{writer.part(1)}/remove").status_code == 404


def test_autosave_keeps_what_was_typed_without_judging_it() -> None:
    writer = Writer(cast.OFFICER)
    writer.settle()
    saved = writer.autosave("person", {"birth": "31-02-1991"}, 1)
    assert (saved.status_code, "Bewaard" in content(saved)) == (200, True)
    section = opened(writer.draft, cast.OFFICER).persons[0].sections["person"]
    assert (section.answers, section.finished) == ({"birth": ["31-02-1991"]}, False)


def test_autosave_of_a_finished_section_leaves_it_finished_unless_it_changes() -> None:
    writer = complete()
    writer.autosave("background", {"nationality": "RO", "sex": "female"}, 1)
    assert opened(writer.draft, cast.OFFICER).persons[0].sections["background"].finished
    writer.autosave("background", {"nationality": "BG"}, 1)
    assert not opened(writer.draft, cast.OFFICER).persons[0].sections["background"].finished
    assert writer.send().status_code == 422


def test_language_switch_keeps_page_and_answers() -> None:
    writer = Writer(cast.OFFICER)
    writer.settle()
    switched = writer.fill("person", PERSON, 1, **{"site-language": "en"})
    assert switched["Location"] == writer.page("person", 1)
    page = content(writer.look("person", 1))
    assert 'lang="en"' in page
    assert 'value="Zwaluwenburg"' in page


def test_continue_later_keeps_the_answers_and_leads_to_the_drafts() -> None:
    writer = Writer(cast.OFFICER)
    writer.settle()
    assert writer.fill("person", PERSON, 1, go="later")["Location"] == "/notifications/new"
    assert str(writer.draft) in content(writer.client.get("/notifications/new"))
    assert "person" in opened(writer.draft, cast.OFFICER).persons[0].sections


def test_too_much_text_is_refused_and_said() -> None:
    writer = Writer(cast.OFFICER)
    writer.settle()
    assert writer.fill("narrative", {"narrative": "x" * 300_000}, 1).status_code == 422
    assert writer.autosave("narrative", {"narrative": "x" * 300_000}, 1).status_code == 422


def test_receipt_looks_the_same_whether_or_not_the_person_is_known() -> None:
    def page(writer: Writer, response) -> str:
        text = content(writer.client.get(response["Location"]))
        text = text.replace(response["Location"].rpartition("/")[2], "")
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)

    writer = complete()
    first = page(writer, writer.send())
    jobs.drain(("vault", "reports"))
    again = complete()
    assert page(again, again.send()) == first


JUNK = (
    ("exploitation", {"exploitation_types": "x"}),
    ("report", {"date": "99-99-9999"}),
    ("person", {"birth": "٣١-٠٢-١٩٩٠"}),
    ("person", {"family_name": "\x00"}),
    ("no-such-section", {}),
)


@pytest.mark.parametrize(("name", "junk"), JUNK)
def test_tampered_form_is_no_server_error(name: str, junk: dict[str, str]) -> None:
    writer = complete()
    for person in (0, 1):
        assert writer.fill(name, junk, person).status_code in (302, 422)
        assert writer.look(name, person).status_code in (200, 302)
    assert writer.client.get(f"{writer.base}/{UUID(int=1)}/person").status_code == 302


def test_back_after_sending_says_what_became_of_the_draft() -> None:
    writer = complete()
    writer.send()
    gone = writer.client.get(f"{writer.base}/check")
    assert gone.status_code == 404
    assert "Dit concept is er niet" in content(gone)


def test_second_nationality_that_nobody_filled_in_is_not_called_unknown() -> None:
    page = content(complete().look("background", 1))
    offered = page[page.index('name="second_nationality"') :]
    assert "Niet ingevuld" in offered[: offered.index("Albani")]


def test_exploitation_is_shown_on_the_check_page_with_a_way_to_change_it() -> None:
    page = content((writer := complete()).client.get(f"{writer.base}/check"))
    assert f"{writer.page('exploitation')}#id_exploitation_types_0" in page


@pytest.mark.parametrize("way", [{"go": "later"}, {"site-language": "en"}])
def test_more_than_a_draft_can_keep_is_shown_again_when_the_page_is_left(way: dict[str, str]) -> None:
    writer = Writer(cast.OFFICER)
    writer.settle()
    typed = "Woont boven bakkerij Zonneschijn. " * 6_000
    left = writer.fill("narrative", {"narrative": typed}, 1, **way)
    assert left.status_code == 422
    assert typed.strip() in content(left)
