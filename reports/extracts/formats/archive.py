"""All files of an extract in one archive, with their checksums."""

import hashlib
import io
from collections.abc import Mapping
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reports.extracts.contents import Content
from reports.extracts.formats import catalogue, codebook, datapackage, page, parquet, spreadsheet, statistical, tables

DATA = "data.csv"
CHECKSUMS = "SHA256SUMS"
_ANY_DAY = (2026, 1, 1, 0, 0, 0)


def archive(content: Content, beside: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """beside: further files of this extract, by their names."""
    return packed(files(content) | dict(beside))


def files(content: Content) -> dict[str, bytes]:
    """By their names; the catalogue record knows the others."""
    coded = [column for column in content.columns if column.codes]
    paths = {"data": DATA} | {column.name: f"codes/{column.name}.csv" for column in coded}
    found = {
        datapackage.NAME: datapackage.descriptor(content, paths),
        DATA: tables.data(content),
        **{paths[column.name]: tables.code_list(column, content) for column in coded},
        "data.xlsx": spreadsheet.workbook(content),
        "data.parquet": parquet.table(content),
        "codebook.xml": codebook.codebook(content, DATA),
    }
    for language in statistical.LANGUAGES:
        found[f"data.{language}.sav"] = statistical.spss(content, language)
        found[f"data.{language}.dta"] = statistical.stata(content, language)
        found[f"report.{language}.html"] = page.page(content, language)
    sizes = {name: len(written) for name, written in found.items()}
    return found | {"dcat.jsonld": catalogue.record(content, _digests(found), sizes)}


def packed(found: Mapping[str, bytes]) -> bytes:
    sums = "".join(f"{digest}  {name}\n" for name, digest in _digests(found).items())
    written = io.BytesIO()
    with ZipFile(written, "w") as whole:
        for name, content in {**found, CHECKSUMS: sums.encode()}.items():
            entry = ZipInfo(name, _ANY_DAY)
            entry.compress_type = ZIP_DEFLATED
            whole.writestr(entry, content)
    return written.getvalue()


def _digests(found: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}
