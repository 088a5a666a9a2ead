"""What every address of the interface does alike: tokens only, declared operations only, refusals as problem+json."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, cast
from uuid import UUID

from django.http import Http404
from rest_framework.exceptions import MethodNotAllowed, UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import HasDeclaredPermission, TokenAuthentication
from accounts.roles import Permission
from intake import idempotency
from intake.api import problems
from intake.api.described import API_VERSION, KEY_HEADER, KEY_PATTERN, DescribedSchema, Key, Operation, Schema, Text
from intake.api.parsers import StrictJsonParser
from intake.api.throttle import ClientRate
from intake.idempotency import Answer
from safeguards.actors import Actor

_KEY = re.compile(f'({KEY_PATTERN})|"({KEY_PATTERN})"')


class Resource(APIView):
    """places are the variable parts of the address, operations what may be done there, by method in lower case."""

    authentication_classes: Any = (TokenAuthentication,)
    permission_classes: Any = (HasDeclaredPermission,)
    throttle_classes = (ClientRate,)
    parser_classes: Sequence[type[BaseParser]] = (StrictJsonParser,)
    renderer_classes: Any = (JSONRenderer,)
    schema = DescribedSchema()
    tag: ClassVar[Text] = ""
    places: ClassVar[Mapping[str, Schema]] = {}
    operations: ClassVar[Mapping[str, Operation]] = {}
    values: Mapping[str, Any]

    @property
    def operation(self) -> Operation | None:
        method = str(self.request.method).lower()
        return self.operations.get("get" if method == "head" else method)

    @property
    def permission(self) -> Permission | None:
        return self.operation.permission if self.operation else None

    @property
    def allowed_methods(self) -> list[str]:
        found = [name.upper() for name in self.operations]
        return [*found, "HEAD"] if "GET" in found else found

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A method that is not there is not there for anybody; what was declared is checked before the view runs."""
        if self.operation is None:
            raise MethodNotAllowed(str(request.method))
        super().initial(request, *args, **kwargs)
        _check_framing(request)
        self.values = _values(request, self.operation)

    def get_exception_handler(self) -> Callable[[Exception, Mapping[str, Any]], Response | None]:
        return problems.handle

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response["API-Version"] = API_VERSION
        return super().finalize_response(request, response, *args, **kwargs)


def _check_framing(request: Request) -> None:
    """Nothing is unpacked for anybody, and of a document without a length the server would read nothing at all."""
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedMediaType(str(request.content_type))
    if "Transfer-Encoding" in request.headers:
        raise problems.LengthRequiredError


def actor(request: Request) -> Actor:
    return cast(Actor, cast(Any, request).actor)


def organisation(by: Actor) -> UUID:
    if by.organisation is None:
        raise Http404
    return by.organisation


def once(request: Request, act: Callable[[], Answer], *, body: bytes | None = None) -> Answer:
    """act under the Idempotency-Key of the request, if it has one. Two documents that say the same are the same body."""
    key = _key(request)
    if not key:
        return act()
    content = json.dumps(request.data, sort_keys=True).encode() if body is None else body
    sent = idempotency.Request(organisation(actor(request)), key, f"{request.method} {request.get_full_path()}", content)
    return idempotency.once(sent, act)


def _key(request: Request) -> str:
    matched = _KEY.fullmatch(request.headers.get(KEY_HEADER, ""))
    return (matched[1] or matched[2]) if matched else ""


def _values(request: Request, operation: Operation) -> dict[str, Any]:
    """All that is wrong with parameters and headers, at once."""
    wrong: dict[str, str] = {}
    values = {query.name: query.default for query in operation.queries}
    readers = {query.name: query.read for query in operation.queries}
    for name, sent in request.query_params.lists():
        try:
            values[name] = readers[name](_single(sent))
        except KeyError:
            wrong[name] = "unknown-parameter"
        except ValueError as error:
            wrong[name] = str(error)
    if operation.key is not Key.NONE and (code := _key_problem(request, operation)):
        wrong[KEY_HEADER] = code
    if wrong:
        raise problems.WrongParametersError(wrong)
    return values


def _single(sent: Sequence[str]) -> str:
    if len(sent) != 1:
        raise ValueError("wrong-format")
    return sent[0]


def _key_problem(request: Request, operation: Operation) -> str:
    if KEY_HEADER not in request.headers:
        return "required" if operation.key is Key.REQUIRED else ""
    return "" if _key(request) else "wrong-format"
