"""Forms of the accounts pages. What is possible is decided by the services; these only read what was filled in."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import labels
from accounts.inputs import OrganisationInput, UserInput
from accounts.reporters import OtherReporter, PoliceUnit, ReporterGroup
from accounts.roles import Role, roles_of_users
from accounts.selectors import MembershipView, OrganisationView
from accounts.web.choices import offer

NO_CHOICE = ("", "")
# What an organisation is: one list, so that no impossible combination of group, kind and unit can be chosen.
REGISTRY = "registry"


class OrganisationChoiceForm(forms.Form):
    organisation = forms.ChoiceField(
        label=_("For which organisation do you work now?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an organisation."), "invalid_choice": _("Choose one of your organisations.")},
    )

    def __init__(self, *args: Any, memberships: Sequence[MembershipView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.organisation), one.organisation_name) for one in memberships]
        offer(self, "organisation", choices)


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose only roles from the list.")},
    )

    def __init__(self, *args: Any, organisation: OrganisationView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        care = organisation.group is ReporterGroup.CARE_COORDINATORS
        possible = roles_of_users(reports=organisation.group is not None, feeds=bool(organisation.feed), care=care)
        offer(self, "roles", role_choices(possible))

    def chosen(self) -> frozenset[Role]:
        return frozenset(Role(role) for role in self.cleaned_data["roles"])


class NewUserForm(RolesForm):
    """Opened from an organisation's page, so that the list of roles fits."""

    name = forms.CharField(max_length=120, label=_("Name"), error_messages={"required": _("Enter the name of the user.")})
    email = forms.EmailField(
        label=_("Email address"),
        error_messages={
            "required": _("Enter the email address of the user."),
            "invalid": _("Enter an email address as in name@organisation.nl."),
        },
    )
    field_order = ("name", "email", "roles")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].required = True
        self.fields["roles"].error_messages["required"] = _("Choose at least one role.")

    def user(self, organisation: UUID) -> UserInput:
        data = self.cleaned_data
        return UserInput(email=data["email"], name=data["name"], organisation=organisation, roles=self.chosen())


class OrganisationForm(forms.Form):
    name = forms.CharField(
        max_length=120, label=_("Name"), error_messages={"required": _("Enter the name of the organisation.")}
    )
    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        error_messages={"required": _("Choose the kind of organisation."), "invalid_choice": _("Choose a kind from the list.")},
    )
    public_body = forms.BooleanField(required=False, label=_("It is a public body"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [NO_CHOICE, *kinds()])

    def organisation(self) -> OrganisationInput:
        data = self.cleaned_data
        kind, _colon, detail = data["kind"].partition(":")
        group = None if kind == REGISTRY else ReporterGroup(kind)
        return OrganisationInput(
            name=data["name"],
            group=group,
            other_kind=OtherReporter(detail) if group == ReporterGroup.OTHER else None,
            unit=PoliceUnit(detail) if group == ReporterGroup.POLICE else None,
            public_body=data["public_body"],
        )


def role_choices(possible: Iterable[Role]) -> list[tuple[str, Any]]:
    wanted = set(possible)
    return [(role.value, labels.ROLES[role]) for role in Role if role in wanted]


def kinds() -> list[tuple[str, Any]]:
    police = [
        (f"police:{unit.value}", f"{labels.GROUPS[ReporterGroup.POLICE]}: {name}") for unit, name in labels.POLICE_UNITS.items()
    ]
    plain = [group for group in ReporterGroup if group not in (ReporterGroup.POLICE, ReporterGroup.OTHER)]
    groups = [(group.value, labels.GROUPS[group]) for group in plain]
    others = [(f"{ReporterGroup.OTHER.value}:{kind.value}", labels.OTHER_KINDS[kind]) for kind in OtherReporter]
    return [*police, *groups, *others, (REGISTRY, labels.REGISTRY)]
