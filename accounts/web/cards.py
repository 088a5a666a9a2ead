"""What the start page offers, as data: a card for each page that the actor's permissions open and that this process serves."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import has
from accounts.roles import Permission
from safeguards.actors import Actor


@dataclass(frozen=True)
class Card:
    permission: Permission
    page: str
    title: str | Promise
    text: str | Promise
    # Its name in the menu; without one it is a card only.
    menu: str | Promise = ""


@dataclass(frozen=True)
class Offer:
    url: str
    title: str | Promise
    text: str | Promise
    menu: str | Promise


P = Permission

CARDS = (
    Card(P.SUBMIT_NOTIFICATION, "intake:notification-new", _("Make a report"), _("One report, step by step."), _("New report")),
    Card(
        Permission.SUBMIT_BATCH,
        "intake:batch-new",
        _("Upload a batch"),
        _("Many reports in one file, checked before they are stored."),
    ),
    Card(P.SUBMIT_BATCH, "intake:batches", _("Batches"), _("What was uploaded, and how far each batch is."), _("Batches")),
    Card(
        Permission.READ_OWN_REPORTS,
        "intake:own-reports",
        _("Reports of my organisation"),
        _("Find a report by your own reference."),
        _("Reports"),
    ),
    Card(
        Permission.ANSWER_CALLBACKS,
        "intake:callbacks",
        _("Call people back"),
        _("People without an account who asked a care coordinator to call."),
        _("Call back"),
    ),
    Card(
        Permission.MANAGE_OWN_SYSTEMS,
        "systems:own",
        _("Our systems"),
        _("Keys and tokens of your organisation's systems, and what they are told."),
        _("Systems"),
    ),
    Card(P.REVIEW_CONSENT, "consent:queue", _("Review consent"), _("Statements that wait for a decision."), _("Consent")),
    Card(
        Permission.REVIEW_CONSENT,
        "consent:withdrawals",
        _("Withdraw consent"),
        _("For who tells you that they no longer agree, by the code of the receipt."),
    ),
    Card(
        Permission.REVIEW_LINKAGE,
        "intake:review-queue",
        _("Review links"),
        _("Pairs of reports that may be about one person."),
        _("Links"),
    ),
    Card(
        P.READ_LINKAGE_QUALITY,
        "intake:review-quality",
        _("Quality of linkage"),
        _("How often linkage is right, and how much it misses, estimated from a sample."),
        _("Linkage"),
    ),
    Card(
        Permission.REVIEW_LINKAGE,
        "reports:differences",
        _("Differences"),
        _("Reports about one person that say different things."),
        _("Differences"),
    ),
    Card(
        Permission.REVIEW_LINKAGE,
        "intake:letters",
        _("OM letters"),
        _("Letters about persons whom no police unit reported."),
        _("OM letters"),
    ),
    Card(P.READ_EXACT_FIGURES, "reports:dashboard", _("Figures"), _("Exact counts, for internal use."), _("Figures")),
    Card(P.READ_EDITIONS, "reports:editions", _("Published figures"), _("The newest published edition."), _("Published")),
    Card(
        P.READ_EDITIONS,
        "reports:offenders",
        _("The offender chain"),
        _("What others published about offenders, and about residence."),
    ),
    Card(
        P.DELIVER_AGGREGATES,
        "reports:aggregates-new",
        _("Upload numbers of another source"),
        _("Checked as a whole; a second person accepts them."),
    ),
    Card(
        P.APPROVE_RELEASE,
        "reports:aggregates",
        _("Numbers of other sources"),
        _("What was uploaded and waits for a second person."),
    ),
    Card(
        P.DELIVER_FIGURES,
        "reports:deliveries",
        _("Yearly delivery"),
        _("All figures of an edition for the National Rapporteur, as a workbook and as JSON."),
    ),
    Card(
        P.ESTIMATE_POPULATION,
        "reports:estimates",
        _("The hidden population"),
        _("How many were on no list, from the overlap of lists; refused where the lists do not carry it."),
    ),
    Card(P.REQUEST_EXTRACT, "reports:extracts", _("Extracts"), _("Ask for data for research."), _("Extracts")),
    Card(P.APPROVE_RELEASE, "reports:releases", _("Releases"), _("What waits for approval before it leaves."), _("Releases")),
    Card(
        P.READ_RELEASES,
        "reports:ledger",
        _("Ledger of releases"),
        _("What ever left the register, for whom and why, and what was refused."),
        _("Ledger"),
    ),
    Card(P.UNLOCK_IDENTITY, "intake:unlock", _("Unlock an identity"), _("With a reason; every look is recorded."), _("Unlock")),
    Card(P.HANDLE_RIGHTS, "intake:rights", _("Requests of persons"), _("What people ask about their own data."), _("Requests")),
    Card(
        P.GRANT_UNLOCK,
        "intake:grants",
        _("Second person"),
        _("Looks, searches and removals that wait for your leave."),
        _("Second person"),
    ),
    Card(
        P.HANDLE_RIGHTS,
        "intake:retention",
        _("Retention"),
        _("How long what is kept, and what would go tonight."),
        _("Retention"),
    ),
    Card(
        P.HANDLE_RIGHTS,
        "intake:duties",
        _("Recipients to tell"),
        _("Extracts from which something was withdrawn."),
        _("Recipients"),
    ),
    Card(P.READ_AUDIT, "trail:read", _("Audit trail"), _("Who did what, and when."), _("Audit trail")),
    Card(P.MANAGE_ORGANISATIONS, "accounts:members", _("Users"), _("Invite users and change their roles."), _("Users")),
    Card(
        Permission.MANAGE_ORGANISATIONS,
        "accounts:organisations",
        _("Organisations"),
        _("Organisations and their systems."),
        _("Organisations"),
    ),
)


def offers(actor: Actor) -> tuple[Offer, ...]:
    allowed = ((card, address(card.page)) for card in CARDS if has(actor, card.permission))
    return tuple(Offer(url, card.title, card.text, card.menu) for card, url in allowed if url)


def address(page: str) -> str:
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""
