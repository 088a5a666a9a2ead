"""What extracts told stands apart from them: a list of extracts reads none of it, and it was moved there without loss."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.models import ExtractTold
from reports.releases import told
from tests import cast, extracted

TABLE = ExtractTold._meta.db_table
COLUMN = ("reports", "0014_extracts_attacked_with_tables")


@pytest.mark.django_db
@pytest.mark.parametrize("person", [cast.ANALYST, cast.APPROVER], ids=["analyst", "approver"])
def test_pages_of_extracts_read_nothing_of_what_they_told(person: cast.Person) -> None:
    identifier = extracted.ready()
    client = cast.signed_in(person)
    pages = {cast.ANALYST: ("extracts", "extract"), cast.APPROVER: ("releases", "release")}[person]
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(f"reports:{pages[0]}"))
        client.get(reverse(f"reports:{pages[1]}", kwargs={"extract": identifier}))
    assert [one["sql"] for one in queries if '"reports_extract"' in one["sql"]]
    assert not [one["sql"] for one in queries if TABLE in one["sql"]]


@contextmanager
def before_the_move() -> Iterator[None]:
    try:
        MigrationExecutor(connection).migrate([COLUMN])
        yield
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
def test_what_was_told_is_moved_and_can_be_moved_back() -> None:
    identifier = extracted.ready()
    extracted.previewed()
    kept = ExtractTold.objects.get()
    with before_the_move(), connection.cursor() as cursor:
        cursor.execute("SELECT told FROM reports_extract ORDER BY told")
        assert cursor.fetchall() == [("",), (kept.content,)]
    moved = ExtractTold.objects.get()
    assert (moved.extract_id, moved.content) == (identifier, kept.content)
    assert told.all_out() == (told.opened(kept).tallies,)
