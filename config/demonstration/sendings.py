"""What each reporter of the reference register would have sent: identity as reported, characteristics, consent."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from accounts.demonstration import OTHER_NAMES, POLICE_NAMES
from accounts.reporters import OtherReporter, ReporterGroup, Source
from config.demonstration import register
from config.demonstration.circumstances import with_circumstances
from config.demonstration.identities import MadeUpPerson, people
from config.demonstration.places import municipalities_of
from config.demonstration.procedures import with_dismissal, with_procedure
from config.demonstration.register import ReferencePerson, ReferenceReport
from config.demonstration.variations import identity_as_reported, leaves_out
from consent.gate import CURRENT_NOTICE, Answer, Capacity, Method, Signer
from intake.codes import lists
from intake.codes.characteristics import Characteristics
from intake.notifications.inputs import ConsentAnswer, NotificationInput

ORGANISATION_OF_REPORTER = {
    "KMar": "Koninklijke Marechaussee",
    "ISZW-DO": "Inspectie SZW - Opsporing",
    "care coordinators": "Zorgcoördinatie Midden",
    "FairWork": "FairWork",
    "EMM": "EMM",
    "OM": "Openbaar Ministerie",
}
WITH_NUMBERS = frozenset({"police", "KMar", "EMM"})
SIGNS_ALONE_FROM = 16
ISZW_DO_ANSWERS = (("indication", "yes"), ("reflection-period", "accepted"))


@dataclass(frozen=True)
class Sending:
    """One report as its organisation sends it."""

    report: ReferenceReport
    organisation: str
    notification: NotificationInput


@cache
def sendings() -> tuple[Sending, ...]:
    """All of the register, in the order of their dates."""
    persons = {person.id: person for person in register.persons()}
    full = {person: _full_report(reports) for person, reports in register.reports_by_person().items()}
    first = {person: _first_report(reports) for person, reports in register.reports_by_person().items()}
    made = people()
    return tuple(
        _sending(
            report,
            persons[report.person],
            made[report.person],
            complete=report == full[report.person],
            first=report == first[report.person],
        )
        for report in register.reports()
    )


def _sending(report: ReferenceReport, person: ReferencePerson, made: MadeUpPerson, *, complete: bool, first: bool) -> Sending:
    numbers = frozenset({"bsn", "v_number"}) if report.reporter in WITH_NUMBERS else frozenset()
    identity = identity_as_reported(made, report, person.age, first=first, numbers=numbers)
    return Sending(
        report,
        organisation_of(report),
        NotificationInput(
            date=report.date,
            identity=identity,
            characteristics=_characteristics(report, person, made, complete=complete),
            consent=_consent(report, person) if report.legal_basis == "no" else None,
        ),
    )


def organisation_of(report: ReferenceReport) -> str:
    """The demonstration organisation that sends this report."""
    if report.reporter == ReporterGroup.POLICE:
        return POLICE_NAMES[next(unit for unit in POLICE_NAMES if lists.POLICE_UNITS.get(unit).label_en == report.unit)]
    if report.reporter == "other reporters":
        return OTHER_NAMES[OtherReporter(lists.OTHER_REPORTERS.by_label(report.unit))]
    return ORGANISATION_OF_REPORTER[report.reporter]


def _full_report(reports: tuple[ReferenceReport, ...]) -> ReferenceReport:
    """The contribution that states every characteristic: a report where there is one, since it wins the merge."""
    return min(reports, key=lambda report: (_rank(report), report.date, report.id))


def _first_report(reports: tuple[ReferenceReport, ...]) -> ReferenceReport:
    """The contribution that the person-year's age comes from: the earliest, reports before EMM and OM."""
    return min(reports, key=lambda report: (report.source is not Source.REPORT, report.date, report.id))


def _rank(report: ReferenceReport) -> int:
    return (Source.REPORT, Source.EMM, Source.OM).index(report.source)


def _characteristics(
    report: ReferenceReport, person: ReferencePerson, made: MadeUpPerson, *, complete: bool
) -> Characteristics:
    further = ISZW_DO_ANSWERS if report.reporter == "ISZW-DO" else ()
    values = dict(_known(person, made))
    if not complete:
        values = {name: value for name, value in values.items() if not leaves_out(report, name)}
    known = Characteristics(**values, further=further)  # type: ignore[arg-type]
    if report.source is Source.OM:
        return with_dismissal(known, person, report.date)
    if complete and report.source is Source.REPORT:
        return with_procedure(with_circumstances(known, person), person, report.date)
    return known


def _known(person: ReferencePerson, made: MadeUpPerson) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    coded = {
        "exploitation_types": (lists.EXPLOITATION_TYPES, person.types),
        "prostitution_sectors": (lists.PROSTITUTION_SECTORS, (person.prostitution_sector,)),
        "labour_sectors": (lists.LABOUR_SECTORS, (person.labour_sector,)),
        "criminal_kinds": (lists.CRIMINAL_KINDS, (person.criminal_kind,)),
    }
    for name, (codes, labels) in coded.items():
        if known := tuple(sorted(codes.by_label(label) for label in labels if label)):
            yield name, known
    if sex := lists.SEXES.by_label(person.sex):
        yield "sex", sex
    if made.country:
        yield "nationalities", (made.country,)
    yield from municipalities_of(person.id, register.reports_by_person()[person.id])


def _consent(report: ReferenceReport, person: ReferencePerson) -> ConsentAnswer:
    """Own statement from 16, a guardian's below; who is of unknown age was evidently 16 or older."""
    alone = person.age is None or person.age >= SIGNS_ALONE_FROM
    return ConsentAnswer(
        answer=Answer.GIVEN,
        capacity=Capacity.SIXTEEN_OR_OLDER if alone else Capacity.UNDER_SIXTEEN,
        signer=Signer.PERSON if alone else Signer.GUARDIAN,
        method=Method.WRITTEN,
        notice_version=CURRENT_NOTICE,
        language="nl",
        signed_on=report.date,
    )
