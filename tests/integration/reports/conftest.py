"""Editions of a few figures, for tests of what becomes of an edition: protecting all of them together takes seconds."""

from collections.abc import Iterator

import pytest

from tests.integration.reports import edited


@pytest.fixture
def few_figures() -> Iterator[None]:
    with edited.few_figures():
        yield
