"""The caches that processes share, read without running anything: another process may have put there what is found.

Django unpickles what it reads, and a pickle can name code to run. Plain values name none, so every name is refused.
"""

import io
import pickle
from base64 import b64decode
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from django.core.cache.backends import db, redis
from django.db import connections, router
from django.utils import timezone


class PlainValues(pickle.Unpickler):
    """Numbers, texts, lists and the like; anything that names a class or a function is an error."""

    def find_class(self, module_name: str, global_name: str, /) -> NoReturn:
        raise pickle.UnpicklingError("A cached value names code, so it is not read.")


def plain(content: bytes) -> Any:
    return PlainValues(io.BytesIO(content)).load()


class PlainSerializer(redis.RedisSerializer):
    """Whole numbers stand as they are, so that Redis can count them."""

    def loads(self, data: Any) -> Any:
        try:
            return int(data)
        except ValueError:
            return plain(data)


class DatabaseCache(db.DatabaseCache):
    """As Django's, but for how a value is read."""

    _table: str
    _base_delete_many: Callable[[list[str]], object]

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        wanted = {self.make_and_validate_key(key, version=version): key for key in keys}
        if not wanted:
            return {}
        connection = connections[router.db_for_read(self.cache_model_class)]
        places = ", ".join(["%s"] * len(wanted))
        query = f"SELECT cache_key, value, expires >= %s FROM {self._table} WHERE cache_key IN ({places})"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(query, [connection.ops.adapt_datetimefield_value(timezone.now()), *wanted])
            rows = cursor.fetchall()
        self._base_delete_many([key for key, _, fresh in rows if not fresh])
        return {wanted[key]: plain(b64decode(value)) for key, value, fresh in rows if fresh}
