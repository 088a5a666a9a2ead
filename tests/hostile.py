"""Files that somebody made, or that went wrong, to hurt what reads them; each with the code that refuses it. No blobs."""

import io
import zipfile
from collections.abc import Callable, Mapping
from random import Random

from tests.workbooks import MAIN, SHEET, cells, header, inline, of_sheet, parts, zipped

CSV = "eigen_kenmerk;meldingsdatum;achternaam\n"
HEADER = header("eigen_kenmerk", "meldingsdatum", "achternaam")
MIB = 1024 * 1024
Make = Callable[[], bytes]


def _packed(block: str, times: int, method: int = zipfile.ZIP_DEFLATED, *, opening: str = "") -> bytes:
    """A workbook of which the sheet is, after its headers, an opening and this block so many times; never whole in memory."""
    begin, end = cells(HEADER, "@").encode().split(b"@")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method, compresslevel=1) as archive:
        for name, part in parts("").items():
            if name != SHEET:
                archive.writestr(name, part)
        with archive.open(SHEET, "w") as sheet:
            sheet.write(begin + opening.encode())
            for _ in range(times):
                sheet.write(block.encode())
            sheet.write(end)
    return content.getvalue()


def _stored(sheet: bytes) -> bytes:
    """Nothing is packed, so no ratio tells."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts(sheet).items():
            archive.writestr(name, part)
    return content.getvalue()


def _shared() -> bytes:
    items = f"<si><t>{'x' * 1000}</t></si>" * 1000
    shared = f'<sst xmlns="{MAIN}">{items * 270}</sst>'
    return zipped(parts(cells(HEADER, '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'), shared=shared))


def _meant_often() -> bytes:
    """Three texts of twenty thousand letters, each written once and meant in thirty thousand rows."""
    text = f"<si><t>{'x' * 20_000}</t></si>"
    row = "".join(f'<c r="{column}@" t="s"><v>{place}</v></c>' for place, column in enumerate("ABC"))
    rows = [f'<row r="{number}">{row.replace("@", str(number))}</row>' for number in range(2, 30_000)]
    shared = f'<sst xmlns="{MAIN}">{text * 3}</sst>'
    return zipped(parts(cells(HEADER, *rows), shared=shared, **{"x.xml": _noise(200_000)}))


def _noise(size: int) -> str:
    """Letters that hardly pack: with some of them a bomb keeps to the ratio."""
    return Random(1).randbytes(size // 2).hex()


def _lying() -> bytes:
    """The directory says that the sheet is small; 300 MiB come out."""
    content = bytearray(_packed("<row/>" * 10_000, 5_000))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo(SHEET)
    for at in range(len(content) - 4):
        if content[at : at + 4] == entry.file_size.to_bytes(4, "little"):
            content[at : at + 4] = (MIB).to_bytes(4, "little")
    return bytes(content)


def _with_method(method: int) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, part in parts(cells(HEADER)).items():
            archive.writestr(name, part)
    return content.getvalue()


def _encrypted_entry() -> bytes:
    content = bytearray(of_sheet(cells(HEADER)))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def _document_type(inner: str, reference: str) -> bytes:
    row = f'<row r="2">{inline("A2", reference)}</row>'
    return of_sheet(f"<!DOCTYPE worksheet [{inner}]>" + cells(HEADER, row))


LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))

WORKBOOKS: Mapping[str, tuple[str, Make]] = {
    "a gibibyte of spaces in a cell": ("unpacks-too-large", lambda: _packed(" " * MIB, 280)),
    "forty million empty rows": ("unpacks-too-large", lambda: _packed("<row/>" * 100_000, 450)),
    "twenty million empty rows, under the limit of size": ("unpacks-too-large", lambda: _packed("<row/>" * 100_000, 200)),
    "five million empty rows, not packed": ("too-many-rows", lambda: _packed("<row/>" * 100_000, 50, zipfile.ZIP_STORED)),
    "two hundred and seventy mebibytes of shared texts": ("unpacks-too-large", _shared),
    "three texts meant in every row": ("too-much-text", _meant_often),
    "sizes that lie": ("broken-workbook", _lying),
    "entities that multiply": ("broken-workbook", lambda: _document_type(LAUGHS, "&a9;")),
    "an entity outside": ("broken-workbook", lambda: _document_type('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;")),
    "a tag that never ends": ("broken-workbook", lambda: _stored(b"<worksheet " + b"a" * (30 * MIB))),
    "an attribute that never ends": (
        "broken-workbook",
        lambda: _packed("a" * 60_000 + _noise(1_000), 2_000, opening='<row r="'),
    ),
    "a comment that never ends": ("broken-workbook", lambda: _stored(b"<worksheet><!--" + b"a" * (30 * MIB))),
    "a text that never ends": ("cell-too-long", lambda: _stored(cells(f"<row>{inline('A1', 'x' * 30 * MIB)}</row>").encode())),
    "elements within elements": ("too-large", lambda: _stored(b"<a>" * (10 * MIB))),
    "elements that say nothing": ("too-slow", lambda: _packed("<a/>" * 12_000 + _noise(1_000), 5_000)),
    "a thousand parts": ("too-many-parts", lambda: zipped(parts(cells(HEADER), **{f"x{n}.xml": "" for n in range(1000)}))),
    "a directory of twenty thousand parts": (
        "too-many-parts",
        lambda: zipped(parts(cells(HEADER), **{f"x{n}": "" for n in range(20_000)})),
    ),
    "a way of packing that costs memory": ("broken-workbook", lambda: _with_method(zipfile.ZIP_LZMA)),
    "an encrypted entry": ("encrypted", _encrypted_entry),
    "macros": ("is-xlsm", lambda: zipped(parts(cells(HEADER), **{"xl/vbaProject.bin": "x"}))),
    "links to other files": (
        "external-links",
        lambda: zipped(parts(cells(HEADER), **{"xl/externalLinks/externalLink1.xml": "<x/>"})),
    ),
    "cut off": ("cut-off", lambda: of_sheet(cells(HEADER))[:-200]),
    "a damaged sheet": (
        "broken-workbook",
        lambda: of_sheet(cells(HEADER)).replace(b"PK\x03\x04", b"PK\x03\x05").replace(b"PK\x03\x05", b"PK\x03\x04", 1),
    ),
    "another zip": ("is-zip", lambda: zipped({"readme.txt": "x"})),
    "a text document": ("is-docx", lambda: zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})),
    "an OpenDocument sheet": ("is-ods", lambda: zipped({"mimetype": "x", "content.xml": "<x/>"})),
    "a binary workbook": ("is-xls", lambda: zipped({"[Content_Types].xml": "<x/>", "xl/workbook.bin": "x"})),
    "an old workbook": ("is-xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)),
    "a workbook with a password": (
        "encrypted",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000),
    ),
    "a PDF": ("is-pdf", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
}

TEXTS: Mapping[str, tuple[str, Make]] = {
    "NUL bytes": ("not-text", lambda: (CSV + "1;1-2-2019;a\0b\n").encode()),
    "only NUL bytes": ("not-text", lambda: bytes(32 * MIB)),
    "ten million empty lines": ("too-many-rows", lambda: CSV.encode() + b"\n" * 10_000_000),
    "ten million lines of delimiters": ("too-many-rows", lambda: CSV.encode() + b";;\n" * 10_000_000),
    "a line that never ends": ("too-large", lambda: CSV.encode() + b"x" * (30 * MIB)),
    "a line of delimiters": ("too-large", lambda: CSV.encode() + b";" * (30 * MIB)),
    "a quotation mark that is never closed": ("cell-too-long", lambda: CSV.encode() + b'1;1-2-2019;"' + b"x\n" * (14 * MIB)),
    "a hundred thousand headers": ("headers", lambda: b"achternaam;" * 20_000),
    "more than the limit": ("too-large", lambda: CSV.encode() + b"1;1-2-2019;x\n" * (3 * MIB)),
    "arrays within arrays": ("too-deep", lambda: b"[" * 100_000),
    "arrays within arrays, closed": ("too-deep", lambda: b"[" * 100_000 + b"]" * 100_000),
    "objects within objects": ("too-deep", lambda: b"[" + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"]"),
    "millions of empty objects in one report": ("too-large", lambda: b"[[" + b"{}," * (10 * MIB) + b"{}]]"),
    "millions of reports": ("too-many-rows", lambda: b"[" + b"{}," * (10 * MIB) + b"{}]"),
    "millions of lines": ("too-many-rows", lambda: b"{}\n" * (10 * MIB)),
    "a text of JSON that never ends": ("cut-off", lambda: b'["' + b"x" * (30 * MIB)),
    "a number that never ends": ("not-json", lambda: b"[" + b"9" * (30 * MIB) + b"]"),
    "wide letters": ("cut-off", lambda: b'[{"a":"' + "😀".encode() * (7 * MIB)),
}
