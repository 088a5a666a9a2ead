"""What is refused about deliveries of figures, in sentences that a person may read."""

from collections.abc import Collection

from django.utils.translation import gettext as _


class DeliveryError(Exception):
    """code is for programs; the text is for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def no_edition(year: int) -> DeliveryError:
    return DeliveryError("no-edition", _("No edition that ends with %(year)s is published.") % {"year": year})


def unknown() -> DeliveryError:
    return DeliveryError("unknown", _("There is no such delivery."))


def not_made() -> DeliveryError:
    return DeliveryError("not-made", _("This delivery is not made yet."))


def withdrawn() -> DeliveryError:
    return DeliveryError("withdrawn", _("The edition of this delivery was withdrawn."))


def differs() -> DeliveryError:
    return DeliveryError("differs", _("This version of the programme makes other files of this edition than were delivered."))


def no_such_edition(published: Collection[int]) -> DeliveryError:
    if not published:
        return DeliveryError("no-edition", _("No edition has been published yet."))
    numbers = ", ".join(str(number) for number in sorted(published))
    return DeliveryError(
        "no-edition", _("No edition of this number is published. There are: %(numbers)s.") % {"numbers": numbers}
    )
