"""Forms about an organisation's systems. What is possible is decided by the services; these only read what was filled in."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import labels, webhooks
from accounts.scopes import Scope, scopes_of
from accounts.selectors import OrganisationView
from accounts.web.choices import offer
from accounts.webhooks import Topic

LIFETIMES = (("90", _("90 days")), ("365", _("1 year")), ("30", _("30 days")))
LIFETIMES_OF_KEYS = (("365", _("1 year")), ("730", _("2 years")), ("90", _("90 days")))
FROM_LIST = _("Choose from the list.")


class SystemForm(forms.Form):
    """A system of its own: its name, and what it may do."""

    name = forms.CharField(
        max_length=80,
        label=_("Name of the system"),
        error_messages={"required": _("Enter the name of the system.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that it may do."), "invalid_choice": FROM_LIST},
    )

    def __init__(self, *args: Any, organisation: OrganisationView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = scopes_of(reports=organisation.group is not None, feed=organisation.feed)
        choices = [(scope.value, labels.SCOPES[scope]) for scope in Scope if scope in possible]
        offer(self, "scopes", choices)

    def chosen(self) -> frozenset[Scope]:
        return frozenset(Scope(scope) for scope in self.cleaned_data["scopes"])


class TokenForm(SystemForm):
    days = forms.ChoiceField(
        label=_("Valid for"),
        choices=LIFETIMES,
        error_messages={"required": _("Choose how long the token is valid."), "invalid_choice": FROM_LIST},
    )

    def lifetime(self) -> timedelta:
        return timedelta(days=int(self.cleaned_data["days"]))


class KeyForm(forms.Form):
    key = forms.CharField(
        label=_("Public key"),
        help_text=_("As JWK or as PEM, of kind P-256 or Ed25519. The private key stays with your system."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        max_length=4000,
        error_messages={"required": _("Paste the public key.")},
    )
    days = forms.ChoiceField(
        label=_("Valid for"),
        choices=LIFETIMES_OF_KEYS,
        error_messages={"required": _("Choose how long the key is valid."), "invalid_choice": FROM_LIST},
    )

    def lifetime(self) -> timedelta:
        return timedelta(days=int(self.cleaned_data["days"]))

    def forget_key(self) -> None:
        """What was pasted by mistake is not on the page that says so."""
        self.data = {"days": self.data.get("days", ""), "key": ""}


class WebhookForm(forms.Form):
    address = forms.CharField(
        max_length=400,
        label=_("Address"),
        help_text=_("Begins with https:// and can be reached on the internet."),
        error_messages={"required": _("Enter the address of your system.")},
    )
    topics = forms.MultipleChoiceField(
        label=_("What should it be told of?"),
        choices=[(topic.value, labels.TOPICS[topic]) for topic in webhooks.CHOICES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing to be told of."), "invalid_choice": FROM_LIST},
    )

    def chosen(self) -> frozenset[Topic]:
        return frozenset(Topic(topic) for topic in self.cleaned_data["topics"])
