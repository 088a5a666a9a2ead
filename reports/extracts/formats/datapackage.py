"""The descriptor of a Frictionless Data Package (version 1): the table with its fields, and each list of codes."""

import json
import re
from collections.abc import Mapping
from typing import Any

from reports.extracts.contents import Content, OutColumn, used
from reports.extracts.formats.words import about_lines, both

NAME = "datapackage.json"


def descriptor(content: Content, paths: Mapping[str, str]) -> bytes:
    """paths: of the table (under 'data') and of the list of codes of each column that has one, beside the descriptor."""
    about = content.about
    found = {
        "profile": "tabular-data-package",
        "name": f"baken-{about.id}",
        "id": str(about.id),
        "title": about.title.en,
        "title_nl": about.title.nl,
        "created": about.made.isoformat(timespec="seconds"),
        "watermark": about.watermark,
        "about": [both(name) | {"value": value} for name, value in about_lines(about)],
        "notes": [both(note) for note in about.notes],
        "resources": [_table(content, paths["data"]), *(_codes(column, paths) for column in content.columns if column.codes)],
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _table(content: Content, path: str) -> dict[str, Any]:
    fields = [_field(column, content) for column in content.columns]
    return _resource("data", path, {"fields": fields, "primaryKey": [content.columns[0].name]})


def _field(column: OutColumn, content: Content) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": "" not in column.codes and not re.fullmatch(column.pattern or ".+", "")}
    if column.codes:
        constraints["enum"] = list(used(column, content))
    if column.pattern:
        constraints["pattern"] = column.pattern
    return {
        "name": column.name,
        "type": "string",
        "title": column.title.en,
        "title_nl": column.title.nl,
        "constraints": constraints,
    }


def _codes(column: OutColumn, paths: Mapping[str, str]) -> dict[str, Any]:
    fields = [{"name": name, "type": "string"} for name in ("code", "label_nl", "label_en")]
    return _resource(
        f"codes-{column.name.lower().replace('_', '-')}", paths[column.name], {"fields": fields, "primaryKey": ["code"]}
    )


def _resource(name: str, path: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {**schema, "missingValues": []},
    }
