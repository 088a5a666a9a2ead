"""What every file with figures says about itself: definition, population, as of when, edition, protection. Texts only."""

from collections.abc import Iterator

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from reports.web.presentation import FigureView
from reports.web.standing import Standing


def about(figure: FigureView, standing: Standing) -> list[tuple[str, str]]:
    """Name of a line and its text, in the reader's language."""
    return [(str(name), str(text)) for name, text in _lines(figure, standing)]


def heading(figure: FigureView) -> str:
    return f"{figure.name}. {figure.title}"


def _lines(figure: FigureView, standing: Standing) -> Iterator[tuple[str, str | Promise]]:
    yield _("Figure"), heading(figure)
    for name, value in figure.filters:
        yield _("Filter"), f"{name}: {value}"
    yield _("Definition"), " ".join(str(sentence) for sentence in figure.definition)
    yield _("Population"), figure.population
    yield _("Unit"), figure.unit
    if figure.persons is not None:
        yield _("Distinct persons in the population, over all years"), _number(figure.persons)
    yield _("As of"), standing.moment
    yield _("Edition"), standing.name
    yield _("Protection"), standing.protection
    for one in figure.covered:
        yield _("Covered"), f"{one.period}: {_number(one.covered)} / {_number(one.of)} ({one.percent})"
    if figure.abbreviations:
        yield _("Abbreviations"), "; ".join(f"{short}: {long}" for short, long in figure.abbreviations)
    for caveat in figure.caveats:
        yield _("Read with care"), caveat
    yield _("Source"), figure.source


def _number(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)
