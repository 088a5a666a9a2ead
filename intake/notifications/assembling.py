"""Builds the typed input from loose values by part and field, and takes it apart again: the same for a file's row and a JSON
document. It checks nothing.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from intake.codes.characteristics import Characteristics
from intake.codes.lists import PHASE_FIELDS
from intake.notifications.inputs import ConsentAnswer, Identity, NotificationInput, PartialDate

_NOTHING: Mapping[str, Any] = {}


class Values:
    """Known values by part and field; what was left empty is not in it. A part is one of those of parts_of."""

    def __init__(self) -> None:
        self._parts: defaultdict[str, dict[str, Any]] = defaultdict(dict)

    def put(self, part: str, field: str, value: object) -> None:
        self._parts[part][field] = value

    def has(self, part: str, field: str) -> bool:
        return field in self._part(part)

    def notification(self, characteristics: Characteristics | None = None) -> NotificationInput:
        """A report without a date gets the first of all days, which the rules refuse."""
        report, consent = self._part("report"), self._part("consent")
        return NotificationInput(
            date=report.get("date", date.min),
            identity=self.identity(),
            characteristics=self.characteristics() if characteristics is None else characteristics,
            consent=ConsentAnswer(**{"answer": "", **consent}) if consent else None,
            age_band=report.get("age_band", ""),
        )

    def identity(self) -> Identity:
        identity, birth = self._part("identity"), self._part("birth")
        if birth:
            identity = {**identity, "birth": replace(identity.get("birth", PartialDate()), **birth)}
        return Identity(**identity)

    def characteristics(self) -> Characteristics:
        further = tuple(sorted(self._part("further").items()))
        phases = tuple(sorted((PHASE_FIELDS[field], day) for field, day in self._part("phases").items()))
        missing = tuple(sorted(self._part("missing").items()))
        return Characteristics(**self._part("characteristics"), further=further, phases=phases, missing=missing)

    def _part(self, part: str) -> Mapping[str, Any]:
        return self._parts.get(part, _NOTHING)


def parts_of(notification: NotificationInput) -> Mapping[str, Mapping[str, Any]]:
    """By part and field as Values takes them. Empty values are in it, but for the questions and steps that were left open."""
    characteristics = notification.characteristics
    days = dict(characteristics.phases)
    return {
        "report": vars(notification),
        "identity": vars(notification.identity),
        "birth": vars(notification.identity.birth),
        "characteristics": vars(characteristics),
        "further": dict(characteristics.further),
        "phases": {field: days[code] for field, code in PHASE_FIELDS.items() if code in days},
        "missing": dict(characteristics.missing),
        "consent": vars(notification.consent) if notification.consent else {},
    }
