"""What a browser test asks of every page: no axe findings, no policy violations, no console errors, no sideways scrolling.

It says nothing about what a page is for; each test checks that itself.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

AXE = (Path(__file__).resolve().parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LANGUAGES = ("nl", "en")
WIDTHS = (1280, 375)
# Seconds for a page to come or to change: how long it takes says how busy the machine is.
PATIENCE = 60

VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) => console.error(
    `security policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));"""
RUN_AXE = """async (tags) => {
    const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags } });
    const place = (node) => `${node.target.join(" ")} ${node.html.slice(0, 160)} ${node.failureSummary}`;
    return violations.flatMap((finding) => finding.nodes.map((node) => `axe ${finding.id}: ${place(node)}`));
}"""
WIDTH = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Visit:
    """One page in one browser context, with all that went wrong on it since it was opened."""

    def __init__(self, context: BrowserContext) -> None:
        context.set_default_timeout(PATIENCE * 1000)
        context.add_init_script(VIOLATIONS)
        self.page: Page = context.new_page()
        self.seen: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.seen.append(f"script: {error}"))

    def _note(self, message: ConsoleMessage) -> None:
        # The browser calls a page's own status of 4xx or 5xx an error; such a page may be shown on purpose.
        own_status = "responded with a status of" in message.text and message.location["url"] == self.page.url
        if message.type in {"error", "warning"} and not own_status:
            self.seen.append(f"console {message.type}: {message.text}")

    def use_session(self, url: str, key: str) -> None:
        """The session of somebody who is signed in, made by the test."""
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": url}])

    def open(self, url: str) -> None:
        self.page.goto(url)
        self._drawn()

    def leave(self, by: Locator) -> None:
        """Presses a button or a link that leads to another page, or to the same one anew."""
        with self.leaving():
            by.click()

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """What is done inside ends on a page that is there and drawn: a press alone returns while the old page still stands.

        A piece put in place counts as a navigation of the old page, so it is the loading of the new one that is waited for.
        """
        with self.page.expect_event("load"):
            yield
        self._drawn()

    def stay(self, on: Locator) -> None:
        """Presses what changes something on the page itself; say with expect what that is."""
        on.click()

    def _drawn(self) -> None:
        self.page.evaluate("document.fonts.ready")

    def at_width(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})

    def problems(self) -> list[str]:
        """Call it in each state worth looking at: as opened, with errors, with a menu open."""
        self.page.evaluate(AXE)
        found: list[str] = self.page.evaluate(RUN_AXE, TAGS)
        return [*self.seen, *found, *self._shape()]

    def _shape(self) -> Iterator[str]:
        if (over := self.page.evaluate(WIDTH)) > 0:
            yield f"the page is {over} pixels wider than the screen"
        if (count := self.page.locator("h1").count()) != 1:
            yield f"{count} level-one headings"
        # A sheet to sign is carried around: it does not name the site.
        site = "" if self.page.locator(".baken-sheet").count() else " - Baken"
        if not self.page.title().endswith(site) or self.page.title().startswith(" "):
            yield f"title: {self.page.title()!r}"


@contextmanager
def visit(browser: Browser, *, language: str = "nl", width: int = 1280) -> Iterator[Visit]:
    context = browser.new_context(locale=language, viewport={"width": width, "height": 900})
    try:
        yield Visit(context)
    finally:
        context.close()


def pictured(visitor: Visit, name: str) -> None:
    """For a person to look at, where a folder is named for it."""
    if folder := os.environ.get("BAKEN_PICTURES"):
        width = visitor.page.viewport_size["width"] if visitor.page.viewport_size else 0
        parts = [part for part in re.split(r"\W+", name) if part and not any(letter.isdigit() for letter in part)]
        language = visitor.page.locator("html").get_attribute("lang")
        visitor.page.screenshot(path=Path(folder) / f"{'-'.join(parts)}-{language}-{width}.png", full_page=True)
