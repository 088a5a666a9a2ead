"""The access table's rows of the rights of a person, the second person, and the audit trail."""

from accounts.roles import Role
from tests import handled
from tests.access_rows import Row, only

HANDLES = only(Role.PRIVACY_OFFICER)
HANDLES_AND_RETURNS = only(Role.PRIVACY_OFFICER, status=302)
# The search was asked by somebody else than any of the columns, so each of these may grant it.
GRANTS_AND_RETURNS = only(Role.PRIVACY_OFFICER, Role.RELEASE_APPROVER, status=302)

ROWS = {
    "trail:read": Row(HANDLES),
    "intake:rights": Row(HANDLES),
    "intake:rights-new": Row(HANDLES),
    "intake:rights-case": Row(HANDLES, arguments=handled.a_case),
    "intake:rights-step": Row(HANDLES_AND_RETURNS, method="post", arguments=handled.a_step, content={"reason": "complex"}),
    "intake:rights-copy": Row(HANDLES, method="post", arguments=handled.an_opened_case),
    "intake:rights-lift": Row(HANDLES_AND_RETURNS, method="post", arguments=handled.a_case),
    "intake:rights-ask-removal": Row(HANDLES_AND_RETURNS, method="post", arguments=handled.a_removal),
    "intake:rights-search": Row(HANDLES, arguments=handled.a_case),
    "intake:rights-hits": Row(HANDLES, arguments=handled.a_search),
    "intake:rights-keep": Row(HANDLES_AND_RETURNS, method="post", arguments=handled.a_search),
    "intake:rights-look": Row(HANDLES_AND_RETURNS, method="post", arguments=handled.a_hit),
    "intake:rights-leave-out": Row(HANDLES_AND_RETURNS, method="post", arguments=handled.a_report),
    "intake:rights-ask": Row(HANDLES_AND_RETURNS, method="post", arguments=handled.a_report),
    "intake:rights-person": Row(HANDLES, arguments=handled.a_rectification),
    "intake:rights-circumstances": Row(HANDLES, arguments=handled.a_rectification),
    "intake:grants": Row(only(Role.PRIVACY_OFFICER, Role.RELEASE_APPROVER)),
    "intake:grant-removal": Row(GRANTS_AND_RETURNS, method="post", arguments=handled.a_waiting_removal),
    "intake:refuse-removal": Row(GRANTS_AND_RETURNS, method="post", arguments=handled.a_waiting_removal),
    "intake:grant-search": Row(GRANTS_AND_RETURNS, method="post", arguments=handled.a_waiting_search),
    "intake:refuse-search": Row(GRANTS_AND_RETURNS, method="post", arguments=handled.a_waiting_search),
}
