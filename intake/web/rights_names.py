"""The codes of cases of the rights of a person in words. Stored and compared are the codes."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.labels import ROLES
from accounts.reporters import Purpose
from accounts.roles import Role
from intake import events
from intake.models.rights import RightsCase, SearchHit
from intake.rights.copies import FOR_REVIEW
from intake.rights.grounds import Extension, Ground, Identified, Motive, Outcome, Right, Told
from intake.rights.searches import State as SearchState
from intake.rights.workflow import State, Step
from intake.unlock import Motive as Why
from intake.web.unlocks import MOTIVES as WHYS

Names = Mapping[str, str | Promise]

RIGHTS: Names = {
    Right.ACCESS: _("Access: see what is kept"),
    Right.RECTIFICATION: _("Rectification: put right what is wrong"),
    Right.ERASURE: _("Erasure: have it removed"),
    Right.RESTRICTION: _("Restriction: keep it and do not use it"),
    Right.OBJECTION: _("Objection: stop using it"),
}
REQUESTERS: Names = {
    RightsCase.Requester.PERSON: _("The person"),
    RightsCase.Requester.REPRESENTATIVE: _("A parent, guardian or other representative"),
    RightsCase.Requester.LAWYER: _("A lawyer"),
}
IDENTIFIED: Names = {
    Identified.DOCUMENT_SEEN: _("A document was seen; no copy is kept"),
    Identified.KNOWN_TO_CARE: _("A care coordinator knows the person"),
    Identified.AUTHORISED: _("The authority to speak for the person was seen"),
    Identified.RECEIPT_CODE: _("The person has the receipt with its code"),
}
EXTENSIONS: Names = {
    Extension.COMPLEX: _("The request is complex"),
    Extension.MANY: _("There are many requests"),
}
TOLD: Names = {
    Told.IN_PERSON: _("In person"),
    Told.BY_CARE: _("Through the care coordinator"),
    Told.BY_LAWYER: _("Through the lawyer"),
    Told.BY_POST: _("By post, to a safe address"),
}
MOTIVES: Names = {
    Motive.REQUEST: _("The person asked for something that the law gives a right to"),
    Motive.SUPERVISOR: _("The supervisor or a court asks for it"),
}
STATES: Names = {
    State.OPEN: _("being handled"),
    State.DECIDED: _("decided, the person is not told yet"),
    State.CLOSED: _("answered"),
}
OUTCOMES: Names = {
    Outcome.GRANTED: _("Granted"),
    Outcome.REFUSED: _("Refused"),
    Outcome.NOTHING_FOUND: _("Nothing is kept about the person"),
    Outcome.TAKEN_BACK: _("The person took the request back"),
}
GROUNDS: Names = {
    Ground.NOT_IDENTIFIED: _("It is not clear who asks"),
    Ground.UNFOUNDED: _("Clearly unfounded or excessive"),
    Ground.OTHERS: _("It would harm the rights of others"),
    Ground.INVESTIGATION: _("Needed for an investigation or for somebody's safety"),
    Ground.CORRECT: _("The data are correct"),
    Ground.PUBLIC_TASK: _("Needed for the task that the law gives"),
    Ground.LEGAL_CLAIMS: _("Needed for a legal claim"),
    Ground.COMPELLING: _("Compelling grounds outweigh the objection"),
    Ground.NO_GROUND: _("None of the grounds of the law applies"),
    Ground.ACCURACY: _("The person says that the data are wrong"),
    Ground.UNLAWFUL: _("The use is unlawful, and the person does not want erasure"),
    Ground.CLAIMS_OF_PERSON: _("The person needs the data for a legal claim"),
    Ground.OBJECTION: _("An objection waits for its decision"),
}
STEPS: Names = {
    Step.RECEIVED: _("Received"),
    Step.IDENTIFIED: _("Established who asks"),
    Step.EXTENDED: _("Term extended"),
    Step.SEARCH_ASKED: _("Search asked for"),
    Step.SEARCH_GRANTED: _("Search granted"),
    Step.SEARCH_REFUSED: _("Search refused"),
    Step.SEARCH_DONE: _("Search done; found"),
    Step.REMOVAL_ASKED: _("Second person asked to agree with the removal; reports"),
    Step.REMOVAL_GRANTED: _("Second person agreed with the removal; reports"),
    Step.REMOVAL_REFUSED: _("Second person did not agree with the removal"),
    Step.REPORTS_ADDED: _("Reports added"),
    Step.REPORT_LEFT_OUT: _("Report left out"),
    Step.COPY_SHOWN: _("Copy made; reports in it"),
    Step.RECTIFIED: _("Put right"),
    Step.DECIDED: _("Decided"),
    Step.RESTRICTED: _("Reports restricted"),
    Step.LIFTED: _("Restriction ended"),
    Step.ERASED: _("Reports removed"),
    Step.CLOSED: _("The person was told"),
}
SEARCHES: Names = {
    SearchState.ASKED: _("waits for a second person"),
    SearchState.GRANTED: _("is running"),
    SearchState.DONE: _("done"),
    SearchState.REFUSED: _("refused"),
    SearchState.EXPIRED: _("its time is over"),
}
LIKENESS: Names = {
    SearchHit.Likeness.SURE: _("nearly certain"),
    SearchHit.Likeness.LIKELY: _("possible: compare"),
    SearchHit.Likeness.LINKED: _("linked with a report that is nearly certain"),
}
PROBLEMS: Names = {
    "received-when": _("The request came in today or earlier, and less than a year ago."),
    "not-open": _("This case is decided. Open a new case for a new request."),
    "not-identified": _("First establish who asks."),
    "extended-before": _("The term was extended before. That is possible once."),
    "too-late-to-extend": _("The term is over, so it cannot be extended any more. Answer now."),
    "unknown-reference": _("There is no report with this reference."),
    "unknown-report": _("This report is not part of the case."),
    "no-reports": _("First add the reports that the request is about."),
    "has-reports": _("The case has reports, so something was found."),
    "not-looked-for": _("First look for the person."),
    "no-ground": _("Choose the ground of the decision."),
    "ground-does-not-fit": _("This ground does not fit this request and this decision."),
    "not-decided": _("First decide."),
    "other-right": _("This case is about another right."),
    "nothing-restricted": _("Nothing is restricted by this case."),
    "too-little": _("Fill in two names, a name with a year of birth, or a number. With less nobody can be found."),
    "search-waits": _("A search of this case waits already."),
    "nothing-chosen": _("Choose at least one report."),
    "second-person": _("A second person has to agree with the removal first. Ask for that."),
    "own-removal": _("You are the second person here. Somebody else has to record the decision."),
    "removal-asked": _("A second person was asked already."),
    "not-opened": _("First open the identity of each report; a second person grants that."),
}
REASONS: Names = {
    **REQUESTERS,
    **IDENTIFIED,
    **EXTENSIONS,
    **TOLD,
    **MOTIVES,
    **OUTCOMES,
    **GROUNDS,
    "person": _("the person"),
    "circumstances": _("the circumstances"),
}
ACTIONS: Names = {
    events.NOTIFICATION_ACCEPTED: _("Report stored"),
    events.NOTIFICATION_HELD: _("Report waits for consent"),
    events.NOTIFICATION_REPEATED: _("Report sent again, unchanged"),
    events.NOTIFICATION_CORRECTED: _("Report corrected"),
    events.NOTIFICATION_SUPPLEMENTED: _("Report added to"),
    events.NOTIFICATION_RECTIFIED: _("Report put right at your request"),
    events.NOTIFICATION_WITHDRAWN: _("Report withdrawn"),
    events.FEED_RECORD_STORED: _("Record of a feed stored"),
    events.FEED_RECORD_REPLACED: _("Record of a feed replaced"),
    events.OUTCOME_RELEASED: _("Consent approved"),
    events.UNLOCK_OPENED: _("Identity opened for a review"),
    events.UNLOCK_ASKED: _("Asked to look at the identity"),
    events.UNLOCK_GRANTED: _("Second person let somebody look"),
    events.UNLOCK_ENDED: _("Leave to look ended"),
    events.IDENTITY_SHOWN: _("Identity looked at"),
    events.ATTACHMENTS_SHOWN: _("Files looked at"),
    events.LINKAGE_SET_ASIDE: _("Restricted"),
    events.LINKAGE_BROUGHT_BACK: _("Restriction ended"),
    events.LINKAGE_UNREADABLE: _("Could not be read by the linking"),
    events.LETTER_SETTLED: _("Letter settled"),
}
WHY: Names = {**MOTIVES, **{why.value: WHYS[why] for why in Why}, FOR_REVIEW: _("To review the consent")}
PURPOSES: Names = {
    Purpose.REGISTRATION: _("Registration"),
    Purpose.HELP: _("To arrange help"),
    Purpose.RESEARCH_EXTRACT: _("Data for research"),
    Purpose.STATISTICS_NETHERLANDS: _("Data for Statistics Netherlands"),
}


# Word by word, the longer one first: the table cites the Dutch text of the law.
IN_ENGLISH = (
    ("UAVG", "GDPR Implementation Act"),
    ("AVG", "GDPR"),
    (" lid ", " paragraph "),
    (" onder ", " point "),
    (" en ", " and "),
)


def citation(dutch: str) -> str:
    """As the law is cited in the language of the page."""
    if get_language() == "nl":
        return dutch
    for word, english in IN_ENGLISH:
        dutch = dutch.replace(word, english)
    return dutch


def name(code: str, names: Names) -> str | Promise:
    """The code itself where somebody made a new one and gave it no name."""
    return names.get(code, code)


def role(codes: str) -> str:
    """Of an entry of the trail: one or more roles, or a process of the system."""
    known = {role.value: str(ROLES[role]) for role in Role}
    return ", ".join(known.get(code, code) for code in codes.split(",") if code)
