"""What processes share in the cache comes back as it was put there, and nothing in it is ever run."""

import pickle
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.redis import RedisSerializer

from config.cache_backends import PlainSerializer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("value", [True, 7, 1.5, "text", None, [1700000000.25, 3], {"a": [1]}])
def test_plain_value_comes_back(value):
    cache.set("baken-test", value)
    assert cache.get("baken-test", "none") == value
    assert cache.get_many(["baken-test", "absent"]) == {"baken-test": value}


def test_value_whose_time_is_over_is_gone_and_may_be_added_again():
    cache.set("baken-test", "old", timeout=-1)
    assert cache.get("baken-test") is None
    assert cache.add("baken-test", "new")
    assert not cache.add("baken-test", "newer")
    assert cache.get("baken-test") == "new"


def test_value_that_names_code_is_refused_and_not_run():
    cache.set("baken-test", uuid4())
    with pytest.raises(pickle.UnpicklingError):
        cache.get("baken-test")
    cache.delete("baken-test")


def test_redis_reads_with_the_same_care():
    assert PlainSerializer().loads(PlainSerializer().dumps([1, "a"])) == [1, "a"]
    assert PlainSerializer().loads(b"12") == 12
    with pytest.raises(pickle.UnpicklingError):
        PlainSerializer().loads(RedisSerializer().dumps(print))


def test_no_settings_use_a_cache_that_unpickles_anything():
    cache_settings = settings.CACHES["default"]
    plain = cache_settings["BACKEND"].startswith("config."), "serializer" in cache_settings.get("OPTIONS", {})
    assert any(plain)
