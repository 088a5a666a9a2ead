"""Whoever holds a dump of the database and knows somebody's names and numbers finds none of them, whatever the desk did."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from intake import comparing
from intake.matching import review, unlink
from intake.matching.services import LINKER
from intake.models.contribution import Contribution
from intake.models.decision import Verdict
from intake.models.matching import MatchingFeatures, Pair, Token
from intake.notifications.inputs import Identity, PartialDate
from intake.unlock import Motive
from jobs import services as jobs
from tests import cast, handled
from tests.encoded import told_by
from tests.linked import linked, pair_of, proven

pytestmark = pytest.mark.django_db

WHO: dict[str, Any] = {
    "given_names": ("Quirijntje", "Ayşegül"),
    "prefix": "",
    "family_name": "Zwaluwenburg",
    "aliases": ("Nachtvlinder",),
    "birth": PartialDate(1991, 7, 23),
    "v_number": "2876543210",
    "document_number": "NXR7P4L29",
    "contact": "06 48 15 16 23",
    "narrative": "Gevonden bij de Vuurtorenlaan",
    "own_reference": "dossier Kwartelkoning",
}
CANARIES = (
    "Quirijntje", "Ayşegül", "Zwaluwenburg", "Quirijntje Zwaluwenburg", "Zwaluwenburg, Quirijntje", "Zwaluwenburg Quirijntje",
    "Nachtvlinder", "1991-07-23", "23-07-1991", "19910723", "2876543210", "NXR7P4L29", "06 48 15 16 23", "+31648151623",
    "Vuurtorenlaan", "Kwartelkoning", "dossier Kwartelkoning",
)  # fmt: skip
OTHER = {"given_names": ("Q.",), "birth": PartialDate(), "own_reference": "dossier Kwartelkoning 2"}


def dump() -> bytes:
    """Every byte of the file on SQLite, of free pages too; every value of every table on PostgreSQL."""
    if connection.vendor == "sqlite":
        return bytes(connection.connection.serialize())
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f'COPY (SELECT * FROM "{table}") TO STDOUT') as copied:  # noqa: S608
                found += [bytes(part) for part in copied]
    return b"\n".join(found)


def linked_and_reviewed() -> UUID:
    """All that the desk does with two reports of one person: opened, answered, doubted, taken back, proved, looked up."""
    first, second = linked(**WHO), linked(**WHO | OTHER)
    pair = pair_of(first, second).id
    reader, other = cast.actor(cast.REVIEWER), cast.actor(cast.SECOND_REVIEWER)
    comparing.open_both(pair=pair, motive=Motive.PAIR_DETAILS, by=reader)
    assert comparing.identities_of(pair=pair, by=reader)
    review.decide(pair=pair, verdict=Verdict.SAME_NUMBER, by=reader)
    review.contest(pair=pair, by=other)
    review.decide(pair=pair, verdict=Verdict.DIFFERENT_RELATIVES, by=other)
    review.undo(pair=pair, by=other)
    proven()
    handled.searched(identity=Identity(**WHO))
    jobs.drain(("files", "vault", "reports"))
    return second


def test_dump_tells_nothing_of_a_person_who_was_linked_read_and_looked_up() -> None:
    second = linked_and_reviewed()
    assert Token.objects.exists()
    assert MatchingFeatures.objects.exists()
    content = dump()
    reference = Contribution.objects.get(id=second).reference
    assert told_by(content, [reference])
    assert told_by(content, CANARIES) == set()


def test_dump_tells_nothing_after_a_report_was_withdrawn() -> None:
    second = linked_and_reviewed()
    unlink.remove(contributions=[second], by=LINKER)
    assert not Pair.objects.exists()
    assert told_by(dump(), CANARIES) == set()
