"""How the codes of the legal-basis table and of the review are named on pages. Stored and compared are the codes."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.labels import GROUPS
from accounts.reporters import Purpose, ReporterGroup, Source
from consent import workflow
from consent.bases import Kind, Number
from consent.statements import LABELS, Labels

NAMES: Mapping[StrEnum, str | Promise] = Labels(
    (
        *LABELS.items(),
        (workflow.Kind.REQUESTED, _("Asked")),
        (workflow.Kind.GIVEN, _("Given")),
        (workflow.Kind.REFUSED, _("Refused")),
        (workflow.Kind.NOT_ASKED, _("Not asked")),
        (workflow.Kind.ASKED_BACK, _("The reporter was asked")),
        (workflow.Kind.ANSWERED, _("The reporter answered")),
        (workflow.Kind.FIRST_APPROVED, _("Approved by the first of two")),
        (workflow.Kind.APPROVED, _("Approved")),
        (workflow.Kind.REJECTED, _("Rejected")),
        (workflow.Kind.CONFIRM_SENT, _("Confirmation by the person received")),
        (workflow.Kind.RECONFIRMED, _("Confirmed by the person")),
        (workflow.Kind.CONFIRM_REFUSED, _("Confirmation not accepted")),
        (workflow.Kind.DOUBTED, _("Found never good by the first of two")),
        (workflow.Kind.CLEARED, _("Found good after all")),
        (workflow.Kind.WITHDRAWN, _("Withdrawn")),
        (workflow.Kind.LAPSED, _("Lapsed")),
        (workflow.Kind.INVALIDATED, _("Never good after all")),
        (workflow.Kind.SUPERSEDED, _("Replaced by a corrected statement")),
        (workflow.Kind.RETRACTED, _("Not given after all")),
        (Purpose.REGISTRATION, _("Registration")),
        (Purpose.HELP, _("Arranging help")),
        (Purpose.RESEARCH_EXTRACT, _("Data for research")),
        (Purpose.STATISTICS_NETHERLANDS, _("Data for Statistics Netherlands")),
        (Number.BSN, _("Citizen service number (BSN)")),
        (Number.V_NUMBER, _("V-number")),
        (Number.DOCUMENT_NUMBER, _("Document number")),
        (Kind.STATUTORY, _("By law")),
        (Kind.CONSENT, _("With consent")),
        (Kind.NONE, _("Not possible")),
        (Source.EMM, _("EMM (feed)")),
        (Source.OM, _("Public prosecutor (letters)")),
    )
)


def name(code: str, *lists: type[StrEnum]) -> str | Promise:
    """The name of a code in the first of these lists that has it; nothing for an empty or unknown code."""
    found = next((member for members in lists for member in members if member.value == code), None)
    return NAMES.get(found, "") if found is not None else ""


def reporter_name(code: str) -> str | Promise:
    group = next((group for group in ReporterGroup if group.value == code), None)
    return GROUPS[group] if group is not None else name(code, Source)
