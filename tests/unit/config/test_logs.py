"""Log lines carry time, level, place and message, and of an error its class and places; never its text."""

import json
import logging
import sys

import pytest

from config import logs

CANARY = "Zwaluwenburg"


@pytest.fixture
def failed() -> logging.LogRecord:
    try:
        raise ValueError(CANARY) from KeyError(CANARY)
    except ValueError:
        return logging.getLogger("intake").makeRecord(
            "intake", logging.ERROR, __file__, 1, "Could not be stored.", (), sys.exc_info()
        )


@pytest.mark.parametrize("formatter", [logs.PlainFormatter(), logs.JsonFormatter()])
def test_text_of_an_error_is_not_written(formatter: logging.Formatter, failed: logging.LogRecord) -> None:
    line = formatter.format(failed)
    assert CANARY not in line
    assert "ValueError" in line
    assert "KeyError" in line


def test_json_line_is_one_line_with_the_level_and_the_message(failed: logging.LogRecord) -> None:
    line = logs.JsonFormatter().format(failed)
    assert "\n" not in line
    assert json.loads(line)["message"] == "Could not be stored."
    assert json.loads(line)["level"] == "ERROR"


@pytest.mark.parametrize("form", ["plain", "json"])
def test_every_handler_passes_the_identity_filter(form: str) -> None:
    configured = logs.configuration(form)
    assert all(handler["filters"] == ["identity"] for handler in configured["handlers"].values())
    assert all(logger["handlers"] == [] for logger in configured["loggers"].values())
