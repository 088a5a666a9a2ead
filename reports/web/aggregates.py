"""Pages for deliveries of aggregates: the list, upload, one delivery with what it changes, and the decision about it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web import current_actor, needs
from reports.aggregates import columns, selectors, sentences, services, writing
from reports.aggregates.errors import (
    AggregatesError,
    DecidedError,
    OutdatedCorrectionError,
    OwnDeliveryError,
    RefusedDeliveryError,
    UnknownDeliveryError,
)
from reports.aggregates.selectors import READS, Change, DeliveryView, Published, State, part_of
from reports.aggregates.services import ACCEPTS, DELIVERS
from reports.web.aggregate_downloads import answer, files
from reports.web.aggregate_forms import AggregatesForm
from reports.web.aggregate_guide import guide
from reports.web.aggregate_texts import STATES, caveats, footnotes, name_of, source_name, value_rows, words
from safeguards.actors import Actor

REFUSALS: dict[type[AggregatesError], Callable[[], str]] = {
    DecidedError: lambda: _("Somebody decided about this delivery already."),
    OwnDeliveryError: lambda: _("You uploaded this yourself; somebody else has to accept it."),
    OutdatedCorrectionError: lambda: _(
        "Meanwhile another delivery of this source was accepted that gives or replaces the same. Reject this one, or have it "
        "uploaded anew as a correction."
    ),
}


@require_safe
@needs(READS)
def deliveries(request: HttpRequest) -> HttpResponse:
    by = current_actor(request)
    rows = [_row(one, by) for one in selectors.deliveries(by=by)]
    content = {"rows": rows, "sees_all": selectors.sees_all(by), "uploads": services.may_deliver(by)}
    return render(request, "reports/aggregates.html", content)


@require_http_methods(["GET", "POST"])
@needs(DELIVERS)
def new(request: HttpRequest) -> HttpResponse:
    by = current_actor(request)
    known = selectors.deliveries(by=by)
    if request.method != "POST":
        return render(
            request, "reports/aggregates_new.html", {"form": AggregatesForm(deliveries=known, initial=_asked(request))}
        )
    form = AggregatesForm(request.POST, request.FILES, deliveries=known)
    problems: tuple[tuple[int, str, str], ...] = ()
    if form.is_valid():
        try:
            made = _deliver(form, by)
        except RefusedDeliveryError as error:
            problems = tuple((one.line, one.column, sentences.sentence(one)) for one in error.problems)
            form.add_error("file", _("Nothing of this file is kept. What is wrong with it stands below."))
        else:
            return redirect("reports:aggregate", delivery=made)
    return render(request, "reports/aggregates_new.html", {"form": form, "problems": problems}, status=422)


def _deliver(form: AggregatesForm, by: Actor) -> UUID:
    content = form.cleaned_data["file"].read()
    return services.deliver(source=form.cleaned_data["source"], content=content, corrects=form.corrected, by=by)


def _asked(request: HttpRequest) -> dict[str, str]:
    """Of the link on the page of the delivery that is to be corrected."""
    return {name: request.GET.get(name, "") for name in ("source", "corrects")}


@require_safe
@needs(READS)
def delivery(request: HttpRequest, delivery: UUID) -> HttpResponse:
    by = current_actor(request)
    found = _found(delivery, by)
    one, contents = found.delivery, found.contents
    content = {
        "row": _row(one, by),
        "delivery": one,
        "values": value_rows(one.source, contents.values),
        "footnotes": footnotes(contents, contents.values),
        "caveats": caveats(contents),
        "changes": _changes(found, by),
        "files": files("reports:aggregate-file", delivery=delivery),
        "waits": one.state == State.WAITING,
        "may_decide": services.may_accept(by) and one.uploaded_by != by.id,
        "may_take_back": services.may_deliver(by) and one.uploaded_by == by.id,
        "may_correct": services.may_deliver(by) and one.state == State.ACCEPTED,
        "sees_all": selectors.sees_all(by),
    }
    return render(request, "reports/aggregate.html", content)


@require_POST
@needs(ACCEPTS)
def accept(request: HttpRequest, delivery: UUID) -> HttpResponse:
    return _decided(request, delivery, services.accept)


@require_POST
@needs(ACCEPTS)
def reject(request: HttpRequest, delivery: UUID) -> HttpResponse:
    return _decided(request, delivery, services.reject)


@require_POST
@needs(DELIVERS)
def take_back(request: HttpRequest, delivery: UUID) -> HttpResponse:
    return _decided(request, delivery, services.take_back)


def _decided(request: HttpRequest, delivery: UUID, decide: Callable[..., None]) -> HttpResponse:
    try:
        decide(delivery=delivery, by=current_actor(request))
    except UnknownDeliveryError:
        raise Http404 from None
    except AggregatesError as error:
        messages.error(request, REFUSALS[type(error)]())
    return redirect("reports:aggregate", delivery=delivery)


@require_safe
@needs(READS)
def file(request: HttpRequest, delivery: UUID, ending: str) -> HttpResponse:
    """As it was delivered; the CSV is what an upload takes."""
    found = _found(delivery, current_actor(request))
    return answer([part_of(found)], ending, f"{found.delivery.source}-{delivery}", columns=columns.COLUMNS)


@require_safe
@needs(DELIVERS)
def template(request: HttpRequest) -> HttpResponse:
    content = writing.as_csv([], columns=columns.COLUMNS)
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="baken-cijfers-sjabloon.csv"'},
    )


@require_safe
@needs(DELIVERS)
def explained(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/aggregates_columns.html", {"columns": guide()})


def _found(delivery: UUID, by: Actor) -> Published:
    try:
        return selectors.delivery(delivery=delivery, by=by)
    except UnknownDeliveryError:
        raise Http404 from None


def _row(one: DeliveryView, by: Actor) -> dict[str, object]:
    """Who uploaded and who decided is for those who do."""
    state, colour = STATES[one.state]
    names = (name_of(one.uploaded_by), name_of(one.decided_by)) if selectors.sees_all(by) else ("", "")
    return {
        "delivery": one,
        "source": source_name(one.source),
        "state": state,
        "colour": colour,
        "uploaded_by": names[0],
        "decided_by": names[1],
    }


def _changes(found: Published, by: Actor) -> list[dict[str, object]] | None:
    """Against what it corrects; None for a delivery that corrects nothing."""
    if found.delivery.corrects is None:
        return None
    was = _found(found.delivery.corrects, by)
    return [_change(found.delivery.source, one) for one in selectors.changes(was.contents, found.contents)]


def _change(source: str, one: Change) -> dict[str, object]:
    (row,) = value_rows(source, [value for value in (one.now or one.was,) if value is not None])
    return {"row": row, "was": words(one.was) if one.was else "", "now": words(one.now) if one.now else ""}
