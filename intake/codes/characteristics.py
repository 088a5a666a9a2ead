"""The coded characteristics of one contribution, as every layer passes them on. It holds codes only, nothing identifying."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Self

SCHEMA_VERSION = 2
_PAIRS = ("further", "phases", "missing")


@dataclass(frozen=True)
class Characteristics:
    """Codes of the closed lists; an empty value was not filled in. Sets are sorted tuples, so that equal sets are equal values.

    nationalities keeps ISO 3166-1 alpha-2 codes. further holds single coded answers by question (technology role, help and
    so on), each checked against its own list. phases are dated steps by code, the day as in partial_days or empty where it
    is unknown. missing says of fields and questions that were left empty why: unknown, not asked or refused.
    """

    exploitation_types: tuple[str, ...] = ()
    prostitution_sectors: tuple[str, ...] = ()
    labour_sectors: tuple[str, ...] = ()
    criminal_kinds: tuple[str, ...] = ()
    organ_removal: str = ""
    sex: str = ""
    nationalities: tuple[str, ...] = ()
    exploitation_countries: tuple[str, ...] = ()
    exploitation_places: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    municipality_of_exploitation: str = ""
    municipality_of_residence: str = ""
    exploitation_from: str = ""
    exploitation_to: str = ""
    further: tuple[tuple[str, str], ...] = ()
    phases: tuple[tuple[str, str], ...] = ()
    missing: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Only what was filled in, so that rows stay small."""
        return {name: value for name in _FIELDS if (value := getattr(self, name))}

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Kept as canonical is: what the rules remember of it is looked up for each row of a file."""
        return hash(tuple([getattr(self, name) for name in _FIELDS]))

    def ordered(self) -> Self:
        """Sets sorted and without doubles, so that equal sets are equal values."""
        return replace(self, **self._disordered) if self._disordered else self

    @cached_property
    def _disordered(self) -> Mapping[str, Any]:
        """Kept as _hash is: what is not in order yet, in order."""
        return {
            name: ordered
            for name in _FIELDS
            if isinstance(values := getattr(self, name), tuple)
            and len(values) > 1
            and (ordered := tuple(sorted(set(values)))) != values
        }

    @cached_property
    def canonical(self) -> bytes:
        """Equal for equal values. Kept, since rows of a file that say the same share one of these."""
        return json.dumps(self.to_json(), sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Of the newest schema version. Unknown members are an error: nothing stored may be passed over."""
        check_members(stored)
        return cls(**{name: _value(name, value) for name, value in stored.items() if value is not None})


_FIELDS = {field.name: None for field in fields(Characteristics)}


def check_members(stored: Iterable[str]) -> None:
    if unknown := set(stored) - _FIELDS.keys():
        raise ValueError(f"unknown characteristics: {', '.join(sorted(unknown))}")


def _value(name: str, stored: Any) -> Any:
    if name in _PAIRS:
        return tuple((key, value) for key, value in stored)
    return tuple(stored) if isinstance(stored, list | tuple) else stored
