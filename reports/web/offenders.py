"""The offender chain and IND's residence chapter as their sources published them: the figure by phase, and years."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.web import current_actor, needs
from reports.aggregates import codes, drawing, selectors
from reports.aggregates.chain import Chain, Step, chains
from reports.aggregates.codes import Kind
from reports.aggregates.contents import SeriesKey, Value
from reports.aggregates.selectors import READS, Published
from reports.aggregates.series import SeriesOfSource, series_of
from reports.charts.sheet import sheet
from reports.web.aggregate_downloads import answer, cut, files
from reports.web.aggregate_texts import Shown, caveats, footnotes, label, short_form, shown, source_name, words
from reports.web.files import DRAWN, png_of, svg_of
from reports.web.presentation import ChartView

TITLES: dict[Kind, str | Promise] = {
    Kind.OFFENDERS: gettext_lazy("The offender chain per year"),
    Kind.RESIDENCE: gettext_lazy("Residence: B8 requested, granted and refused"),
}


@dataclass(frozen=True)
class Section:
    """What a page shows of one source: a chart, a table, and what the source says about its numbers."""

    found: Published
    source: str
    chart: ChartView
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Shown, ...]], ...]
    footnotes: list[tuple[str, str]]
    caveats: list[str]
    forms: tuple[str, ...] = ()
    drawn: tuple[tuple[str, str], ...] = ()
    further: tuple[tuple[str, Shown], ...] = ()

    @property
    def left_open(self) -> bool:
        return any(not cell.text for _name, cells in self.rows for cell in cells)


@require_safe
@needs(READS)
def chain(request: HttpRequest) -> HttpResponse:
    sections = [_chain_section(one, found, number) for number, (one, found) in enumerate(_chains(request))]
    return render(request, "reports/offenders.html", {"sections": sections, "files": files("reports:offenders-file")})


@require_safe
@needs(READS)
def chain_file(request: HttpRequest, ending: str) -> HttpResponse:
    return answer([cut(one, found.values) for one, found in _chains(request)], ending, "daderketen")


@require_safe
@needs(READS)
def chain_chart(request: HttpRequest, number: int, ending: str) -> HttpResponse:
    """The figure of one source on a sheet, with its footnotes."""
    found = _chains(request)
    if number >= len(found) or ending not in DRAWN:
        raise Http404
    section = _chain_section(*found[number], number)
    notes = (*(f"{mark}) {text}" for mark, text in section.footnotes), *section.caveats, f"{_('Source')}: {section.source}")
    svg = svg_of(
        sheet(section.chart.drawing, heading=str(section.chart.title), texts=section.forms, notes=notes), section.chart
    )
    disposition = f'attachment; filename="daderketen-{number + 1}.{ending}"'
    return HttpResponse(
        svg if ending == "svg" else png_of(svg), content_type=DRAWN[ending][0], headers={"Content-Disposition": disposition}
    )


@require_safe
@needs(READS)
def years(request: HttpRequest, kind: str) -> HttpResponse:
    found = _series(request, _kind(kind))
    sections = [_series_section(one, series, number) for number, (one, series) in enumerate(found)]
    content = {
        "kind": kind,
        "title": TITLES[Kind(kind)],
        "sections": sections,
        "files": files("reports:years-file", kind=kind),
        "breaks": any(series.has_breaks for _one, series in found),
    }
    return render(request, "reports/offenders_years.html", content)


@require_safe
@needs(READS)
def years_file(request: HttpRequest, kind: str, ending: str) -> HttpResponse:
    found = _series(request, _kind(kind))
    return answer([cut(one, series.values) for one, series in found], ending, f"{kind}-per-jaar")


def _kind(kind: str) -> Kind:
    if kind not in set(Kind):
        raise Http404
    return Kind(kind)


def _chains(request: HttpRequest) -> list[tuple[Published, Chain]]:
    found = selectors.published(kind=Kind.OFFENDERS, by=current_actor(request))
    return [(one, chain) for one in found for chain in chains(one.delivery.source, one.contents)]


def _series(request: HttpRequest, kind: Kind) -> list[tuple[Published, SeriesOfSource]]:
    found = [
        (one, series_of(one.delivery.source, one.contents)) for one in selectors.published(kind=kind, by=current_actor(request))
    ]
    return [(one, series) for one, series in found if series.series]


def _chain_section(found: Published, chain: Chain, number: int) -> Section:
    names = tuple(short_form(chain.source, form) for form in chain.forms)
    unit = label(codes.UNITS, chain.unit)
    heads = (_("mean number of %(unit)s per year") % {"unit": unit}, _("share of each form"))
    source = source_name(chain.source)
    title = source if str(chain.years) in source else f"{source}, {chain.years}"
    drawn = drawing.chain([_drawn(chain, step) for step in chain.steps], heads, names)
    description = _("Phases from the top; bars for the numbers, and beside them the shares by form. All is in the table below.")
    return Section(
        found=found,
        source=source,
        chart=ChartView(f"chain-{number}", title, description, drawn),
        head=(heads[0], _("part of the previous phase"), *names),
        rows=tuple((_phase(chain.source, step.phase), _cells(chain, step)) for step in chain.steps),
        footnotes=footnotes(found.contents, chain.values),
        caveats=caveats(found.contents),
        forms=tuple(label(codes.forms_of(chain.source), form) for form in chain.forms),
        drawn=tuple(
            (ending.upper(), reverse("reports:offenders-chart", kwargs={"number": number, "ending": ending}))
            for ending in DRAWN
        ),
        further=tuple((_said(chain.source, value), shown(value)) for step in chain.steps for value in step.other),
    )


def _cells(chain: Chain, step: Step) -> tuple[Shown, ...]:
    shares = {value.form: value for value in step.shares}
    return (shown(step.number), shown(step.passed), *(shown(shares.get(form)) for form in chain.forms))


def _said(source: str, value: Value) -> str:
    """What a value without a column of its own is about."""
    return _named(source, (value.phase, value.form, value.measure, value.unit))


def _drawn(chain: Chain, step: Step) -> drawing.Row:
    number = step.number
    return drawing.Row(
        name=_phase(chain.source, step.phase),
        number=words(number) if number else "",
        low=number.low if number else None,
        high=number.high if number else None,
        passed=_noted(_("%(part)s of the previous phase") % {"part": words(step.passed)}, step.passed) if step.passed else "",
        shares=tuple(
            drawing.Share(short_form(chain.source, value.form), words(value), value.low)
            for form in chain.forms
            for value in step.shares
            if value.form == form
        ),
        notes=" ".join(dict.fromkeys(f"{number})" for value in step.shares for number in value.footnotes)),
    )


def _noted(text: str, value: Value) -> str:
    return " ".join((text, *(f"{number})" for number in value.footnotes)))


def _phase(source: str, phase: str) -> str:
    return label(codes.phases_of(source), phase)


def _series_section(found: Published, series: SeriesOfSource, number: int) -> Section:
    source = found.delivery.source
    names = [_named(source, one.key) for one in series.series]
    panels = [
        drawing.Panel(name, tuple(_point(year, value) for year, value in zip(series.years, one.values, strict=True)))
        for name, one in zip(names, series.series, strict=True)
    ]
    description = _("A small bar chart for each series, each on a scale of its own. A year without a bar was not published.")
    return Section(
        found=found,
        source=source_name(source),
        chart=ChartView(f"years-{number}", source_name(source), description, drawing.panels(panels)),
        head=tuple(str(year) for year in series.years),
        rows=tuple((name, tuple(shown(value) for value in one.values)) for name, one in zip(names, series.series, strict=True)),
        footnotes=footnotes(found.contents, series.values),
        caveats=caveats(found.contents),
    )


def _named(source: str, key: SeriesKey) -> str:
    phase, form, measure, unit = key
    parts = (_phase(source, phase), short_form(source, form), label(codes.UNITS, unit), label(codes.MEASURES, measure))
    return ", ".join(part for part in parts if part)


def _point(year: int, value: Value | None) -> drawing.Point:
    if value is None:
        return drawing.Point(str(year), "", None)
    return drawing.Point(str(year), words(value), value.low, value.breaks)
