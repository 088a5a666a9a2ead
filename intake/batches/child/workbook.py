"""The frame of a workbook: where its parts are, which sheet holds the rows, what its number formats mean.

It reads the small parts only; the cells are read by intake.batches.child.xlsx_rows.
"""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intake.batches.child import formats, markup
from intake.batches.child.archives import Archive
from intake.batches.child.frames import RefusedError
from intake.batches.child.markup import Patience, local

MOST_ELEMENTS = 200_000
# Of a number format: no program that people use makes a longer one.
LONGEST_CODE = 255
_ROOT_RELATIONS = "_rels/.rels"
_RELATION_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_TRUE = ("1", "true")

Element = tuple[str, Mapping[str, str]]


@dataclass(frozen=True)
class Sheet:
    name: str
    part: str
    visible: bool


@dataclass(frozen=True)
class Workbook:
    sheets: tuple[Sheet, ...]
    texts: str
    kinds: tuple[int, ...]
    from_1904: bool

    def rows_sheet(self, name: str) -> Sheet:
        """The sheet of the template, else the first one that people see."""
        named = [sheet for sheet in self.sheets if sheet.name == name]
        visible = [sheet for sheet in self.sheets if sheet.visible]
        if not named and not visible:
            raise RefusedError("broken-workbook")
        return (named or visible)[0]

    def hidden_sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name and not sheet.visible), None)


def read(archive: Archive, patience: Patience) -> Workbook:
    main = _main_part(archive, patience)
    relations = _relations(archive, _relations_of(main), patience)
    by_id = {relation["Id"]: _target(main, relation) for relation in relations}
    sheets, from_1904 = [], False
    for kind, attributes in _elements(archive, main, patience):
        if kind == "sheet":
            part = next((by_id.get(attributes[name], "") for name in _RELATION_IDS if name in attributes), "")
            sheets.append(Sheet(attributes.get("name", ""), part, attributes.get("state", "visible") == "visible"))
        elif kind == "workbookPr":
            from_1904 = attributes.get("date1904") in _TRUE
    parts = {relation["Type"].rpartition("/")[2]: _target(main, relation) for relation in relations}
    return Workbook(
        tuple(sheets), parts.get("sharedStrings", ""), _kinds(archive, parts.get("styles", ""), patience), from_1904
    )


def _main_part(archive: Archive, patience: Patience) -> str:
    for relation in _relations(archive, _ROOT_RELATIONS, patience):
        if relation["Type"].endswith("/officeDocument"):
            return _target("", relation)
    raise RefusedError("is-zip")


def _relations(archive: Archive, part: str, patience: Patience) -> list[Mapping[str, str]]:
    """External ones point outside the file: nothing is ever fetched, and they are left out."""
    found = [attributes for kind, attributes in _elements(archive, part, patience) if kind == "Relationship"]
    return [one for one in found if one.get("TargetMode") != "External" and {"Id", "Type", "Target"} <= one.keys()]


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(source: str, relation: Mapping[str, str]) -> str:
    target = relation["Target"]
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")


def _kinds(archive: Archive, part: str, patience: Patience) -> tuple[int, ...]:
    codes: dict[int, str] = {}
    kinds: list[int] = []
    within = ""
    for kind, attributes in _elements(archive, part, patience):
        if kind in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            within = kind
        elif kind == "numFmt" and within != "dxfs":
            codes[_number(attributes.get("numFmtId"))] = _code(attributes.get("formatCode", ""))
        elif kind == "xf" and within == "cellXfs":
            number = _number(attributes.get("numFmtId"))
            kinds.append(formats.kind_of(number, codes.get(number, "")))
    return tuple(kinds)


def _code(text: str) -> str:
    if len(text) > LONGEST_CODE:
        raise RefusedError("broken-workbook")
    return text


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else 0


def _elements(archive: Archive, part: str, patience: Patience) -> Iterator[Element]:
    found: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(found) > MOST_ELEMENTS:
            raise RefusedError("broken-workbook")
        found.append((local(name), attributes))

    for _ in markup.parse(archive.pieces(part), patience, start=start):
        pass
    yield from found
