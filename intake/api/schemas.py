"""The shapes of what goes in and out, as the published document names them. Every object lists all its members."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import labels
from accounts.grants import PATH as TOKEN_URL
from accounts.scopes import Scope
from intake.api.described import KEY_PATTERN, PROBLEM, Schema, Text
from intake.notifications import members

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
IDENTIFIER: Schema = {"type": "string", "format": "uuid"}
COUNT: Schema = {"type": "integer", "minimum": 0}
DATE: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
STATES: Schema = {"type": "string", "enum": ["aanvaard", "wacht-op-toestemming", "anoniem-signaal", "ingetrokken"]}
ADDABLE = {"kenmerken", "leeftijdsgroep", "ontbrekend"}
BATCH_STATES = ["ontvangen", "gecontroleerd", "afgewezen", "bevestigd", "gepauzeerd", "verwerkt", "gestopt", "geannuleerd"]
BATCH_COUNTS = ("regels", "nieuw", "ongewijzigd", "gewijzigd", "ingetrokken", "fout")
DELIVERY_COUNTS = (
    "regels", "nieuw", "ongewijzigd", "gewijzigd", "geenSlachtoffer", "teruggenomen", "verwijderd", "overgeslagen", "fout",
)  # fmt: skip


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def shape(optional: Mapping[str, Schema] | None = None, **members: Schema) -> Schema:
    """An object of these members and no others."""
    properties = {**members, **(optional or {})}
    required = {"required": list(members)} if members else {}
    return {"type": "object", "additionalProperties": False, **required, "properties": properties}


def or_null(schema: Schema) -> Schema:
    return {**schema, "nullable": True}


def many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def components() -> dict[str, Any]:
    return {
        "schemas": _schemas(),
        "parameters": _parameters(),
        "headers": {"APIVersion": {"description": _("The version of this interface."), "required": True, "schema": TEXT}},
        "responses": {status.name: _refusal(status) for status in _REFUSALS},
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "description": _("A token that was issued on the site.")},
            "oauth2": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": TOKEN_URL, "scopes": _scopes()}}},
        },
    }


def _scopes() -> Mapping[str, Text]:
    return {scope.value: labels.SCOPES[scope] for scope in Scope}


def _schemas() -> dict[str, Schema]:
    error = {"pointer": TEXT, "parameter": TEXT}
    return {
        "NieuweMelding": members.schema(),
        "Ontvangst": shape(kenmerk=or_null(TEXT), status=STATES),
        "Melding": shape(kenmerk=TEXT, status=STATES, meldingsdatum=or_null(DATE), ontvangstdatum=DATE),
        "Zoekopdracht": shape(eigenKenmerk=TEXT),
        "Aanvulling": _supplement(),
        "Aanlevering": shape(
            aanlevering=IDENTIFIER,
            status={"type": "string", "enum": BATCH_STATES},
            proef=FLAG,
            ontvangenOp=MOMENT,
            bevestigdOp=or_null(MOMENT),
            afgerondOp=or_null(MOMENT),
            aantallen=shape(**dict.fromkeys(BATCH_COUNTS, COUNT)),
            voortgang=shape(gecontroleerd=COUNT, opgeslagen=COUNT),
            verkeerdSjabloon=FLAG,
        ),
        "Bevestiging": shape({"foutenWeglaten": FLAG}),
        "Regelfout": shape(regel=COUNT, kolom=TEXT, code=TEXT, detail=TEXT),
        "Levering": shape(levering=IDENTIFIER, status={"type": "string", "enum": ["ontvangen"]}),
        "Leveringsstand": shape(
            levering=IDENTIFIER,
            status={"type": "string", "enum": ["ontvangen", "verwerkt", "geweigerd", "vervallen"]},
            aantallen=shape(**dict.fromkeys(DELIVERY_COUNTS, COUNT)),
            fouten=many(shape({"pointer": TEXT}, regel=COUNT, code=TEXT, detail=TEXT)),
        ),
        "CodelijstKort": shape(naam=TEXT, versie=TEXT, aantalCodes=COUNT),
        "Codelijst": shape(naam=TEXT, versie=TEXT, codes=many(_code())),
        "Fout": shape(error, code=TEXT, detail=TEXT),
        "Probleem": shape(
            {"errors": many(ref("Fout"))}, type=TEXT, title=TEXT, status={"type": "integer"}, detail=TEXT, code=TEXT
        ),
    }


def _supplement() -> Schema:
    """What of a report can be added to."""
    known = members.schema()["properties"]
    return shape({name: known[name] for name in known if name in ADDABLE})


def _code() -> Schema:
    return shape(code=TEXT, labels=shape(nl=TEXT, en=TEXT), geldigVanaf=or_null(DATE), geldigTot=or_null(DATE))


def _parameters() -> dict[str, Any]:
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "description": _("A random name for this request, kept for 30 days: sent again, it has one effect and one answer."),
        "schema": {"type": "string", "pattern": f'^({KEY_PATTERN}|"{KEY_PATTERN}")$'},
    }
    language = {
        "name": "Accept-Language",
        "in": "header",
        "description": _("The language of explanations: nl or en."),
        "schema": {"type": "string"},
    }
    return {"AcceptLanguage": language, "IdempotencyKey": {**key, "required": True}, "IdempotencyKeyOptional": key}


def _refusal(status: HTTPStatus) -> dict[str, Any]:
    headers: dict[str, Any] = {"API-Version": {"$ref": "#/components/headers/APIVersion"}}
    if status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = {"schema": TEXT}
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        headers["Retry-After"] = {"schema": {"type": "integer"}}
    return {"description": _REFUSALS[status], "headers": headers, "content": {PROBLEM: {"schema": ref("Probleem")}}}


_REFUSALS: Mapping[HTTPStatus, Text] = {
    HTTPStatus.BAD_REQUEST: _("What was sent breaks one or more rules; errors names them all."),
    HTTPStatus.UNAUTHORIZED: _("No token, or one that is not valid any more."),
    HTTPStatus.FORBIDDEN: _("Your organisation or this token may not do this."),
    HTTPStatus.NOT_FOUND: _("There is no such thing of your organisation."),
    HTTPStatus.NOT_ACCEPTABLE: _("The answer cannot be given in the form that was asked for."),
    HTTPStatus.CONFLICT: _("Not possible now: another request or an earlier one stands in the way; code says which."),
    HTTPStatus.LENGTH_REQUIRED: _("The document came without a length."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("The document is larger than this address takes."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: _("This address does not take this kind of document."),
    HTTPStatus.UNPROCESSABLE_ENTITY: _("The Idempotency-Key was used before with another body or address."),
    HTTPStatus.TOO_MANY_REQUESTS: _("Too many requests; Retry-After says how many seconds to wait."),
    HTTPStatus.INTERNAL_SERVER_ERROR: _("Something went wrong here; nothing was stored."),
}
