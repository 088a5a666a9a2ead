"""Pages for a file of reports: upload, dry run, errors, confirm, progress. They show places and rules, never a cell."""

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import selectors as accounts
from accounts.roles import Permission
from accounts.web.actors import current_actor
from accounts.web.guards import View, needs
from intake.batches import columns, guide, reports, selectors, services, workbooks
from intake.batches.selectors import BatchView, ErrorCount
from intake.errors import IntakeError, NotAReporterError, TooManyOpenError, UnknownBatchError, WrongStateError
from intake.notifications import members, sentences
from intake.notifications.inputs import Problem
from intake.web.forms import UploadForm
from intake.web.uploads import EncryptedUpload
from safeguards.actors import Actor

SHOWN_ERRORS = 50
SHOWN_KINDS = 20
MOST_SHOWN_CODES = 30
SUBMIT = Permission.SUBMIT_BATCH
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _own(view: View) -> View:
    """What is not the own organisation's is not there; nor is anything for who belongs to no reporting organisation."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except (UnknownBatchError, NotAReporterError):
            raise Http404 from None

    return guarded


@needs(SUBMIT)
@require_safe
@_own
def batches(request: HttpRequest) -> HttpResponse:
    page = Paginator(_Deliveries(_organisation(request), current_actor(request)), selectors.PAGE).get_page(
        request.GET.get("page")
    )
    found = list(page.object_list)
    names = {user: _name(user) for user in {one.submitted_by for one in found}}
    rows = [(one, names[one.submitted_by]) for one in found]
    return render(request, "intake/batches.html", {"batches": rows, "page": page})


@csrf_exempt
@needs(SUBMIT)
@require_http_methods(["GET", "POST"])
@_own
def batch_new(request: HttpRequest) -> HttpResponse:
    """The file goes where it belongs as it arrives, so this is settled before the body is read, and csrf looks after that."""
    if request.method != "POST":
        return render(request, "intake/batch_new.html", {"form": UploadForm()})
    upload = EncryptedUpload(request, _organisation(request), current_actor(request))
    if request.content_type == "multipart/form-data":  # Else nothing comes in, and what did may have been read already.
        request.upload_handlers = [upload]
    try:
        return _uploaded(request, upload)
    finally:
        upload.abandon()


@csrf_protect
def _uploaded(request: HttpRequest, upload: EncryptedUpload) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if upload.code:
        form.errors.clear()
        form.add_error("file", sentences.sentence(Problem("", upload.code)))
    if form.is_valid() and upload.incoming:
        try:
            found = services.complete(incoming=upload.incoming, by=current_actor(request))
        except TooManyOpenError as error:
            form.add_error("file", sentences.sentence(Problem("", error.code)))
        else:
            upload.taken()
            return redirect("intake:batch", batch=found)
    return render(request, "intake/batch_new.html", {"form": form}, status=422)


@needs(SUBMIT)
@require_safe
@_own
def batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    found = _found(request, batch)
    page = _page(request, _Errors(batch))
    shown = {
        "batch": found,
        "page": page,
        "problems": [_shown(problem) for problem in page.object_list],
        "counts": [(count.rows, *_shown(Problem(count.column, count.code))[1:]) for count in _counts(batch)],
        "read_as": _read_as(found),
        "own": found.submitted_by == current_actor(request).id,
        "senders": [_name(found.submitted_by), _name(found.confirmed_by)],
    }
    return render(request, "intake/batch.html", shown)


@needs(SUBMIT)
@require_safe
@_own
def batch_progress(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The piece of the page that changes while a job is at work; when it is done, the whole page is asked for anew."""
    found = _found(request, batch)
    answer = render(request, "intake/_batch_progress.html", {"batch": found})
    if not found.busy:
        answer["HX-Refresh"] = "true"
    return answer


@needs(SUBMIT)
@require_POST
@_own
def batch_confirm(request: HttpRequest, batch: UUID) -> HttpResponse:
    leave_out = request.POST.get("leave-out-errors") == "yes"
    return _step(request, batch, partial(services.confirm, leave_out_errors=leave_out))


@needs(SUBMIT)
@require_POST
@_own
def batch_cancel(request: HttpRequest, batch: UUID) -> HttpResponse:
    return _step(request, batch, services.cancel)


@needs(SUBMIT)
@require_POST
@_own
def batch_pause(request: HttpRequest, batch: UUID) -> HttpResponse:
    return _step(request, batch, services.pause)


@needs(SUBMIT)
@require_POST
@_own
def batch_resume(request: HttpRequest, batch: UUID) -> HttpResponse:
    return _step(request, batch, services.resume)


def _step(request: HttpRequest, batch: UUID, service: Callable[..., None]) -> HttpResponse:
    _found(request, batch)
    try:
        service(batch=batch, by=current_actor(request))
    except WrongStateError as error:
        messages.error(request, _refusal(error))
    return redirect("intake:batch", batch=batch)


@needs(SUBMIT)
@require_safe
@_own
def batch_report(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The user's own rows with what is wrong beside them."""
    _found(request, batch)
    try:
        content = reports.error_workbook(batch=batch, by=current_actor(request))
    except WrongStateError as error:
        messages.error(request, _refusal(error))
        return redirect("intake:batch", batch=batch)
    return _download(content, WORKBOOK, f"fouten-{batch}.xlsx")


@needs(SUBMIT)
@require_safe
@_own
def batch_errors(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The errors as a file, to put beside the own one."""
    _found(request, batch)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=columns.DELIMITER, lineterminator="\r\n")
    writer.writerow([_("row"), _("column"), _("code"), _("what is wrong")])
    for problem in selectors.errors(batch=batch, limit=selectors.MOST_ERRORS):
        row, column, text = _shown(problem)
        writer.writerow([row, column, problem.code, text])
    return _csv(written.getvalue().encode("utf-8-sig"), f"fouten-{batch}.csv")


@needs(SUBMIT)
@require_safe
def batch_template(request: HttpRequest) -> HttpResponse:
    return _csv(columns.write_csv([]), "baken-sjabloon.csv")


@needs(SUBMIT)
@require_safe
def batch_template_workbook(request: HttpRequest) -> HttpResponse:
    return _download(workbooks.template(), WORKBOOK, "baken-sjabloon.xlsx")


@needs(SUBMIT)
@require_safe
def batch_columns(request: HttpRequest) -> HttpResponse:
    """What each column may hold."""
    return render(request, "intake/batch_columns.html", {"columns": [_explained(column) for column in columns.COLUMNS]})


def _found(request: HttpRequest, batch: UUID) -> BatchView:
    return selectors.batch(batch=batch, organisation=_organisation(request), by=current_actor(request))


def _organisation(request: HttpRequest) -> UUID:
    organisation = current_actor(request).organisation
    if organisation is None:
        raise UnknownBatchError
    return organisation


class _Errors(Sequence[Problem]):
    """The errors of a delivery for the pages of them, of which each asks for its own alone."""

    def __init__(self, batch: UUID) -> None:
        self._batch = batch

    def __len__(self) -> int:
        return selectors.number_of_errors(batch=self._batch)

    def __getitem__(self, wanted: Any) -> Any:
        return selectors.errors(batch=self._batch, limit=wanted.stop - wanted.start, after=wanted.start)


class _Deliveries(Sequence[BatchView]):
    """All of the organisation's, as _Errors."""

    def __init__(self, organisation: UUID, by: Actor) -> None:
        self._organisation, self._by = organisation, by

    def __len__(self) -> int:
        return selectors.number_of_batches(organisation=self._organisation, by=self._by)

    def __getitem__(self, wanted: Any) -> Any:
        limit = wanted.stop - wanted.start
        return selectors.batches(organisation=self._organisation, limit=limit, after=wanted.start, by=self._by)


def _page(request: HttpRequest, found: Sequence[Any]) -> Page[Any]:
    return Paginator(found, SHOWN_ERRORS).get_page(request.GET.get("page"))


def _counts(batch: UUID) -> Sequence[ErrorCount]:
    return selectors.error_counts(batch=batch)[:SHOWN_KINDS]


def _read_as(found: BatchView) -> str:
    delimiters = {
        ";": _("semicolons between the cells"),
        ",": _("commas between the cells"),
        "\t": _("tabs between the cells"),
    }
    encodings = {"cp1252": "Windows-1252", "utf-8-sig": "UTF-8"}
    said = (found.format.upper(), encodings.get(found.encoding, found.encoding), delimiters.get(found.delimiter, ""))
    return ", ".join(part for part in said if part)


def _name(user: str) -> str:
    """Of somebody whose account is gone, or of a system, there is none."""
    try:
        found = accounts.member(UUID(user))
    except ValueError:
        return ""
    return found.name if found else ""


def _shown(problem: Problem) -> tuple[int, str, str]:
    field = problem.field
    if field in columns.BY_HEADER:
        field = columns.BY_HEADER[field].field
    elif field in members.BY_POINTER:
        field = members.BY_POINTER[field].field
    return problem.row, problem.field, sentences.sentence(Problem(field, problem.code), name=problem.field)


def _refusal(error: IntakeError) -> str:
    refusals = {
        "nothing-to-store": _("No row of this file can be stored."),
        "has-errors": _("Some rows have errors. Say first that the other rows may be stored without them."),
        "trial": _("This was a trial, which cannot be stored."),
    }
    return refusals.get(error.code) or _("This batch is no longer in the state for this step.")


def _explained(column: columns.Column) -> dict[str, Any]:
    codes = [code if code == label else f"{code} ({label})" for code, label in column.labelled(get_language() or "nl")]
    return {
        "header": column.header,
        "label": guide.meaning(column),
        "allowed": guide.allowed(column),
        "codes": codes,
        "folded": len(codes) > MOST_SHOWN_CODES,
        "required": column.required,
    }


def _csv(content: bytes, name: str) -> HttpResponse:
    return _download(content, "text/csv; charset=utf-8", name)


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
