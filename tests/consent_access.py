"""The access table's rows of what befalls a statement after its approval."""

from accounts.roles import Role
from tests import confirmed, consent_acts, reviewed
from tests.access_rows import Row, only

REVIEWS_CONSENT = Role.CONSENT_ADMINISTRATOR
RETURNS = only(REVIEWS_CONSENT, status=302)

ROWS = {
    "consent:invalidate": Row(only(REVIEWS_CONSENT), arguments=lambda: {"statement": consent_acts.approved()}),
    "consent:clear": Row(RETURNS, method="post", arguments=lambda: {"statement": consent_acts.doubted()}),
    "consent:confirmation": Row(only(REVIEWS_CONSENT), arguments=confirmed.a_confirmation),
    "consent:confirmation-accept": Row(
        RETURNS, method="post", arguments=confirmed.a_confirmation, content={"checked": reviewed.POINTS}
    ),
    "consent:confirmation-refuse": Row(
        RETURNS, method="post", arguments=confirmed.a_confirmation, content={"reason": "not-signed"}
    ),
}
