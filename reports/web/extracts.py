"""The pages of who asks for extracts: the list, describing one, its preview and progress, and fetching it once."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web import current_actor, needs
from reports.extracts import links, selectors, services
from reports.extracts.errors import ExtractError, UnknownExtractError
from reports.extracts.policies import REQUESTS
from reports.extracts.products import PRODUCTS
from reports.extracts.selectors import ExtractView
from reports.extracts.workflow import State, possible
from reports.web import extract_names as called
from reports.web.extract_forms import ExtractForm

FIELDS = {
    "why": "why",
    "purpose": "purpose",
    "recipient": "recipient",
    "until": "until",
    "period": "last_year",
    "not-published": "last_year",
}


@require_safe
@needs(REQUESTS)
def extracts(request: HttpRequest) -> HttpResponse:
    content = {
        "rows": [called.row_of(one) for one in selectors.own(by=current_actor(request))],
        "products": [
            (one.name, called.said(one.title), called.said(one.text), called.said(one.recipient)) for one in PRODUCTS.values()
        ],
    }
    return render(request, "reports/extracts.html", content)


@needs(REQUESTS)
def new(request: HttpRequest, product: str) -> HttpResponse:
    if product not in PRODUCTS:
        raise Http404
    form = ExtractForm(PRODUCTS[product], request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = services.describe(wanted=form.described(), by=current_actor(request))
        except ExtractError as error:
            form.add_error(FIELDS.get(error.code), str(error))
        else:
            messages.success(request, _("The risk is being counted. Nothing is asked for yet."))
            return redirect("reports:extract", extract=made)
    content = {
        "form": form,
        "title": called.said(PRODUCTS[product].title),
        "text": called.said(PRODUCTS[product].text),
        "recipients": selectors.recipients(product, by=current_actor(request)),
    }
    return render(request, "reports/extract_new.html", content, status=422 if form.errors else 200)


@require_safe
@needs(REQUESTS)
def extract(request: HttpRequest, extract: UUID) -> HttpResponse:
    return _page(request, _found(request, extract))


@require_safe
@needs(REQUESTS)
def progress(request: HttpRequest, extract: UUID) -> HttpResponse:
    """The piece of the page that changes while a job is at work; when it is done, the whole page is asked for anew."""
    one = _found(request, extract)
    answer = render(request, "reports/_extract_progress.html", {"extract": one})
    if not one.busy:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@needs(REQUESTS)
def ask(request: HttpRequest, extract: UUID) -> HttpResponse:
    return _step(request, extract, services.ask, _("It was asked for. Somebody else looks at it."))


@require_POST
@needs(REQUESTS)
def take_back(request: HttpRequest, extract: UUID) -> HttpResponse:
    return _step(request, extract, services.take_back, _("It was taken back."))


@require_POST
@needs(REQUESTS)
def link(request: HttpRequest, extract: UUID) -> HttpResponse:
    """The link is shown here and never again."""
    one = _found(request, extract)
    try:
        token = links.make_link(extract=one.id, by=current_actor(request))
    except ExtractError as error:
        messages.error(request, str(error))
        return redirect("reports:extract", extract=one.id)
    return _page(request, one, link=request.build_absolute_uri(reverse("reports:extract-fetch", kwargs={"token": token})))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(REQUESTS)
def fetch(request: HttpRequest, token: str) -> HttpResponse:
    """Following the link only asks; fetching is a press of the button, so that no preview of a link uses it up."""
    by = current_actor(request)
    try:
        extract = links.extract_of(token, by=by)
        if request.method != "POST":
            return render(request, "reports/extract_fetch.html", {"extract": extract})
        fetched = links.fetch(token=token, by=by)
    except UnknownExtractError:
        raise Http404 from None
    except ExtractError as error:
        messages.error(request, str(error))
        return redirect("reports:extract", extract=extract)
    name = f'attachment; filename="baken-{fetched.extract}.zip"'
    return HttpResponse(fetched.content, content_type="application/zip", headers={"Content-Disposition": name})


def _step(request: HttpRequest, extract: UUID, act: Callable[..., None], said: str) -> HttpResponse:
    try:
        act(extract=extract, by=current_actor(request))
    except UnknownExtractError:
        raise Http404 from None
    except ExtractError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("reports:extract", extract=extract)


def _found(request: HttpRequest, extract: UUID) -> ExtractView:
    try:
        return selectors.own_one(extract, by=current_actor(request))
    except UnknownExtractError:
        raise Http404 from None


def _page(request: HttpRequest, one: ExtractView, link: str = "") -> HttpResponse:
    content = {
        "extract": one,
        "title": called.said(one.product.title),
        "state": called.state(one),
        "facts": called.facts(one),
        "risk": called.risk(one),
        "likeness": called.likeness(one),
        "steps": [called.step(step) for step in selectors.steps(one.id)],
        "asks": possible(one.state, State.ASKED),
        "takes_back": possible(one.state, State.TAKEN_BACK),
        "fetches": one.state == State.READY and not one.withdrawn,
        "link": link,
    }
    return render(request, "reports/extract.html", content)
