"""What a reporter sees of known and of unknown persons, compared: word for word what is said, by rank how long it took.

Time is taken as it passes and as the processor spends it, which other work on the machine disturbs far less; and what is
asked of the database is compared one by one, since that makes most of the time and is no accident at all. A difference in
time counts when it is both certain and large enough to be used: pairs sent one after the other in random order, Wilcoxon's
signed-rank test on them, and a median difference that is a part of the whole.
"""

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import erfc, sqrt
from statistics import median
from typing import Any

from django.db import connection

from intake.notifications.inputs import Identity, PartialDate

CERTAIN = 1e-4
NOTICEABLE = 0.08
WARMING_UP = 2
SAVEPOINT = re.compile(r'SAVEPOINT "?\w+"?')
# What differs from one answer to the next for everybody: random ids, tokens, days and moments.
ACCIDENTAL = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{32}\b"
    r"|(?<![0-9A-Z])[2-9BCDFGHJKMNPQRTVWXYZ]{12}(?![0-9A-Z])"
    r'|(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=nonce[=-])"?[\w+/=-]+'
    r"|\d{1,2}:\d{2}(:\d{2})?|(?<=sessionid=)\w+|(?<=csrftoken=)\w+"
)


@dataclass(frozen=True)
class Seen:
    """One answer without what is accidental, the seconds and the seconds of work that it took, and its queries."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    seconds: float = 0.0
    work: float = 0.0
    queries: tuple[str, ...] = ()

    @property
    def content(self) -> tuple[int, tuple[tuple[str, str], ...], str]:
        return self.status, self.headers, self.body


Ask = Callable[[Identity], Any]
Shown = Callable[[Any], Seen]


def persons(number: int, *, seed: int) -> list[Identity]:
    """All of one shape, so that nothing but who they are tells them apart."""
    drawn = random.Random(seed)
    return [
        Identity(
            given_names=(_name(drawn, 6),),
            family_name=_name(drawn, 9),
            birth=PartialDate(drawn.randint(1960, 1999), drawn.randint(10, 12), drawn.randint(10, 28)),
        )
        for _ in range(number)
    ]


def answer(response: Any) -> Seen:
    """Of a page or of the interface."""
    headers = sorted((name, ACCIDENTAL.sub("*", value)) for name, value in response.headers.items())
    cookies = [("Set-Cookie", ACCIDENTAL.sub("*", str(cookie))) for cookie in response.cookies.values()]
    return Seen(response.status_code, tuple(headers + cookies), ACCIDENTAL.sub("*", response.content.decode()))


def told(value: object) -> Seen:
    """Of a service."""
    return Seen(0, (), ACCIDENTAL.sub("*", str(value)))


def asked(ask: Ask, known: Sequence[Any], unknown: Sequence[Any], *, shown: Shown = answer) -> list[str]:
    """What tells known from unknown persons in this channel; nothing, if it tells nothing."""
    drawn, pairs = random.Random(len(known)), list(zip(known, unknown, strict=True))
    for pair in pairs[:WARMING_UP]:
        for person in pair:
            ask(person)
    samples = [_pair(ask, shown, one, other, swapped=drawn.random() < 0.5) for one, other in pairs[WARMING_UP:]]
    return [
        *_said(samples),
        *_asked(samples),
        *_timed("time", [(one.seconds, other.seconds) for one, other in samples]),
        *_timed("work", [(one.work, other.work) for one, other in samples]),
    ]


def _pair(ask: Ask, shown: Shown, known: Any, unknown: Any, *, swapped: bool) -> tuple[Seen, Seen]:
    if swapped:
        second, first = _timing(ask, shown, unknown), _timing(ask, shown, known)
        return first, second
    return _timing(ask, shown, known), _timing(ask, shown, unknown)


def _timing(ask: Ask, shown: Shown, person: Any) -> Seen:
    queries: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        queries.append(SAVEPOINT.sub("SAVEPOINT", sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        started, worked = time.perf_counter(), time.thread_time()
        response = ask(person)
        seconds, work = time.perf_counter() - started, time.thread_time() - worked
    return replace(shown(response), seconds=seconds, work=work, queries=tuple(queries))


def _said(samples: Sequence[tuple[Seen, Seen]]) -> Iterator[str]:
    known, unknown = ({pair[side].content for pair in samples} for side in (0, 1))
    if known != unknown:
        yield f"content: {known - unknown} for known persons, {unknown - known} for unknown ones"


def _asked(samples: Sequence[tuple[Seen, Seen]]) -> Iterator[str]:
    """What happens once among so many, by the clock (a token's use is noted every few minutes), tells nothing of a person."""
    taken = [Counter(pair[side].queries for pair in samples) for side in (0, 1)]
    known, unknown = (
        {way for way, times in ways.items() if times > 1} - taken[1 - side].keys() for side, ways in enumerate(taken)
    )
    if known or unknown:
        yield f"queries: {len(known)} ways for known persons alone, {len(unknown)} for unknown ones alone"


def _timed(name: str, samples: Sequence[tuple[float, float]]) -> Iterator[str]:
    differences = [one - other for one, other in samples]
    part = median(differences) / median(seconds for pair in samples for seconds in pair)
    if chance(differences) < CERTAIN and abs(part) > NOTICEABLE:
        yield f"{name}: known persons take {part:+.0%}"


def chance(differences: Sequence[float]) -> float:
    """Wilcoxon's signed-rank test, two-sided, by its normal approximation: how likely so uneven ranks are by accident."""
    ranked = sorted((difference for difference in differences if difference), key=abs)
    number = len(ranked)
    positive = sum(rank for rank, difference in enumerate(ranked, start=1) if difference > 0)
    spread = sqrt(number * (number + 1) * (2 * number + 1) / 24)
    return erfc(abs(positive - number * (number + 1) / 4) / spread / sqrt(2)) if number else 1.0


def _name(drawn: random.Random, length: int) -> str:
    letters = ("bdfgklmnprst", "aeiou")
    return "".join(drawn.choice(letters[place % 2]) for place in range(length)).capitalize()
