"""How long what is kept, as data for a lawyer to read (tables/retention.csv). It checks the table, and erases nothing."""

import csv
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from accounts.reporters import Purpose
from intake.models.contribution import Contribution
from intake.notifications.periods import years_before

TABLE = Path(__file__).parent / "tables" / "retention.csv"


class Start(StrEnum):
    REPORT = "report"
    LAST_REPORT_OF_PERSON = "last-report-of-person"
    ENDING = "ending"


class Action(StrEnum):
    ERASE_IDENTITY = "erase-identity"
    CUT_OFF = "cut-off"
    CLOSE_PERSON = "close-person"
    FORGET_ENDING = "forget-ending"


# What an action is about decides from when its period runs.
START_OF = {
    Action.ERASE_IDENTITY: Start.REPORT,
    Action.CUT_OFF: Start.REPORT,
    Action.CLOSE_PERSON: Start.LAST_REPORT_OF_PERSON,
    Action.FORGET_ENDING: Start.ENDING,
}
# A report has its states; what ended for good has this one.
ENDED = "ended"


@dataclass(frozen=True)
class Rule:
    id: str
    state: str
    purpose: Purpose
    start: Start
    years: int
    action: Action
    law_nl: str
    law_en: str
    confirmed: bool

    def __post_init__(self) -> None:
        can = self.start is START_OF[self.action] and self.purpose is Purpose.REGISTRATION
        states = [ENDED] if self.action is Action.FORGET_ENDING else Contribution.State.values
        if not can or self.years < 1 or self.state not in states:
            raise ValueError(f"The row {self.id} of retention.csv cannot be carried out; see the README beside it.")

    def cutoff(self, today: date) -> date:
        """What is of this day or earlier goes."""
        return years_before(today, self.years)


def _read() -> tuple[Rule, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_rule(row) for row in csv.DictReader(file))


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        id=row["id"],
        state=row["state"],
        purpose=Purpose(row["purpose"]),
        start=Start(row["start"]),
        years=int(row["years"]),
        action=Action(row["action"]),
        law_nl=row["law_nl"],
        law_en=row["law_en"],
        confirmed=row["confirmed"] == "yes",
    )


RULES = _read()
