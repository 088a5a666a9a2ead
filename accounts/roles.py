"""Permissions and the one table from role to permissions. What is not in the table is not allowed."""

from enum import StrEnum


class Permission(StrEnum):
    SUBMIT_NOTIFICATION = "submit-notification"
    SUBMIT_BATCH = "submit-batch"
    READ_OWN_REPORTS = "read-own-reports"
    DELIVER_FEED = "deliver-feed"
    REVIEW_CONSENT = "review-consent"
    EXPORT_CONSENT = "export-consent"
    REVIEW_LINKAGE = "review-linkage"
    SETTLE_LINKAGE = "settle-linkage"
    READ_LINKAGE_QUALITY = "read-linkage-quality"
    UNLOCK_FOR_REVIEW = "unlock-for-review"
    UNLOCK_IDENTITY = "unlock-identity"
    GRANT_UNLOCK = "grant-unlock"
    HANDLE_RIGHTS = "handle-rights"
    READ_EXACT_FIGURES = "read-exact-figures"
    READ_EDITIONS = "read-editions"
    FREEZE_EDITION = "freeze-edition"
    REQUEST_EXTRACT = "request-extract"
    APPROVE_RELEASE = "approve-release"
    READ_RELEASES = "read-releases"
    DELIVER_AGGREGATES = "deliver-aggregates"
    DELIVER_FIGURES = "deliver-figures"
    ESTIMATE_POPULATION = "estimate-population"
    READ_AUDIT = "read-audit"
    ANSWER_CALLBACKS = "answer-callbacks"
    MANAGE_ORGANISATIONS = "manage-organisations"
    MANAGE_OWN_SYSTEMS = "manage-own-systems"
    RUN_BACKGROUND_WORK = "run-background-work"


class Role(StrEnum):
    REPORTER = "reporter"
    BATCH_SUBMITTER = "batch-submitter"
    SYSTEMS_KEEPER = "systems-keeper"
    CARE_COORDINATOR = "care-coordinator"
    PRIVATE_PERSON = "private-person"
    CONSENT_ADMINISTRATOR = "consent-administrator"
    LINKAGE_REVIEWER = "linkage-reviewer"
    LINKAGE_SUPERVISOR = "linkage-supervisor"
    ANALYST = "analyst"
    RELEASE_APPROVER = "release-approver"
    PRIVACY_OFFICER = "privacy-officer"
    SYSTEM_ADMINISTRATOR = "system-administrator"
    FEED = "feed"
    SYSTEM = "system"


P = Permission

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.REPORTER: frozenset({P.SUBMIT_NOTIFICATION, P.READ_OWN_REPORTS, P.READ_EDITIONS}),
    Role.BATCH_SUBMITTER: frozenset({P.SUBMIT_NOTIFICATION, P.SUBMIT_BATCH, P.READ_OWN_REPORTS, P.READ_EDITIONS}),
    Role.SYSTEMS_KEEPER: frozenset({P.MANAGE_OWN_SYSTEMS, P.READ_EDITIONS}),
    # Besides reporter: opens the name and number of somebody who asked to be called.
    Role.CARE_COORDINATOR: frozenset({P.ANSWER_CALLBACKS, P.READ_EDITIONS}),
    # Nobody's membership: what a verified link lets its visitor do, and no more.
    Role.PRIVATE_PERSON: frozenset({P.SUBMIT_NOTIFICATION}),
    Role.CONSENT_ADMINISTRATOR: frozenset(
        {P.REVIEW_CONSENT, P.EXPORT_CONSENT, P.UNLOCK_FOR_REVIEW, P.READ_EXACT_FIGURES, P.READ_EDITIONS}
    ),
    Role.LINKAGE_REVIEWER: frozenset({P.REVIEW_LINKAGE, P.UNLOCK_FOR_REVIEW, P.READ_EDITIONS}),
    # A reviewer who also settles what two readers disagree on, if neither of them.
    Role.LINKAGE_SUPERVISOR: frozenset(
        {P.REVIEW_LINKAGE, P.SETTLE_LINKAGE, P.READ_LINKAGE_QUALITY, P.UNLOCK_FOR_REVIEW, P.READ_EDITIONS}
    ),
    Role.ANALYST: frozenset(
        {
            P.READ_EXACT_FIGURES,
            P.READ_LINKAGE_QUALITY,
            P.READ_EDITIONS,
            P.REQUEST_EXTRACT,
            P.DELIVER_AGGREGATES,
            P.DELIVER_FIGURES,
            P.ESTIMATE_POPULATION,
        }
    ),
    # The second person of an edition: publishes what somebody else froze.
    # The second person of an unlock is one of these two; nobody grants their own (docs/adr/rights-of-persons.md).
    Role.RELEASE_APPROVER: frozenset({P.APPROVE_RELEASE, P.READ_RELEASES, P.GRANT_UNLOCK, P.READ_EDITIONS, P.DELIVER_FIGURES}),
    Role.PRIVACY_OFFICER: frozenset(
        {
            P.HANDLE_RIGHTS,
            P.EXPORT_CONSENT,
            P.UNLOCK_IDENTITY,
            P.GRANT_UNLOCK,
            P.READ_AUDIT,
            P.READ_RELEASES,
            P.READ_EXACT_FIGURES,
            P.READ_EDITIONS,
        }
    ),
    Role.SYSTEM_ADMINISTRATOR: frozenset(
        {
            P.MANAGE_ORGANISATIONS,
            P.READ_EXACT_FIGURES,
            P.READ_LINKAGE_QUALITY,
            P.READ_EDITIONS,
            P.FREEZE_EDITION,
            P.READ_RELEASES,
            P.DELIVER_FIGURES,
            P.ESTIMATE_POPULATION,
        }
    ),
    Role.FEED: frozenset({P.DELIVER_FEED}),
    Role.SYSTEM: frozenset({P.RUN_BACKGROUND_WORK, P.READ_EXACT_FIGURES}),
}

# Whoever can unlock, release, let a system in, or see what others may not, needs a second factor at sign-in.
ROLES_WITH_SECOND_FACTOR = frozenset(
    role for role in Role if role not in (Role.REPORTER, Role.BATCH_SUBMITTER, Role.PRIVATE_PERSON, Role.FEED, Role.SYSTEM)
)

SENDING_ROLES = frozenset({Role.REPORTER, Role.BATCH_SUBMITTER})
REPORTING_ROLES = SENDING_ROLES | {Role.SYSTEMS_KEEPER, Role.CARE_COORDINATOR}
REGISTRY_ROLES = frozenset(Role) - REPORTING_ROLES - {Role.PRIVATE_PERSON, Role.FEED, Role.SYSTEM}


def roles_of_users(*, reports: bool, feeds: bool, care: bool = False) -> frozenset[Role]:
    """Whoever reports never sees what the registry knows, so the two kinds of roles never meet in one organisation or user."""
    if feeds:
        return frozenset()
    if not reports:
        return REGISTRY_ROLES
    return REPORTING_ROLES if care else REPORTING_ROLES - {Role.CARE_COORDINATOR}


def roles_of_systems(*, reports: bool, feeds: bool) -> frozenset[Role]:
    """The roles that an organisation's own systems may have by a token."""
    if feeds:
        return frozenset({Role.FEED})
    return SENDING_ROLES if reports else frozenset()
