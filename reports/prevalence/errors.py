"""What is refused about runs of estimates, in sentences that a person may read."""

from django.utils.translation import gettext as _


class EstimateError(Exception):
    """code is for programs; the text is for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class UnknownRunError(LookupError):
    """There is no such run."""


def period_not_right() -> EstimateError:
    return EstimateError("period", _("The last year is before the first one, or one of them is not a year of the register."))


def few_lists() -> EstimateError:
    return EstimateError("lists", _("At least three lists are needed to see dependence; leave fewer out, or merge fewer."))


def many_lists() -> EstimateError:
    return EstimateError("lists", _("At most ten lists can be searched; leave some out, or merge some."))


def merged_alone() -> EstimateError:
    return EstimateError("lists", _("A merged list is made of at least two groups."))


def referral_not_between_lists() -> EstimateError:
    return EstimateError("dependence", _("A known referral is between two different lists that take part."))


def many_replicates(most: int) -> EstimateError:
    text = _("So many lists can have at most %(most)s replicates: with more the work would take hours.")
    return EstimateError("replicates", text % {"most": most})


def register_changes() -> EstimateError:
    return EstimateError("register", _("A report is leaving the register at this moment. Ask again in a minute."))


def over() -> EstimateError:
    return EstimateError("over", _("This estimate is not being made any more. Open its page again."))


def not_done() -> EstimateError:
    return EstimateError("not-done", _("This estimate is not there yet."))
