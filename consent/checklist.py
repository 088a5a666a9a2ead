"""What a reviewer looks at before approving: one point for each reason of rejection. It decides nothing and stores nothing."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consent.statements import Method, RejectionReason

POINTS: Mapping[RejectionReason, str | Promise] = {
    RejectionReason.NOT_SIGNED: _("The statement is signed"),
    RejectionReason.WRONG_SIGNER: _("Who signed may sign for this person"),
    RejectionReason.WRONG_NOTICE: _("It is our text that was signed, in the version and language named here"),
    RejectionReason.PROOF_MISSING: _("The representative proved that he or she may sign"),
    RejectionReason.UNREADABLE: _("Everything on the statement can be read"),
    RejectionReason.NOT_FREELY_GIVEN: _("Nothing gives doubt that consent was freely given"),
}
HEARD = _("Consent was given orally, and it is said who heard it")


def points(*, proof: bool, method: str) -> dict[RejectionReason, str | Promise]:
    """proof: the table wants a representative's authority proved. Nobody signs and nothing is read of what was said orally."""
    left_out = set() if proof else {RejectionReason.PROOF_MISSING}
    oral = method == Method.ORAL
    if oral:
        left_out.add(RejectionReason.UNREADABLE)
    found = {reason: point for reason, point in POINTS.items() if reason not in left_out}
    return found | ({RejectionReason.NOT_SIGNED: HEARD} if oral else {})
