"""An extract as Parquet: codes as dictionary columns, with what the file says of itself and its words as metadata."""

import io
import json

import pyarrow
from pyarrow import parquet as arrow

from reports.extracts.contents import Content, OutColumn, used
from reports.extracts.formats.words import about_lines, both


def table(content: Content) -> bytes:
    columns = list(zip(*content.rows, strict=True)) or [()] * len(content.columns)
    arrays = [pyarrow.array(list(values), pyarrow.string()).dictionary_encode() for values in columns]
    fields = [
        pyarrow.field(column.name, array.type, nullable=False, metadata=_words(column, content))
        for column, array in zip(content.columns, arrays, strict=True)
    ]
    about = {name.en: value for name, value in about_lines(content.about)}
    notes = [both(note) for note in content.about.notes]
    metadata = {"about": json.dumps(about), "notes": json.dumps(notes), "watermark": content.about.watermark}
    written = io.BytesIO()
    arrow.write_table(pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(fields, metadata=metadata)), written)
    return written.getvalue()


def _words(column: OutColumn, content: Content) -> dict[str, str]:
    codes = {code: both(text) for code, text in used(column, content).items()}
    return {"title_nl": column.title.nl, "title_en": column.title.en, "codes": json.dumps(codes)}
