"""Pages of the link by mail: ask for it, open it, begin a report with it, leave it.

The token travels in the address of one page alone and does nothing there until a button is pressed: programs that look at
mail open addresses and press no buttons.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import addresses, selectors
from accounts.web.actors import current_actor
from consent import gate
from intake.errors import UnknownLinkError
from intake.notifications import drafts, services
from intake.notifications.drafts import DraftOwner, Section
from intake.public import invitations, limits
from intake.public.invitations import Opened, Outcome, Recipient
from intake.web import links, public
from intake.web.drafts import owner_of
from intake.web.public_forms import BeginForm, CodeForm, LinkForm
from safeguards.actors import Actor

PAGE = "link"
REFERENCE = re.compile(r"[2-9A-Z]{12}")
OWN_STATEMENT = {
    "signer": gate.Signer.PERSON.value,
    "method": gate.Method.ELECTRONIC.value,
    "judged_how": gate.Judgement.OWN_WORD.value,
}


@login_not_required
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    if selectors.organisation_of_private_persons() is None:
        raise Http404
    if request.method == "GET":
        return public.form_page(request, LinkForm(), PAGE)

    def ask(answers: Mapping[str, Any]) -> HttpResponse:
        page = addresses.mailed(request, reverse("intake:public-link"))
        recipient = Recipient(answers["email"], "nl" if get_language() == "nl" else "en", page)
        invitations.ask(recipient=recipient, sending=public.sending(request, PAGE), by=public.visitor(request))
        return redirect("intake:public-link-sent")

    return public.answered(request, LinkForm(request.POST), PAGE, ask)


@login_not_required
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/public/link_sent.html", {"hours": invitations.HOURS})


@login_not_required
@require_http_methods(["GET", "POST"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Whether the link works is not told before the button is pressed."""
    if request.method == "GET":
        return render(request, "intake/public/link_open.html")
    try:
        opened = invitations.open_link(token=token, code=request.POST.get("code", ""), by=public.visitor(request))
    except UnknownLinkError:
        return render(request, "intake/public/link_unknown.html", status=404)
    if opened.outcome is Outcome.OPENED:
        return _let_in(request, opened)
    form = CodeForm()
    if opened.outcome is Outcome.CODE_WRONG:
        form = CodeForm({"code": ""})
        form.add_error("code", form.wrong)
    return render(request, "intake/public/link_code.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    invitations.leave(visit=links.visit(request), by=public.visitor(request))
    response = redirect("intake:without-account")
    response.delete_cookie(links.cookie_name(), samesite="Lax")
    return response


@require_safe
def received(request: HttpRequest, reference: str) -> HttpResponse:
    """For the holder of a link, in place of the receipt: the references are random, and nothing is looked up."""
    references = [name for name in reference.split(services.REFERENCES) if REFERENCE.fullmatch(name)]
    return render(request, "intake/public/link_received.html", {"references": services.REFERENCES.join(references)})


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """For the holder of a link, in place of the page where others begin a report."""
    by = current_actor(request)
    owner = owner_of(request)
    form = BeginForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if limits.use(limits.REPORTS_BY_ONE_LINK, by.id):
            return _begun(owner, form.cleaned_data["about"], by)
        form.add_error(None, _("With one link you can begin ten reports. Ask for a new link."))
    content = {"form": form, "drafts": drafts.drafts_of(owner=owner)}
    return render(request, "intake/public/begin.html", content, status=422 if form.errors else 200)


def _begun(owner: DraftOwner, about: str, by: Actor) -> HttpResponse:
    """Of oneself the consent is known: who, how and when is filled in already, to be looked at and changed."""
    draft = drafts.make(owner=owner, by=by)
    made = drafts.read(draft=draft, owner=owner)
    if about == BeginForm.MYSELF:
        today = timezone.localdate().strftime("%d-%m-%Y")
        statement = OWN_STATEMENT | {"language": "nl" if get_language() == "nl" else "en", "signed_on": today}
        known = (
            (made.shared.id, "report", {"date": today}),
            (made.persons[0].id, "consent", {"answer": gate.Answer.GIVEN.value}),
            (made.persons[0].id, "statement", statement),
        )
        for part, name, answers in known:
            section = Section({field: [answer] for field, answer in answers.items()}, finished=False)
            drafts.save(draft=draft, part=part, name=name, section=section, owner=owner)
    return redirect("intake:draft-section", draft=draft, part=made.shared.id, name="report")


def _let_in(request: HttpRequest, opened: Opened) -> HttpResponse:
    if opened.code:
        response = render(request, "intake/public/link_opened.html", {"opened": opened})
    else:
        response = redirect("intake:notification-new")
    response.set_cookie(links.cookie_name(), opened.visit, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
    return response
