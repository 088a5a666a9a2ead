"""A draft on its way through the form: which steps it has, how far each is, what is wrong, and the reports that come of it.

It needs no signed-in user: who reports and what the draft holds are handed in. It saves nothing.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property, partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from consent import gate
from intake.notifications import consents, sentences, services
from intake.notifications.drafts import Content, KeptFile, Part, Section
from intake.notifications.inputs import NotificationInput, Problem
from intake.notifications.policies import Reporter
from intake.web import steps
from intake.web.fields import CodeSetField, DayField
from intake.web.forms import StepForm
from intake.web.steps import Situation, Standing, Step

_OF_SIGNAL = {"consent", "signal"}


class Status(StrEnum):
    LOCKED = "locked"
    EMPTY = "empty"
    STARTED = "started"
    DONE = "done"


class UnfinishedError(Exception):
    """A needed section is not finished, or its answers break a rule: nothing is sent."""


@dataclass(frozen=True)
class Place:
    """One section of the draft: a step of what all share, or of one person."""

    part: Part
    step: Step


def files_of(place: Place) -> tuple[KeptFile, ...]:
    """The files that a step asks for, of those that the person has."""
    return tuple(file for file in place.part.files if file.kind is place.step.files)


class Journey:
    def __init__(self, reporter: Reporter, content: Content) -> None:
        self.reporter = reporter
        self.content = content
        self._situations: dict[UUID, Situation] = {}

    def with_section(self, place: Place, section: Section) -> "Journey":
        """As this one, with other answers in one section."""
        part = replace(place.part, sections={**place.part.sections, place.step.name: section})
        shared = part if part.id == self.content.shared.id else self.content.shared
        persons = tuple(part if part.id == one.id else one for one in self.content.persons)
        return Journey(self.reporter, replace(self.content, shared=shared, persons=persons))

    @cached_property
    def day(self) -> date | None:
        try:
            return DayField("date").clean(_first(self.content.shared, "report", "date"))
        except ValidationError:
            return None

    @cached_property
    def basis(self) -> gate.Basis:
        return consents.basis_of(self.reporter, self.day or timezone.localdate(), None)

    @property
    def needs_consent(self) -> bool:
        return self.basis.kind != consents.STATUTORY

    def standing(self, part: Part) -> Standing:
        if self.day is None or not _finished(self.content.shared, "report"):
            return Standing.OPEN
        if not self.needs_consent:
            return Standing.REGISTERED
        if not _finished(part, "consent"):
            return Standing.OPEN
        if not _given(part):
            return Standing.SIGNAL
        settled = _finished(part, "statement") and (not steps.signing_fields(*_signed(part)) or _finished(part, "signing"))
        return Standing.REGISTERED if settled else Standing.OPEN

    def is_filled(self, part: Part) -> bool:
        """Whether there is anything that an answer without consent would destroy."""
        return bool(part.files or set(part.sections) - {"report", "consent"})

    def name_of(self, part: Part) -> str:
        """As the reporter typed it, to tell several persons apart."""
        found = (_first(part, "person", field) for field in ("given_names", "name_prefix", "family_name"))
        return " ".join(name for name in found if name)

    def kept_of(self, place: Place) -> Mapping[UUID, Mapping[str, Section]]:
        """After an answer about consent: what stays of the parts that hold something that nobody may keep now. Empty for none.

        Of a person without consent that is what a signal is made of; where nobody is registered, of what all share the day.
        """
        signal = self.standing(place.part) is Standing.SIGNAL
        wanted = [(place.part, _OF_SIGNAL if signal else set(place.part.sections) - {"signal"})]
        if self.shared_standing() is Standing.SIGNAL:
            wanted.append((self.content.shared, {steps.REPORT.name}))
        return {
            part.id: {name: part.sections[name] for name in keep & set(part.sections)}
            for part, keep in wanted
            if set(part.sections) - keep or (signal and part.files)
        }

    def shared_standing(self) -> Standing:
        """Registered where one of the persons is: what all share is asked for them alone."""
        found = {self.standing(person) for person in self.content.persons}
        if Standing.REGISTERED in found:
            return Standing.REGISTERED
        return Standing.OPEN if Standing.OPEN in found else Standing.SIGNAL

    def places(self) -> Iterator[Place]:
        """All sections in order: the report, each person, what all share."""
        shared = [step for step in steps.STEPS if not step.about_person]
        yield Place(self.content.shared, shared[0])
        for person in self.content.persons:
            yield from self.places_of(person)
        yield from (place for place in map(self._shared, shared[1:]) if self.asked(place))

    def places_of(self, person: Part) -> Iterator[Place]:
        places = (Place(person, step) for step in steps.STEPS if step.about_person)
        return (place for place in places if self.asked(place))

    def place(self, part: UUID, name: str) -> Place | None:
        return next((place for place in self.places() if place.part.id == part and place.step.name == name), None)

    def asked(self, place: Place) -> tuple[str, ...]:
        """Asked very often of a journey, in which nothing changes."""
        if place.part.id not in self._situations:
            self._situations[place.part.id] = self._situation(place.part)
        return place.step.asked(self._situations[place.part.id])

    def status(self, place: Place) -> Status:
        if not place.step.early and self._standing_at(place.part) is Standing.OPEN:
            return Status.LOCKED
        if place.step is not steps.REPORT and place.step.early and not _finished(self.content.shared, "report"):
            return Status.LOCKED
        if files_of(place):
            return Status.DONE
        section = place.part.sections.get(place.step.name)
        if section is None:
            return Status.EMPTY
        return Status.DONE if section.finished else Status.STARTED

    def next_after(self, place: Place) -> Place | None:
        """The following section that can be filled in; None after the last."""
        order = list(self.places())
        here = next((number for number, one in enumerate(order) if _same(one, place)), len(order))
        return next((one for one in order[here + 1 :] if self.status(one) is not Status.LOCKED), None)

    def unfinished(self) -> list[Place]:
        """What is needed before anything can be sent."""
        return [place for place in self.places() if self._holds_up(place)]

    def left(self) -> list[Place]:
        """What was left on the way and can be sent as it is."""
        return [place for place in self.places() if self.status(place) is Status.STARTED and not self._holds_up(place)]

    def form(self, place: Place, *, bound: bool) -> StepForm:
        """Bound, it judges the answers; else it shows them."""
        section = place.part.sections.get(place.step.name)
        answers = MultiValueDict({name: list(values) for name, values in (section.answers if section else {}).items()})
        form = partial(place.step.form, wanted=self.asked(place), on=self.day)
        return form(answers) if bound else form(initial=_initial(place.step, answers))

    def form_with_error(self, place: Place, field: str, text: str) -> StepForm:
        form = self.form(place, bound=True)
        form.add_error(field, text)
        return form

    def judged(self, place: Place) -> StepForm:
        """The section's form with all that is wrong in it, by the form itself and by the rules."""
        form = self.form(place, bound=True)
        if form.is_valid():
            person = place.part if place.step.about_person else self._first_registered()
            for problem in self._problems(person):
                if (name := steps.form_field(problem.field)) in form.fields:
                    form.add_error(name, sentences.sentence(problem))
        return form

    def wrong(self) -> list[tuple[Place, str]]:
        """Everything that the rules say of the finished draft, each with the section where it is put right."""
        places = list(self.places())
        found = {}
        for person in self.content.persons:
            for problem in self._problems(person):
                place, text = self._place_of(problem, person, places), sentences.sentence(problem)
                found[place.part.id, place.step.name, text] = (place, text)
        return list(found.values())

    def place_of(self, problem: Problem, person: UUID) -> Place:
        return self._place_of(problem, self.content.part(person), list(self.places()))

    def seen(self) -> str:
        """Says how the parts stand that were left on the way; empty for none. Another page may go on writing in them."""
        left = [(str(place.part.id), place.step.name, place.part.sections[place.step.name].answers) for place in self.left()]
        return sha256(json.dumps(left).encode()).hexdigest() if left else ""

    def reports(self, *, seen: str) -> Mapping[UUID, NotificationInput]:
        """One for each person, of what was seen when it was checked. Raises UnfinishedError."""
        if self.unfinished() or self.wrong() or self.seen() != seen:
            raise UnfinishedError
        return {person.id: self._notification(person) for person in self.content.persons}

    def _shared(self, step: Step) -> Place:
        return Place(self.content.shared, step)

    def _standing_at(self, part: Part) -> Standing:
        return self.shared_standing() if part.id == self.content.shared.id else self.standing(part)

    def _situation(self, part: Part) -> Situation:
        return Situation(
            reporter=self.reporter,
            day=self.day,
            basis=self.basis,
            needs_consent=self.needs_consent,
            given=_given(part),
            standing=self._standing_at(part),
            not_asked=_first(part, "consent", "answer") in (gate.Answer.NOT_ASKED, gate.Answer.IMPOSSIBLE),
            signer=_signed(part)[0],
            method=_signed(part)[1],
            purposes=consents.asked_beside(self.reporter, self.day or timezone.localdate()),
            types=tuple(_all(self.content.shared, "exploitation", "exploitation_types")),
            phases=(*_all(part, "phases", "phases"), *_all(part, "residence", "b8_steps")),
        )

    def _holds_up(self, place: Place) -> bool:
        status = self.status(place)
        if status is Status.STARTED:
            return not self._stands(place)
        return status is not Status.DONE and place.step.needed

    def _stands(self, place: Place) -> bool:
        """Left on the way, but right as it is: the check before sending shows it. Consent is never taken for given that way."""
        answered = bool(place.part.sections[place.step.name].answers) or not place.step.needed
        return answered and not place.step.early and not self.judged(place).errors

    def _first_registered(self) -> Part:
        found = (person for person in self.content.persons if self.standing(person) is Standing.REGISTERED)
        return next(found, self.content.persons[0])

    def _problems(self, person: Part) -> tuple[Problem, ...]:
        return services.problems_of(notification=self._notification(person), reporter=self.reporter)

    def _notification(self, person: Part) -> NotificationInput:
        """What was asked of the person and filled in so far; a signal takes nothing of what the others share."""
        places = [self._shared(steps.REPORT), *self.places_of(person)]
        if self.standing(person) is not Standing.SIGNAL:
            places += [self._shared(step) for step in steps.STEPS if not step.about_person and step is not steps.REPORT]
        values: dict[str, Any] = {}
        for place in places:
            if place.step.name in place.part.sections:
                form = self.form(place, bound=True)
                form.full_clean()
                values |= form.cleaned_data
        return steps.notification_of(values)

    def _place_of(self, problem: Problem, person: Part, places: list[Place]) -> Place:
        name = steps.form_field(problem.field)
        own = [place for place in places if place.part.id in (person.id, self.content.shared.id)]
        return next((place for place in own if name in self.asked(place)), own[0])


def _same(one: Place, other: Place) -> bool:
    return one.part.id == other.part.id and one.step is other.step


def _finished(part: Part, name: str) -> bool:
    section = part.sections.get(name)
    return section is not None and section.finished


def _all(part: Part, name: str, field: str) -> list[str]:
    section = part.sections.get(name)
    return list(section.answers.get(field, ())) if section else []


def _first(part: Part, name: str, field: str) -> str:
    return next(iter(_all(part, name, field)), "")


def _signed(part: Part) -> tuple[str, str]:
    """Who signed, and how."""
    return _first(part, "statement", "signer"), _first(part, "statement", "method")


def _given(part: Part) -> bool:
    return _first(part, "consent", "answer") == gate.Answer.GIVEN


def _initial(step: Step, answers: MultiValueDict[str, str]) -> dict[str, Any]:
    sets = {name for name, field in step.form.base_fields.items() if isinstance(field, CodeSetField)}
    return {name: answers.getlist(name) if name in sets else answers.get(name) for name in step.form.base_fields}
