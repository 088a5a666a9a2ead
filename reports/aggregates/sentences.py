"""What each broken rule of a file of aggregates says to a person. No sentence can hold what stands in the file."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake import tables
from reports.aggregates.checking import Problem

RULES: Mapping[str, str | Promise] = {
    "required": _("This cell has to be filled in."),
    "unknown-code": _("This is no value of the list; see what each column may hold."),
    "other-kind-of-row": _("This cell belongs to another kind of row; leave it empty."),
    "source-without-forms": _("This source divides nothing by form; leave it empty."),
    "wrong-year": _("Write a year with four digits, from 1990."),
    "future-year": _("This year has not begun yet."),
    "before-begin-year": _("The period ends before it begins."),
    "wrong-number": _("Write a number without separators for thousands and with at most one decimal: 3420 or 12,5."),
    "number-of-unknown": _("What is unknown has no number: leave it empty, or take out that it is unknown."),
    "range-reversed": _("The end of a range is more than its beginning."),
    "over-hundred": _("A percentage is at most 100."),
    "prevalence-is-never-estimated": _(
        "How many offenders there are is not known and never estimated: only that it is unknown, or a published distribution."
    ),
    "share-without-form": _("A share is that of a form; fill in which."),
    "wrong-footnote": _("The number of a footnote is 1 to 99; put | between several."),
    "unknown-footnote": _("There is no row with a footnote of this number."),
    "footnote-twice": _("Another row has a footnote of this number."),
    "cell-twice": _("An earlier row gives the same value: phase, form, period, measure and unit are alike."),
    "no-values": _("There is no value in the file."),
    "sent-before": _("This source delivered exactly the same before; nothing is to be done."),
    "given-before": _(
        "An earlier delivery of this source gives this value. To change it, say which delivery this one corrects."
    ),
    "corrects-nothing": _(
        "What this is to correct is no delivery of this source that counts; it may have been corrected already."
    ),
    "missing-column": _("A column that is needed is missing."),
    "empty": _("There is no value in the file."),
    "not-text": _("This is no table that can be read here. Send CSV, or a workbook (.xlsx)."),
    "too-many": _("These are too many."),
    "too-long": _("This is too long."),
    "forbidden-character": _("There is a character in it that cannot be used, often an invisible one. Type it again."),
}


def sentence(problem: Problem) -> str:
    """Rules on how a file is written are those of every upload."""
    found = RULES.get(problem.code)
    return str(found) if found else tables.sentence(problem.code, problem.column)
