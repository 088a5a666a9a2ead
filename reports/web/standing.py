"""What kind of numbers a page or file has: live and exact, or of an edition; it travels with them. It reads no figure."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from reports.editions.selectors import Listed
from reports.figures.services import ExactFigures

NOT_PROTECTED = _("None: exact counts, for internal use only. Do not pass them on.")
ROUNDED = _(
    "Every number is rounded to a multiple of {base}, less than {base} from the true one, all together, so that rows add up. "
    "A 0 can be somebody."
)


@dataclass(frozen=True)
class Standing:
    """name says where the numbers are from, short is for the name of a file; protection says what was done to them."""

    exact: bool
    as_of: datetime
    name: str | Promise
    short: str
    protection: str | Promise

    @property
    def moment(self) -> str:
        return date_format(localtime(self.as_of), "DATETIME_FORMAT")


def live(found: ExactFigures) -> Standing:
    return Standing(True, found.as_of, _("none: live counts of the register"), "live", NOT_PROTECTED)


def of_edition(edition: Listed) -> Standing:
    said = format_lazy(ROUNDED, base=edition.base)
    return Standing(False, edition.cutoff, edition.name, f"edition-{edition.number}", said)
