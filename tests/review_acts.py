"""What readers of pairs do beside answering, for the tests of the trail; and pairs to read."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any
from uuid import UUID

from intake import comparing
from intake.matching import refit, relink, review
from intake.models.decision import Verdict
from intake.unlock import Motive
from safeguards.actors import system
from tests import cast, linked

Act = Callable[[], object]


def a_question() -> UUID:
    return linked.pair_of(linked.linked(), linked.linked(birth=linked.NO_DATE)).id


def opened(pair: UUID, person: cast.Person = cast.REVIEWER) -> None:
    comparing.open_both(pair=pair, motive=Motive.PAIR_DETAILS, by=cast.actor(person))


def _open_both() -> Act:
    pair, by = a_question(), cast.actor(cast.REVIEWER)
    return lambda: comparing.open_both(pair=pair, motive=Motive.PAIR_DETAILS, by=by)


def _contest() -> Act:
    pair, by = a_question(), cast.actor(cast.SECOND_REVIEWER)
    review.decide(pair=pair, verdict=Verdict.SAME_DETAILS, by=cast.actor(cast.REVIEWER))
    return lambda: review.contest(pair=pair, by=by)


def _identities() -> Act:
    pair, by = a_question(), cast.actor(cast.REVIEWER)
    opened(pair)
    return lambda: comparing.identities_of(pair=pair, by=by)


def _relink() -> Act:
    linked.linked()
    wanted: dict[str, Any] = {"engine_name": "duckdb", "master": "", "folder": Path(gettempdir())}
    return lambda: relink.relink(**wanted, apply=True, by=system("tests"))


def _refit() -> Act:
    linked.many_decided()

    def act() -> None:
        with TemporaryDirectory() as folder:
            refit.refit(version="new", folder=Path(folder), by=system("tests"))

    return act


ACTS: dict[str, Callable[[], Act]] = {
    "intake.matching.refit.refit": _refit,
    "intake.matching.relink.relink": _relink,
    "intake.matching.review.contest": _contest,
    "intake.comparing.open_both": _open_both,
    "intake.comparing.identities_of": _identities,
}

# They read codes and numbers, and open nothing.
READS = {
    "intake.matching.review.reading_of",
    "intake.matching.review.own_last",
    "intake.matching.review.may_undo",
    "intake.matching.review.may_contest",
    "intake.matching.quality.measure",
    "intake.matching.quality.agreement",
}
