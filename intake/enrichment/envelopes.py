"""What a feed says about its own record: key, role, whether it still stands, where it comes from. Not who the person is.

Members of the envelope, the same in a line of JSON and, in snake case, in a row of CSV:
  sleutel  the feed's own key of the record
  rol      EMM only: slachtoffer, betrokkene or getuige
  status   geldig (when left out), ingetrokken (the feed took it back) or ongegrond (the signal proved unfounded)
  bronregister, geldigVan, geldigTot   EMM only: the register that it was read from, and when it was valid there
  datum    the day on which the person became known; needed of a record that is kept
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from accounts.reporters import Source
from intake.codes.lists import SOURCE_REGISTERS
from intake.notifications.inputs import Problem

LONGEST_KEY = 64


class Role(StrEnum):
    VICTIM = "slachtoffer"
    INVOLVED = "betrokkene"
    WITNESS = "getuige"


class Standing(StrEnum):
    """Whether the feed still stands by its record."""

    VALID = "geldig"
    WITHDRAWN = "ingetrokken"
    UNFOUNDED = "ongegrond"


@dataclass(frozen=True)
class Origin:
    """The register that EMM read, and the days between which the record was valid there; the last day is included."""

    register: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Envelope:
    """key is in memory only; repr does not show it. day is empty for a record that is not kept."""

    key: str = field(repr=False)
    day: date | None
    role: Role = Role.VICTIM
    standing: Standing = Standing.VALID
    origin: Origin = field(default_factory=Origin)

    @property
    def kept(self) -> bool:
        """Only a victim whose record still stands is kept; an earlier sending of any other is undone."""
        return self.role is Role.VICTIM and self.standing is Standing.VALID


_OF_EMM_ALONE = ("rol", "bronregister", "geldigVan", "geldigTot")
MEMBERS = ("sleutel", "status", "datum", *_OF_EMM_ALONE)


def read(members: Mapping[str, object], source: Source) -> Envelope | tuple[Problem, ...]:
    """The members of MEMBERS that are there; dates as YYYY-MM-DD. Every rule that they break, by member."""
    problems = (*_member_problems(members, source), *_date_problems(members))
    if problems:
        return problems
    envelope = Envelope(
        key=str(members["sleutel"]),
        day=_day(members.get("datum")),
        role=Role(str(members.get("rol") or Role.VICTIM)),
        standing=Standing(str(members.get("status") or Standing.VALID)),
        origin=Origin(
            register=str(members.get("bronregister") or ""),
            valid_from=_day(members.get("geldigVan")),
            valid_to=_day(members.get("geldigTot")),
        ),
    )
    return tuple(_contradictions(envelope)) or envelope


def write(envelope: Envelope, source: Source) -> dict[str, object]:
    """What read takes back as it was."""
    written: dict[str, object] = {"sleutel": envelope.key}
    if source is Source.EMM:
        written["rol"] = str(envelope.role)
        origin = envelope.origin
        written |= {"bronregister": origin.register} if origin.register else {}
        written |= {"geldigVan": origin.valid_from.isoformat()} if origin.valid_from else {}
        written |= {"geldigTot": origin.valid_to.isoformat()} if origin.valid_to else {}
    if envelope.standing is not Standing.VALID:
        written["status"] = str(envelope.standing)
    return written | ({"datum": envelope.day.isoformat()} if envelope.day else {})


def _member_problems(members: Mapping[str, object], source: Source) -> Iterator[Problem]:
    key = members.get("sleutel")
    if not isinstance(key, str) or not 0 < len(key) <= LONGEST_KEY:
        yield Problem("sleutel", "required")
    if source is not Source.EMM:
        yield from (Problem(name, "unknown-member") for name in _OF_EMM_ALONE if members.get(name) is not None)
    elif members.get("rol") not in tuple(Role):
        yield Problem("rol", "unknown-code")
    if members.get("status") not in (None, *Standing):
        yield Problem("status", "unknown-code")
    if members.get("bronregister") not in (None, "", *SOURCE_REGISTERS.codes):
        yield Problem("bronregister", "unknown-code")


def _date_problems(members: Mapping[str, object]) -> Iterator[Problem]:
    for name in ("datum", "geldigVan", "geldigTot"):
        value = members.get(name)
        if value is not None and _day(value) is None:
            yield Problem(name, "wrong-date")


def _contradictions(envelope: Envelope) -> Iterator[Problem]:
    origin = envelope.origin
    if envelope.kept and envelope.day is None:
        yield Problem("datum", "required")
    if origin.valid_from and origin.valid_to and origin.valid_to < origin.valid_from:
        yield Problem("geldigTot", "before-begin")
    elif envelope.day and _outside(envelope.day, origin):
        yield Problem("datum", "outside-validity")


def _outside(day: date, origin: Origin) -> bool:
    return bool((origin.valid_from and day < origin.valid_from) or (origin.valid_to and day > origin.valid_to))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
