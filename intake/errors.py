"""Typed errors of intake, each a sentence that a person may read. None carries a value from a person's file."""


class IntakeError(Exception):
    """The parent of all; code is stable, the text may change."""

    code = "intake-error"

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        if code:
            self.code = code


class NotAReporterError(IntakeError):
    code = "not-a-reporter"

    def __init__(self) -> None:
        super().__init__("This organisation does not report persons.")


class NotAFeedError(IntakeError):
    code = "not-a-feed"

    def __init__(self) -> None:
        super().__init__("This organisation does not deliver a feed.")


class UnknownBatchError(IntakeError):
    code = "unknown-batch"

    def __init__(self) -> None:
        super().__init__("There is no such delivery of this organisation.")


class TooManyOpenError(IntakeError):
    """So many files of the organisation wait for it: their uploads all lie here."""

    code = "too-many-open"

    def __init__(self) -> None:
        super().__init__("Too many files of this organisation are not finished yet; confirm or cancel one of them first.")


class WrongStateError(IntakeError):
    """The step is not allowed in the state that the batch is in."""

    code = "wrong-state"


class UnreadableFileError(IntakeError):
    """The file as a whole cannot be read: the code says why; row and place (a header or a column's letters) say where."""

    def __init__(self, code: str, *, row: int = 0, place: str = "") -> None:
        super().__init__("The file cannot be read.", code=code)
        self.row, self.place = row, place


class UnknownReportError(IntakeError):
    code = "unknown-report"

    def __init__(self) -> None:
        super().__init__("There is no such report of this organisation.")


class ReportEndedError(IntakeError):
    """Of the report only a stub is left; the code says why: withdrawn, or became-signal."""

    def __init__(self, code: str) -> None:
        super().__init__("This report is not there any more.", code=code)


class ReportRestrictedError(IntakeError):
    """The person asked for it to rest, in a case of their rights; it waits until that ends."""

    code = "restricted"

    def __init__(self) -> None:
        super().__init__("This report is restricted: until that ends it can be neither changed nor withdrawn.")


class NothingAskedError(IntakeError):
    """The question was answered already, or the statement was decided in the meantime."""

    code = "nothing-asked"

    def __init__(self) -> None:
        super().__init__("Nothing is asked about this report, or no longer.")


class NothingToConfirmError(IntakeError):
    """Nobody turns sixteen in this report, or the confirmation was sent already."""

    code = "nothing-to-confirm"

    def __init__(self) -> None:
        super().__init__("There is nothing to confirm about this report, or no longer.")


class ChangedMeanwhileError(IntakeError):
    """Somebody else corrected or supplemented the report after it was read."""

    code = "changed-meanwhile"

    def __init__(self) -> None:
        super().__init__("This report was changed by somebody else in the meantime. Look at it again first.")


class UnknownDutyError(IntakeError):
    code = "unknown-duty"

    def __init__(self) -> None:
        super().__init__("There is no such release to tell anybody about.")


class GoneMeanwhileError(IntakeError):
    """Of what a release wants to use something was withdrawn: the release is made anew, without it."""

    code = "gone-meanwhile"

    def __init__(self) -> None:
        super().__init__("Something of this release was withdrawn in the meantime. Make it anew.")


class UnknownLetterError(IntakeError):
    code = "unknown-letter"

    def __init__(self) -> None:
        super().__init__("There is no such letter, or it is there no more.")


class UnknownPairError(IntakeError):
    code = "unknown-pair"

    def __init__(self) -> None:
        super().__init__("There is no such pair; one of its reports may have been withdrawn.")


class OwnDecisionError(IntakeError):
    code = "own-decision"

    def __init__(self) -> None:
        super().__init__("You decided this pair yourself; somebody else has to look at it again.")


class NotAskedError(IntakeError):
    """It was read as often as it has to be, or is neither a question nor drawn for a check."""

    code = "not-asked"

    def __init__(self) -> None:
        super().__init__("This pair waits for nobody's answer.")


class DisputedError(IntakeError):
    code = "disputed"

    def __init__(self) -> None:
        super().__init__("Two readers disagree on this pair; a supervisor who is neither of them settles it.")


class NotDecidedError(IntakeError):
    code = "not-decided"

    def __init__(self) -> None:
        super().__init__("Nothing has been decided about this pair.")


class ContradictionError(IntakeError):
    code = "contradiction"

    def __init__(self) -> None:
        super().__init__("This contradicts earlier decisions about reports of these persons; take one of those back first.")


class NotAdmittedError(IntakeError):
    """What a visitor sent is not taken in now; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__("This cannot be taken in now.", code=code)


class UnknownLinkError(IntakeError):
    """The link was never sent, is too old, or was used up: one answer for all of them."""

    code = "unknown-link"

    def __init__(self) -> None:
        super().__init__("This link does not work, or no longer.")


class UnknownCallbackError(IntakeError):
    code = "unknown-callback"

    def __init__(self) -> None:
        super().__init__("This request is not there, or somebody else has taken it.")


class NotForReviewError(IntakeError):
    """There is no such report, or none that this person may open for this reason: one answer for all of them."""

    code = "not-for-review"

    def __init__(self) -> None:
        super().__init__("This report does not wait for your review.")


class UnknownUnlockError(IntakeError):
    """It was never granted, belongs to somebody else, its time is over, or what it opened is destroyed."""

    code = "unknown-unlock"

    def __init__(self) -> None:
        super().__init__("This cannot be opened, or no longer. Give a reason again.")


class OwnUnlockError(IntakeError):
    code = "own-unlock"

    def __init__(self) -> None:
        super().__init__("You asked for this yourself; somebody else has to grant it.")


class UnknownDraftError(IntakeError):
    """As well for a draft of somebody else, or one that was sent or deleted."""

    code = "unknown-draft"

    def __init__(self) -> None:
        super().__init__("There is no such draft of yours.")


class LockedSectionError(UnknownDraftError):
    """An answer about consent, meanwhile, has locked this section of the draft."""


class StaleDraftError(IntakeError):
    """The draft was written by another version of the form; nobody guesses what its answers mean now."""

    code = "stale-draft"

    def __init__(self) -> None:
        super().__init__("This draft was made with another version of the form and can only be deleted.")


class TooMuchError(IntakeError):
    """More persons, files or text than one draft holds, or more drafts than one owner has; of files the code says which."""

    code = "too-much"

    def __init__(self, code: str = "") -> None:
        super().__init__("This is more than one report can hold.", code=code)


class UnknownCaseError(IntakeError):
    code = "unknown-case"

    def __init__(self) -> None:
        super().__init__("There is no such case.")


class CaseStepError(IntakeError):
    """The case cannot take this step now; the code says why."""

    code = "case-step"

    def __init__(self, code: str) -> None:
        super().__init__("The case cannot take this step now.", code=code)


class UnknownSearchError(IntakeError):
    """As well where it is somebody else's, refused, or over."""

    code = "unknown-search"

    def __init__(self) -> None:
        super().__init__("There is no such search, or its time is over.")


class UnknownRemovalError(IntakeError):
    """As well where somebody else answered it, or the case is decided or about other reports now."""

    code = "unknown-removal"

    def __init__(self) -> None:
        super().__init__("There is no removal that waits for a second person.")


class OwnGrantError(IntakeError):
    code = "own-grant"

    def __init__(self) -> None:
        super().__init__("You asked for this yourself; somebody else has to grant it.")
