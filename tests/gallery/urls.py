"""The site's own addresses and beside them a page that shows every component; used by tests alone."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from config import errors
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as site
from tests.gallery.forms import EveryField

PAGE = Path(__file__).with_name("gallery.html")
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    form = EveryField(request.POST, request.FILES) if request.method == "POST" else EveryField()
    valid = form.is_valid()
    context = {"form": form, "page": Paginator(range(30), 10).page(2), **components()}
    status = 422 if request.method == "POST" and not valid else 200
    return HttpResponse(engines["django"].from_string(PAGE.read_text(encoding="utf-8")).render(context, request), status=status)


def components() -> dict[str, object]:
    return {
        "rows": [{"label": "Kenmerk", "value": "AB-12", "change_url": "/gallery"}, {"label": "Leeg", "value": ""}],
        "head": ["Jaar", *(str(year) for year in range(2015, 2026))],
        "body": [["Totaal", *(1000 + number for number in range(11))], ["Meldingen", *range(11)]],
        "tasks": [
            {"label": "Toestemming", "url": "/gallery", "status": "Klaar", "hint": "Vraag dit eerst"},
            {"label": "Situatie", "url": "/gallery", "status": "Nog te doen", "colour": "blue"},
            {"label": "Versturen", "url": "", "status": "Kan nog niet"},
        ],
        "links": [{"url": "/gallery", "label": "Begin"}, {"url": "/gallery", "label": "Meldingen"}],
    }


@login_not_required
def piece(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<p class="govuk-body">Stuk van een pagina</p><script>document.title = "fout"</script>')


@login_not_required
def broken(request: HttpRequest, kind: str) -> HttpResponse:
    if kind == "400":
        raise BadRequest
    if kind == "403":
        raise PermissionDenied
    return {"csrf": errors.stale_form, "500": errors.server_error, "503": errors.unavailable}[kind](request)


urlpatterns = [*site, path("gallery", gallery), path("piece", piece), path("broken/<str:kind>", broken)]
