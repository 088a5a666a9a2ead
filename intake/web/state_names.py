"""How the states of a report are called on pages. Stored and compared are the codes."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.notifications.workflow import State

STATES: Mapping[State, str | Promise] = {
    State.ACCEPTED: _("stored"),
    State.HELD: _("waits for consent"),
    State.SIGNAL: _("anonymous signal"),
    State.WITHDRAWN: _("withdrawn"),
}
