"""Looks at identities: a piece of the review desk for who reviews, and the pages where privacy officers ask and grant.

Consent's desk loads its piece by address. Nothing here is kept by the browser, and no address says whom it is about.
"""

from collections.abc import Iterator, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import selectors as accounts
from accounts.roles import Permission
from accounts.web.actors import current_actor
from accounts.web.files import safe_file
from accounts.web.guards import needs
from accounts.web.waiting import Waiting, tells_waiting
from consent import gate
from intake import unlock
from intake.errors import IntakeError, NotForReviewError, OwnUnlockError, UnknownUnlockError
from intake.notifications import selectors
from intake.notifications.inputs import Identity, PartialDate
from intake.notifications.sentences import label
from intake.unlock import Motive, UnlockView
from intake.web.public_forms import one_of
from safeguards.actors import Actor

MOTIVES = {
    Motive.COMPARE_NAME: gettext_lazy("To compare the name with the signature"),
    Motive.COMPARE_BIRTH: gettext_lazy("To compare the date of birth with what is said of the age"),
    Motive.COMPARE_REPRESENTATIVE: gettext_lazy("To compare the person with the proof of the representative"),
    Motive.PAIR_DETAILS: gettext_lazy("To compare names, dates and numbers"),
    Motive.PAIR_RELATIVES: gettext_lazy("To see whether they are relatives or namesakes"),
    Motive.PAIR_CONTRADICTS: gettext_lazy("To understand what contradicts each other"),
    Motive.RIGHTS_OF_PERSON: gettext_lazy("The person asked for something that the law gives a right to"),
    Motive.INCIDENT: gettext_lazy("There was an incident with these data"),
    Motive.SUPERVISOR: gettext_lazy("The supervisor or a court asks for it"),
}
gate.tells_references(selectors.references)

TEXTS = ("prefix", "family_name", "bsn", "v_number", "document_number", "contact", "narrative", "own_reference")


class MotiveForm(forms.Form):
    motive = one_of(gettext_lazy("Why do you look at the identity?"), (), gettext_lazy("Choose why you look."))

    def __init__(self, *args: Any, motives: Sequence[Motive], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["motive"]).choices = [(motive.value, MOTIVES[motive]) for motive in motives]


class AskForm(forms.Form):
    reference = forms.CharField(
        label=gettext_lazy("Reference of the report"),
        help_text=gettext_lazy("As it stands on the receipt. Never a name."),
        max_length=40,
        error_messages={"required": gettext_lazy("Enter the reference of the report.")},
    )
    motive = one_of(
        gettext_lazy("Why do you ask?"),
        [(motive.value, MOTIVES[motive]) for motive in unlock.MOTIVES_WITH_SECOND_PERSON],
        gettext_lazy("Choose why you ask."),
    )


@needs(Permission.REVIEW_CONSENT)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, contribution: UUID) -> HttpResponse:
    """The reason is asked first; while the unlock lasts the identity stands here, and each time it is a look."""
    by = current_actor(request)
    form = MotiveForm(request.POST if request.method == "POST" else None, motives=unlock.REVIEWS)
    if form.is_valid():
        try:
            motive = Motive(form.cleaned_data["motive"])
            unlock.open_for_review(contribution=contribution, motive=motive, by=by)
        except NotForReviewError:
            raise Http404 from None
        if not _asks_for_piece(request):
            return redirect("intake:unlock-review", contribution=contribution)
    return _review_page(request, contribution, form)


@tells_waiting(Permission.UNLOCK_IDENTITY)
def granted(by: Actor) -> Iterator[Waiting]:
    open_now = [found for found in unlock.own(by=by) if found.granted]
    yield Waiting(gettext_lazy("Looks at an identity that were granted"), "intake:unlock", len(open_now))


@needs(Permission.UNLOCK_IDENTITY)
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    by = current_actor(request)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _asked(request, form, by):
        return redirect("intake:unlock")
    content = {
        "form": form,
        "own": [_row(found, by) for found in unlock.own(by=by)],
    }
    return render(request, "intake/unlock.html", content, status=422 if form.errors else 200)


@needs(Permission.GRANT_UNLOCK)
@require_POST
def grant(request: HttpRequest, asked: UUID) -> HttpResponse:
    try:
        unlock.grant(unlock=asked, by=current_actor(request))
    except UnknownUnlockError:
        messages.warning(request, _("Somebody else has granted this, or its time is over."))
    except OwnUnlockError:
        messages.warning(request, _("You asked for this yourself. Somebody else has to grant it."))
    else:
        messages.success(request, _("It is granted. Who asked can look for eight hours."))
    return redirect("intake:grants")


@needs(Permission.UNLOCK_IDENTITY)
@require_safe
def identity(request: HttpRequest, granted: UUID) -> HttpResponse:
    return render(request, "intake/unlock_identity.html", _shown(request, granted))


@needs(Permission.REVIEW_CONSENT)
@require_safe
def file_for_review(request: HttpRequest, granted: UUID, attachment: UUID) -> HttpResponse:
    return _file(request, granted, attachment)


@needs(Permission.UNLOCK_IDENTITY)
@require_safe
def file(request: HttpRequest, granted: UUID, attachment: UUID) -> HttpResponse:
    return _file(request, granted, attachment)


def _review_page(request: HttpRequest, contribution: UUID, form: MotiveForm) -> HttpResponse:
    found = unlock.open_now(contribution=contribution, by=current_actor(request))
    content = {"contribution": contribution, "form": form, "piece": _asks_for_piece(request)}
    if found is not None:
        content |= _shown(request, found.id)
    template = "intake/_unlock_review.html" if content["piece"] else "intake/unlock_review.html"
    return render(request, template, content, status=422 if form.errors else 200)


def _asks_for_piece(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def _shown(request: HttpRequest, identifier: UUID) -> dict[str, object]:
    by = current_actor(request)
    try:
        found = unlock.opened(unlock=identifier, by=by)
        rows = identity_rows(unlock.identity(unlock=identifier, by=by))
        files = unlock.attachments(unlock=identifier, by=by) if unlock.has_attachments(found.contribution) else ()
    except UnknownUnlockError:
        raise Http404 from None
    left = max(1, int((found.expires - timezone.now()).total_seconds()) + 1)
    return {"unlock": found, "motive": MOTIVES[found.motive], "identity": rows, "files": files, "left": left}


def _file(request: HttpRequest, identifier: UUID, attachment: UUID) -> HttpResponse:
    try:
        found = unlock.attachment(unlock=identifier, attachment=attachment, by=current_actor(request))
    except UnknownUnlockError:
        raise Http404 from None
    return safe_file(found.content, kind=found.type, name=f"bijlage-{attachment}")


def _asked(request: HttpRequest, form: AskForm, by: Actor) -> bool:
    try:
        contribution = unlock.of_reference(reference=form.cleaned_data["reference"].strip().upper(), by=by)
        unlock.ask(contribution=contribution, motive=Motive(form.cleaned_data["motive"]), by=by)
    except IntakeError:
        form.add_error("reference", _("There is no report with this reference."))
        return False
    messages.success(request, _("A colleague has to grant this before you can look."))
    return True


def _row(found: UnlockView, by: Actor) -> dict[str, object]:
    who = accounts.member(UUID(found.asked_by))
    return {"unlock": found, "motive": MOTIVES[found.motive], "who": who.name if who else ""}


def identity_rows(identity: Identity) -> list[dict[str, str]]:
    """Only what was filled in."""
    values = {
        "given_names": " ".join(identity.given_names),
        "aliases": ", ".join(identity.aliases),
        "birth": birth_of(identity.birth),
        **{name: getattr(identity, name) for name in TEXTS},
    }
    order = ("given_names", "prefix", "family_name", "aliases", "birth", *TEXTS[2:])
    labels = {name: str(label(name)) for name in order} | {"own_reference": _("Number at the reporter")}
    return [{"label": labels[name], "value": values[name]} for name in order if values[name]]


def birth_of(birth: PartialDate) -> str:
    known = "-".join(f"{part:02}" for part in (birth.day, birth.month, birth.year) if part is not None)
    return _("%(birth)s (estimated)") % {"birth": known} if known and birth.estimated else known
