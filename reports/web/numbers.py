"""Changes and shares with their sign and in the form of the language, and no share of next to nothing."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from reports.figures.shares import smallest_base

MINUS = "\u2212"


@dataclass(frozen=True)
class Change:
    """From one year to the next. share is empty where the base is too small; both are written in the reader's language."""

    now: int
    before: int
    exact: bool = True

    @property
    def difference(self) -> str:
        return signed(self.now - self.before)

    @property
    def share(self) -> str:
        if self.before < smallest_base(exact=self.exact):
            return ""
        return signed_percent(Decimal(100 * (self.now - self.before)) / self.before, 1 if self.exact else 0)


def signed(number: int) -> str:
    return _sign(number) + number_format(abs(number), use_l10n=True, force_grouping=True)


def signed_percent(share: Decimal, decimals: int) -> str:
    rounded = share.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return _sign(rounded) + percent(abs(rounded), decimals)


def percent(share: Decimal | int, decimals: int = 0) -> str:
    """12.3% in English, 12,3% in Dutch."""
    # Translators: a share in percent.
    return _("{number}%").format(number=number_format(share, decimals, use_l10n=True))


def _sign(number: int | Decimal) -> str:
    return "+" if number > 0 else MINUS if number < 0 else ""
