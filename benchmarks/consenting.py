"""Fills a fresh database with statements and times the consent decision, inside one Django process. consent.py runs it."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from statistics import median
from time import perf_counter
from uuid import UUID

from django.db import connection

from accounts.reporters import Purpose
from consent import gate, selectors, texts
from consent.models import Notice

SEED = 27560
DAY = date(2022, 6, 15)
TIMES = 7
SINGLE = 500
SERIES = {
    "sqlite": "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {count})",
    "postgresql": "WITH series(n) AS (SELECT generate_series(1, {count}))",
}
IDENTIFIER = {
    "sqlite": "printf('%08x', n % 65536 * 65536 + n / 65536 + {kind}) || printf('%024x', n)",
    "postgresql": "(lpad(to_hex(n::bigint % 65536 * 65536 + n / 65536 + {kind}), 8, '0') || lpad(to_hex(n), 24, '0'))::uuid",
}
DAYS_LATER = {"sqlite": "date('2016-01-01', '+' || ({days}) || ' days')", "postgresql": "DATE '2016-01-01' + ({days})"}
MOMENT = {"sqlite": "'2026-01-01 12:00:00'", "postgresql": "TIMESTAMPTZ '2026-01-01 12:00:00Z'"}
STATEMENTS = """
INSERT INTO consent_statement (id, notification, organisation, "group", purpose, notice_id, capacity, judged_how, signer, proof,
  method, interpreter, view_of_person, representative_independent, witness, signed_on, reported_on, receipt, state, stands_from,
  stands_until, recorded)
{series} SELECT {statement}, {notification}, {notification}, 'care-coordinators', 'registration', {notice},
  'sixteen-or-older', '', 'person', '', 'written', '', '', '', '', {given}, {given}, 'R' || n,
  CASE WHEN n % 10 < 7 THEN 'approved' WHEN n % 10 < 9 THEN 'withdrawn' ELSE 'given' END,
  CASE WHEN n % 10 < 9 THEN {given} END, CASE WHEN n % 10 IN (7, 8) THEN {ended} END, {moment} FROM series
"""
EVENTS = """
INSERT INTO consent_statementevent (statement_id, kind, legal_date, recorded, actor_kind, actor_id, reason)
{series} SELECT {statement}, '{kind}', {day}, {moment}, 'system', 'benchmark', '' FROM series WHERE n % 10 {which}
"""


def main(count: int) -> None:
    _fill(count)
    for line in _lines(count):
        sys.stdout.write(f"{line}\n")


def _fill(count: int) -> None:
    text = texts.text("1", "nl")
    if text is None:
        raise SystemExit("the first notice is gone")
    notice = Notice.objects.create(version=text.version, language="nl", text=text.content, digest=text.digest)
    vendor = connection.vendor
    values = {
        "series": SERIES[vendor].format(count=count),
        "statement": IDENTIFIER[vendor].format(kind=1),
        "notification": IDENTIFIER[vendor].format(kind=2),
        "notice": notice.pk,
        "given": DAYS_LATER[vendor].format(days="n % 3600"),
        "ended": DAYS_LATER[vendor].format(days="n % 3600 + n % 700 + 1"),
        "moment": MOMENT[vendor],
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS.format(**values))
        for kind, day, which in (("given", "given", ">= 0"), ("approved", "given", "< 9"), ("withdrawn", "ended", "IN (7, 8)")):
            cursor.execute(EVENTS.format(**values, kind=kind, day=values[day], which=which))
        cursor.execute("ANALYZE")


def _lines(count: int) -> Iterator[str]:
    found = gate.valid_on(Purpose.REGISTRATION, DAY)
    chosen = Random(SEED).sample(range(1, count + 1), SINGLE)
    reports = [_notification(number) for number in chosen]
    for report in reports:
        if gate.consent_on(report, Purpose.REGISTRATION, DAY) != (report in found):
            raise SystemExit("consent_on and valid_on differ")
    yield _line("identifiers of all", TIMES, len(found), lambda _: gate.valid_on(Purpose.REGISTRATION, DAY))
    yield _line("number of all", TIMES, len(found), lambda _: selectors.valid_on(Purpose.REGISTRATION.value, DAY).count())
    yield _line(
        "`consent_on`, one report",
        SINGLE,
        len(found.intersection(reports)),
        lambda number: gate.consent_on(reports[number], Purpose.REGISTRATION, DAY),
    )


def _notification(number: int) -> UUID:
    return UUID(f"{number % 65536 * 65536 + number // 65536 + 2:08x}{number:024x}")


def _line(question: str, times: int, found: int, ask: Callable[[int], object]) -> str:
    seconds = []
    for number in range(times):
        begun = perf_counter()
        ask(number)
        seconds.append(perf_counter() - begun)
    name = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    return f"| {name} | {question} | {times} | {found} | {median(seconds):.4f} | {max(seconds):.4f} |"
