"""One operation of the interface, declared: who may, what goes in and which answers there are.

A view is refused what it does not declare here, and the published document is drawn from the same declaration.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from typing import Any

from django.utils.functional import Promise
from drf_spectacular.openapi import AutoSchema

from accounts.roles import Permission
from accounts.scopes import SCOPE_PERMISSIONS, Scope

Text = str | Promise
Schema = Mapping[str, Any]

API_VERSION = "1.0.0"
JSON = "application/json"
PROBLEM = "application/problem+json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEY_HEADER = "Idempotency-Key"
KEY_PATTERN = r"[A-Za-z0-9_\-]{16,64}"
ALWAYS = (HTTPStatus.NOT_ACCEPTABLE, HTTPStatus.INTERNAL_SERVER_ERROR)
OF_CLIENTS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)
OF_BODIES = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.LENGTH_REQUIRED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)
OF_KEYS = (HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


class Key(Enum):
    """Whether the operation takes an Idempotency-Key."""

    NONE = 0
    OPTIONAL = 1
    REQUIRED = 2


@dataclass(frozen=True)
class Query:
    """One parameter of the address after the question mark. read gives its value, or raises ValueError with a rule's code."""

    name: str
    schema: Schema
    read: Callable[[str], Any]
    explanation: Text
    default: Any = None


@dataclass(frozen=True)
class Answer:
    """What comes back where all is well; located says that the Location header names what was made."""

    status: HTTPStatus
    explanation: Text
    content: Mapping[str, Schema] = field(default_factory=dict)
    located: bool = False


@dataclass(frozen=True)
class Operation:
    """scope None means that everybody may, without a token. problems are those beyond what follows from the rest."""

    name: str
    summary: Text
    answers: tuple[Answer, ...]
    scope: Scope | None = None
    explanation: Text = ""
    body: Mapping[str, Schema] = field(default_factory=dict)
    body_needed: bool = True
    queries: tuple[Query, ...] = ()
    key: Key = Key.NONE
    problems: tuple[HTTPStatus, ...] = ()

    @property
    def permission(self) -> Permission | None:
        """What the scope stands for: a token is refused without both the role and the scope."""
        return next(iter(SCOPE_PERMISSIONS[self.scope])) if self.scope else None

    @property
    def all_problems(self) -> tuple[HTTPStatus, ...]:
        """Every parameter and body can be wrong, every client refused, and every address asked for another kind of answer."""
        found = {HTTPStatus.BAD_REQUEST, *ALWAYS, *self.problems}
        found.update(OF_CLIENTS if self.scope else (), OF_BODIES if self.body else ())
        found.update(OF_KEYS if self.key is not Key.NONE else ())
        return tuple(sorted(found))


class DescribedSchema(AutoSchema):
    """The operation of the published document, from the declaration of the view."""

    def get_operation(self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any) -> dict[str, Any]:
        view: Any = self.view
        operation: Operation = view.operations[method.lower()]
        found: dict[str, Any] = {
            "operationId": operation.name,
            "summary": operation.summary,
            "tags": [view.tag],
            "security": [{"oauth2": [operation.scope.value]}, {"token": []}] if operation.scope else [],
            "parameters": [*_of_path(view.places), *_of_header(operation), *map(_of_query, operation.queries)],
            "responses": _responses(operation),
        }
        if operation.explanation:
            found["description"] = operation.explanation
        if operation.body:
            found["requestBody"] = {"required": operation.body_needed, "content": _content(operation.body)}
        return {name: value for name, value in found.items() if value != [] or name == "security"}


def _of_path(places: Mapping[str, Schema]) -> list[dict[str, Any]]:
    return [{"name": name, "in": "path", "required": True, "schema": schema} for name, schema in places.items()]


def _of_query(query: Query) -> dict[str, Any]:
    schema = query.schema if query.default is None else {**query.schema, "default": query.default}
    return {"name": query.name, "in": "query", "description": query.explanation, "schema": schema}


def _of_header(operation: Operation) -> list[dict[str, Any]]:
    found = [{"$ref": "#/components/parameters/AcceptLanguage"}]
    if operation.key is Key.REQUIRED:
        found.append({"$ref": "#/components/parameters/IdempotencyKey"})
    elif operation.key is Key.OPTIONAL:
        found.append({"$ref": "#/components/parameters/IdempotencyKeyOptional"})
    return found


def _responses(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for answer in operation.answers:
        headers: dict[str, Any] = dict(_HEADERS)
        if answer.located:
            headers["Location"] = {"schema": {"type": "string", "format": "uri-reference"}}
        found[str(answer.status.value)] = {"description": answer.explanation, "headers": headers}
        if answer.content:
            found[str(answer.status.value)]["content"] = _content(answer.content)
    for status in operation.all_problems:
        found[str(status.value)] = {"$ref": f"#/components/responses/{status.name}"}
    return found


def _content(kinds: Mapping[str, Schema]) -> dict[str, Any]:
    return {kind: {"schema": schema} for kind, schema in kinds.items()}


_HEADERS = {"API-Version": {"$ref": "#/components/headers/APIVersion"}}
