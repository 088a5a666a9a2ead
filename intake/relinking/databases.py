"""Which engine a relink uses, loaded by its name: both are extras that the register itself does without."""

from importlib import import_module
from typing import Any

ENGINES = ("duckdb", "spark")
LOCK_OF = {"duckdb": "requirements-relink.txt", "spark": "requirements-spark.txt"}


class EngineMissingError(Exception):
    """The packages of this engine are not installed; the text says how to install them."""


def loaded(engine: str) -> tuple[Any, Any]:
    """The module that runs a relink, and that of this engine. Errors: EngineMissingError."""
    try:
        return import_module("intake.relinking.running"), import_module(f"intake.relinking.on_{engine}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("intake"):
            raise
        raise EngineMissingError(
            f"The engine {engine} is an extra that is not installed; install it beside the register: "
            f"pip install --require-hashes -r {LOCK_OF[engine]}"
        ) from None
