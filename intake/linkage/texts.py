"""Reports of a file as codes of the distinct values of each field: a million reports say few things that are new.

In the clear and in memory only; nothing here is kept or compared.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Generic, TypeVar

import numpy as np

from intake.linkage.ragged import Ids
from intake.linkage.records import Details

Value = TypeVar("Value", bound=Hashable)


class Codes(dict[Any, int]):
    """Numbers values in the order of their coming: codes[value]."""

    def __missing__(self, value: Any) -> int:
        self[value] = len(self)
        return self[value]

    def of(self, values: Iterable[Any]) -> Ids:
        return np.fromiter(map(self.__getitem__, values), dtype=np.int32)


@dataclass(frozen=True)
class Coded(Generic[Value]):
    """Of every report the place of its value among the values."""

    values: Sequence[Value] = field(repr=False)
    ids: Ids

    def at(self, row: int) -> Value:
        return self.values[int(self.ids[row])]


def coded(values: Iterable[Value], ids: Ids | None = None) -> Coded[Value]:
    """Distinct values; ids are the places that the values had, where they stand for reports already."""
    codes = Codes()
    anew = codes.of(values)
    return Coded(tuple(codes), anew if ids is None else anew[ids])


@dataclass(frozen=True, eq=False)
class Texts(Mapping[str, Details]):
    """Reports in order, and what they say by field; a birth is year, month, day and whether it is estimated."""

    reports: Sequence[str]
    given: Coded[tuple[str, ...]]
    family: Coded[str]
    aliases: Coded[tuple[str, ...]]
    birth: Coded[tuple[int | None, int | None, int | None, bool]]
    sex: Coded[str]
    nationalities: Coded[tuple[str, ...]]
    place: Coded[str]
    v_number: Coded[str]
    bsn: Coded[str]
    document: Coded[str]

    def __len__(self) -> int:
        return len(self.reports)

    def __iter__(self) -> Iterator[str]:
        return iter(self.reports)

    def __getitem__(self, report: str) -> Details:
        row = self._rows[report]
        said = {one.name: getattr(self, one.name).at(row) for one in fields(self)[1:]}
        year, month, day, estimated = said["birth"]
        return Details(
            given_names=said["given"],
            family_name=said["family"],
            aliases=said["aliases"],
            year=year,
            month=month,
            day=day,
            estimated=estimated,
            sex=said["sex"],
            nationalities=said["nationalities"],
            place=said["place"],
            v_number=said["v_number"],
            bsn=said["bsn"],
            document_number=said["document"],
        )

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {report: row for row, report in enumerate(self.reports)}


def of_details(reports: Mapping[str, Details]) -> Texts:
    """The same of reports that are described one by one."""
    if isinstance(reports, Texts):
        return reports
    all_details = reports.values()
    return Texts(
        reports=tuple(reports),
        given=coded(one.given_names for one in all_details),
        family=coded(f"{one.prefix} {one.family_name}" for one in all_details),
        aliases=coded(one.aliases for one in all_details),
        birth=coded((one.year, one.month, one.day, one.estimated) for one in all_details),
        sex=coded(one.sex for one in all_details),
        nationalities=coded(one.nationalities for one in all_details),
        place=coded(one.place for one in all_details),
        v_number=coded(one.v_number for one in all_details),
        bsn=coded(one.bsn for one in all_details),
        document=coded(one.document_number for one in all_details),
    )
