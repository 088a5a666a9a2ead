"""The browser of the functional tests: chromium from the system's packages, against a live server of the test process."""

import os
import shutil
from collections.abc import Iterator
from threading import Condition
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import expect

from tests.functional.accessibility import PATIENCE


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.exit("The browser tests need chromium: install it with apt-get install chromium.", returncode=1)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium, "args": sandbox, "timeout": PATIENCE * 1000}


@pytest.fixture(scope="session", autouse=True)
def database_beside_the_browser() -> None:
    """Playwright runs an event loop in this thread; Django would refuse the database there."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    expect.set_options(timeout=PATIENCE * 1000)


class Underway:
    """The requests that the live server is answering."""

    def __init__(self) -> None:
        self.number = 0
        self.changed = Condition()

    def begin(self, **_: Any) -> None:
        self._count(1)

    def end(self, **_: Any) -> None:
        self._count(-1)

    def _count(self, by: int) -> None:
        with self.changed:
            self.number += by
            self.changed.notify_all()

    def wait_for_none(self) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.number == 0, timeout=PATIENCE)


@pytest.fixture(scope="session")
def underway() -> Iterator[Underway]:
    counted = Underway()
    request_started.connect(counted.begin)
    request_finished.connect(counted.end)
    yield counted
    request_started.disconnect(counted.begin)
    request_finished.disconnect(counted.end)


@pytest.fixture(autouse=True)
def nothing_is_underway(request: pytest.FixtureRequest, underway: Underway) -> Iterator[None]:
    """A page that saves itself asks on when its test is over: what the server still does must not meet the next test's data."""
    if "live_server" in request.fixturenames:
        request.getfixturevalue("transactional_db")
    yield
    underway.wait_for_none()
