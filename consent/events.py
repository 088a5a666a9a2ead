"""Names of consent's audit events. They say what happened to a statement, never whose it is."""

from django.utils.translation import gettext_lazy as _

from safeguards.actions import action

STATEMENT_RECORDED = action("consent.statement-recorded", _("Consent recorded"))
STATEMENT_REQUESTED = action("consent.statement-requested", _("Consent asked"))
REFUSAL_RECORDED = action("consent.refusal-recorded", _("Refusal of consent recorded"))
NOT_ASKED_RECORDED = action("consent.not-asked-recorded", _("Recorded that consent was not asked"))
STATEMENT_ASKED_BACK = action("consent.statement-asked-back", _("Reporter asked something about a statement"))
STATEMENT_ANSWERED = action("consent.statement-answered", _("Question about a statement answered"))
STATEMENT_FIRST_APPROVED = action("consent.statement-first-approved", _("Statement approved by the first of two"))
STATEMENT_APPROVED = action("consent.statement-approved", _("Statement approved"))
STATEMENT_REJECTED = action("consent.statement-rejected", _("Statement rejected"))
CONFIRMATION_SENT = action("consent.confirmation-sent", _("Confirmation by the person received"))
STATEMENT_RECONFIRMED = action("consent.statement-reconfirmed", _("Statement confirmed by the person"))
CONFIRMATION_REFUSED = action("consent.confirmation-refused", _("Confirmation not accepted"))
STATEMENT_DOUBTED = action("consent.statement-doubted", _("Statement found invalid by the first of two"))
STATEMENT_CLEARED = action("consent.statement-cleared", _("Statement found good after all"))
STATEMENT_INVALIDATED = action("consent.statement-invalidated", _("Statement invalidated"))
STATEMENT_WITHDRAWN = action("consent.statement-withdrawn", _("Consent withdrawn"))
STATEMENT_LAPSED = action("consent.statement-lapsed", _("Statement lapsed"))
STATEMENT_SUPERSEDED = action("consent.statement-superseded", _("Statement replaced by another"))
STATEMENT_RETRACTED = action("consent.statement-retracted", _("Statement taken back by the reporter"))
RECORD_EXPORTED = action("consent.record-exported", _("Record of a consent exported"))
RECEIPT_EXPORTED = action("consent.receipt-exported", _("Receipt of the person exported"))
RECEIPT_LOOKED_UP = action("consent.receipt-looked-up", _("Statement looked up by the code of its receipt"))
WITHDRAWAL_ASKED = action("consent.withdrawal-asked", _("Withdrawal asked by the code of a receipt"))
WITHDRAWAL_WITHOUT_EFFECT = action("consent.withdrawal-without-effect", _("Withdrawal that had nothing to withdraw"))
OUTCOME_CARRIED_OUT = action("consent.outcome-carried-out", _("Decision about a statement carried out"))
REMINDER_SENT = action("consent.reminder-sent", _("Reminder of waiting statements sent"))
DOCUMENT_SHOWN = action("consent.document-shown", _("Signed sheet shown"))
