"""Every address of the project is in the access table, and every row of the table holds for every kind of visitor."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import cast
from tests.access_rows import COLUMNS, VISITOR, Row
from tests.access_table import TABLE

pytestmark = pytest.mark.django_db


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or f'(no name: {pattern.pattern})'}"
        else:
            yield from names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


def browser(column: str) -> Client:
    people = {role.value: person for role, person in cast.BY_ROLE.items()}
    return Client() if column == VISITOR else cast.signed_in(people[column])


def status(name: str, row: Row, column: str) -> int:
    client = browser(column)
    address = reverse(name, kwargs=row.arguments())
    response = client.post(address, row.content) if row.method == "post" else client.get(address)
    return int(response.status_code)


def test_every_address_is_in_the_table() -> None:
    assert sorted(set(names(get_resolver())) - set(TABLE)) == []


def test_table_holds_no_address_that_is_gone() -> None:
    assert sorted(set(TABLE) - set(names(get_resolver()))) == []


@pytest.mark.parametrize("name", sorted(TABLE))
def test_page_answers_each_visitor_as_the_table_says(name: str) -> None:
    row = TABLE[name]
    found = {column: status(name, row, column) for column in COLUMNS}
    assert found == dict(row.statuses)
