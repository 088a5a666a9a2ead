"""allauth's second-factor forms with Baken's own texts; the seed that is being set up is sealed in the session too."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.web.sign_in_forms import describe

SEALED = "sealed:"
CODE_WANTED = _("Enter the code.")


class ActivateAppForm(totp_forms.ActivateTOTPForm):
    """allauth keeps the new seed in the session, in the clear; here the session's copy is sealed."""

    secret: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secret = _sealed_in_session(self.secret)
        describe(
            self.fields["code"],
            label=_("Code from the app"),
            hint=_("Six digits, for example 492 039."),
            required=CODE_WANTED,
            width="govuk-input--width-5",
        )
        _numeric(self.fields["code"])


class CodeForm(mfa_forms.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe_code(self.fields["code"])


class ConfirmCodeForm(mfa_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe_code(self.fields["code"])


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe_name(self.fields["name"])
        self.fields["passwordless"].label = _("I want to sign in with this passkey alone")
        self.fields["passwordless"].help_text = _("The device then asks for its PIN, your finger or your face.")


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe_name(self.fields["name"])


def _describe_code(field: forms.Field) -> None:
    describe(
        field,
        label=_("Code"),
        hint=_("From your authenticator app, or one of your recovery codes."),
        required=CODE_WANTED,
        width="govuk-input--width-10",
    )
    _numeric(field)


def _numeric(field: forms.Field) -> None:
    field.widget.attrs.update(inputmode="numeric", spellcheck="false", autocomplete="one-time-code")


def _describe_name(field: forms.Field) -> None:
    hint = _("So that you recognise it later, for example 'Work phone'.")
    describe(field, label=_("Name of the passkey"), hint=hint, required=_("Enter a name."), width="govuk-input--width-20")


def _sealed_in_session(stored: str) -> str:
    """Gives the seed in the clear and leaves a sealed one in the session."""
    adapter = get_adapter()
    if stored.startswith(SEALED):
        return str(adapter.decrypt(stored.removeprefix(SEALED)))
    context.request.session[SECRET_SESSION_KEY] = SEALED + adapter.encrypt(stored)
    return stored
