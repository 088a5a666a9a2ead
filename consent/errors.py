"""What consent refuses, each with a sentence that a person may read. None repeats what was typed."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ConsentError(Exception):
    sentence: str | Promise = _("This is not possible for this statement.")

    def __init__(self) -> None:
        super().__init__(str(self.sentence))


class UnknownStatementError(ConsentError):
    sentence = _("There is no such statement.")


class AlreadyDecidedError(ConsentError):
    """Somebody was first, or the statement lapsed, was corrected or was withdrawn in the meantime."""

    sentence = _("This statement was already decided, corrected or withdrawn.")


class OwnOrganisationError(ConsentError):
    sentence = _("You cannot review a statement of your own organisation.")


class UnknownDocumentError(ConsentError):
    sentence = _("This sheet is not there, or no longer.")


class SecondPersonError(ConsentError):
    sentence = _("You looked at this statement yourself already. For this person somebody else has to look as well.")


class UncheckedError(ConsentError):
    sentence = _("Check every point first. If one is not good, ask the reporter or reject the statement.")


class NoSheetError(ConsentError):
    sentence = _("No sheet was sent along. Say how you know of the signature, or ask the reporter for the sheet.")


class UnknownReasonError(ConsentError):
    sentence = _("Choose a reason from the list.")


class WithdrawalDateError(ConsentError):
    sentence = _("Consent can be withdrawn from the day of signing until today.")


class ReviewedWithRegistrationError(ConsentError):
    sentence = _("What was said of other purposes is reviewed together with the registration.")


class ConfirmationError(ConsentError):
    sentence = _("There is no confirmation here that waits, or no longer.")


class RefusalNotKeptError(ConsentError):
    sentence = _("Of a person who does not want to be registered nothing is kept but a count.")


class NoticeChangedError(ConsentError):
    """The file of a notice that was used before no longer has the text that people signed."""

    sentence = _("The text of this notice was changed after it was used. Make a new version instead.")


class StatementRefusedError(ConsentError):
    """The statement breaks rules; problems are codes of PROBLEM_SENTENCES."""

    sentence = _("The statement cannot be recorded as it is.")

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__()
        self.problems = tuple(problems)
