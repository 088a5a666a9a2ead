"""The closed answers that a statement of consent consists of, with their names for people. It checks and stores nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Answer(StrEnum):
    """What came of asking. 'Not asked' and 'refused' are kept apart; only 'given' opens a statement."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not-asked"
    IMPOSSIBLE = "impossible"


# Of purposes other than registration one says no more than this.
PURPOSE_ANSWERS = (Answer.GIVEN, Answer.REFUSED, Answer.NOT_ASKED)


class NoConsentReason(StrEnum):
    """Why the person was not asked, or could not be."""

    OUT_OF_SIGHT = "out-of-sight"
    UNSAFE_TO_ASK = "unsafe-to-ask"
    NO_COMMON_LANGUAGE = "no-common-language"
    CONFLICT_OF_INTEREST = "conflict-of-interest"
    OTHER = "other"


class Capacity(StrEnum):
    """What the reporter judges about the person on the day of signing; an unknown age is no hurdle."""

    SIXTEEN_OR_OLDER = "sixteen-or-older"
    UNDER_SIXTEEN = "under-sixteen"
    CANNOT_BE_JUDGED = "cannot-be-judged"
    ADULT_REPRESENTED = "adult-represented"


class Judgement(StrEnum):
    """What that judgement rests on."""

    DOCUMENT = "document"
    OWN_WORD = "own-word"
    APPEARANCE = "appearance"
    PROFESSIONAL = "professional"


class Signer(StrEnum):
    PERSON = "person"
    PARENT = "parent"
    GUARDIAN = "guardian"
    CERTIFIED_INSTITUTION = "certified-institution"
    NIDOS = "nidos"
    CURATOR = "curator"
    MENTOR = "mentor"


class Proof(StrEnum):
    """How a curator or mentor proved the authority to sign."""

    COURT_DECISION = "court-decision"
    REGISTER_EXTRACT = "register-extract"


class Method(StrEnum):
    WRITTEN = "written"
    ELECTRONIC = "electronic"
    ORAL = "oral"


class Independence(StrEnum):
    """What the reporter declares of a representative; only the first may sign."""

    INDEPENDENT = "independent"
    SUSPECT = "suspect"
    CONFLICT_OF_INTEREST = "conflict-of-interest"


class PersonsView(StrEnum):
    """What a person from 12 on, for whom somebody else signs, thinks of it; asked, and not decisive."""

    AGREES = "agrees"
    OBJECTS = "objects"
    NO_VIEW = "no-view"
    NOT_HEARD = "not-heard"


class Interpreter(StrEnum):
    """How the text came across. A suspect or somebody from the network never interprets."""

    NOT_NEEDED = "not-needed"
    PROFESSIONAL = "professional"
    BY_TELEPHONE = "by-telephone"
    STAFF = "staff"
    ACQUAINTANCE = "acquaintance"


class Witness(StrEnum):
    """Who else heard that consent was given orally."""

    COLLEAGUE = "colleague"
    INTERPRETER = "interpreter"
    CONFIDANT = "confidant"
    OTHER_PROFESSIONAL = "other-professional"


class QuestionReason(StrEnum):
    """What a reviewer asks the reporter before deciding."""

    SCAN_UNREADABLE = "scan-unreadable"
    SCAN_MISSING = "scan-missing"
    SIGNATURE_MISSING = "signature-missing"
    PROOF_MISSING = "proof-missing"
    SIGNER_UNCLEAR = "signer-unclear"
    DAY_UNCLEAR = "day-unclear"
    INTERPRETER_UNCLEAR = "interpreter-unclear"


class Reply(StrEnum):
    """What a reporter says to a reviewer's question without changing the statement."""

    AS_IT_STANDS = "as-it-stands"
    PERSON_ASKED = "person-asked"
    SENT_OTHERWISE = "sent-otherwise"


class InvalidationReason(StrEnum):
    """Why an approved statement turned out never to have been good."""

    NOT_FREELY_GIVEN = "not-freely-given"
    WRONG_SIGNER = "wrong-signer"
    REPRESENTATIVE_NOT_INDEPENDENT = "representative-not-independent"
    FORGED = "forged"


class RejectionReason(StrEnum):
    NOT_SIGNED = "not-signed"
    WRONG_SIGNER = "wrong-signer"
    WRONG_NOTICE = "wrong-notice"
    PROOF_MISSING = "proof-missing"
    UNREADABLE = "unreadable"
    NOT_FREELY_GIVEN = "not-freely-given"
    OTHER = "other"


class WithoutSheet(StrEnum):
    """How a reviewer knows of a signature of which no sheet was sent along; one of these stands with the approval."""

    SEEN_ON_PAPER = "seen-on-paper"
    SEEN_ON_VISIT = "seen-on-visit"
    CONFIRMED_BY_REPORTER = "confirmed-by-reporter"


class WithdrawalReason(StrEnum):
    BY_REPORTER = "by-reporter"
    BY_PERSON = "by-person"
    AT_DESK = "at-desk"
    BY_RIGHT = "by-right"
    AT_SIXTEEN = "at-sixteen"


class Labels(Mapping[StrEnum, str | Promise]):
    """What people read for each member. Two lists may share a code, and as text their members would be the same key."""

    def __init__(self, named: Iterable[tuple[StrEnum, str | Promise]]) -> None:
        self._named = {(type(member), member.value): (member, text) for member, text in named}

    def __getitem__(self, member: StrEnum) -> str | Promise:
        return self._named[type(member), member.value][1]

    def __iter__(self) -> Iterator[StrEnum]:
        return (member for member, _text in self._named.values())

    def __len__(self) -> int:
        return len(self._named)


LABELS = Labels(
    (
        (Answer.GIVEN, _("Yes, consent was given")),
        (Answer.REFUSED, _("No, consent was refused")),
        (Answer.NOT_ASKED, _("Consent was not asked")),
        (Answer.IMPOSSIBLE, _("Consent could not be asked")),
        (NoConsentReason.OUT_OF_SIGHT, _("The person is out of sight")),
        (NoConsentReason.UNSAFE_TO_ASK, _("Asking was not safe")),
        (NoConsentReason.NO_COMMON_LANGUAGE, _("There was no common language and no interpreter")),
        (NoConsentReason.CONFLICT_OF_INTEREST, _("The representative is a suspect or has a conflict of interest")),
        (NoConsentReason.OTHER, _("Another reason")),
        (Capacity.SIXTEEN_OR_OLDER, _("Evidently 16 or older")),
        (Capacity.UNDER_SIXTEEN, _("Under 16")),
        (Capacity.CANNOT_BE_JUDGED, _("Cannot be judged")),
        (Capacity.ADULT_REPRESENTED, _("Adult with a curator or mentor")),
        (Judgement.DOCUMENT, _("A document")),
        (Judgement.OWN_WORD, _("What the person says")),
        (Judgement.APPEARANCE, _("Appearance and behaviour")),
        (Judgement.PROFESSIONAL, _("The judgement of a professional")),
        (Signer.PERSON, _("The person")),
        (Signer.PARENT, _("A parent")),
        (Signer.GUARDIAN, _("The guardian")),
        (Signer.CERTIFIED_INSTITUTION, _("A certified institution")),
        (Signer.NIDOS, _("Nidos")),
        (Signer.CURATOR, _("The curator")),
        (Signer.MENTOR, _("The mentor")),
        (Proof.COURT_DECISION, _("A decision of the court")),
        (Proof.REGISTER_EXTRACT, _("An extract from the register")),
        (Method.WRITTEN, _("On paper")),
        (Method.ELECTRONIC, _("Electronically")),
        (Method.ORAL, _("Orally, recorded by the reporter")),
        (Independence.INDEPENDENT, _("No suspect, and no conflict of interest")),
        (Independence.SUSPECT, _("The representative is a suspect")),
        (Independence.CONFLICT_OF_INTEREST, _("The representative has a conflict of interest")),
        (PersonsView.AGREES, _("Agrees")),
        (PersonsView.OBJECTS, _("Objects")),
        (PersonsView.NO_VIEW, _("Has no view")),
        (PersonsView.NOT_HEARD, _("Could not be asked")),
        (Interpreter.NOT_NEEDED, _("Not needed")),
        (Interpreter.PROFESSIONAL, _("An interpreter who was there")),
        (Interpreter.BY_TELEPHONE, _("An interpreter by telephone or video")),
        (Interpreter.STAFF, _("Somebody of the organisation who speaks the language")),
        (Interpreter.ACQUAINTANCE, _("Somebody whom the person knows and trusts")),
        (Witness.COLLEAGUE, _("A colleague")),
        (Witness.INTERPRETER, _("The interpreter")),
        (Witness.CONFIDANT, _("Somebody whom the person trusts")),
        (Witness.OTHER_PROFESSIONAL, _("Another professional")),
        (QuestionReason.SCAN_UNREADABLE, _("The scan cannot be read")),
        (QuestionReason.SCAN_MISSING, _("There is no scan of the statement")),
        (QuestionReason.SIGNATURE_MISSING, _("There is no signature on it")),
        (QuestionReason.PROOF_MISSING, _("There is no proof that the representative may sign")),
        (QuestionReason.SIGNER_UNCLEAR, _("It is not clear who signed")),
        (QuestionReason.DAY_UNCLEAR, _("The day of signing is not clear")),
        (QuestionReason.INTERPRETER_UNCLEAR, _("It is not clear how the text came across")),
        (Reply.AS_IT_STANDS, _("It is right as it stands")),
        (Reply.PERSON_ASKED, _("We asked the person again, and it is right")),
        (Reply.SENT_OTHERWISE, _("We sent what was missing in another way")),
        (InvalidationReason.NOT_FREELY_GIVEN, _("Consent was not freely given")),
        (InvalidationReason.WRONG_SIGNER, _("Somebody signed who may not")),
        (InvalidationReason.REPRESENTATIVE_NOT_INDEPENDENT, _("The representative is a suspect or has a conflict of interest")),
        (InvalidationReason.FORGED, _("The signature is not real")),
        (RejectionReason.NOT_SIGNED, _("The statement is not signed")),
        (RejectionReason.WRONG_SIGNER, _("Somebody signed who may not")),
        (RejectionReason.WRONG_NOTICE, _("It is not our text that was signed")),
        (RejectionReason.PROOF_MISSING, _("There is no proof that the representative may sign")),
        (RejectionReason.UNREADABLE, _("The statement cannot be read")),
        (RejectionReason.NOT_FREELY_GIVEN, _("There is doubt whether consent was freely given")),
        (RejectionReason.OTHER, _("Another reason")),
        (WithoutSheet.SEEN_ON_PAPER, _("I saw the signed paper: it came by post or was handed over")),
        (WithoutSheet.SEEN_ON_VISIT, _("I saw the signed paper at the reporter's")),
        (WithoutSheet.CONFIRMED_BY_REPORTER, _("The reporter confirmed to me who signed and keeps the paper")),
        (WithdrawalReason.BY_REPORTER, _("the reporter took the report back")),
        (WithdrawalReason.BY_PERSON, _("the person did it with the code of the receipt")),
        (WithdrawalReason.AT_DESK, _("the person or a representative asked for it")),
        (WithdrawalReason.BY_RIGHT, _("the report was erased because the person has a right to that")),
        (WithdrawalReason.AT_SIXTEEN, _("the person, 16 by now, did not confirm it")),
    )
)

# What stands with something that happened to a statement: why, how consent was given, or how its signature is known.
REASONS: tuple[type[StrEnum], ...] = (
    RejectionReason,
    WithdrawalReason,
    QuestionReason,
    Reply,
    InvalidationReason,
    NoConsentReason,
    Method,
    WithoutSheet,
)


def reason_name(code: str) -> str | Promise:
    """Nothing for an empty or unknown code."""
    return next((LABELS[member] for reasons in REASONS for member in reasons if member.value == code), "")


PROBLEM_SENTENCES: Mapping[str, str | Promise] = {
    "capacity-unknown": _("Say whether the person is 16 or older, under 16, or cannot be judged."),
    "signer-unknown": _("Say who signed the statement."),
    "method-unknown": _("Say how consent was given."),
    "judgement-unknown": _("Choose from the list what the judgement of the age rests on."),
    "proof-unknown": _("Choose the proof of the authority to sign from the list."),
    "notice-unknown": _("Choose the version and the language of the text that was signed."),
    "independence-unknown": _("Choose from the list what holds of the representative."),
    "view-unknown": _("Choose from the list what the person thinks of it."),
    "interpreter-unknown": _("Choose from the list whether somebody interpreted."),
    "witness-unknown": _("Choose from the list who else heard it."),
    "purpose-unknown": _("Choose from the list what was said about this."),
    "signed-on-missing": _("Enter the day of signing."),
    "signed-in-future": _("The day of signing lies in the future."),
    "signed-after-report": _("The day of signing lies after the day of the report."),
    "signed-before-birth": _("The day of signing lies before the birth."),
    "requested-after-signing": _("The day on which consent was asked lies after the day of signing."),
    "requested-before-birth": _("The day on which consent was asked lies before the birth."),
    "age-contradicts-capacity": _("The date of birth does not fit what you say about the age."),
    "person-cannot-sign": _("Under 16, or if the age cannot be judged, a representative signs."),
    "person-signs-alone": _("From 16 the person signs, not a representative."),
    "signer-not-allowed": _("This representative may not sign for this person."),
    "representative-suspect": _(
        "A suspect cannot sign for the person. Let another representative sign, or choose that consent could not be asked."
    ),
    "representative-conflict": _(
        "Somebody with a conflict of interest cannot sign for the person. "
        "Let another representative sign, or choose that consent could not be asked."
    ),
    "no-representative": _("The person signed. What you say about a representative does not belong here."),
    "witness-missing": _("Say who else heard it: what is confirmed orally needs a witness."),
    "witness-not-oral": _("A witness belongs to consent that was given orally."),
    "signed-before-sixteen": _("On this day the person was not 16 yet, by the date of birth in the report."),
    "confirmed-before-signing": _("This day lies before the day on which somebody else signed."),
    "proof-missing": _("Say how the curator or mentor proved the authority to sign."),
}


@dataclass(frozen=True)
class ConfirmationInput:
    """What the person said personally at sixteen, as the reporter describes it. Who signs is then the person alone."""

    method: str
    notice_version: str
    language: str
    signed_on: date | None
    interpreter: str = ""
    witness: str = ""


@dataclass(frozen=True)
class StatementInput:
    """A statement that was given, as the reporter describes it. What has a default may stay unsaid."""

    capacity: str
    signer: str
    method: str
    notice_version: str
    language: str
    signed_on: date | None
    judged_how: str = ""
    proof: str = ""
    interpreter: str = ""
    view_of_person: str = ""
    representative_independent: str = ""
    witness: str = ""
    requested_on: date | None = None
