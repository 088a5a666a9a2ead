"""The page of one figure and its files: exact and live for who may see that, of the newest edition for everybody else.

Only exact figures are cut by the filters of the address: cuts of a protected edition could be taken from one another.
Views translate between request and services; they count nothing and know no counters.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.permissions import has
from accounts.roles import Permission
from accounts.web import current_actor, needs
from intake.errors import GoneMeanwhileError
from reports.editions import selectors as editions
from reports.editions.policies import may_see_exact
from reports.figures import definitions, provenance, services
from reports.figures.cuts import Cut, CutError
from reports.figures.declaring import Figure
from reports.figures.services import ExactFigures
from reports.figures.tables import Table
from reports.releases import downloads
from reports.releases.errors import ReleaseError
from reports.web.files import DRAWN, WHOLE, Content, file_of
from reports.web.filters import PUBLISHED_AS_IT_IS, FilterForm
from reports.web.presentation import figure_name, figure_view
from reports.web.standing import live, of_edition


@require_safe
@needs(Permission.READ_EDITIONS)
def figure(request: HttpRequest, identifier: str) -> HttpResponse:
    declared = _declared(identifier)
    around = _around(request, declared)
    if not may_see_exact(current_actor(request)):
        return _published(request, declared, lambda content: _page(request, content, around))
    form = FilterForm(declared, services.years_of_register(), _language(), request.GET)
    found = _exact(request, declared, form)
    if found is None:
        return _refused(request, declared, form)
    shown = {"waiting": found.waiting, "filters": form, "empty": not form.years, "query": form.query}
    return _page(request, _content(declared, found, form), around | shown)


@require_safe
@needs(Permission.READ_EDITIONS)
def figure_file(request: HttpRequest, identifier: str, name: str) -> HttpResponseBase:
    """What is handed out, and a cut that is refused, is in the ledger of releases."""
    declared, by = _declared(identifier), current_actor(request)
    if not may_see_exact(by):
        return _published_file(request, declared, name)
    register = services.years_of_register()
    form = FilterForm(declared, register, _language(), request.GET)
    found = _exact(request, declared, form)
    if found is None:
        return _refused(request, declared, form)
    cut = {part: value for part, value in vars(form.cut).items() if value != getattr(Cut(), part)}
    made = _made(_content(declared, found, form), name, cut)
    years = form.cut.years(register) or (0,)
    try:
        downloads.record_live(file=made.left, years=range(years[0], years[-1] + 1), by=by)
    except GoneMeanwhileError:
        return redirect(request.get_full_path())
    except ReleaseError as error:
        form.add_error(None, str(error))
        return _refused(request, declared, form)
    return made.answer


def _published_file(request: HttpRequest, declared: Figure, name: str) -> HttpResponse:
    newest, by = editions.latest(), current_actor(request)
    if request.GET and newest:
        downloads.record_cut_refused(
            file=f"{declared.id} {name}", edition=newest.edition.id, reason=str(PUBLISHED_AS_IT_IS), by=by
        )

    def shown(content: Content) -> HttpResponse:
        made = _made(content, name, {})
        if newest:
            left = replace(made.left, protection=f"{newest.edition.method}, base {newest.edition.base}")
            downloads.record_protected(file=left, edition=newest.edition.id, by=by)
        return made.answer

    return _published(request, declared, shown)


def _declared(identifier: str) -> Figure:
    if identifier not in definitions.BY_ID:
        raise Http404
    return definitions.BY_ID[identifier]


def _exact(request: HttpRequest, declared: Figure, form: FilterForm) -> ExactFigures | None:
    """None where the filters were refused; the form says why."""
    if not form.is_valid():
        return None
    try:
        return services.exact_figure(figure=declared, cut=form.cut, by=current_actor(request))
    except CutError as error:
        form.refuse(error.dimension)
        return None


def _content(declared: Figure, found: ExactFigures, form: FilterForm) -> Content:
    table = found.tables[declared.id]
    return Content(table, figure_view(table, _language(), form.chosen, exact=True), live(found))


def _published(request: HttpRequest, declared: Figure, shown: Callable[[Content], HttpResponse]) -> HttpResponse:
    """Of the newest edition as it was stored, and nothing but that; a figure that came later is not in it."""
    newest = editions.latest()
    if newest is None:
        return redirect("reports:editions")
    if declared.id not in newest.tables:
        raise Http404
    if request.GET:
        form = FilterForm(declared, (), _language(), request.GET)
        form.refuse_all()
        return _refused(request, declared, form)
    table = newest.tables[declared.id]
    return shown(Content(table, figure_view(table, _language(), exact=False), of_edition(newest.edition)))


def _page(request: HttpRequest, content: Content, around: dict[str, object]) -> HttpResponse:
    files = {"whole": tuple(WHOLE), "drawn": tuple(DRAWN), "query": around.get("query", "")}
    shown = {"figure": content.figure, "standing": content.standing, "files": files}
    return render(request, "reports/figure.html", around | shown)


@dataclass(frozen=True)
class _Made:
    answer: HttpResponse
    left: downloads.File


def _made(content: Content, name: str, cut: Mapping[str, object]) -> _Made:
    file = file_of(content, name)
    if file is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "no-store"}
    answer = HttpResponse(file.content, content_type=file.kind, headers=headers)
    parameters = {"figure": content.figure.id, **cut}
    return _Made(answer, downloads.File(file.name, file.content, parameters, counted=_counted(content.table) if cut else None))


def _counted(table: Table) -> int:
    """Of rows that may overlap the largest: at least so many."""
    return table.total.all if table.total else max((row.counts.all for row in table.rows), default=0)


def _refused(request: HttpRequest, declared: Figure, form: FilterForm) -> HttpResponse:
    content = {"name": figure_name(declared), "title": declared.title.in_language(_language()), "form": form}
    return render(request, "reports/refused_filters.html", content | _around(request, declared), status=400)


def _around(request: HttpRequest, declared: Figure) -> dict[str, object]:
    """The other figures that this reader can see, and the way to where values come from for who may see that."""
    language = _language()
    contents = [(one.id, one.title.in_language(language)) for one in _figures(request)]
    place = next((place for place, (one, _title) in enumerate(contents) if one == declared.id), 0)
    return {
        "identifier": declared.id,
        "contents": contents,
        "of_the_publication": declared in definitions.MONITOR,
        "previous": contents[place - 1] if place else None,
        "next": contents[place + 1] if place + 1 < len(contents) else None,
        "sees_sources": has(current_actor(request), provenance.SEES),
    }


def _figures(request: HttpRequest) -> Iterable[Figure]:
    """An edition has those that were declared when it was frozen."""
    newest = None if may_see_exact(current_actor(request)) else editions.latest()
    return [table.figure for table in newest.tables.values()] if newest else definitions.FIGURES


def _language() -> str:
    return get_language() or "nl"
