"""All files of an extract in one archive, with their checksums. The same content gives the same bytes."""

import hashlib
import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reports.extracts.contents import Content
from reports.extracts.formats import datapackage, tables

DATA = "data.csv"
CHECKSUMS = "SHA256SUMS"
_ANY_DAY = (2026, 1, 1, 0, 0, 0)


def archive(content: Content) -> bytes:
    return packed(files(content))


def files(content: Content) -> dict[str, bytes]:
    coded = [column for column in content.columns if column.codes]
    paths = {"data": DATA} | {column.name: f"codes/{column.name}.csv" for column in coded}
    return {
        datapackage.NAME: datapackage.descriptor(content, paths),
        DATA: tables.data(content),
        **{paths[column.name]: tables.code_list(column, content) for column in coded},
    }


def packed(found: Mapping[str, bytes]) -> bytes:
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in found.items())
    written = io.BytesIO()
    with ZipFile(written, "w") as whole:
        for name, content in {**found, CHECKSUMS: sums.encode()}.items():
            entry = ZipInfo(name, _ANY_DAY)
            entry.compress_type = ZIP_DEFLATED
            whole.writestr(entry, content)
    return written.getvalue()
