"""The published document against the Dutch REST API Design Rules, as far as a machine can tell, and against the addresses."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from intake.api.document import document

ROOT = Path(__file__).resolve().parents[4]
DOCUMENT = document("nl")
METHODS = ("get", "post", "put", "patch", "delete")
OPERATIONS = {(method, path): what for path, methods in DOCUMENT["paths"].items() for method, what in methods.items()}
OPEN = {"/openapi.json", "/codelijsten", "/codelijsten/{naam}", "/aanleversjabloon"}
# Of OAuth itself (RFC 6749), described where the document says how to sign in.
SIGN_IN = {"oauth/token"}
SEARCHES = {"/meldingen/zoekopdrachten"}
DATES = re.compile(r"[dD]atum$")
MOMENTS = re.compile(r"Op$")


def resolved(node: Any) -> Any:
    while isinstance(node, dict) and "$ref" in node:
        found: Any = DOCUMENT
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        node = found
    return node


def schemas(node: Any = DOCUMENT) -> Iterator[dict[str, Any]]:
    """Every schema of an object that stands anywhere in the document."""
    if isinstance(node, dict):
        if node.get("type") == "object" or "properties" in node:
            yield node
        for value in node.values():
            yield from schemas(value)
    elif isinstance(node, list):
        for value in node:
            yield from schemas(value)


def members(of: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    for schema in schemas():
        properties = schema.get("properties", {})
        if isinstance(properties, dict):
            yield from ((name, resolved(value)) for name, value in properties.items() if isinstance(value, dict))


def parameters() -> Iterator[dict[str, Any]]:
    for what in OPERATIONS.values():
        yield from (resolved(one) for one in what.get("parameters", []))


def routed(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        path = prefix + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield path, pattern.callback
        else:
            yield from routed(pattern, path)


def test_document_lists_exactly_the_addresses_and_methods_that_are_routed() -> None:
    below = {path.removeprefix("api/v1/"): view for path, view in routed(get_resolver()) if path.startswith("api/v1/")}
    assert set(below) >= SIGN_IN
    views = {f"/{path}": view for path, view in below.items() if path not in SIGN_IN}
    answered = {(method, path) for path, view in views.items() for method in METHODS if hasattr(view.cls, method)}
    assert answered == set(OPERATIONS)


def test_document_is_of_the_version_that_the_rules_ask_for() -> None:
    assert DOCUMENT["openapi"].startswith("3.0.")


def test_document_names_whom_to_ask() -> None:
    assert all(DOCUMENT["info"]["contact"][name] for name in ("name", "email", "url"))


def test_major_version_is_in_the_address_and_the_whole_version_is_semantic() -> None:
    assert [server["url"] for server in DOCUMENT["servers"]] == ["/api/v1"]
    assert re.fullmatch(r"1\.\d+\.\d+", DOCUMENT["info"]["version"])


@pytest.mark.parametrize("path", sorted(DOCUMENT["paths"]))
def test_address_is_in_kebab_case_without_a_slash_at_the_end(path: str) -> None:
    segments = [segment for segment in path.split("/")[1:] if not segment.startswith("{")]
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*(\.json)?", segment) for segment in segments)
    assert not path.endswith("/")


def test_parameters_of_addresses_are_in_camel_case() -> None:
    names = {one["name"] for one in parameters() if one["in"] in ("query", "path")}
    assert names
    assert [name for name in names if not re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", name)] == []


def test_no_parameter_of_an_address_can_hold_who_somebody_is() -> None:
    """Names, numbers, days of birth and own references are sent in documents alone."""
    identifying = {name for name, _ in members()} & {
        "voornamen", "achternaam", "geboorte", "bsn", "vNummer", "documentnummer", "contact", "eigenKenmerk",
    }  # fmt: skip
    assert len(identifying) == 8
    assert {one["name"] for one in parameters() if one["in"] != "header"}.isdisjoint(identifying)


def test_only_methods_of_http_for_reading_making_and_replacing_are_used() -> None:
    assert {method for method, _ in OPERATIONS} <= {"get", "post", "put"}


def test_reading_takes_no_document() -> None:
    assert [path for (method, path), what in OPERATIONS.items() if method == "get" and "requestBody" in what] == []


def test_what_takes_a_document_says_that_it_may_be_wrong() -> None:
    without = [key for key, what in OPERATIONS.items() if key[0] != "get" and "400" not in what["responses"]]
    assert without == []
    assert not [
        key
        for key, what in OPERATIONS.items()
        if "422" in what["responses"] and "Idempotency-Key" not in str([resolved(one)["name"] for one in what["parameters"]])
    ]


def test_every_refusal_is_a_problem_document() -> None:
    for what in OPERATIONS.values():
        for status, answer in what["responses"].items():
            if int(status) >= 400:
                (kind,) = resolved(answer)["content"]
                assert kind == "application/problem+json"
    problem = DOCUMENT["components"]["schemas"]["Probleem"]
    assert {"type", "title", "status", "detail"} <= set(problem["required"])


def test_every_answer_says_the_version() -> None:
    for what in OPERATIONS.values():
        assert all("API-Version" in resolved(answer)["headers"] for answer in what["responses"].values())


def test_every_operation_that_is_not_open_asks_for_a_token_and_says_what_it_refuses() -> None:
    for (_, path), what in OPERATIONS.items():
        assert bool(what["security"]) == (path not in OPEN), path
        assert path in OPEN or {"401", "403", "429"} <= set(what["responses"])


def test_days_are_dates_and_moments_have_a_time() -> None:
    formats = {name: schema.get("format") for name, schema in members()}
    days = {name for name in formats if DATES.search(name)}
    moments = {name for name in formats if MOMENTS.search(name) and name != "beoordeeldOp"}
    assert {formats[name] for name in days} == {"date"}
    assert {formats[name] for name in moments} == {"date-time"}


def test_every_object_lists_all_its_members() -> None:
    loose = [schema for schema in schemas() if schema.get("properties") and schema.get("additionalProperties") is not False]
    assert loose == []


def test_names_of_operations_are_one_of_a_kind() -> None:
    names = [what["operationId"] for what in OPERATIONS.values()]
    assert len(names) == len(set(names))


def test_every_reference_within_the_document_leads_somewhere() -> None:
    for reference in set(re.findall(r"'\$ref': '([^']+)'", str(DOCUMENT))):
        assert resolved({"$ref": reference})


def test_lists_are_paged() -> None:
    for path in ("/meldingen", "/aanleveringen", "/aanleveringen/{aanlevering}/regels"):
        what = OPERATIONS["get", path]
        assert {"page", "pageSize"} <= {resolved(one)["name"] for one in what["parameters"]}
        assert set(what["responses"]["200"]["content"]["application/json"]["schema"]["required"]) == {
            "count", "next", "previous", "results",
        }  # fmt: skip


def test_document_is_in_the_language_of_the_reader_and_dutch_by_default() -> None:
    for language, summary in (("", "Eén melding indienen"), ("en", "Send one report"), ("fr", "Eén melding indienen")):
        found = Client().get("/api/v1/openapi.json", headers={"Accept-Language": language}).json()
        assert found["paths"]["/meldingen"]["post"]["summary"] == summary


def test_document_may_be_read_by_a_page_of_another_site_and_kept_for_a_while() -> None:
    response = Client().get("/api/v1/openapi.json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"].startswith("public, max-age=")


def test_every_operation_is_in_the_guide_with_its_scope_and_no_other() -> None:
    guide = (ROOT / "docs" / "api.md").read_text()
    rows = re.findall(r"^\| `(/[^`]+)` \| ([A-Z]+) \| .* \| `?([a-z:]+)`? \|$", guide, re.MULTILINE)
    scopes = {key: what["security"][0]["oauth2"][0] if what["security"] else "open" for key, what in OPERATIONS.items()}
    assert {(method.lower(), path): scope for path, method, scope in rows} == scopes
    assert len(rows) == len(scopes)
