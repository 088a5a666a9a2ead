"""What the engine reads of one contribution: codes and dates, nothing that identifies. It loads nothing from anywhere."""

from datetime import date
from typing import Protocol

from intake.codes.characteristics import Characteristics

REPORT, EMM, OM = "report", "emm", "om"
POLICE, KMAR = "police", "kmar"


class Contribution(Protocol):
    """intake.facts.ContributionFact is one. source is report, emm or om; group and unit are empty where they do not apply.

    waited is a band of intake.codes.waits: how long after its date it could count.
    """

    @property
    def source(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def legal_basis(self) -> bool: ...
    @property
    def date(self) -> date: ...
    @property
    def waited(self) -> str: ...
    @property
    def age(self) -> int | None: ...
    @property
    def age_band(self) -> str: ...
    @property
    def characteristics(self) -> Characteristics: ...
