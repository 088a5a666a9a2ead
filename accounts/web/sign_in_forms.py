"""allauth's password forms with Baken's own labels, hints and sentences. The checks are allauth's."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

Text = Any

EMAIL_WANTED = {
    "required": _("Enter your email address."),
    "invalid": _("Enter an email address as in name@organisation.nl."),
}
PASSWORD_HINT = _("At least 15 characters. A sentence that only you know works well.")


def describe(field: forms.Field, *, label: Text, required: Text, hint: Text = "", width: str = "") -> None:
    """Label and messages of its own; no placeholder, which disappears as soon as somebody types."""
    field.label = label
    field.help_text = hint
    field.error_messages["required"] = required
    field.widget.attrs.pop("placeholder", None)
    if width:
        field.widget.attrs["class"] = width


class SignInForm(account_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe(self.fields["login"], label=_("Email address"), required=EMAIL_WANTED["required"])
        self.fields["login"].error_messages.update(EMAIL_WANTED)
        self.fields["login"].widget.attrs.update(autocomplete="username webauthn", spellcheck="false")
        describe(self.fields["password"], label=_("Password"), required=_("Enter your password."))


class ForgottenPasswordForm(account_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe(self.fields["email"], label=_("Email address"), required=EMAIL_WANTED["required"])
        self.fields["email"].error_messages.update(EMAIL_WANTED)

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """An unknown address gets a mail too, so that both answers take as long; allauth's own would offer sign-up."""
        if self.users:
            return str(super().save(request, **kwargs))
        email = str(self.cleaned_data["email"])
        get_adapter(request).send_mail("account/email/unknown_account", email, {})
        return email


class NewPasswordForm(account_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe_new_password(self)


class ChangePasswordForm(account_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe(self.fields["oldpassword"], label=_("Current password"), required=_("Enter your current password."))
        _describe_new_password(self)


class ConfirmPasswordForm(account_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        describe(self.fields["password"], label=_("Password"), required=_("Enter your password."))


def _describe_new_password(form: forms.Form) -> None:
    first, again = form.fields["password1"], form.fields["password2"]
    describe(first, label=_("New password"), hint=PASSWORD_HINT, required=_("Enter a new password."))
    describe(again, label=_("New password once more"), required=_("Enter the new password once more."))
