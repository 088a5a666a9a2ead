"""Who gets which answer from the pages of numbers of other sources, and of person-years: rows of the access table."""

from typing import Any

from accounts.roles import Role
from intake.models.matching import PersonContribution
from tests import estimated, extract_access
from tests.access_rows import Row, Statuses, only, signed_in
from tests.aggregates import a_waiting, an_accepted
from tests.figure_deliveries import YEAR, a_workbook
from tests.integration.reports import written
from tests.released import recorded

UPLOADS, ACCEPTS = Role.ANALYST, Role.RELEASE_APPROVER
REVIEWS_LINKS = (Role.LINKAGE_REVIEWER, Role.LINKAGE_SUPERVISOR)
READS: Statuses = signed_in(200)


def a_person_year() -> dict[str, Any]:
    row = written.write()
    written.refresh_all()
    return {"person": PersonContribution.objects.get(contribution=row).person_id, "year": row.date.year}


def a_file() -> dict[str, Any]:
    return an_accepted() | {"ending": "csv"}


def a_chain_file() -> dict[str, Any]:
    an_accepted()
    return {"ending": "json"}


def offenders_per_year() -> dict[str, Any]:
    an_accepted()
    return {"kind": "offenders"}


def nothing_but_pages() -> dict[str, Any]:
    an_accepted()
    return {}


DELIVERS = (Role.ANALYST, Role.RELEASE_APPROVER, Role.SYSTEM_ADMINISTRATOR)

ESTIMATES = (Role.ANALYST, Role.SYSTEM_ADMINISTRATOR)

READS_LEDGER = (Role.RELEASE_APPROVER, Role.PRIVACY_OFFICER, Role.SYSTEM_ADMINISTRATOR)

ROWS = {
    "reports:estimates": Row(only(*ESTIMATES)),
    "reports:estimate-new": Row(only(*ESTIMATES)),
    "reports:sectors-new": Row(only(*ESTIMATES)),
    "reports:estimate": Row(only(*ESTIMATES), arguments=estimated.a_run),
    "reports:estimate-cancel": Row(only(*ESTIMATES, status=302), method="post", arguments=estimated.a_waiting_run),
    "reports:estimate-table": Row(only(*ESTIMATES), arguments=estimated.a_run),
    "reports:estimate-file": Row(only(*ESTIMATES), arguments=lambda: estimated.a_run() | {"ending": "csv"}),
    "reports:ledger": Row(only(*READS_LEDGER), arguments=lambda: recorded() and {}),
    "reports:ledger-release": Row(only(*READS_LEDGER), arguments=lambda: {"release": recorded()}),
    "reports:deliveries": Row(only(*DELIVERS), arguments=lambda: a_workbook() and {}),
    "reports:delivery-order": Row(only(*DELIVERS, status=302), method="post", content={"year": YEAR}),
    "reports:delivery-file": Row(only(*DELIVERS), arguments=a_workbook),
    "reports:differences": Row(only(*REVIEWS_LINKS)),
    "reports:person-year": Row(only(*REVIEWS_LINKS), arguments=a_person_year),
    "reports:offenders": Row(READS, arguments=nothing_but_pages),
    "reports:offenders-file": Row(READS, arguments=a_chain_file),
    "reports:offenders-chart": Row(READS, arguments=lambda: a_chain_file() and {"number": 0, "ending": "svg"}),
    "reports:years": Row(READS, arguments=offenders_per_year),
    "reports:years-file": Row(READS, arguments=lambda: offenders_per_year() | {"ending": "xlsx"}),
    "reports:aggregates": Row(READS, arguments=nothing_but_pages),
    "reports:aggregates-new": Row(only(UPLOADS)),
    "reports:aggregates-columns": Row(only(UPLOADS)),
    "reports:aggregates-template": Row(only(UPLOADS)),
    "reports:aggregate": Row(READS, arguments=an_accepted),
    "reports:aggregate-file": Row(READS, arguments=a_file),
    "reports:aggregate-accept": Row(only(ACCEPTS, status=302), method="post", arguments=a_waiting),
    "reports:aggregate-reject": Row(only(ACCEPTS, status=302), method="post", arguments=a_waiting),
    **extract_access.ROWS,
    "reports:aggregate-take-back": Row(only(UPLOADS, status=302), method="post", arguments=a_waiting),
}
