"""The link by which a new user chooses a password, and the mail that carries it. The service decides who is invited."""

from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from accounts import addresses
from accounts.models import User


def address(user: User) -> str:
    """A path; valid once and for PASSWORD_RESET_TIMEOUT."""
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def send(request: HttpRequest, user_id: UUID) -> None:
    user = User.objects.get(pk=user_id)
    url = addresses.mailed(request, address(user))
    with translation.override(user.language):
        get_adapter(request).send_mail("accounts/email/invitation", user.email, {"user": user, "url": url})
