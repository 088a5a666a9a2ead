"""The access table's rows of what befalls a statement after its approval."""

from accounts.roles import Role
from tests import confirmed, reviewed
from tests.access_rows import Row, only

REVIEWS_CONSENT = Role.CONSENT_ADMINISTRATOR
RETURNS = only(REVIEWS_CONSENT, status=302)

ROWS = {
    "consent:confirmation": Row(only(REVIEWS_CONSENT), arguments=confirmed.a_confirmation),
    "consent:confirmation-accept": Row(
        RETURNS, method="post", arguments=confirmed.a_confirmation, content={"checked": reviewed.POINTS}
    ),
    "consent:confirmation-refuse": Row(
        RETURNS, method="post", arguments=confirmed.a_confirmation, content={"reason": "not-signed"}
    ),
}
