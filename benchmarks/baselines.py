"""Simple ways to link, to measure beside: equal names and dates, keyed match keys, and clusters from scored pairs.

They share nothing with the linkage engine, its tables least of all.
"""

import hashlib
import hmac
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from benchmarks.registers import Row

PREFIXES = frozenset(("van", "der", "den", "de", "ter", "ten", "het", "t", "el", "al", "da", "dos", "do", "la", "v", "d"))
# A key that more reports share than this says nothing about a person.
MOST_REPORTS_OF_A_KEY = 200
SOUNDS = {
    letter: digit for digit, letters in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), start=1) for letter in letters
}
KEY = b"baseline"

Key = tuple[str, ...]


@dataclass(frozen=True)
class Scored:
    """Two reports and the probability that they are about one person."""

    report_id_a: str
    report_id_b: str
    probability: float


def clusters(rows: Sequence[Row], pairs: Iterable[Scored], threshold: float) -> dict[str, int]:
    """Report to cluster: likeliest pairs first, and two clusters become one where their pairs are likely on average.

    A pair that was not blocked counts as impossible, so that a chain of likely pairs does not join everybody.
    """
    likely = {frozenset((pair.report_id_a, pair.report_id_b)): pair.probability for pair in pairs}
    cluster_of = {row.report_id: number for number, row in enumerate(rows)}
    members = {number: [row.report_id] for number, row in enumerate(rows)}
    for two, probability in sorted(likely.items(), key=lambda pair: (-pair[1], sorted(pair[0]))):
        one, other = (cluster_of[report] for report in sorted(two))
        if probability < threshold or one == other:
            continue
        between = [likely.get(frozenset((left, right)), 0.0) for left in members[one] for right in members[other]]
        if sum(between) / len(between) >= threshold / 2:
            for report in members[other]:
                cluster_of[report] = one
            members[one] += members.pop(other)
    return cluster_of


def exact_pairs(rows: Sequence[Row]) -> list[Scored]:
    """Pairs with the same names and full date of birth, the same V-number or the same BSN."""
    return _sharing((row.report_id, key) for row in rows for key in (*_numbers(row), *_same_name(row)))


def match_key_pairs(rows: Sequence[Row]) -> list[Scored]:
    """Pairs that share any of several hashed keys: parts and sounds of names with parts of the date of birth."""
    return _sharing((row.report_id, key) for row in rows for key in (*_numbers(row), *_keys(row)))


def _sharing(keyed: Iterable[tuple[str, Key]]) -> list[Scored]:
    reports: dict[bytes, set[str]] = defaultdict(set)
    for report, key in keyed:
        reports[hmac.digest(KEY, "\0".join(key).encode(), hashlib.sha256)].add(report)
    shared: Counter[tuple[str, str]] = Counter()
    for members in reports.values():
        if len(members) <= MOST_REPORTS_OF_A_KEY:
            shared.update(combinations(sorted(members), 2))
    return [Scored(*pair, 1.0) for pair in shared]


def _numbers(row: Row) -> Iterator[Key]:
    if row.v_number:
        yield "v", row.v_number
    if row.bsn:
        yield "bsn", row.bsn


def _same_name(row: Row) -> Iterator[Key]:
    given, family = " ".join(letters(row.given_name)), " ".join(letters(row.family_name))
    if given and family and len(row.date_of_birth) == 10:
        yield "same", given, family, row.date_of_birth


def _keys(row: Row) -> Iterator[Key]:
    given = "".join(letters(row.given_name)[:1])
    family = "".join(word for word in letters(row.family_name) if word not in PREFIXES)
    year, month, day = ([*row.date_of_birth.split("-"), "", ""])[:3]
    if not (given and family and year):
        return
    yield "names and year", *sorted((given, family)), year
    if row.nationality:
        yield "sounds, year and nationality", sound(given), sound(family), year, row.nationality[:4].casefold()
    if day:
        yield "sounds and date", *sorted((sound(given), sound(family))), row.date_of_birth
        yield "family name and date", family, row.date_of_birth
        yield "given name and date", given, row.date_of_birth
        yield "starts, year and swapped date", given[:3], family[:3], year, *sorted((month, day))


def sound(word: str) -> str:
    """Soundex: the first letter and three digits for the consonants after it."""
    digits = [SOUNDS.get(letter, 0) for letter in word if letter not in "hw"]
    heard = [digit for before, digit in pairwise(digits) if digit and digit != before]
    return (word[:1] + "".join(map(str, heard)) + "000")[:4]


def letters(text: str) -> list[str]:
    """The words of a name in lower case without diacritics; nothing for what says that a name is not known."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l").replace("đ", "d").replace("ı", "i"))
    kept = "".join(part if part.isalpha() else " " for part in decomposed if not unicodedata.combining(part))
    return [] if kept.strip() in {"nn", "n n", "onbekend", "unknown"} else kept.split()
