"""How log lines look: time, level, place, message. Never the text of an exception, whose values may identify somebody."""

import json
import logging
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from safeguards.log_filter import places

FILTERS: dict[str, Any] = {"identity": {"()": "safeguards.log_filter.IdentityFilter"}}
ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlainFormatter(logging.Formatter):
    """One line a record, and for an error its class and places; for people."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatException(self, ei: ExceptionInfo) -> str:
        return "\n".join(places(ei[1]))


class JsonFormatter(logging.Formatter):
    """One JSON object a line; for machines."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def configuration(form: str, level: str = "INFO") -> dict[str, Any]:
    """Django's LOGGING: everything to standard error, through the filter that takes identities out."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": FILTERS,
        "formatters": {"plain": {"()": "config.logs.PlainFormatter"}, "json": {"()": "config.logs.JsonFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form, "filters": list(FILTERS)}},
        "root": {"handlers": ["stderr"], "level": level},
        # Django's own handlers would print query strings (runserver) and mail whole requests.
        "loggers": {name: {"handlers": [], "level": level, "propagate": True} for name in ("django", "django.server")},
    }
