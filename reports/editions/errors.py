"""What is refused about editions, in sentences that a person may read."""

from collections.abc import Collection

from django.utils.translation import gettext as _

KEPT_IN_LEDGER = frozenset({"inputs-gone", "reveals", "few-changed"})


class EditionError(Exception):
    """code is for programs; the text is for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class UnknownEditionError(LookupError):
    """There is no such edition, or none that this reader may see."""


def name_not_right() -> EditionError:
    return EditionError("name", _("Name the edition by its year and a number, such as 2026-1."))


def name_taken() -> EditionError:
    return EditionError("name-taken", _("There is an edition of this name already."))


def period_not_right() -> EditionError:
    return EditionError("period", _("The last year is before the first one, or not a year of the register."))


def cutoff_ahead() -> EditionError:
    return EditionError("cutoff", _("The cut-off is a moment in the past, so that everything up to it is here."))


def under_way() -> EditionError:
    return EditionError("under-way", _("Another edition is being frozen. Wait until it is there."))


def own_edition() -> EditionError:
    return EditionError("own", _("Somebody else publishes what you froze."))


def reason_missing() -> EditionError:
    return EditionError("reason", _("Say why, for whoever reads the list of editions later."))


def step_not_possible() -> EditionError:
    return EditionError("step", _("This cannot be done with the edition as it is now. Open its page again."))


def not_protected() -> EditionError:
    text = _("Its figures cannot be protected together. Freeze an edition of other years, or once more has changed.")
    return EditionError("not-protected", text)


def inputs_gone(gone: int) -> EditionError:
    text = _("%(gone)s of the contributions that it counted are here no more. It is not published; freeze a new edition.")
    return EditionError("inputs-gone", text % {"gone": gone})


def not_audited() -> EditionError:
    text = _("It is still being checked against what was published before. Try again in a minute.")
    return EditionError("not-audited", text)


def reveals(found: int, attacked: int, name: str, *, extracts: Collection[tuple[int, int]] = ()) -> EditionError:
    """name: of the edition that it would be taken from; empty where it tells that alone, or with the extracts that are out.

    extracts: the first and last years of those.
    """
    years = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in extracts)
    numbers = {"found": found, "attacked": attacked, "name": name, "years": years}
    if not name and extracts:
        text = _(
            "Together with the extracts of %(years)s that are out it would reveal %(found)s of %(attacked)s counts. Recalling "
            "them does not help: what they told stays told. Freeze an edition of years that they do not have, or a new one "
            "once more has changed."
        )
        return EditionError("reveals", text % numbers)
    if not name:
        text = _("It would reveal %(found)s of %(attacked)s counts. Freeze an edition of fewer years.")
        return EditionError("reveals", text % numbers)
    text = _(
        "It would reveal %(found)s of %(attacked)s counts and changes by subtraction from edition %(name)s. Freeze a new "
        "edition once more has changed; until then edition %(name)s stays."
    )
    return EditionError("reveals", text % numbers)


def few_changed(name: str, fewest: int) -> EditionError:
    text = _(
        "Fewer than %(fewest)s person-years differ from edition %(name)s: whatever changed would be about just those. Freeze a "
        "new edition once more has changed; until then edition %(name)s stays."
    )
    return EditionError("few-changed", text % {"fewest": fewest, "name": name})
