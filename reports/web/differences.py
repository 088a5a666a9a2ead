"""The list of person-years whose contributions say different things, and where each value of one comes from."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.web import current_actor, needs
from reports.figures import provenance
from reports.figures.provenance import Difference, PersonYearView, UnknownPersonYearError
from reports.web.field_names import field_name, register_name, source_name, value_name


@require_safe
@needs(provenance.SEES)
def differences(request: HttpRequest) -> HttpResponse:
    total = provenance.number_of_differences()
    page = Paginator(range(total), provenance.PAGE).get_page(request.GET.get("page"))
    found = provenance.differences(page=page.number, by=current_actor(request))
    return render(request, "reports/differences.html", {"rows": [_row(one) for one in found], "page": page, "total": total})


@require_safe
@needs(provenance.SEES)
def person_year(request: HttpRequest, person: UUID, year: int) -> HttpResponse:
    try:
        found = provenance.person_year(person=person, year=year, by=current_actor(request))
    except UnknownPersonYearError:
        raise Http404 from None
    return render(request, "reports/person_year.html", {"found": found, "sources": _sources(found), "fields": _fields(found)})


def _row(one: Difference) -> dict[str, object]:
    return {
        "person": one.person,
        "year": one.year,
        "fields": [field_name(field) for field in one.fields],
        "feed_fields": [field_name(field) for field in one.feed_fields],
    }


def _sources(found: PersonYearView) -> list[dict[str, object]]:
    return [
        {
            "number": one.number,
            "reference": one.reference,
            "name": source_name(one.source, one.group, one.unit),
            "date": one.date,
            "legal_basis": one.legal_basis,
            "is_report": bool(one.group),
            "register": register_name(one.origin.register) if one.origin else "",
            "origin": one.origin,
        }
        for one in found.sources
    ]


def _fields(found: PersonYearView) -> list[dict[str, object]]:
    return [
        {
            "name": field_name(field),
            "differs": field in found.differing,
            "values": [(value_name(field, one.value), one.by, one.chosen) for one in said],
        }
        for field, said in found.fields.items()
    ]
