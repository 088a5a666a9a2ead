"""What ends reports, each made ready to be done once: for the test that every service leaves an audit entry."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from consent import withdrawals
from consent.models import Statement, WithdrawalRequest
from intake import facts, uses
from intake.matching import proof, unlink, whole
from intake.models.matching import Pair
from intake.models.portion import TokenPortion
from intake.retention import services as retention
from safeguards.actors import system
from tests import cast, linked, statements, used

Act = Callable[[], object]

WORK = system("tests")
# Who may see codes and dates, which nothing is written about.
READS = {
    "consent.withdrawals.statement",
    "consent.withdrawals.certificate",
    "intake.uses.duties",
    "intake.uses.recalls",
    "intake.retention.selectors.preview",
}


def _asked() -> Act:
    withdrawals.ask(code=Statement.objects.get(pk=statements.given()).receipt, by=WORK)
    request = WithdrawalRequest.objects.get().pk
    return lambda: withdrawals.carry_out_asked(request=request, by=WORK)


def _finds() -> Act:
    code, by = Statement.objects.get(pk=statements.given()).receipt, statements.administrator()
    return lambda: withdrawals.find(code=code, by=by)


def _record_use() -> Act:
    contribution, by = linked.linked(), cast.actor(cast.APPROVER)
    return lambda: facts.record_use(release=uuid4(), contributions=[contribution], by=by)


def _record_left() -> Act:
    release, by = uuid4(), cast.actor(cast.APPROVER)
    facts.record_use(release=release, contributions=[linked.linked()], by=by, left=False)
    return lambda: facts.record_left(release=release, by=by)


def _must_be_told() -> Act:
    contribution = used.used(linked.linked())
    return lambda: uses.must_be_told(contributions=[contribution], by=WORK)


def _tell() -> Act:
    duty, by = used.a_duty(), cast.actor(cast.PRIVACY_OFFICER)
    return lambda: uses.tell(duty=duty, by=by)


def _erase() -> Act:
    linked.linked(day=date(2005, 3, 14))
    return lambda: retention.erase(by=WORK)


def _close() -> Act:
    contribution = linked.linked()
    return lambda: unlink.close(contributions=[contribution], by=WORK)


def _compare() -> Act:
    linked.linked()
    whole.begin_night(by=WORK)
    return lambda: whole.compare(portion=TokenPortion.objects.get().pk, by=WORK)()


def _regroup() -> Act:
    first, second = linked.linked(), linked.linked()
    Pair.objects.update(band=Pair.Band.QUESTION)
    assert first != second
    return lambda: whole.regroup(by=WORK)


ACTS: dict[str, Callable[[], Act]] = {
    "consent.withdrawals.ask": lambda: lambda: withdrawals.ask(code="7K2M9-XQ4TC", by=WORK),
    "consent.withdrawals.carry_out_asked": _asked,
    "consent.withdrawals.find": _finds,
    "intake.facts.record_use": _record_use,
    "intake.facts.record_left": _record_left,
    "intake.uses.must_be_told": _must_be_told,
    "intake.uses.tell": _tell,
    "intake.retention.services.erase": _erase,
    "intake.matching.unlink.close": _close,
    "intake.matching.proof.prove": lambda: lambda: proof.prove(by=WORK),
    "intake.matching.whole.begin_night": lambda: lambda: whole.begin_night(by=WORK),
    "intake.matching.whole.weigh": lambda: lambda: whole.weigh(by=WORK),
    "intake.matching.whole.compare": _compare,
    "intake.matching.whole.regroup": _regroup,
}
