"""The envelope of a list: how many there are in all, the pages beside this one, and what stands on this one."""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework.request import Request

from intake.api.described import Schema


def envelope(request: Request, values: Mapping[str, Any], *, total: int, results: Sequence[object]) -> dict[str, Any]:
    """Addresses of pages are relative to the host, which a proxy may call something else."""
    page, size = values["page"], values["pageSize"]
    return {
        "count": total,
        "next": _address(request, page + 1) if page * size < total else None,
        "previous": _address(request, page - 1) if page > 1 else None,
        "results": list(results),
    }


def _address(request: Request, page: int) -> str:
    query = request.query_params.copy()
    query["page"] = str(page)
    return f"{request.path}?{query.urlencode()}"


def schema(of: Schema) -> Schema:
    address = {"type": "string", "format": "uri-reference", "nullable": True}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["count", "next", "previous", "results"],
        "properties": {
            "count": {"type": "integer", "minimum": 0},
            "next": address,
            "previous": address,
            "results": {"type": "array", "items": of},
        },
    }
