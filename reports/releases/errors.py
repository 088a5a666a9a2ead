"""Why something may not leave, in sentences that a person may read."""

from decimal import Decimal

from django.utils.translation import gettext as _


class ReleaseError(Exception):
    """code is for programs; the text is for people and stands in the ledger."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class UnknownReleaseError(LookupError):
    """Nothing of this release stands in the ledger."""


def few_in_a_cut(fewest: int) -> ReleaseError:
    text = _("Fewer than %(fewest)s are in this cut, so that its files would be about just those. Take more years or forms.")
    return ReleaseError("few-in-a-cut", text % {"fewest": fewest})


def budget_used_up(asked: Decimal, left: Decimal) -> ReleaseError:
    text = _(
        "It asks for epsilon %(asked)s and %(left)s is left. Ask for less, or wait until an earlier release is five years old."
    )
    return ReleaseError("budget", text % {"asked": asked, "left": left})
