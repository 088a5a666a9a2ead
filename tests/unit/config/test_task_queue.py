"""Celery's settings are those that lose nothing, and every name in Redis carries the prefix."""

from config import caches, task_queue

SETTINGS = task_queue.settings("redis://127.0.0.1:6379/0", "mine:")


def test_nothing_is_acknowledged_before_it_is_done_nor_fetched_ahead() -> None:
    assert SETTINGS["CELERY_TASK_ACKS_LATE"]
    assert SETTINGS["CELERY_TASK_REJECT_ON_WORKER_LOST"]
    assert SETTINGS["CELERY_WORKER_PREFETCH_MULTIPLIER"] == 1
    assert SETTINGS["CELERY_RESULT_BACKEND"] is None


def test_message_comes_back_only_after_the_hard_limit() -> None:
    visible_again = SETTINGS["CELERY_BROKER_TRANSPORT_OPTIONS"]["visibility_timeout"]
    assert visible_again == 2 * SETTINGS["CELERY_TASK_TIME_LIMIT"]


def test_every_name_carries_the_prefix() -> None:
    assert all(queue.name.startswith("mine:") for queue in SETTINGS["CELERY_TASK_QUEUES"])
    assert SETTINGS["CELERY_BROKER_TRANSPORT_OPTIONS"]["global_keyprefix"].startswith("mine:")
    assert caches.shared("redis://127.0.0.1:6379/0", "mine:")["KEY_PREFIX"].startswith("mine:")


def test_messages_of_beat_expire_before_the_next_ones_are_sent() -> None:
    for entry in task_queue.beat("mine:").values():
        assert entry["options"]["expires"] <= entry["schedule"]


def test_cache_is_shared_without_redis_too() -> None:
    assert caches.shared("", "mine:")["BACKEND"].endswith("DatabaseCache")
