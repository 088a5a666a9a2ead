"""Loads the demonstration register step by step and measures each step. What an earlier run did is left as it is."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import TextIO

from django.conf import settings
from django.core.management.base import OutputWrapper

from accounts import demonstration
from accounts.demonstration import REGISTRY
from config.demonstration import aggregates, channels, comparison, editing, loading, reviewing, truth, unconsented
from config.demonstration.channels import Organisations, Tell
from config.demonstration.comparison import FigureLine
from config.demonstration.register import reports
from config.demonstration.truth import Decided, Wrong
from intake.models.contribution import Contribution
from jobs.runner import Runner
from reports.figures.printing import as_json
from reports.figures.selectors import changes_waiting
from reports.figures.services import exact_figures
from safeguards.actors import system

BAR = 30
LOADER = system(channels.LOADER)


@dataclass
class Measured:
    """Seconds per step, in order."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        begun = monotonic()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + monotonic() - begun


@dataclass(frozen=True)
class Report:
    """What was loaded, what linkage asked, and each figure beside its published one. megabytes is this process' peak."""

    lines: tuple[FigureLine, ...]
    decided: Decided
    wrong: Wrong
    seconds: dict[str, float]
    megabytes: int

    @property
    def different(self) -> int:
        return sum(line.different for line in self.lines) + self.wrong.joined + self.wrong.apart


class Bar:
    """One line on a terminal, and the same for the page that waits."""

    def __init__(self, stream: TextIO | OutputWrapper, step: str, total: int) -> None:
        self.stream, self.step, self.total, self.done = stream, step, total, 0
        self.add(0)

    def add(self, count: int) -> None:
        self.set(self.done + count)

    def set(self, done: int) -> None:
        self.done = max(0, min(done, self.total))
        loading.report(self.step, self.done, self.total)
        share = self.done / self.total if self.total else 1
        if self.stream.isatty():
            filled = "#" * round(BAR * share)
            self.stream.write(f"\r{self.step:<28} [{filled:<{BAR}}] {share:>4.0%}", ending="")  # type: ignore[call-arg]
            self.stream.flush()

    def end(self) -> None:
        self.set(self.total)
        self.stream.write("" if self.stream.isatty() else f"{self.step}: done")


def load(stream: OutputWrapper) -> Report:
    """All steps; what an earlier run did is found and left as it is."""
    measured = Measured()
    organisations = demonstration.create_organisations(by=LOADER)
    with measured.step("sending"):
        _send(stream, organisations)
    with measured.step("linking"):
        _work(stream, "Linking reports", _waiting_contributions)
        decided = truth.decide_questions(channels.contribution_ids(organisations), organisations[REGISTRY])
    with measured.step("counting"):
        _work(stream, "Counting persons in years", changes_waiting)
    with measured.step("freezing"):
        editing.publish(organisations, lambda: _work(stream, "Freezing an edition", editing.still_to_do))
    reviewing.send(organisations)
    aggregates.load(organisations)
    computed = as_json(exact_figures(by=LOADER).tables)
    return Report(
        lines=comparison.lines(computed),
        decided=decided,
        wrong=truth.wrong_persons(channels.contribution_ids(organisations)),
        seconds=measured.seconds,
        megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def table(report: Report) -> str:
    """Published, computed and difference per figure, for a terminal."""
    heading = f"{'figure':<8}{'numbers':>9}{'published':>12}{'computed':>10}{'contradicted':>14}{'different':>11}"
    rows = [
        f"{line.figure:<8}{line.cells:>9}{line.published:>12}{line.computed:>10}{line.contradicted:>14}{line.different:>11}"
        for line in report.lines
    ]
    seconds = ", ".join(f"{name} {value:.1f} s" for name, value in report.seconds.items())
    return "\n".join(
        [
            heading,
            *rows,
            "contradicted: numbers in which the publication contradicts itself; different: numbers unlike the register's.",
            f"Questions of linkage, decided by the truth: {report.decided.same} same, {report.decided.different} different.",
            f"Reference persons joined: {report.wrong.joined}; spread over several persons: {report.wrong.apart}.",
            f"Time: {seconds}; peak memory {report.megabytes} MB.",
        ]
    )


def _send(stream: OutputWrapper, organisations: Organisations) -> None:
    bar = Bar(stream, "Sending reports", len(reports()) + unconsented.number())
    senders: tuple[Callable[[Organisations, Tell], None], ...] = (
        channels.send_batches,
        channels.send_feeds,
        channels.send_forms,
        unconsented.send,
    )
    for send in senders:
        send(organisations, bar.add)
    bar.end()
    channels.approve_statements(organisations, lambda count: None)


def _work(stream: OutputWrapper, step: str, waiting: Callable[[], int]) -> None:
    """Does the work that is outstanding, or waits while the runner beside it does; never both at once."""
    total = waiting()
    bar = Bar(stream, step, total)
    Runner(settings.BAKEN_QUEUES, Event()).run(until_idle=True, after_turn=lambda: bar.set(total - waiting()))
    bar.end()


def _waiting_contributions() -> int:
    held = Contribution.objects.filter(state=Contribution.State.HELD).count()
    return held + Contribution.objects.filter(needs_linking=True).count()
