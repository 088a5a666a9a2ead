"""What can be wrong with a delivery of aggregates. No error carries a value from a file."""

from collections.abc import Iterable

from reports.aggregates.checking import Problem


class AggregatesError(Exception):
    """The parent of all; code is stable."""

    code = ""


class UnknownDeliveryError(AggregatesError):
    code = "unknown-delivery"


class RefusedDeliveryError(AggregatesError):
    """Nothing of the file is kept; problems say which rules it breaks, and where."""

    code = "refused"

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__("The file breaks rules.")
        self.problems = tuple(problems)


class DecidedError(AggregatesError):
    """Somebody decided about this delivery already."""

    code = "decided"


class OwnDeliveryError(AggregatesError):
    """Whoever uploaded it may not be the one who accepts it."""

    code = "own-delivery"


class OutdatedCorrectionError(AggregatesError):
    """What it corrects is not what counts any more, or what it adds was delivered meanwhile."""

    code = "outdated"
