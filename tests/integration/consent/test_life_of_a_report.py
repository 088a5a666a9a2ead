"""The whole life of reports that need consent, any acts in any order: what is here rests on consent, or waits for it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accounts.reporters import Purpose
from consent import gate, reviews, services
from consent.models import Outcome, Statement
from consent.workflow import WAITING, State
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.models.matching import PersonContribution, Token
from intake.notifications import later
from intake.notifications import services as notifications
from jobs import services as jobs
from safeguards.actors import system
from tests import cast, reported
from tests.statements import administrator, recorded_earlier

pytestmark = pytest.mark.django_db


class LifeOfReports(RuleBasedStateMachine):
    """Every example runs in a transaction of its own, which is undone."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.by, self.administrator = cast.actor(cast.OWNER), administrator()
        self.sent: dict[UUID, str] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def _statements(self, *states: State) -> list[UUID]:
        return list(Statement.objects.filter(state__in=states).order_by("recorded", "pk").values_list("pk", flat=True))

    @rule()
    @precondition(lambda self: len(self.sent) < 3)
    def submit(self) -> None:
        receipt = notifications.submit(
            notification=reported.report_with_consent(),
            organisation=self.by.organisation,
            by=self.by,
            attempt=str(len(self.sent)),
        )
        self.sent[Contribution.objects.get(reference=receipt.reference).id] = receipt.reference

    @rule(act=some.sampled_from(["approve", "reject", "ask-back", "lapse"]))
    @precondition(lambda self: self._statements(State.GIVEN))
    def review(self, act: str) -> None:
        statement, by = self._statements(State.GIVEN)[0], self.administrator
        if act == "approve":
            services.approve(statement=statement, by=by)
        elif act == "reject":
            services.reject(statement=statement, reason="unreadable", by=by)
        elif act == "ask-back":
            reviews.ask_back(statement=statement, reason="day-unclear", by=by)
        else:
            recorded_earlier(statement, days=61)
            services.lapse_overdue(by=system("consent.lapse"))

    @rule()
    @precondition(lambda self: self._statements(*WAITING))
    def correct(self) -> None:
        notification = Statement.objects.get(pk=self._statements(*WAITING)[0]).notification
        answer = reported.answer(signed_on=reported.DAY - timedelta(days=2))
        later.correct(
            reference=self.sent[notification],
            notification=reported.report_with_consent(consent=answer),
            organisation=self.by.organisation,
            by=self.by,
        )

    @rule(by_reporter=some.booleans())
    @precondition(lambda self: self._statements(State.GIVEN, State.ASKED_BACK, State.APPROVED))
    def withdraw(self, by_reporter: bool) -> None:
        row = Statement.objects.get(pk=self._statements(State.GIVEN, State.ASKED_BACK, State.APPROVED)[-1])
        if by_reporter:
            later.withdraw(reference=self.sent[row.notification], organisation=self.by.organisation, by=self.by)
        else:
            services.withdraw(statement=row.pk, on=timezone.localdate(), by=self.administrator)

    @rule()
    def work(self) -> None:
        jobs.drain(("files", "vault"))

    @invariant()
    def what_is_linked_or_accepted_was_approved(self) -> None:
        here = set(Contribution.objects.filter(state="accepted").values_list("id", flat=True))
        here |= set(PersonContribution.objects.values_list("contribution", flat=True))
        here |= set(Token.objects.values_list("contribution", flat=True))
        approved = Statement.objects.filter(events__kind="approved", notification__in=here).values_list(
            "notification", flat=True
        )
        assert here <= set(approved)

    @invariant()
    def what_is_readable_waits_or_has_consent_today(self) -> None:
        going = set(Outcome.objects.filter(carried_out=None).values_list("notification", flat=True))
        waits = set(Statement.objects.filter(state__in=WAITING).values_list("notification", flat=True))
        consented = gate.valid_on(Purpose.REGISTRATION, timezone.localdate())
        assert consented == {one for one in self.sent if gate.consent_on(one, Purpose.REGISTRATION, timezone.localdate())}
        readable = set(SealedIdentity.objects.values_list("contribution", flat=True))
        assert readable - going <= waits | consented


def test_nothing_is_readable_linked_or_accepted_without_a_basis() -> None:
    run_state_machine_as_test(
        LifeOfReports,
        settings=settings(
            max_examples=8, stateful_step_count=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
        ),
    )
