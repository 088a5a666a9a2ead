"""What a figure counts, in sentences made from its declaration. It knows no number."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.codes.lists import EXPLOITATION_TYPES
from reports.figures.declaring import Figure, Unit
from reports.figures.definitions import POPULATIONS

UNITS = {Unit.PERSON_YEARS: _("person-years"), Unit.REPORTS: _("reports, one per person-year and row")}
COUNTED = {
    Unit.PERSON_YEARS: _("Person-years: a person with at least one contribution in a calendar year counts once in that year."),
    Unit.REPORTS: _("Reports: of each person in each calendar year, one for every row to which a report belongs."),
}


def definition(figure: Figure, language: str) -> tuple[str | Promise, ...]:
    return tuple(_sentences(figure, language))


def population_name(figure: Figure, language: str) -> str:
    return next(row.label.in_language(language) for row in POPULATIONS if row.code == figure.population)


def _sentences(figure: Figure, language: str) -> Iterator[str | Promise]:
    yield COUNTED[figure.unit]
    if figure.among:
        kind = EXPLOITATION_TYPES.label(figure.among, language)
        yield format_lazy(_("Only person-years with this type of exploitation: {type}."), type=kind)
    yield from _rows(figure)
    if figure.mean_of:
        yield _("The mean is over the person-years of which the value is known, to one decimal.")
    if figure.first_year:
        yield format_lazy(_("From {year} on."), year=str(figure.first_year))


def _rows(figure: Figure) -> Iterator[str | Promise]:
    if figure.imputed:
        yield _("Where the row is not known it is imputed within strata; what cannot be imputed is left out.")
    elif figure.known_only:
        yield _("Where the row is not known the person-year is left out.")
    if figure.ranked:
        yield _("Rows are those in the first five of a column; the rank is among all rows of that column, listed or not.")
    if not figure.adds_up:
        yield _("A person-year may count in several rows, so there is no total of the rows.")
    elif not figure.ranked:
        yield _("The rows add up to the total.")
