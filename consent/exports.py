"""A record of consent and the receipt of it as JSON-LD by ISO/IEC TS 27560, in the words of the W3C Data Privacy Vocabulary.

The record holds codes and days, never who the person is: the subject is a pseudonym. The receipt is safe to carry.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from consent import events, policies, receipts
from consent.bases import BASES
from consent.errors import UnknownStatementError
from consent.ledger import OBJECT, confirmed
from consent.models import Confirmation, Notice, Statement, StatementEvent
from consent.statements import Signer
from consent.texts import FACTS
from consent.workflow import Kind, State
from safeguards import audit
from safeguards.actors import Actor

SCHEMA = "ISO/IEC TS 27560:2023"
CONTEXT: Mapping[str, str] = {
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "baken": "urn:baken:consent:",
}
# What the vocabulary has no word for keeps ours.
STATUSES: Mapping[str, str] = {
    Kind.REQUESTED: "dpv:ConsentRequested",
    Kind.GIVEN: "dpv:ConsentGiven",
    Kind.REFUSED: "dpv:ConsentRefused",
    Kind.RECONFIRMED: "dpv:RenewedConsentGiven",
    Kind.WITHDRAWN: "dpv:ConsentWithdrawn",
    Kind.LAPSED: "dpv:ConsentExpired",
    Kind.INVALIDATED: "dpv:ConsentInvalidated",
}

Document = dict[str, Any]


def record(*, statement: UUID, by: Actor) -> Document:
    """Everything that the ledger knows of one statement."""
    row = _found(statement, by, events.RECORD_EXPORTED)
    history = list(row.events.order_by("pk"))
    personally = confirmed([row]).get(row.pk)
    return {
        **_head("dpv:ConsentRecord", f"urn:uuid:{row.pk}", row),
        "dct:relation": {"@id": f"urn:uuid:{row.pk}#receipt", "@type": "dpv:ConsentReceipt"},
        "dpv:hasConsentStatus": _status(State(row.state)),
        "dpv:hasProcess": {
            "@type": "dpv:Process",
            **_process(row),
            "dpv:hasPersonalData": list(FACTS.data_categories),
            "dpv:hasSensitivePersonalData": list(FACTS.special_categories),
        },
        "dpv:hasIndicationMethod": {"dct:description": FACTS.collection, "baken:method": row.method},
        "dpv:isIndicatedBy": _signer(row),
        "dct:hasPart": [
            {**_event(found), **(_confirmation(personally) if personally and found.kind == Kind.RECONFIRMED else {})}
            for found in history
        ],
        **_circumstances(row),
    }


def receipt(*, statement: UUID, by: Actor) -> Document:
    """What the person may carry: the code, the days, the notice and how to stop. It does not say what the register is about."""
    row = _found(statement, by, events.RECEIPT_EXPORTED)
    code = f"{row.receipt[: receipts.LENGTH // 2]}-{row.receipt[receipts.LENGTH // 2 :]}"
    return {
        **_head("dpv:ConsentReceipt", f"urn:uuid:{row.pk}#receipt", row),
        "dct:identifier": code,
        "dpv:hasConsentStatus": _status(State(row.state)),
        "dpv:hasProcess": {"@type": "dpv:Process", **_process(row)},
        "dct:hasPart": [_event(found) for found in row.events.filter(kind__in=(Kind.GIVEN, Kind.WITHDRAWN)).order_by("pk")],
    }


def _found(statement: UUID, by: Actor, action: str) -> Statement:
    """The entry stands in the trail before the document leaves."""
    policies.check_may_export(by)
    with transaction.atomic():
        row = Statement.objects.select_related("notice").filter(pk=statement).first()
        if row is None:
            raise UnknownStatementError
        audit.record(action, by=by, object_type=OBJECT, object_id=row.pk)
    return row


def _head(kind: str, identifier: str, row: Statement) -> Document:
    return {
        "@context": dict(CONTEXT),
        "@id": identifier,
        "@type": kind,
        "dct:conformsTo": SCHEMA,
        "dct:created": _moment(row.recorded.isoformat()),
        "dpv:hasDataSubject": {"@id": f"urn:uuid:{row.notification}", "@type": "dpv:DataSubject"},
        "dpv:hasNotice": _notice(row.notice),
    }


def _notice(text: Notice) -> Document:
    return {
        "@type": "dpv:ConsentNotice",
        "dct:identifier": text.version,
        "dct:language": text.language,
        "baken:sha256": text.digest,
    }


def _process(row: Statement) -> Document:
    basis = BASES.find(
        reporter=row.group, item=row.purpose, on=row.reported_on or row.recorded.date(), organisation=str(row.organisation)
    )
    return {
        "dpv:hasPurpose": {"@id": f"baken:purpose-{row.purpose}", "@type": "dpv:Purpose"},
        "dpv:hasLegalBasis": {"@type": "eu-gdpr:A6-1-a-explicit-consent", "dct:description": basis.citation_en},
        "dpv:hasDataController": {"@type": "dpv:DataController", "dpv:hasName": FACTS.controller},
        "dpv:hasRecipient": list(FACTS.recipients),
        "dpv:hasStorageCondition": {
            "@type": "dpv:StorageCondition",
            "dpv:hasLocation": FACTS.storage,
            "dpv:hasDuration": FACTS.retention,
        },
        "dpv:hasJurisdiction": FACTS.jurisdiction,
        "dpv:hasConsentControl": {"@type": "dpv:WithdrawConsent", "dct:description": FACTS.withdrawal},
        "dpv:hasRight": list(FACTS.rights),
        "dpv:hasAuthority": {"@type": "dpv:DataProtectionAuthority", "dpv:hasName": FACTS.authority},
        **({"dpv:isUntil": _day(row.valid_until.isoformat())} if row.valid_until else {}),
    }


def _signer(row: Statement) -> Document:
    """Who gave it; emptied with the report, since it says something of the person."""
    if not row.signer:
        return {"@type": "dpv:Entity", "baken:signer": "erased"}
    kind = "dpv:DataSubject" if row.signer == Signer.PERSON else "dpv:Representative"
    return {"@type": kind, "baken:signer": row.signer, **({"baken:proof-of-authority": row.proof} if row.proof else {})}


def _confirmation(row: Confirmation) -> Document:
    """What was signed for somebody under sixteen stays as it was; this is what the person said of it afterwards."""
    said = {"baken:interpreter": row.interpreter, "baken:witness": row.witness}
    return {
        "dpv:isIndicatedBy": {"@type": "dpv:DataSubject", "baken:signer": Signer.PERSON.value},
        "dpv:hasNotice": _notice(row.notice),
        "dpv:hasIndicationMethod": {"baken:method": row.method},
        **{name: value for name, value in said.items() if value},
    }


def _circumstances(row: Statement) -> Document:
    said = {
        "baken:capacity": row.capacity,
        "baken:judged-how": row.judged_how,
        "baken:interpreter": row.interpreter,
        "baken:witness": row.witness,
        "baken:view-of-person": row.view_of_person,
        "baken:representative-independent": row.representative_independent,
    }
    return {name: value for name, value in said.items() if value}


def _event(row: StatementEvent) -> Document:
    """The legal day and the moment of recording are kept apart; explicit is what a consent of this kind always is."""
    explicit = ["dpv:ExplicitlyExpressedConsent"] if row.kind in (Kind.GIVEN, Kind.RECONFIRMED) else []
    return {
        "@type": [STATUSES.get(row.kind, f"baken:{row.kind}"), *explicit],
        "dct:date": _day(row.legal_date.isoformat()),
        "dct:created": _moment(row.recorded.isoformat()),
        "dpv:isImplementedByEntity": {"@type": "dpv:Entity", "baken:kind": row.actor_kind, "dct:identifier": row.actor_id},
        **({"baken:reason": row.reason} if row.reason else {}),
    }


def _status(state: State) -> Sequence[str]:
    """Of what was given it only permits processing once it was reviewed."""
    return [STATUSES.get(state.value, f"baken:{state.value}")]


def _day(text: str) -> Document:
    return {"@type": "xsd:date", "@value": text}


def _moment(text: str) -> Document:
    return {"@type": "xsd:dateTime", "@value": text}
