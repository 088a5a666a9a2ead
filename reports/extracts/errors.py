"""What is refused about extracts, in sentences that a person may read."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from reports.releases.errors import ReleaseError

RECALLED = "recalled"


class ExtractError(ReleaseError):
    """A release that is refused: its text stands in the ledger."""


class UnknownExtractError(LookupError):
    """There is no such extract, or none that this reader may see."""


def product_not_right() -> ExtractError:
    return ExtractError("product", _("Choose what kind of data you ask for."))


def purpose_not_right() -> ExtractError:
    return ExtractError("purpose", _("This kind of data does not leave for this purpose. Choose another one."))


def period_not_right() -> ExtractError:
    return ExtractError("period", _("The last year is before the first one, or not a year of the register."))


def not_published(year: int) -> ExtractError:
    text = _(
        "No figures of %(year)s were published yet. They come first: rows that are out before them can make that they may not "
        "be published. Ask for other years, or for an edition of these."
    )
    return ExtractError("not-published", text % {"year": year})


def why_missing() -> ExtractError:
    return ExtractError("why", _("Say what the data is for, for whoever approves it."))


def recipient_missing() -> ExtractError:
    return ExtractError("recipient", _("Say which organisation gets the data."))


def recipient_fixed(recipient: str) -> ExtractError:
    return ExtractError("recipient", _("Only %(recipient)s gets this kind of data.") % {"recipient": recipient})


def until_not_right(days: int) -> ExtractError:
    text = _("Choose a day after today, and at most %(days)s days from now.")
    return ExtractError("until", text % {"days": days})


def columns_not_right(code: str, names: Sequence[str]) -> ExtractError:
    texts = {
        "outside-allow-list": _("These columns may not leave in this kind of data: %(names)s."),
        "nothing": _("Choose at least one column."),
        "level": _("There is no such level of these columns: %(names)s."),
        "never-together": _("These columns never leave together: %(names)s. Leave one of them out."),
        "too-many": _("At most four columns by which a person may be found: %(names)s are more. Leave some out."),
    }
    return ExtractError(code, texts[code] % {"names": ", ".join(names)})


def columns_fixed() -> ExtractError:
    return ExtractError("columns", _("This kind of data has all its columns, and no others."))


def too_few_rows(k: int) -> ExtractError:
    text = _("There are fewer than %(k)s persons in it, so that nothing makes it safe. Ask for more years or fewer limits.")
    return ExtractError("too-few-rows", text % {"k": k})


def still_open() -> ExtractError:
    return ExtractError(
        "still-open", _("Its own check found persons who stand out. It does not leave; ask for coarser columns.")
    )


def few_differ(day: date, k: int) -> ExtractError:
    text = _(
        "Fewer than %(k)s persons, or fewer who are alike in what both show, differ from the extract of %(day)s, so that the "
        "two together tell of those few. Ask again when more have changed, ask for fewer columns, or take the earlier one."
    )
    return ExtractError("few-differ", text % {"k": k, "day": f"{day:%d-%m-%Y}"})


def reveals(found: int, attacked: int, name: str) -> ExtractError:
    text = _(
        "Together with edition %(name)s and the extracts that are out it would reveal %(found)s of %(attacked)s counts. Ask "
        "for other columns or levels; finer ones lose more values, which can protect more."
    )
    return ExtractError("reveals", text % {"found": found, "attacked": attacked, "name": name})


def somebody_elses() -> ExtractError:
    return ExtractError("not-theirs", _("It is somebody else's: only who asked for an extract has its links."))


def own_request() -> ExtractError:
    return ExtractError("own", _("Somebody else approves what you asked for."))


def reason_missing() -> ExtractError:
    return ExtractError("reason", _("Say why, for whoever asked for it."))


def step_not_possible() -> ExtractError:
    return ExtractError("step", _("This cannot be done with the extract as it is now. Open its page again."))


def link_not_good() -> ExtractError:
    return ExtractError("link", _("This link was used already, or is too old. Make a new one on the page of the extract."))


def expired() -> ExtractError:
    return ExtractError("expired", _("The time in which this extract could be fetched is over."))


def recalled() -> ExtractError:
    text = _(
        "Reports in it were withdrawn or set aside since it was made. It cannot be fetched; "
        "delete what you have and ask for a new one."
    )
    return ExtractError(RECALLED, text)
