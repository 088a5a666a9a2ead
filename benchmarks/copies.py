"""Makes a large register of a small one that is real: every row of every table again and again, under identifiers of its own.

Copies are what a register of that size has in its tables and indexes. What is sealed in them cannot be opened, and is cut
short. One in sixteen index tokens is the same in all copies, so that many are shared by more than the cap allows.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import F

from reports.models import ExactCell

# In the order of what refers to what.
TABLES = (
    "intake.Contribution",
    "intake.SealedIdentity",
    "safeguards.DataKey",
    "intake.MatchingFeatures",
    "intake.Token",
    "intake.Person",
    "intake.PersonContribution",
    "intake.Pair",
    "reports.PersonYear",
    "consent.Statement",
    "consent.StatementEvent",
    "consent.Outcome",
)
# Of these there are as many as there were.
SAME = frozenset({"organisation", "organisation_id", "batch_id", "notice_id"})
SEALED = frozenset({"wrapped", "blob"})
SHARED = 16

# {0} is a column, {1} the number of the copy.
EXPRESSIONS = {
    "sqlite": {
        "identifier": "again_identifier({0}, {1})",
        "digest": "again_digest({0}, {1})",
        "token": "again_token({0}, {1})",
        "text": "'U' || printf('%02x', {1}) || substr({0}, 4)",
        "first": "min({0}, {1})",
        "second": "max({0}, {1})",
    },
    "postgresql": {
        "identifier": "(lpad(to_hex(({1}::bigint * 2654435761) & 4294967295), 8, '0') || substr({0}::text, 9))::uuid",
        "digest": "substr({0}, 1, 12) || decode(lpad(to_hex({1}), 8, '0'), 'hex') || substr({0}, 17)",
        "token": (
            "CASE WHEN get_byte({0}, 0) % 16 = 0 THEN {0} "
            "ELSE substr({0}, 1, 12) || decode(lpad(to_hex({1}), 8, '0'), 'hex') END"
        ),
        "text": "'U' || lpad(to_hex({1}), 2, '0') || substr({0}, 4)",
        "first": "least({0}, {1})",
        "second": "greatest({0}, {1})",
    },
}
PREPARATIONS = {
    "sqlite": ("PRAGMA foreign_keys=OFF", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-800000", "PRAGMA secure_delete=OFF"),
    "postgresql": ("SET session_replication_role = replica", "SET synchronous_commit = off"),
}

Tell = Callable[[str], None]


def multiply(copies: int, tell: Tell) -> None:
    """So many copies of all that is there; the counters of the figures are multiplied with them."""
    _prepare()
    for label in TABLES:
        model = apps.get_model(label)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE original AS SELECT * FROM {model._meta.db_table}")  # noqa: S608
            for number in range(1, copies + 1):
                cursor.execute(_statement(model, number))
            cursor.execute("DROP TABLE original")
        tell(f"{label}: {model.objects.count():,}")
    ExactCell.objects.update(count=F("count") * (copies + 1))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()


def _prepare() -> None:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        for name, function in (("identifier", _identifier), ("digest", _digest), ("token", _token)):
            connection.connection.create_function(f"again_{name}", 2, function)
    with connection.cursor() as cursor:
        for statement in PREPARATIONS[connection.vendor]:
            cursor.execute(statement)


def _statement(model: type[models.Model], number: int) -> str:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field, number) for field in fields)
    return f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {values} FROM original"  # noqa: S608


def _value(field: "models.Field[Any, Any]", number: int) -> str:
    column, known = f'"{field.column}"', EXPRESSIONS[connection.vendor]
    if field.name in ("first", "second"):
        return known[field.name].format(*(known["identifier"].format(end, number) for end in ("first_id", "second_id")))
    if field.name in SEALED:
        return f"substr({column}, 1, 96)"
    kind = _kind(field)
    return known[kind].format(column, number) if kind else column


def _kind(field: "models.Field[Any, Any]") -> str:
    """Which expression gives a copy a value of its own; none where it has the same."""
    if field.column in SAME:
        return ""
    if field.name in ("reference", "receipt"):
        return "text"
    if field.name == "own_reference_digest":
        return "digest"
    if field.name == "digest":
        return "token"
    target = field.target_field if field.is_relation else field
    return "identifier" if isinstance(target, models.UUIDField) else ""


def _identifier(text: str | None, number: int) -> str | None:
    return text and f"{number * 2654435761 & 0xFFFFFFFF:08x}{text[8:]}"


def _digest(digest: bytes | None, number: int) -> bytes | None:
    return digest and digest[:12] + number.to_bytes(4, "big") + digest[16:]


def _token(digest: bytes, number: int) -> bytes:
    return digest if digest[0] % SHARED == 0 else digest[:12] + number.to_bytes(4, "big")
