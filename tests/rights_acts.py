"""What is done with cases of the rights of a person and with the audit trail, for the table of all services."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.utils import timezone

from accounts import trail
from intake import unlock
from intake.matching import services as matching
from intake.matching import setting_aside
from intake.models.contribution import Contribution
from intake.models.rights import PersonSearch, RightsCase
from intake.notifications import endings, erasing, rectifying
from intake.rights import copies, rectifications, removals, searches, services
from intake.rights.grounds import Extension, Ground, Identified, Motive, Outcome, Right, Told
from tests import cast, handled, linked
from tests.handled import about, asked, granted, identified, officer, opened, received, searched

Act = Callable[[], object]
KNOWN = replace(linked.KNOWN, sex="male")


def _read_trail() -> Act:
    by = cast.actor(cast.PRIVACY_OFFICER)
    return lambda: trail.read(question=trail.Question(), by=by)


def _receive() -> Act:
    by, request = officer(), services.Request(Right.ACCESS, RightsCase.Requester.PERSON, timezone.localdate())
    return lambda: services.receive(request=request, by=by)


def _of_case(service: Callable[..., object], case: Callable[[], UUID], **arguments: object) -> Act:
    made, by = case(), officer()
    return lambda: service(case=made, by=by, **arguments)


def _add_report() -> Act:
    reference = Contribution.objects.get(id=linked.linked()).reference
    return _of_case(services.add_report, identified, reference=reference)


def _leave_out() -> Act:
    contribution = linked.linked()
    return _of_case(services.leave_out, lambda: about(contribution), report=contribution)


def _ask_to_look() -> Act:
    contribution = linked.linked()
    return _of_case(services.ask_to_look, lambda: about(contribution), report=contribution)


def _lift() -> Act:
    contribution = linked.linked()
    return _of_case(services.lift, lambda: granted(contribution, right=Right.RESTRICTION, ground=Ground.ACCURACY))


def _decided() -> UUID:
    return granted(linked.linked(), right=Right.ACCESS)


def _answers(service: Callable[..., object]) -> Act:
    search, by = asked(), cast.actor(cast.APPROVER)
    return lambda: service(search=search, by=by)


def _a_removal() -> UUID:
    return about(linked.linked(), right=Right.ERASURE)


def _agrees(service: Callable[..., object]) -> Act:
    case, by = _a_removal(), cast.actor(cast.APPROVER)
    removals.ask(case=case, by=officer())
    return lambda: service(case=case, by=by)


def _run() -> Act:
    search = asked()
    searches.grant(search=search, by=cast.actor(cast.APPROVER))
    return lambda: searches.run(search=search, by=handled.WORK)


def _hits() -> Act:
    search, by = searched(), officer()
    return lambda: searches.hits(search=search, by=by)


def _keep() -> Act:
    contribution, by = linked.linked(), officer()
    search = searched()
    return lambda: searches.keep(search=search, contributions=[contribution], by=by)


def _open_found() -> Act:
    contribution, by = linked.linked(), officer()
    search = searched()
    return lambda: unlock.open_found(search=search, contribution=contribution, by=by)


def _expire() -> Act:
    asked()
    PersonSearch.objects.update(expires=timezone.now())
    return lambda: searches.expire(by=handled.WORK)


def _copy() -> Act:
    contribution = linked.linked()
    opened(contribution)
    return _of_case(copies.make, lambda: about(contribution))


def _rectifies(service: Callable[..., object], **arguments: object) -> Act:
    made = handled.a_rectification()
    return _of_case(service, lambda: made["case"], contribution=made["report"], **arguments)


def _of_report(service: Callable[..., object], **arguments: object) -> Act:
    contribution, by = linked.linked(), officer()
    return lambda: service(contribution=contribution, by=by, **arguments)


def _of_reports(service: Callable[..., object], **arguments: object) -> Act:
    contribution, by = linked.linked(), officer()
    return lambda: service(contributions=[contribution], by=by, **arguments)


def _bring_back() -> Act:
    contribution = linked.linked()
    case = granted(contribution, right=Right.RESTRICTION, ground=Ground.ACCURACY)
    services.lift(case=case, by=officer())
    return lambda: matching.bring_back(contribution=contribution, by=handled.WORK)


ACTS: dict[str, Callable[[], Act]] = {
    "accounts.trail.read": _read_trail,
    "intake.matching.services.bring_back": _bring_back,
    "intake.matching.setting_aside.set_aside": lambda: _of_reports(setting_aside.set_aside),
    "intake.notifications.erasing.erase": lambda: _of_reports(erasing.erase, rule=endings.Rule.ERASURE),
    "intake.notifications.rectifying.rectify": lambda: _of_report(rectifying.rectify, identity=linked.MARIAMA, files=()),
    "intake.notifications.rectifying.rectify_codes": lambda: _of_report(rectifying.rectify_codes, characteristics=KNOWN),
    "intake.rights.copies.make": _copy,
    "intake.rights.rectifications.current": lambda: _rectifies(rectifications.current),
    "intake.rights.rectifications.rectify_person": lambda: _rectifies(rectifications.rectify_person, identity=linked.MARIAMA),
    "intake.rights.rectifications.rectify_codes": lambda: _rectifies(rectifications.rectify_codes, characteristics=KNOWN),
    "intake.rights.removals.ask": lambda: _of_case(removals.ask, _a_removal),
    "intake.rights.removals.grant": lambda: _agrees(removals.grant),
    "intake.rights.removals.refuse": lambda: _agrees(removals.refuse),
    "intake.rights.searches.ask": lambda: _of_case(searches.ask, identified, identity=linked.MARIAMA, motive=Motive.REQUEST),
    "intake.rights.searches.grant": lambda: _answers(searches.grant),
    "intake.rights.searches.refuse": lambda: _answers(searches.refuse),
    "intake.rights.searches.run": _run,
    "intake.rights.searches.hits": _hits,
    "intake.rights.searches.keep": _keep,
    "intake.rights.searches.expire": _expire,
    "intake.rights.services.receive": _receive,
    "intake.rights.services.identify": lambda: _of_case(services.identify, received, how=Identified.DOCUMENT_SEEN),
    "intake.rights.services.extend": lambda: _of_case(services.extend, received, reason=Extension.COMPLEX),
    "intake.rights.services.add_report": _add_report,
    "intake.rights.services.ask_to_look": _ask_to_look,
    "intake.rights.services.leave_out": _leave_out,
    "intake.rights.services.decide": lambda: _of_case(services.decide, identified, outcome=Outcome.TAKEN_BACK),
    "intake.rights.services.close": lambda: _of_case(services.close, _decided, told=Told.IN_PERSON),
    "intake.rights.services.lift": _lift,
    "intake.unlock.open_found": _open_found,
}

# They read codes, moments and names of colleagues, and nothing of a person.
READS = {
    "accounts.trail.known_actions",
    "accounts.trail.people",
    "intake.rights.rectifications.coded",
    "intake.rights.removals.waiting",
    "intake.rights.searches.of_case",
    "intake.rights.searches.waiting",
}
