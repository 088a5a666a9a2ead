"""Rules for passwords that Django lacks: no length by repetition, and an upper bound. They ask for no kinds of characters."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

REPEATED = re.compile(r"(.+?)\1+.?", re.DOTALL)

LONGEST = 500


class LongestValidator:
    """Stands first: the other rules take longer on a longer text."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return _("A password has at most %(number)s characters.") % {"number": LONGEST}


class RepetitionValidator:
    def validate(self, password: str, user: Any = None) -> None:
        if len(password) <= LONGEST and REPEATED.fullmatch(password):
            raise ValidationError(_("This password repeats itself. Choose another one."), code="password_repeats")

    def get_help_text(self) -> str:
        return _("Your password cannot be the same thing over and over.")
