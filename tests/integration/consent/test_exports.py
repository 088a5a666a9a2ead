"""The record has what ISO/IEC TS 27560 asks for, and the receipt says nothing that is unsafe to carry."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import NotAllowedError
from consent import confirmations, exports, gate, services
from consent.errors import UnknownStatementError
from consent.models import Outcome, Statement
from safeguards.actors import system
from safeguards.models import AuditEntry
from tests import cast, confirmed, consent_acts, reviewed
from tests.statements import SIGNED, UNKNOWN, administrator

pytestmark = pytest.mark.django_db

# By the table of what a record must have: in the document itself, and in the processing that it is about.
MANDATORY = ("dct:conformsTo", "@id", "dpv:hasDataSubject", "dpv:hasNotice", "dct:hasPart", "dpv:hasConsentStatus")
MANDATORY_OF_PROCESS = (
    "dpv:hasPurpose",
    "dpv:hasLegalBasis",
    "dpv:hasDataController",
    "dpv:hasRecipient",
    "dpv:hasStorageCondition",
    "dpv:hasJurisdiction",
    "dpv:hasConsentControl",
    "dpv:hasRight",
    "dpv:hasAuthority",
)
UNSAFE = ("traffick", "mensenhandel", "exploit", "uitbuit", "prostit", "victim", "slachtoffer", "comensha", "sex", "forced")


def test_record_has_every_field_that_the_standard_makes_mandatory() -> None:
    document = exports.record(statement=consent_acts.approved(), by=administrator())
    assert all(document[name] for name in MANDATORY)
    process = document["dpv:hasProcess"]
    assert all(process[name] for name in (*MANDATORY_OF_PROCESS, "dpv:hasPersonalData", "dpv:hasSensitivePersonalData"))
    notice = document["dpv:hasNotice"]
    assert (notice["dct:identifier"], notice["dct:language"], len(notice["baken:sha256"])) == (gate.CURRENT_NOTICE, "nl", 64)
    assert document["dpv:isIndicatedBy"] == {"@type": "dpv:Representative", "baken:signer": "guardian"}


def test_every_event_has_its_kind_its_two_dates_and_who_acted() -> None:
    statement, by = consent_acts.approved(), administrator()
    services.withdraw(statement=statement, on=SIGNED + timedelta(days=3), by=by)
    given, approved, withdrawn = exports.record(statement=statement, by=by)["dct:hasPart"]
    assert given["@type"] == ["dpv:ConsentGiven", "dpv:ExplicitlyExpressedConsent"]
    assert approved["@type"] == ["baken:approved"]
    assert withdrawn["@type"] == ["dpv:ConsentWithdrawn"]
    assert withdrawn["dct:date"]["@value"] == (SIGNED + timedelta(days=3)).isoformat()
    assert withdrawn["dct:created"]["@value"].startswith(timezone.now().date().isoformat()[:7])
    assert all(event["dpv:isImplementedByEntity"]["dct:identifier"] for event in (given, approved, withdrawn))


def confirmed_at_sixteen() -> UUID:
    """By the person, on other terms than those of the guardian."""
    said = replace(confirmed.SAID, method="oral", language="en", interpreter="by-telephone", witness="colleague")
    statement = confirmed.sent(confirmed.turned(help=gate.Answer.GIVEN), said=said, sheets=())
    confirmations.accept(statement=statement, checked=reviewed.POINTS, by=administrator())
    return statement


def test_what_the_person_confirmed_at_sixteen_stands_with_its_notice_and_who_said_it() -> None:
    statement, by = confirmed_at_sixteen(), administrator()
    beside = Statement.objects.exclude(pk=statement).get().pk
    for one in (statement, beside):
        document = exports.record(statement=one, by=by)
        assert document["dpv:isIndicatedBy"]["baken:signer"] == "guardian"
        assert document["dpv:hasNotice"]["dct:language"] == "nl"
        *before, last = document["dct:hasPart"]
        assert last["@type"] == ["dpv:RenewedConsentGiven", "dpv:ExplicitlyExpressedConsent"]
        assert last["dpv:isIndicatedBy"] == {"@type": "dpv:DataSubject", "baken:signer": "person"}
        notice = last["dpv:hasNotice"]
        assert (notice["dct:identifier"], notice["dct:language"]) == (gate.CURRENT_NOTICE, "en")
        assert notice["baken:sha256"] != document["dpv:hasNotice"]["baken:sha256"]
        assert last["dpv:hasIndicationMethod"] == {"baken:method": "oral"}
        assert (last["baken:interpreter"], last["baken:witness"]) == ("by-telephone", "colleague")
        assert not [event for event in before if "dpv:hasNotice" in event]


def test_confirmation_that_waits_for_its_review_is_in_no_record() -> None:
    statement = confirmed.sent(confirmed.turned())
    parts = exports.record(statement=statement, by=administrator())["dct:hasPart"]
    assert parts[-1]["@type"] == ["baken:confirm-sent"]
    assert not [part for part in parts if "dpv:hasNotice" in part]


def test_record_of_what_was_confirmed_and_withdrawn_keeps_the_event_alone() -> None:
    statement, by = confirmed_at_sixteen(), administrator()
    services.withdraw(statement=statement, on=timezone.localdate(), by=by)
    left = list(Outcome.objects.filter(carried_out=None).values_list("pk", flat=True))
    gate.mark_all_carried_out(left, by=system("intake.outcomes"))
    document = exports.record(statement=statement, by=by)
    assert document["dpv:isIndicatedBy"]["baken:signer"] == "erased"
    (event,) = [part for part in document["dct:hasPart"] if "dpv:RenewedConsentGiven" in part["@type"]]
    assert not {"dpv:hasNotice", "baken:witness"} & event.keys()


def test_every_term_belongs_to_a_vocabulary_that_the_document_names() -> None:
    document = exports.record(statement=consent_acts.approved(interpreter="professional"), by=administrator())

    def names(value: object) -> list[str]:
        if isinstance(value, dict):
            return [*value, *(name for key, inner in value.items() if key != "@context" for name in names(inner))]
        return [name for inner in value for name in names(inner)] if isinstance(value, list) else []

    prefixes = {name.split(":")[0] for name in names(document) if not name.startswith("@")}
    assert prefixes <= set(exports.CONTEXT)


def test_receipt_is_safe_to_carry() -> None:
    statement = consent_acts.approved()
    document = exports.receipt(statement=statement, by=administrator())
    text = json.dumps(document).lower()
    assert not [word for word in UNSAFE if word in text]
    assert document["dct:identifier"].replace("-", "") == Statement.objects.get(pk=statement).receipt
    assert document["dpv:hasProcess"]["dpv:hasConsentControl"]["dct:description"]


def test_record_of_what_was_withdrawn_keeps_the_proof_and_nothing_about_the_person() -> None:
    statement, by = consent_acts.approved(interpreter="professional"), administrator()
    services.withdraw(statement=statement, on=timezone.localdate(), by=by)
    gate.mark_all_carried_out(list(Outcome.objects.values_list("pk", flat=True)), by=system("intake.outcomes"))
    document = exports.record(statement=statement, by=by)
    assert document["dpv:hasConsentStatus"] == ["dpv:ConsentWithdrawn"]
    assert document["dpv:isIndicatedBy"]["baken:signer"] == "erased"
    assert "baken:capacity" not in document
    assert "baken:interpreter" not in document


@pytest.mark.parametrize("name", ["record", "receipt"])
@pytest.mark.parametrize("person", [cast.CONSENT_ADMINISTRATOR, cast.PRIVACY_OFFICER])
def test_it_is_saved_as_a_file_that_no_cache_keeps_and_the_trail_says_who_had_it(name: str, person: cast.Person) -> None:
    statement = consent_acts.approved()
    answer = cast.signed_in(person).get(reverse(f"consent:{name}", args=[statement]))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/ld+json", "no-store")
    assert json.loads(answer.content)["@context"]["dpv"] == "https://w3id.org/dpv#"
    assert AuditEntry.objects.filter(action=f"consent.{name}-exported", object_id=str(statement)).count() == 1


def test_reporter_exports_nothing() -> None:
    statement, by = consent_acts.approved(), cast.actor(cast.OWNER)
    with pytest.raises(NotAllowedError):
        exports.record(statement=statement, by=by)


def test_unknown_statement_has_no_record() -> None:
    by = administrator()
    with pytest.raises(UnknownStatementError):
        exports.record(statement=UNKNOWN, by=by)
