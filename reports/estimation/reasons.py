"""Why an answer is a range only or refused: codes for programs, sentences for people, and the thresholds that decide."""

from dataclasses import dataclass

from reports.estimation.histories import BadTableError


@dataclass(frozen=True)
class Thresholds:
    """From when on a table carries no estimate. An installation sets its own by the settings that are named after them.

    fewest_seen_twice: all knowledge of who was not seen rests on those seen twice; with ten, chance alone moves the total by a
    third (1/sqrt(10)). most_failed: limits are 2.5% quantiles; if more than twice that share of replicates has no estimate, the
    limits are made of who is left. widest_factor: models that the data cannot tell apart and whose totals differ by more than
    this factor: one number would hide the choice.
    """

    fewest_seen_twice: int = 10
    most_failed: float = 0.05
    widest_factor: float = 2.0


FEW_SEEN_TWICE, NO_ESTIMATE, FAILING_REPLICATES, NO_UPPER_LIMIT, MODELS_DIFFER, CONSENT_BREAK, OFFENDERS = (
    "FEW_SEEN_TWICE",
    "NO_ESTIMATE",
    "FAILING_REPLICATES",
    "NO_UPPER_LIMIT",
    "MODELS_DIFFER",
    "CONSENT_BREAK",
    "OFFENDER_PREVALENCE",
)


@dataclass(frozen=True)
class Reason:
    """lists: those that it names, by code."""

    code: str
    text: str
    lists: tuple[str, ...] = ()


def few_seen_twice(seen: int, thresholds: Thresholds) -> Reason:
    return Reason(
        FEW_SEEN_TWICE,
        f"Persons on exactly two lists: {seen}. Fewer than {thresholds.fewest_seen_twice} carry no estimate: "
        "chance alone would decide it.",
    )


def no_estimate() -> Reason:
    return Reason(NO_ESTIMATE, "No model that was looked at has a finite total that the overlaps determine.")


def failing_replicates(failed: float, thresholds: Thresholds) -> Reason:
    return Reason(
        FAILING_REPLICATES,
        f"{failed:.0%} of the replicates have no estimate, more than {thresholds.most_failed:.0%}: "
        "the table hangs on a few persons.",
    )


def no_upper_limit() -> Reason:
    return Reason(NO_UPPER_LIMIT, "The data set no upper limit to the total.")


def models_differ(number: int, near: float, span: tuple[float, float], thresholds: Thresholds) -> Reason:
    low, high = (round(total, -2) for total in span)
    return Reason(
        MODELS_DIFFER,
        f"Range only: the data cannot tell apart the {number} models within {near:.0f} BIC of the lowest; with "
        f"the one chosen they give {low:,.0f} to {high:,.0f}, more than a factor of {thresholds.widest_factor:.0f}. "
        "The total and the interval hold only if the model named is true.",
    )


def consent_break() -> Reason:
    return Reason(
        CONSENT_BREAK,
        "Range only: the period contains 2018. From 25 May of that year reporters without a legal basis asked for consent "
        "before they reported, so their lists broke off in the middle, and how often lists share a person changed with them.",
    )


def offenders() -> Reason:
    return Reason(
        OFFENDERS,
        "How many offenders there are is not estimated: no reliable method is known for it, and lists of suspects are made by "
        "who is investigated.",
    )


def no_table(error: BadTableError) -> Reason:
    """Of a part of a register that cannot be searched, where the whole of it can be."""
    return Reason(error.code, str(error), error.lists)
