"""The cache that all processes share: Redis where there is one, else a table. Sign-in limits depend on its being shared."""

from typing import Any

# Over this number Django drops rows at random; with the few of its default, a burst of attempts would wipe the counts.
MOST_ROWS = 50_000


def shared(redis_url: str, prefix: str) -> dict[str, Any]:
    if redis_url:
        options = {"serializer": "config.cache_backends.PlainSerializer", "socket_connect_timeout": 1, "socket_timeout": 2}
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": redis_url,
            "KEY_PREFIX": f"{prefix}cache",
            "OPTIONS": options,
        }
    return {
        "BACKEND": "config.cache_backends.DatabaseCache",
        "LOCATION": "baken_cache",
        "OPTIONS": {"MAX_ENTRIES": MOST_ROWS},
    }
