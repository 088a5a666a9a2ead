"""What a decision about a right may rest on, as a table with its source in the law. It decides no case.

Granting needs a ground only where the law asks which one applies: restriction. A refusal always names one.
"""

from dataclasses import dataclass
from enum import StrEnum

from intake.models.rights import RightsCase

Right = RightsCase.Right
Outcome = RightsCase.Outcome


class Identified(StrEnum):
    """How it was established that this is the person, or who speaks for the person. No number or copy is kept."""

    DOCUMENT_SEEN = "document-seen"
    KNOWN_TO_CARE = "known-to-care"
    AUTHORISED = "authorised"
    RECEIPT_CODE = "receipt-code"


class Extension(StrEnum):
    """GDPR article 12(3): up to two months more."""

    COMPLEX = "complex"
    MANY = "many-requests"


class Told(StrEnum):
    """How the person heard the decision, safely."""

    IN_PERSON = "in-person"
    BY_CARE = "by-care-coordinator"
    BY_LAWYER = "by-lawyer"
    BY_POST = "by-post"


class Motive(StrEnum):
    """Why somebody is looked for by name."""

    REQUEST = "request-of-the-person"
    SUPERVISOR = "asked-by-the-supervisor"


class Ground(StrEnum):
    NOT_IDENTIFIED = "not-identified"
    UNFOUNDED = "unfounded-or-excessive"
    OTHERS = "rights-of-others"
    INVESTIGATION = "investigation-or-safety"
    CORRECT = "data-are-correct"
    PUBLIC_TASK = "public-task"
    LEGAL_CLAIMS = "legal-claims"
    COMPELLING = "compelling-grounds"
    NO_GROUND = "no-ground-applies"
    ACCURACY = "accuracy-contested"
    UNLAWFUL = "unlawful-no-erasure-wanted"
    CLAIMS_OF_PERSON = "needed-by-the-person"
    OBJECTION = "objection-awaits"


# Granted, these destroy reports for good; a second person agrees first.
REMOVES = (Right.ERASURE, Right.OBJECTION)


@dataclass(frozen=True)
class Row:
    """For which rights and which outcome this ground can be named, and where the law says so."""

    ground: Ground
    outcome: Outcome
    rights: frozenset[Right]
    citation: str


EVERY = frozenset(Right)
REFUSED, GRANTED = Outcome.REFUSED, Outcome.GRANTED
TABLE: tuple[Row, ...] = (
    Row(Ground.NOT_IDENTIFIED, REFUSED, EVERY, "AVG art. 12 lid 2 en 6"),
    Row(Ground.UNFOUNDED, REFUSED, EVERY, "AVG art. 12 lid 5 onder b"),
    Row(Ground.INVESTIGATION, REFUSED, EVERY, "AVG art. 23 lid 1 onder d en i; UAVG art. 41"),
    Row(Ground.OTHERS, REFUSED, frozenset({Right.ACCESS}), "AVG art. 15 lid 4"),
    Row(Ground.CORRECT, REFUSED, frozenset({Right.RECTIFICATION}), "AVG art. 16"),
    Row(Ground.PUBLIC_TASK, REFUSED, frozenset({Right.ERASURE}), "AVG art. 17 lid 3 onder b"),
    Row(Ground.LEGAL_CLAIMS, REFUSED, frozenset({Right.ERASURE, Right.OBJECTION}), "AVG art. 17 lid 3 onder e, art. 21 lid 1"),
    Row(Ground.COMPELLING, REFUSED, frozenset({Right.OBJECTION}), "AVG art. 21 lid 1"),
    Row(Ground.NO_GROUND, REFUSED, frozenset({Right.RESTRICTION, Right.ERASURE}), "AVG art. 17 lid 1, art. 18 lid 1"),
    Row(Ground.ACCURACY, GRANTED, frozenset({Right.RESTRICTION}), "AVG art. 18 lid 1 onder a"),
    Row(Ground.UNLAWFUL, GRANTED, frozenset({Right.RESTRICTION}), "AVG art. 18 lid 1 onder b"),
    Row(Ground.CLAIMS_OF_PERSON, GRANTED, frozenset({Right.RESTRICTION}), "AVG art. 18 lid 1 onder c"),
    Row(Ground.OBJECTION, GRANTED, frozenset({Right.RESTRICTION}), "AVG art. 18 lid 1 onder d"),
)
ARTICLES: dict[Right, str] = {
    Right.ACCESS: "AVG art. 15",
    Right.RECTIFICATION: "AVG art. 16",
    Right.ERASURE: "AVG art. 17",
    Right.RESTRICTION: "AVG art. 18",
    Right.OBJECTION: "AVG art. 21",
}


def of(right: str, outcome: str) -> tuple[Row, ...]:
    """The grounds that can be named; none where the decision needs none."""
    return tuple(row for row in TABLE if row.outcome == outcome and right in row.rights)


def citation(ground: str) -> str:
    return next((row.citation for row in TABLE if row.ground == ground), "")
