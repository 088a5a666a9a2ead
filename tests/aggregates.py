"""Deliveries of aggregates for tests: files as a source would send them, and deliveries in each state."""

from pathlib import Path
from typing import Any
from uuid import UUID

from config.demonstration.aggregates import DATA
from reports.aggregates import services
from reports.aggregates.columns import COLUMNS
from reports.models import AggregateDelivery
from tests import cast

FACTSHEET, LETTER_2019, LETTER_2021 = "dadermonitor-2013-2017", "kabinet-2019", "kabinet-2021"
GOOD = {
    "soort": "waarde", "fase": "opsporing", "van": "2018", "maat": "aantal", "teleenheid": "verdachten", "waarde": "150",
    "vindplaats": "tabel 1",
}  # fmt: skip


def published(source: str) -> bytes:
    return Path(DATA / f"{source}.csv").read_bytes()


def file(*rows: dict[str, str], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """A file with these rows under all headers."""
    lines = [COLUMNS, *([row.get(column, "") for column in COLUMNS] for row in rows)]
    return "".join(delimiter.join(line) + "\n" for line in lines).encode(encoding)


def waiting(source: str = "politie", content: bytes = b"", corrects: UUID | None = None) -> UUID:
    return services.deliver(source=source, content=content or file(GOOD), corrects=corrects, by=cast.actor(cast.ANALYST))


def accepted(source: str = "politie", content: bytes = b"", corrects: UUID | None = None) -> UUID:
    made = waiting(source, content, corrects)
    services.accept(delivery=made, by=cast.actor(cast.APPROVER))
    return made


def a_waiting() -> dict[str, Any]:
    """Another one each time: the same file is not taken twice."""
    year = 1990 + AggregateDelivery.objects.count()
    return {"delivery": waiting(content=file(GOOD | {"van": str(year)}))}


def an_accepted() -> dict[str, Any]:
    """The factsheet, made on first use in a test."""
    found = AggregateDelivery.objects.filter(source=FACTSHEET).first()
    return {"delivery": found.id if found else accepted(FACTSHEET, published(FACTSHEET))}
