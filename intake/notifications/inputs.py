"""What every channel hands to submit: identity and coded characteristics as typed values. It validates and stores nothing."""

import json
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from intake.codes.characteristics import Characteristics

IDENTITY_SCHEMA = 1
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


@dataclass(frozen=True)
class PartialDate:
    """A date of which day and month, or all, may be unknown; estimated says that somebody guessed it."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    estimated: bool = False


@dataclass(frozen=True)
class Identity:
    """In memory only; repr shows nothing."""

    given_names: tuple[str, ...] = field(default=(), repr=False)
    prefix: str = field(default="", repr=False)
    family_name: str = field(default="", repr=False)
    aliases: tuple[str, ...] = field(default=(), repr=False)
    birth: PartialDate = field(default=PartialDate(), repr=False)
    bsn: str = field(default="", repr=False)
    v_number: str = field(default="", repr=False)
    document_number: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    narrative: str = field(default="", repr=False)
    own_reference: str = field(default="", repr=False)

    @cached_property
    def canonical(self) -> bytes:
        """Only what is known, so that the padded size says as little as possible. Kept: it is both digested and sealed."""
        members: dict[str, Any] = {name: value for name, value in vars(self).items() if value}
        members["schema"] = IDENTITY_SCHEMA
        if self.birth == PartialDate():
            del members["birth"]
        else:
            members["birth"] = {
                name: value for name, value in vars(self.birth).items() if value is not None and value is not False
            }
        return _ENCODE(members).encode()


@dataclass(frozen=True)
class ConsentAnswer:
    """What the reporter without a legal basis says about consent; codes as in consent.gate.

    help and research_extract are what was said when asked about these purposes too.
    """

    answer: str
    capacity: str = ""
    signer: str = ""
    method: str = ""
    notice_version: str = ""
    language: str = ""
    signed_on: date | None = None
    reason: str = ""
    judged_how: str = ""
    proof: str = ""
    interpreter: str = ""
    view_of_person: str = ""
    representative_independent: str = ""
    witness: str = ""
    requested_on: date | None = None
    help: str = ""
    research_extract: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a report, in memory only; repr shows nothing, since its name says as much as its content."""

    name: str = field(repr=False)
    type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class NotificationInput:
    """One report by one reporter about one person on one date.

    age_band is what the reporter estimates where no birth date is known; a birth date goes before it.
    """

    date: date
    identity: Identity
    characteristics: Characteristics
    consent: ConsentAnswer | None = None
    age_band: str = ""
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)
    scans: tuple[Attachment, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Problem:
    """A rule that the input breaks, by field and code; never the value. row is 0 outside a file."""

    field: str
    code: str
    row: int = 0
