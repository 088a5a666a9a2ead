"""Consent that is refused while another request of the same draft is on its way: nothing is left that says who it is."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from intake.models.draft import DraftFile
from intake.notifications import drafts
from intake.web import sections
from intake.web.journey import Journey
from tests import cast
from tests.drafted import EXPLOITATION, PDF, PERSON, REFUSED, Writer, opened


def first_time(monkeypatch: pytest.MonkeyPatch, place: Any, name: str, meanwhile: Callable[[], object]) -> None:
    """The first to come by there is overtaken."""
    real = getattr(place, name)

    def overtaken(*arguments: Any, **named: Any) -> Any:
        monkeypatch.setattr(place, name, real)
        meanwhile()
        return real(*arguments, **named)

    monkeypatch.setattr(place, name, overtaken)


def kept(writer: Writer) -> tuple[set[str], int]:
    return set(opened(writer.draft).persons[0].sections), DraftFile.objects.count()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(drafts.FileKind))
def test_file_under_way_is_not_taken(kind: drafts.FileKind, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Writer()
    writer.settle()
    real = sections.CHECKS[kind]

    def slow(*arguments: Any) -> Any:
        writer.fill("consent", REFUSED, 1)
        return real(*arguments)

    monkeypatch.setitem(sections.CHECKS, kind, slow)
    send = writer.attach if kind is drafts.FileKind.ATTACHMENT else writer.add_scan
    assert send("Zwaluwenburg.pdf", PDF)["Location"] == writer.base
    assert kept(writer) == ({"consent"}, 0)


@pytest.mark.django_db
def test_section_under_way_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Writer()
    writer.settle()
    first_time(monkeypatch, Journey, "judged", lambda: writer.fill("consent", REFUSED, 1))
    assert writer.fill("person", PERSON, 1)["Location"] == writer.base
    assert kept(writer) == ({"consent"}, 0)


@pytest.mark.django_db
def test_refusal_takes_along_what_was_kept_while_it_was_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Writer()
    writer.settle()
    first_time(monkeypatch, Journey, "judged", lambda: writer.autosave("exploitation", EXPLOITATION))
    writer.fill("consent", REFUSED, 1)
    assert set(opened(writer.draft).shared.sections) == {"report"}


@pytest.mark.django_db(transaction=True)
def test_autosave_and_refusal_come_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal starts while the autosave has judged that it may write. It waits, or the autosave writes nothing."""
    writer, beside = Writer(), Client()
    writer.settle()
    cast.signed_in(writer.person, beside)
    page = writer.page("consent", 1)

    def refuse() -> None:
        beside.post(page, REFUSED)
        connections.close_all()

    refusal = Thread(target=refuse)

    def meanwhile() -> None:
        refusal.start()
        refusal.join(timeout=3)

    first_time(monkeypatch, drafts, "keep", meanwhile)
    writer.autosave("person", PERSON, 1)
    refusal.join()
    assert kept(writer) == ({"consent"}, 0)
