"""The own reports: found without a name, shown without a person, corrected, added to and taken back by the own organisation."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.models.stub import Stub
from intake.notifications import history, selectors
from jobs import services as jobs
from tests import cast, reported, uploaded
from tests.found import found_in

pytestmark = pytest.mark.django_db

LIST = "/notifications"
ANEW = {
    "date": "15-03-2019",
    "given_names": "Mariama",
    "family_name": "Kabiru",
    "birth": "17-05-1994",
    "attempt": "attempt-1",
}


def page(path, person=cast.OFFICER, **query):
    return cast.signed_in(person).get(path, query)


def text(response):
    return response.content.decode()


def post(path, data=None, person=cast.OFFICER):
    return cast.signed_in(person).post(path, data or {})


def of(reference, action="report"):
    return f"{LIST}/{reference}/{action}"


class Filled(HTMLParser):
    """What a browser would send back of the page's forms as they are."""

    def __init__(self, page):
        super().__init__()
        self.sent, self.select = {}, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if tag == "select":
            self.select = known["name"]
        elif tag == "option" and "selected" in known:
            self.sent.setdefault(self.select, []).append(known["value"])
        elif tag == "input" and (known["type"] not in ("radio", "checkbox") or "checked" in known):
            self.sent.setdefault(known.get("name", ""), []).append(known.get("value", ""))


def codes(response):
    return Filled(text(response)).sent


def row():
    return Contribution.objects.get()


def test_page_of_a_report_shows_its_codes_and_nobody():
    shown = text(page(of(reported.sent())))
    assert "seksuele uitbuiting" in shown.lower()
    assert not found_in(shown, ("Quirijntje", "Zwaluwenburg", "1991", "2876543210", "0612349876", "Zonneschijn"))


@pytest.mark.parametrize("action", ["report", "correct", "correct/codes", "correct/person", "supplement", "withdraw"])
def test_report_of_another_organisation_is_not_there(action):
    reference = reported.sent()
    before = row().characteristics
    assert page(of(reference, action), cast.OWNER).status_code == 404
    assert post(of(reference, action), ANEW, cast.OWNER).status_code in (404, 405)
    assert row().characteristics == before


def test_list_is_searched_by_day_state_and_circumstances():
    sexual = reported.sent()
    labour = reported.sent(reported.report(characteristics=reported.Characteristics(exploitation_types=("labour",))))
    for query, found, left in (
        ({"type": "labour"}, labour, sexual),
        ({"type": "sexual"}, sexual, labour),
        ({"sector": "prostitution_sectors:window"}, sexual, labour),
    ):
        shown = text(page(LIST, **query))
        assert found in shown, query
        assert left not in shown, query
    assert sexual in text(page(LIST, since="14-03-2019", until="14-03-2019", state="accepted"))
    assert sexual not in text(page(LIST, since="15-03-2019"))
    assert sexual not in text(page(LIST, state="held"))


def test_list_says_that_nobody_can_be_searched_for():
    assert "U kunt niet op een persoon zoeken" in text(page(LIST))
    assert not re.search(r'name="(family|given|birth|bsn|v_number|document)', text(page(LIST)))


def test_wrong_day_in_a_search_is_told():
    assert page(LIST, since="morgen").status_code == 422


def test_report_is_found_by_its_own_reference_and_not_by_others():
    reference = reported.sent(reported.report(identity=reported.person(own_reference="zaak 7")))
    assert post(LIST, {"own_reference": "zaak 7"})["Location"] == of(reference)
    assert post(LIST, {"own_reference": "zaak 7"}, cast.OWNER).status_code == 422


def test_list_has_pages_that_keep_the_search():
    uploaded.stored(uploaded.reports(51))
    shown = text(page(LIST, state="accepted"))
    assert "?state=accepted&amp;page=2" in shown
    assert page(LIST, state="accepted", page="2").status_code == 200


def test_correction_leaves_the_person_as_sent_by_default():
    reference = reported.sent()
    assert re.search(r'value="codes"[^>]*checked', text(page(of(reference, "correct"))))
    assert post(of(reference, "correct"), {"what": "codes"})["Location"] == of(reference, "correct/codes")
    assert post(of(reference, "correct"), {"what": "person"})["Location"] == of(reference, "correct/person")


def test_form_of_the_codes_sent_back_unchanged_changes_nothing():
    reference = reported.sent()
    before = row().characteristics
    done = post(of(reference, "correct/codes"), codes(page(of(reference, "correct/codes"))))
    assert (done.status_code, done["Location"]) == (302, of(reference))
    assert row().characteristics == before
    assert not history.versions_of(row().id)


def test_corrected_codes_are_stored_and_the_person_stays_sealed_as_it_was():
    reference = reported.sent()
    blob = bytes(SealedIdentity.objects.get().blob)
    sent = codes(page(of(reference, "correct/codes"))) | {"exploitation_types": ["labour"], "phase-help-started": "03-2019"}
    assert post(of(reference, "correct/codes"), sent).status_code == 302
    assert row().characteristics["exploitation_types"] == ["labour"]
    assert row().characteristics["phases"] == [["help-started", "2019-03"]]
    assert bytes(SealedIdentity.objects.get().blob) == blob
    shown = text(page(of(reference)))
    assert "03-2019" in shown


def test_stale_form_of_a_colleague_is_refused():
    reference = reported.sent()
    stale = codes(page(of(reference, "correct/codes")))
    post(of(reference, "correct/codes"), stale | {"exploitation_types": ["labour"]})
    refused = post(of(reference, "correct/codes"), stale | {"exploitation_types": ["criminal"]})
    assert refused.status_code == 422
    assert row().characteristics["exploitation_types"] == ["labour"]


def test_rule_that_a_correction_breaks_is_told_at_its_field():
    reference = reported.sent()
    wrong = codes(page(of(reference, "correct/codes"))) | {"phase-help-started": "99-2019"}
    assert 'id="id_phase-help-started_error"' in text(post(of(reference, "correct/codes"), wrong))
    later = codes(page(of(reference, "correct/codes"))) | {"exploitation_from": "2020"}
    assert 'id="id_exploitation_from_error"' in text(post(of(reference, "correct/codes"), later))


def test_supplement_asks_only_what_is_not_known():
    reference = reported.sent()
    shown = text(page(of(reference, "supplement")))
    assert 'name="sex"' not in shown
    assert 'name="municipality_of_exploitation"' in shown
    assert post(of(reference, "supplement"), {"exploitation_types": ["labour"], "phase-interviewed": "ja"}).status_code == 302
    assert row().characteristics["exploitation_types"] == ["labour", "sexual"]
    assert row().characteristics["phases"] == [["interviewed", ""]]
    assert row().characteristics["sex"] == "female"


def test_person_is_filled_in_anew_and_the_codes_stay():
    reference = reported.sent()
    blob = bytes(SealedIdentity.objects.get().blob)
    for _ in range(2):
        assert post(of(reference, "correct/person"), ANEW)["Location"] == of(reference)
    assert (row().date.day, row().age, row().characteristics["sex"]) == (15, 24, "female")
    assert bytes(SealedIdentity.objects.get().blob) != blob
    (version,) = history.versions_of(row().id)
    assert version.person_replaced
    assert "Kabiru" not in text(page(of(reference)))


@pytest.mark.parametrize("action", ["correct/person", "correct/codes", "supplement"])
def test_switch_of_language_keeps_what_was_typed_and_sends_nothing(action):
    reference = reported.sent()
    before = Contribution.objects.values().get()
    typed = ANEW | {"family_name": "Kabiru", "exploitation_from": "03-20", "site-language": "en"}
    kind = "application/x-www-form-urlencoded"
    shown = cast.signed_in(cast.OFFICER).post(of(reference, action), urlencode(typed), content_type=kind)
    assert (shown.status_code, shown["Content-Language"]) == (200, "en")
    assert ('value="Kabiru"' if action == "correct/person" else 'value="03-20"') in text(shown)
    assert "_error" not in text(shown)
    assert Contribution.objects.values().get() == before


def test_person_without_a_name_is_refused():
    refused = post(of(reported.sent(), "correct/person"), {"date": "15-03-2019", "attempt": "a"})
    assert refused.status_code == 422
    assert 'id="id_family_name_error"' in text(refused)


def test_held_report_can_be_corrected_with_its_consent():
    reference = reported.sent(reported.report_with_consent(), by=cast.OWNER)
    shown = text(page(of(reference, "correct/person"), cast.OWNER))
    assert 'name="bsn"' not in shown
    assert re.search(r'name="method" value="written"[^>]*checked', shown)
    said = {"capacity": "sixteen-or-older", "judged_how": "professional", "signer": "person", "method": "oral"}
    said |= {"language": "nl", "signed_on": "13-03-2019"}
    assert post(of(reference, "correct/person"), ANEW | said, cast.OWNER).status_code == 302
    assert (row().state, row().date.day) == ("held", 15)


def test_what_ended_stands_among_the_others_by_its_day():
    """The page that the list is cut into holds neither too few nor the same twice."""
    sent = [reported.sent() for _ in range(5)]
    for age, reference in enumerate(sent):
        Contribution.objects.filter(reference=reference).update(recorded=timezone.now() - timedelta(days=age))
    post(of(sent[1], "withdraw"))
    post(of(sent[3], "withdraw"))
    jobs.drain(("vault", "reports"))
    for reference, age in ((sent[1], 1), (sent[3], 3)):
        Stub.objects.filter(reference=reference).update(day=timezone.localdate() - timedelta(days=age))
    assert [row for number in (1, 2, 3, 4) for row in listed(number)] == sent


def listed(number):
    wanted, by = selectors.Wanted(), cast.actor(cast.OFFICER)
    organisation = cast.organisation(cast.OFFICER.organisation)
    found = selectors.found_reports(organisation=organisation, wanted=wanted, page=number, size=2, by=by)
    assert found.total == 5
    return [row.reference for row in found.rows]


def test_withdrawal_asks_first_and_then_leaves_its_stub():
    reference = reported.sent()
    assert "warning" in text(page(of(reference, "withdraw")))
    assert Contribution.objects.count() == 1
    for _ in range(2):
        assert post(of(reference, "withdraw"))["Location"] == of(reference)
    jobs.drain(("vault", "reports"))
    assert not Contribution.objects.exists()
    assert page(of(reference)).status_code == 200
    assert reference in text(page(LIST))
    for action in ("correct", "correct/codes", "correct/person", "supplement", "withdraw"):
        assert page(of(reference, action))["Location"] == of(reference)
