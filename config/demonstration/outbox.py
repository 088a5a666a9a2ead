"""The demonstration sends no mail: it keeps the last ones, without recipient, and shows them on a page. Nowhere else."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_not_required
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import demonstration
from config.demonstration.models import Mail

KEPT = 20


class Outbox(BaseEmailBackend):
    """Django's mail backend of the demonstration's settings."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            Mail.objects.create(subject=message.subject[:200], text=str(message.body))
        kept = Mail.objects.order_by("-made", "-id").values_list("id", flat=True)[:KEPT]
        Mail.objects.exclude(id__in=list(kept)).delete()
        return len(email_messages)


@login_not_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    if not demonstration.allowed():
        raise Http404
    return render(request, "pages/demonstration_mail.html", {"mails": Mail.objects.order_by("-made", "-id")})
