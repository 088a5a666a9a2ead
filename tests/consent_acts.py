"""What befalls a statement after its approval, and its export, for the table of all services."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from consent import exports, services, terms
from consent.models import Statement
from safeguards.actors import system
from tests import cast, reviewed, statements

Act = Callable[[], object]


def approved(**said: Any) -> UUID:
    """A statement by a guardian, approved."""
    answer = replace(statements.GIVEN, capacity="under-sixteen", signer="guardian", **said)
    statement = statements.given(notification=uuid4(), answer=answer)
    services.approve(statement=statement, by=statements.administrator())
    return statement


def doubted() -> UUID:
    """An approved statement that the first of two found never to have been good."""
    statement = reviewed.for_two()
    for person in (cast.CONSENT_ADMINISTRATOR, cast.SECOND_CONSENT_ADMINISTRATOR):
        services.approve(statement=statement, by=cast.actor(person))
    terms.invalidate(statement=statement, reason="forged", by=cast.actor(cast.SECOND_CONSENT_ADMINISTRATOR))
    return statement


def over() -> UUID:
    statement = approved()
    Statement.objects.filter(pk=statement).update(valid_until=timezone.localdate() - timedelta(days=3))
    return statement


def _does(service: Callable[..., object], statement: Callable[[], UUID], **arguments: Any) -> Callable[[], Act]:
    def prepared() -> Act:
        chosen, by = statement(), statements.administrator()
        return lambda: service(statement=chosen, by=by, **arguments)

    return prepared


def _end_terms() -> Act:
    over()
    return lambda: terms.end_terms(by=system("tests"))


ACTS: dict[str, Callable[[], Act]] = {
    "consent.terms.invalidate": _does(terms.invalidate, approved, reason="forged"),
    "consent.terms.clear": _does(terms.clear, doubted),
    "consent.terms.end_terms": _end_terms,
    "consent.exports.record": _does(exports.record, approved),
    "consent.exports.receipt": _does(exports.receipt, approved),
}
