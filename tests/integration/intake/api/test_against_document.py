"""The interface does what its published document says, whatever is sent: Schemathesis over every operation, in two ways.

More by command: SCHEMATHESIS_EXAMPLES=500 .venv/bin/pytest tests/integration/intake/api/test_against_document.py
"""

import os
from functools import cache

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from accounts.roles import Role
from intake.api.document import document
from tests import cast, interface
from tests.delivered import OM

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "6"))
RIGHT, WRONG = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
OPERATIONS = [(method, path) for path, methods in sorted(document("nl")["paths"].items()) for method in sorted(methods)]
# What takes nothing cannot be asked wrongly.
CASES = [
    (method, path, way)
    for method, path in OPERATIONS
    for way in (RIGHT, WRONG)
    if way is RIGHT or path not in ("/codelijsten", "/openapi.json", "/aanleversjabloon")
]
CHECKED = [
    not_a_server_error,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.negative_data_rejection,
    checks.ignored_auth,
]
BOUNDED = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@schemathesis.serializer("application/x-ndjson")
def lines(context, value):
    return bytes(value) if isinstance(value, bytes) else repr(value).encode()


@cache
def api():
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture
def server():
    """Its end of a request would close the connection that holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def token(path):
    feed = {"/emm-": cast.EMM, "/om-le": OM}.get(path[:5] if path.startswith("/emm") else path[:6])
    return interface.bearer(feed, Role.FEED) if feed else interface.bearer(cast.POLICE, Role.BATCH_SUBMITTER)


@pytest.mark.parametrize(("method", "path", "way"), CASES)
def test_operation_answers_as_the_document_says(server, method, path, way):
    sender = token(path)

    @BOUNDED
    @given(case=api()[path][method].as_strategy(generation_mode=way))
    def sent(case):
        case.call_and_validate(headers=sender, checks=CHECKED)

    sent()
