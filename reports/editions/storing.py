"""Lays down what was counted as an edition: its tables, its bytes, sealed or protected. It decides nothing."""

import hashlib
from dataclasses import dataclass
from secrets import token_bytes
from typing import Any

from django.conf import settings
from django.db.models import Max

from reports.editions import comparing, counting, reading
from reports.editions.counting import Counters
from reports.editions.inputs import Digest
from reports.editions.printed import Printed, canonical, definitions_digest, to_bytes
from reports.editions.protecting import Rounding, protected
from reports.editions.revisions import Revised
from reports.models import Edition, Freeze
from safeguards import fields
from safeguards.fields import Kind


@dataclass(frozen=True)
class Bytes:
    """Both of one edition. exact has every row of ranked figures, so that editions can be compared."""

    exact: bytes
    protected: bytes


def store(row: Freeze, before: Edition | None) -> None:
    rounding = Rounding(_seed(), before=reading.printed_of(before))
    inputs = row.counters["inputs"]
    digest = Digest(row.counters.get("digest", "0")).final(inputs)
    heading = _heading(row, rounding)
    counters = counting.from_json(row.counters.get("is", ())) + counting.from_json(row.signals)
    found = bytes_of(counters, heading, rounding, inputs=inputs, digest=digest)
    Edition.objects.create(
        id=row.id,
        number=(Edition.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
        name=row.name,
        first_year=row.first_year,
        last_year=row.last_year,
        cutoff=row.cutoff,
        frozen_by=row.asked_by,
        definitions=heading["definitions"],
        code=heading["code"],
        inputs=inputs,
        input_digest=digest,
        method=rounding.method,
        base=rounding.base,
        draw=rounding.draw,
        seed=fields.seal_secret(rounding.seed.hex(), Kind.EDITION, row=f"{row.id} seed"),
        compared_with=before,
        protected=found.protected,
        exact=fields.seal_secret(found.exact.decode(), Kind.EDITION, row=f"{row.id} exact"),
        exact_digest=hashlib.sha256(found.exact).hexdigest(),
        revision=_sealed_revision(row, before),
    )


def bytes_of(counters: Counters, heading: dict[str, Any], rounding: Rounding, *, inputs: int, digest: str) -> Bytes:
    """The public bytes say neither how many contributions were counted nor what their digest is."""
    wide = counting.tables_of(counters, heading["first_year"], heading["last_year"])
    exact = to_bytes(Printed(heading | {"inputs": inputs, "input_digest": digest}, wide))
    return Bytes(exact, to_bytes(Printed(heading, protected(wide, rounding))))


def _seed() -> bytes:
    """One for all editions, so that the same counts are rounded the same way in each."""
    last = Edition.objects.order_by("-number").first()
    return reading.seed_of(last) if last else token_bytes(32)


def _heading(row: Freeze, rounding: Rounding) -> dict[str, Any]:
    return {
        "name": row.name,
        "first_year": row.first_year,
        "last_year": row.last_year,
        "cutoff": row.cutoff.isoformat(),
        "definitions": definitions_digest(),
        "code": settings.BAKEN_VERSION,
        "protection": {"method": rounding.method, "base": rounding.base, "draw": rounding.draw},
    }


def _sealed_revision(row: Freeze, before: Edition | None) -> str:
    if before is None:
        return ""
    found = canonical([_plain(one) for one in comparing.revision(row, before)])
    return fields.seal_secret(found.decode(), Kind.EDITION, row=f"{row.id} revision")


def _plain(one: Revised) -> list[Any]:
    place = one.place
    return [place.figure, place.row, place.axis, place.column, one.was, one.now, dict(one.why)]
