"""A person stops with the code of a receipt: admitted like other sendings, counted, and handed to consent.

Every try is counted, right or wrong: a lock after wrong ones alone would tell which were right.
"""

from django.db import transaction

from consent import gate
from intake.errors import NotAdmittedError
from intake.public import admission, limits
from intake.public.admission import Sending
from safeguards.actors import Actor


def ask(*, code: str, sending: Sending, by: Actor) -> None:
    with transaction.atomic():
        admission.admit(sending)
        if not limits.use(limits.STOPS, sending.network):
            raise NotAdmittedError("too-many")
        gate.ask_withdrawal(code=code, by=by)
