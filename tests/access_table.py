"""Who gets which answer from which page: one row for each address of the project, one column for each kind of visitor.

A row's status is for a request that is otherwise in order; what a page shows or does is tested elsewhere. A page about
one object gets an object of the visitor's own organisation where reporters have such objects, else one of the registry's.
"""

from itertools import cycle
from typing import Any
from uuid import uuid4

from accounts.inputs import PRIVATE_PERSONS
from accounts.reporters import Source
from accounts.roles import Role
from consent import services as consent
from intake.matching import review
from intake.models.contribution import Contribution
from tests import (
    cast,
    consent_access,
    delivered,
    drafted,
    edition_access,
    linked,
    reported,
    reports_access,
    reviewed,
    rights_access,
    signed,
    statements,
    unlocked,
    uploaded,
    used,
    visitors,
)
from tests.access_rows import VISITOR, Row, all_visitors, only, signed_in


def a_user() -> dict[str, Any]:
    return {"user": cast.user(cast.COLLEAGUE).id}


def an_organisation() -> dict[str, Any]:
    return {"organisation": cast.organisation(cast.SHELTER_TEAM)}


def a_user_and_organisation() -> dict[str, Any]:
    return a_user() | an_organisation()


def no_key() -> dict[str, Any]:
    return {"pk": 1}


def the_police() -> dict[str, Any]:
    return {"organisation": cast.organisation(cast.POLICE)}


def no_token() -> dict[str, Any]:
    return the_police() | {"token": uuid4()}


def a_system() -> dict[str, Any]:
    return the_police() | {"client": signed.system().id}


def a_key() -> dict[str, Any]:
    system = signed.system()
    return the_police() | {"client": system.id, "key": system.key_id}


def a_webhook() -> dict[str, Any]:
    return the_police() | {"webhook": signed.webhook()}


def a_statement() -> dict[str, Any]:
    return {"statement": statements.given()}


def a_withdrawn_statement() -> dict[str, Any]:
    made = a_statement()
    consent.withdraw(**made, on=statements.REPORTED, by=statements.administrator())
    return made


def a_duty() -> dict[str, Any]:
    return {"duty": used.a_duty()}


FAMILY_NAMES = cycle(linked.FAMILIES)


def a_pair() -> dict[str, Any]:
    """Of another family each time: what many share makes no pair."""
    name = next(FAMILY_NAMES)
    return {"pair": linked.pair_of(linked.linked(family_name=name), linked.linked(family_name=name, birth=linked.NO_DATE)).id}


def a_decided_pair() -> dict[str, Any]:
    """By whoever may put any link right: of many reports of one person not every link is drawn to be asked about."""
    made = a_pair()
    review.decide(pair=made["pair"], verdict=review.Verdict.SAME_DETAILS, by=cast.actor(cast.SUPERVISOR))
    return made


def a_delivered_file() -> dict[str, Any]:
    return {"aanlevering": uploaded.a_batch()["batch"]}


def a_delivery() -> dict[str, Any]:
    return {"levering": uploaded.a_batch()["batch"]}


def a_callback() -> dict[str, Any]:
    return {"callback": visitors.a_callback()}


def a_taken_callback() -> dict[str, Any]:
    return {"callback": visitors.a_taken_callback()}


def a_letter() -> dict[str, Any]:
    by = delivered.feed(delivered.OM)
    delivered.delivered(delivered.record(), by=by, source=Source.OM)
    return {"letter": Contribution.objects.get(source=Source.OM).id}


def private_persons() -> dict[str, Any]:
    cast.organisation(PRIVATE_PERSONS)
    return {}


def a_link() -> dict[str, Any]:
    return {"token": visitors.a_link()}


MANAGES = Role.SYSTEM_ADMINISTRATOR
REVIEWS_LINKS = (Role.LINKAGE_REVIEWER, Role.LINKAGE_SUPERVISOR)
ANSWERS = only(*REVIEWS_LINKS, status=302)
READS_QUALITY = (Role.LINKAGE_SUPERVISOR, Role.ANALYST, Role.SYSTEM_ADMINISTRATOR)
REVIEWS_CONSENT = Role.CONSENT_ADMINISTRATOR

SITE = {
    "health": Row(all_visitors(200)),
    "about": Row(all_visitors(200)),
    "accessibility": Row(all_visitors(200)),
    "robots": Row(all_visitors(200)),
    "security-contact": Row(all_visitors(200)),
    "set_language": Row(all_visitors(302), method="post", content={"language": "en"}),
}

ACCOUNTS = {
    "accounts:start": Row(signed_in(200)),
    "accounts:choose-organisation": Row(signed_in(200)),
    "accounts:second-factor": Row(signed_in(200)),
    "accounts:sign-out-everywhere": Row(signed_in(302), method="post"),
    "accounts:demonstration-sign-in": Row(all_visitors(404), method="post", content={"account": "beheer"}),
    "accounts:members": Row(only(MANAGES)),
    "accounts:member": Row(only(MANAGES), arguments=a_user),
    "accounts:roles": Row(only(MANAGES), arguments=a_user_and_organisation),
    "accounts:deactivate-member": Row(only(MANAGES, status=302), method="post", arguments=a_user),
    "accounts:reactivate-member": Row(only(MANAGES, status=302), method="post", arguments=a_user),
    "accounts:invite-member": Row(only(MANAGES, status=302), method="post", arguments=a_user),
    "accounts:organisations": Row(only(MANAGES)),
    "accounts:new-organisation": Row(only(MANAGES)),
    "accounts:organisation": Row(only(MANAGES), arguments=an_organisation),
    "accounts:deactivate-organisation": Row(only(MANAGES, status=302), method="post", arguments=an_organisation),
    "accounts:new-member": Row(only(MANAGES), arguments=an_organisation),
}

KEEPS = only(Role.SYSTEMS_KEEPER, MANAGES)
KEEPS_AND_RETURNS = only(Role.SYSTEMS_KEEPER, MANAGES, status=302)

# The objects are of the police, whose keeper is a column; another organisation's keeper finds nothing (test_system_pages).
SYSTEMS = {
    "systems:own": Row(only(Role.SYSTEMS_KEEPER, status=302)),
    "systems:overview": Row(KEEPS, arguments=the_police),
    "systems:new-token": Row(KEEPS, arguments=the_police),
    "systems:revoke-token": Row(only(Role.SYSTEMS_KEEPER, MANAGES, status=404), method="post", arguments=no_token),
    "systems:new-client": Row(KEEPS, arguments=the_police),
    "systems:revoke-client": Row(KEEPS_AND_RETURNS, method="post", arguments=a_system),
    "systems:new-key": Row(KEEPS, arguments=a_system),
    "systems:revoke-key": Row(KEEPS_AND_RETURNS, method="post", arguments=a_key),
    "systems:new-webhook": Row(KEEPS, arguments=the_police),
    "systems:webhook": Row(KEEPS, arguments=a_webhook),
    "systems:test-webhook": Row(KEEPS_AND_RETURNS, method="post", arguments=a_webhook),
    "systems:enable-webhook": Row(KEEPS_AND_RETURNS, method="post", arguments=a_webhook),
    "systems:remove-webhook": Row(KEEPS_AND_RETURNS, method="post", arguments=a_webhook),
}

# allauth's pages; who is signed in already is sent on, and changes of factors ask for the password first.
SIGN_IN = {
    "account_login": Row(signed_in(302, visitor=200)),
    "account_logout": Row(signed_in(200)),
    "account_inactive": Row(all_visitors(200)),
    "account_reauthenticate": Row(signed_in(200)),
    "account_change_password": Row(signed_in(200)),
    "account_set_password": Row(signed_in(302)),
    "account_reset_password": Row(all_visitors(200)),
    "account_reset_password_done": Row(all_visitors(200)),
    "account_reset_password_from_key": Row(all_visitors(200), arguments=lambda: {"uidb36": "0", "key": "0-0"}),
    "account_reset_password_from_key_done": Row(all_visitors(200)),
    "mfa_index": Row(signed_in(200)),
    "mfa_authenticate": Row(all_visitors(302)),
    "mfa_reauthenticate": Row(signed_in(302)),
    "mfa_activate_totp": Row(signed_in(302)),
    "mfa_deactivate_totp": Row(signed_in(404)),
    "mfa_view_recovery_codes": Row(signed_in(404)),
    "mfa_generate_recovery_codes": Row(signed_in(302)),
    "mfa_list_webauthn": Row(signed_in(200)),
    "mfa_add_webauthn": Row(signed_in(302)),
    "mfa_remove_webauthn": Row(signed_in(302), arguments=no_key),
    "mfa_edit_webauthn": Row(signed_in(302), arguments=no_key),
    "mfa_reauthenticate_webauthn": Row(signed_in(302)),
    "mfa_login_webauthn": Row(all_visitors(302)),
}

CONSENT = {
    "legal-basis": Row(signed_in(200)),
    "sheets": Row(all_visitors(200)),
    "sheet": Row(all_visitors(200), arguments=lambda: {"language": "ar"}),
    "regions": Row(signed_in(200)),
    "consent:queue": Row(only(REVIEWS_CONSENT)),
    "consent:statement": Row(only(REVIEWS_CONSENT), arguments=a_statement),
    "consent:record": Row(only(REVIEWS_CONSENT, Role.PRIVACY_OFFICER), arguments=a_statement),
    "consent:receipt": Row(only(REVIEWS_CONSENT, Role.PRIVACY_OFFICER), arguments=a_statement),
    "consent:withdrawals": Row(only(REVIEWS_CONSENT)),
    "consent:withdraw": Row(only(REVIEWS_CONSENT), arguments=a_statement),
    "consent:certificate": Row(only(REVIEWS_CONSENT), arguments=a_withdrawn_statement),
    "consent:approve": Row(only(REVIEWS_CONSENT, status=302), method="post", arguments=a_statement, content=reviewed.APPROVAL),
    "consent:document": Row(only(REVIEWS_CONSENT), arguments=reviewed.a_document),
    "consent:later": Row(only(REVIEWS_CONSENT, status=302), arguments=a_statement),
    "consent:ask-back": Row(
        only(REVIEWS_CONSENT, status=302), method="post", arguments=a_statement, content={"question": "day-unclear"}
    ),
    "consent:reject": Row(
        only(REVIEWS_CONSENT, status=302), method="post", arguments=a_statement, content={"reason": "unreadable"}
    ),
}

LINKS = {
    "intake:retention": Row(only(Role.PRIVACY_OFFICER)),
    "intake:duties": Row(only(Role.PRIVACY_OFFICER)),
    "intake:duty-tell": Row(only(Role.PRIVACY_OFFICER, status=302), method="post", arguments=a_duty),
    "intake:letters": Row(only(*REVIEWS_LINKS)),
    "intake:letter-settle": Row(
        only(*REVIEWS_LINKS, status=302), method="post", arguments=a_letter, content={"finding": "never-reported"}
    ),
    "intake:review-queue": Row(only(*REVIEWS_LINKS)),
    "intake:review-pair": Row(only(*REVIEWS_LINKS), arguments=a_pair),
    "intake:review-quality": Row(only(*READS_QUALITY)),
    "intake:review-links": Row(only(Role.LINKAGE_SUPERVISOR)),
    "intake:review-person": Row(only(*REVIEWS_LINKS), arguments=linked.a_person),
    "intake:review-following": Row(only(*REVIEWS_LINKS, status=302), arguments=a_pair),
    "intake:review-unlock": Row(ANSWERS, method="post", arguments=a_pair, content={"motive": "pair-details"}),
    "intake:review-decide": Row(ANSWERS, method="post", arguments=a_pair, content={"verdict": "same:details"}),
    "intake:review-undo": Row(ANSWERS, method="post", arguments=a_decided_pair),
    "intake:review-contest": Row(ANSWERS, method="post", arguments=a_decided_pair),
}

OFFICER = Role.PRIVACY_OFFICER

# An unlock is its owner's: another reviewer finds nothing under it.
UNLOCKS = {
    "intake:unlock": Row(only(OFFICER)),
    "intake:unlock-grant": Row(only(OFFICER, Role.RELEASE_APPROVER, status=302), method="post", arguments=unlocked.a_request),
    "intake:unlock-identity": Row(only(OFFICER), arguments=lambda: {"granted": unlocked.granted()}),
    "intake:unlock-file": Row(only(OFFICER), arguments=unlocked.a_granted_file),
    "intake:unlock-review": Row(only(REVIEWS_CONSENT), arguments=lambda: {"contribution": unlocked.held()}),
    "intake:unlock-review-file": Row(only(REVIEWS_CONSENT), arguments=unlocked.a_file_for_review),
}

REPORTS = only(Role.REPORTER, Role.BATCH_SUBMITTER)
# A draft is its owner's: a colleague who may report as well does not find it.
DRAFTS = {**only(Role.REPORTER), Role.BATCH_SUBMITTER.value: 404}
DRAFTS_AND_RETURNS = {**only(Role.REPORTER, status=302), Role.BATCH_SUBMITTER.value: 404}
UPLOADS = only(Role.BATCH_SUBMITTER)
# The report is the police's: for another reporter there is no such report.
OF_THE_POLICE = {**only(Role.BATCH_SUBMITTER), Role.REPORTER.value: 404}
UPLOADS_AND_RETURNS = only(Role.BATCH_SUBMITTER, status=302)

INTAKE = {
    "intake:own-reports": Row(REPORTS),
    "intake:notification-new": Row(REPORTS),
    "intake:draft": Row(DRAFTS, arguments=drafted.a_draft),
    "intake:draft-check": Row(DRAFTS, arguments=drafted.a_draft),
    "intake:draft-delete": Row(DRAFTS, arguments=drafted.a_draft),
    "intake:draft-person-add": Row(DRAFTS_AND_RETURNS, method="post", arguments=drafted.a_draft),
    "intake:draft-person-remove": Row(DRAFTS, arguments=drafted.a_person),
    "intake:draft-file-remove": Row(DRAFTS_AND_RETURNS, method="post", arguments=drafted.a_file),
    "intake:draft-section": Row(DRAFTS, arguments=drafted.a_section),
    "intake:draft-section-save": Row({**DRAFTS, VISITOR: 401}, method="post", arguments=drafted.a_section),
    "intake:receipt": Row(REPORTS, arguments=lambda: {"reference": "signal"}),
    "intake:slips": Row({**only(Role.REPORTER, Role.BATCH_SUBMITTER, status=404)}, arguments=reported.a_report),
    "intake:report": Row(OF_THE_POLICE, arguments=reported.a_report),
    "intake:report-correct": Row(OF_THE_POLICE, arguments=reported.a_report),
    "intake:report-correct-codes": Row(OF_THE_POLICE, arguments=reported.a_report),
    "intake:report-correct-person": Row(OF_THE_POLICE, arguments=reported.a_report),
    "intake:report-supplement": Row(OF_THE_POLICE, arguments=reported.a_report),
    # Nobody turns sixteen in this one: the page leads back to the report.
    "intake:report-confirm": Row(
        {**only(Role.BATCH_SUBMITTER, status=302), Role.REPORTER.value: 404}, arguments=reported.a_report
    ),
    "intake:report-reply": Row(
        {**only(Role.BATCH_SUBMITTER, status=302), Role.REPORTER.value: 404}, method="post", arguments=reported.a_report
    ),
    "intake:report-withdraw": Row(OF_THE_POLICE, arguments=reported.a_report),
    "intake:batches": Row(UPLOADS),
    "intake:batch-new": Row(UPLOADS),
    "intake:batch-template": Row(UPLOADS),
    "intake:batch-columns": Row(UPLOADS),
    "intake:batch": Row(UPLOADS, arguments=uploaded.a_batch),
    "intake:batch-progress": Row(UPLOADS, arguments=uploaded.a_batch),
    "intake:batch-errors": Row(UPLOADS, arguments=uploaded.a_batch),
    "intake:batch-report": Row(UPLOADS, arguments=uploaded.a_batch),
    "intake:batch-template-workbook": Row(UPLOADS),
    "intake:batch-pause": Row(UPLOADS_AND_RETURNS, method="post", arguments=uploaded.a_batch),
    "intake:batch-resume": Row(UPLOADS_AND_RETURNS, method="post", arguments=uploaded.a_batch),
    "intake:batch-confirm": Row(UPLOADS_AND_RETURNS, method="post", arguments=uploaded.a_batch),
    "intake:batch-cancel": Row(UPLOADS_AND_RETURNS, method="post", arguments=uploaded.a_batch),
}

CALLS = only(Role.CARE_COORDINATOR)
CALLS_AND_RETURNS = only(Role.CARE_COORDINATOR, status=302)

CALLBACKS = {
    "intake:callbacks": Row(CALLS),
    "intake:callback": Row(CALLS, arguments=a_taken_callback),
    "intake:callback-take": Row(CALLS_AND_RETURNS, method="post", arguments=a_callback, content={"reason": "language"}),
    "intake:callback-back": Row(CALLS_AND_RETURNS, method="post", arguments=a_taken_callback),
    "intake:callback-done": Row(CALLS_AND_RETURNS, method="post", arguments=a_taken_callback, content={"result": "reached"}),
}

# Open to everybody, and the same for everybody: who is signed in is nobody here.
WITHOUT_ACCOUNT = {
    "intake:without-account": Row(all_visitors(200)),
    "intake:public-signal": Row(all_visitors(200)),
    "intake:public-stop": Row(all_visitors(200)),
    "intake:public-callback": Row(all_visitors(200)),
    "intake:public-callback-asked": Row(all_visitors(200)),
    "intake:public-link": Row(all_visitors(200), arguments=private_persons),
    "intake:public-link-sent": Row(all_visitors(200)),
    "intake:public-link-open": Row(all_visitors(200), arguments=a_link),
    "intake:public-link-leave": Row(all_visitors(302), method="post"),
    "demonstration-mail": Row(all_visitors(404)),
}

# The interface takes tokens of organisations alone, but for what is open to everybody: a session opens nothing there.
INTERFACE = {
    "oauth-token": Row(all_visitors(400), method="post"),
    "intake:api-document": Row(all_visitors(200)),
    "intake:api-code-lists": Row(all_visitors(200)),
    "intake:api-code-list": Row(all_visitors(200), arguments=lambda: {"naam": "sexes"}),
    "intake:api-notifications": Row(all_visitors(401), method="post"),
    "intake:api-notification": Row(all_visitors(401), arguments=lambda: {"kenmerk": "signal"}),
    "intake:api-search": Row(all_visitors(401), method="post"),
    "intake:api-supplements": Row(all_visitors(401), method="post", arguments=lambda: {"kenmerk": "signal"}),
    "intake:api-withdrawals": Row(all_visitors(401), method="post", arguments=lambda: {"kenmerk": "signal"}),
    "intake:api-batches": Row(all_visitors(401), method="post"),
    "intake:api-batch": Row(all_visitors(401), arguments=a_delivered_file),
    "intake:api-batch-rows": Row(all_visitors(401), arguments=a_delivered_file),
    "intake:api-error-report": Row(all_visitors(401), arguments=a_delivered_file),
    "intake:api-template": Row(all_visitors(200)),
    "intake:api-confirmations": Row(all_visitors(401), method="post", arguments=a_delivered_file),
    "intake:api-cancellations": Row(all_visitors(401), method="post", arguments=a_delivered_file),
    "intake:api-pauses": Row(all_visitors(401), method="post", arguments=a_delivered_file),
    "intake:api-resumptions": Row(all_visitors(401), method="post", arguments=a_delivered_file),
    "intake:api-emm-deliveries": Row(all_visitors(401), method="post"),
    "intake:api-emm-delivery": Row(all_visitors(401), arguments=a_delivery),
    "intake:api-om-deliveries": Row(all_visitors(401), method="post"),
    "intake:api-om-delivery": Row(all_visitors(401), arguments=a_delivery),
}

SEES_EXACT = only(Role.CONSENT_ADMINISTRATOR, Role.ANALYST, Role.PRIVACY_OFFICER, Role.SYSTEM_ADMINISTRATOR, others=302)

# Who may not see exact figures is sent to the published editions.
FIGURES = {
    "reports:dashboard": Row(SEES_EXACT),
    "reports:figure": Row(SEES_EXACT, arguments=lambda: {"identifier": "2.7"}),
    "reports:figure-file": Row(SEES_EXACT, arguments=lambda: {"identifier": "2.7", "name": "figure.csv"}),
    **edition_access.ROWS,
}

TABLE: dict[str, Row] = {
    **INTAKE,
    **CALLBACKS,
    **WITHOUT_ACCOUNT,
    **INTERFACE,
    **CONSENT,
    **consent_access.ROWS,
    **LINKS,
    **rights_access.ROWS,
    **UNLOCKS,
    **FIGURES,
    **reports_access.ROWS,
    **SITE,
    **ACCOUNTS,
    **SYSTEMS,
    **SIGN_IN,
}
