"""How fast reports are taken in by the form: so many people at once, each sending whole reports, on the loaded register."""

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from statistics import quantiles
from threading import Thread
from time import monotonic, sleep
from urllib.parse import urlencode

from benchmarks.house import House

USERS = 20
SECONDS = 20
# Between reading a page and sending it, somebody who types in haste takes this long; nobody takes no time at all.
HASTE = (0.5, 1.5)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SYLLABLES = ("ba", "do", "ki", "lu", "mi", "na", "po", "re", "su", "ta", "vo", "we", "ze")
NATIONALITIES = ("BG", "HU", "NG", "NL", "PL", "RO", "VN")


@dataclass(frozen=True)
class Served:
    """Times of posts of a section, of posts that send a report, and of the pages asked for between them.

    rhythm: the shortest and longest pause, in seconds, of each user before a post.
    """

    rhythm: tuple[float, float]
    reports: int
    per_second: float
    sections: "Times"
    sendings: "Times"
    pages: "Times"
    refused: int


@dataclass(frozen=True)
class Times:
    number: int
    median_ms: float
    p95_ms: float


def times(milliseconds: list[float]) -> Times:
    cuts = quantiles(milliseconds, n=20)
    return Times(len(milliseconds), cuts[9], cuts[18])


def report(random: Random) -> dict[str, dict[str, str]]:
    """The sections of a report about somebody who was never reported before."""
    return {
        "report": {"date": f"{random.randint(1, 28):02}-03-2019"},
        "person": {
            "given_names": "".join(random.choices(SYLLABLES, k=3)).title(),
            "family_name": "".join(random.choices(SYLLABLES, k=4)).title(),
            "birth": f"{random.randint(1, 28):02}-{random.randint(1, 12):02}-{random.randint(1960, 2000)}",
        },
        "background": {"nationality": random.choice(NATIONALITIES)},
        "exploitation": {"exploitation_types": "sexual"},
    }


class Visitor:
    """One person with one connection and one session."""

    def __init__(self, port: int, number: int, rhythm: tuple[float, float]) -> None:
        self.rhythm = rhythm
        self.random = Random(number)
        self.connection = http.client.HTTPConnection("localhost", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.milliseconds: dict[str, list[float]] = {"section": [], "sending": [], "page": []}
        self.refused = 0
        self.token = ""

    def ask(self, method: str, path: str, form: Mapping[str, str] | None = None) -> tuple[int, str, str]:
        """Status, where it leads, and the page."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        sent = urlencode({**form, "csrfmiddlewaretoken": self.token}) if form is not None else None
        self.connection.request(method, path, sent, headers)
        answer = self.connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), answer.read().decode()

    def take_token(self, path: str) -> None:
        found = TOKEN.search(self.ask("GET", path)[2])
        self.token = found.group(1) if found else ""

    def sign_in(self) -> None:
        self.take_token("/sign-in")
        self.ask("POST", "/demonstration/sign-in", {"account": "politie"})
        self.take_token("/notifications/new")

    def timed(self, kind: str, method: str, path: str, form: Mapping[str, str] | None = None) -> tuple[int, str, str]:
        begun = monotonic()
        answer = self.ask(method, path, form)
        self.milliseconds[kind].append((monotonic() - begun) * 1000)
        return answer

    def send_until(self, end: float) -> None:
        while monotonic() < end:
            self.send()

    def send(self) -> None:
        """As a browser does: every post leads to the next page, which is asked for."""
        sections = report(self.random)
        address = self.ask("POST", "/notifications/new", {})[1]
        draft = address.rsplit("/", 2)[0]
        while sections:
            self.timed("page", "GET", address)
            sleep(self.random.uniform(*self.rhythm))
            name = address.rpartition("/")[2]
            status, following, _ = self.timed("section", "POST", address, sections.pop(name, {}))
            self.refused += status != http.client.FOUND
            address = following
        self.timed("page", "GET", f"{draft}/check")
        sleep(self.random.uniform(*self.rhythm))
        status, receipt, _ = self.timed("sending", "POST", f"{draft}/check", {})
        self.refused += status != http.client.FOUND
        self.timed("page", "GET", receipt)


def measure(house: House, rhythm: tuple[float, float]) -> Served:
    visitors = [Visitor(house.port, number, rhythm) for number in range(USERS)]
    for visitor in visitors:
        visitor.sign_in()
    begun = monotonic()
    threads = [Thread(target=visitor.send_until, args=(begun + SECONDS,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = monotonic() - begun
    found = {kind: [time for visitor in visitors for time in visitor.milliseconds[kind]] for kind in visitors[0].milliseconds}
    return Served(
        rhythm=rhythm,
        reports=len(found["sending"]),
        per_second=len(found["sending"]) / elapsed,
        sections=times(found["section"]),
        sendings=times(found["sending"]),
        pages=times(found["page"]),
        refused=sum(visitor.refused for visitor in visitors),
    )
