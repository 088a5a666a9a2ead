"""What a feed pushes, read into typed records: JSON Lines, one record a line. It never takes a record for a report.

A line is an object of the envelope's members (intake.enrichment.envelopes) and, of a record that is kept, persoon and
kenmerken as in a report (intake.notifications.members):
  EMM: {"sleutel": "..", "rol": "slachtoffer", "bronregister": "kmar", "datum": "2019-03-01", "persoon": {..}, ..}
       only a slachtoffer whose record stands is kept, others are counted; what was kept before is undone
  OM:  {"sleutel": "..", "datum": "2019-03-01", "persoon": {..}, "kenmerken": {"verder": {"redenSepot": "no-leads"}, ..}}
sleutel is the feed's own key of the record: sent again, an equal record changes nothing and another one replaces it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from accounts.reporters import Source
from intake.codes.characteristics import Characteristics
from intake.enrichment import envelopes
from intake.enrichment.envelopes import Envelope
from intake.notifications import members, strict_json
from intake.notifications.inputs import Identity, NotificationInput, Problem

LONGEST_LINE = 65_536
_REFUSED_MEMBERS = ("eigenKenmerk", "meldingsdatum", "leeftijdsgroep", "toestemming")


@dataclass(frozen=True)
class FeedRecord:
    """The identity is in memory only; repr does not show it. Of a record that is not kept nothing but the envelope is read."""

    envelope: Envelope
    identity: Identity = field(default_factory=Identity)
    characteristics: Characteristics = field(default_factory=Characteristics)

    def notification(self) -> NotificationInput:
        """As the rules check it: the feed's key stands where a reporter's own reference would."""
        identity = replace(self.identity, own_reference=self.envelope.key)
        return NotificationInput(date=self.envelope.day or date.min, identity=identity, characteristics=self.characteristics)


@dataclass(frozen=True)
class Line:
    """One line of a delivery: a record, or the rules that the line breaks."""

    number: int
    record: FeedRecord | None
    problems: tuple[Problem, ...] = ()


def read_lines(content: bytes, source: Source) -> Iterator[Line]:
    """Line by line, so that one broken line leaves the others as they are. Empty lines are none."""
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            found = _record(line, source)
            yield Line(number, found) if isinstance(found, FeedRecord) else Line(number, None, found)


def number_of_lines(content: bytes) -> int:
    return sum(bool(line.strip()) for line in content.splitlines())


def write_lines(records: Iterable[FeedRecord], source: Source) -> bytes:
    """A delivery of these records, as read_lines takes it back."""
    return b"".join(json.dumps(_document(record, source), ensure_ascii=False).encode() + b"\n" for record in records)


def _record(line: bytes, source: Source) -> FeedRecord | tuple[Problem, ...]:
    if len(line) > LONGEST_LINE:
        return (Problem("", "too-long"),)
    try:
        document = strict_json.loads(line)
    except strict_json.MalformedJsonError as error:
        return (Problem("", error.code),)
    if not isinstance(document, dict) or any(name in document for name in _REFUSED_MEMBERS):
        return (Problem("", "unknown-member"),)
    envelope = envelopes.read({name: document.pop(name, None) for name in envelopes.MEMBERS}, source)
    return _with_person(envelope, document) if isinstance(envelope, Envelope) else envelope


def _with_person(envelope: Envelope, document: Mapping[str, object]) -> FeedRecord | tuple[Problem, ...]:
    values, problems = members.read(document)
    if problems:
        return problems
    return FeedRecord(envelope, values.identity(), values.characteristics()) if envelope.kept else FeedRecord(envelope)


def _document(record: FeedRecord, source: Source) -> dict[str, object]:
    written = members.write(record.notification())
    del written["eigenKenmerk"], written["meldingsdatum"]
    return envelopes.write(record.envelope, source) | written
