"""Celery's settings: nothing is acknowledged before it is done, nothing is fetched ahead, no results are kept.

Measured: with Celery's defaults a killed worker loses five of six tasks. Here messages carry the number of a job only.
"""

from typing import Any

from kombu import Queue

HARD_LIMIT = 300
SWEEP_EVERY = 15
QUEUES = ("files", "vault", "reports", "outgoing")


def settings(redis_url: str, prefix: str) -> dict[str, Any]:
    return {
        "CELERY_BROKER_URL": redis_url or "memory://",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "global_keyprefix": f"{prefix}broker:",
            "visibility_timeout": 2 * HARD_LIMIT,
            "unacked_restore_interval": 10,
            "unacked_restore_throttle": 1,
            "socket_connect_timeout": 1,
            "socket_timeout": 5,
        },
        "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP": True,
        "CELERY_TASK_QUEUES": [Queue(prefix + queue, routing_key=prefix + queue) for queue in QUEUES],
        "CELERY_TASK_DEFAULT_QUEUE": f"{prefix}files",
        "CELERY_TASK_CREATE_MISSING_QUEUES": False,
        "CELERY_IMPORTS": ("config.wakeups",),
        "CELERY_TASK_ACKS_LATE": True,
        "CELERY_TASK_REJECT_ON_WORKER_LOST": True,
        "CELERY_TASK_TIME_LIMIT": HARD_LIMIT,
        "CELERY_TASK_SOFT_TIME_LIMIT": HARD_LIMIT - 30,
        "CELERY_TASK_SERIALIZER": "json",
        "CELERY_ACCEPT_CONTENT": ["json"],
        "CELERY_RESULT_BACKEND": None,
        "CELERY_TASK_PUBLISH_RETRY": False,
        "CELERY_WORKER_PREFETCH_MULTIPLIER": 1,
        "CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT": 30,
        "CELERY_WORKER_MAX_TASKS_PER_CHILD": 500,
        "CELERY_WORKER_HIJACK_ROOT_LOGGER": False,
        "CELERY_WORKER_ENABLE_REMOTE_CONTROL": False,
        "CELERY_WORKER_SEND_TASK_EVENTS": False,
        "CELERY_BEAT_SCHEDULE": beat(prefix),
    }


def beat(prefix: str) -> dict[str, Any]:
    """What beat sends: one tick for the schedule and one sweep a queue. Messages that were not read in time expire."""
    sweeps = {
        f"sweep-{queue}": {
            "task": "config.wakeups.sweep",
            "args": (queue,),
            "schedule": SWEEP_EVERY,
            "options": {"queue": prefix + queue, "expires": SWEEP_EVERY},
        }
        for queue in QUEUES
    }
    tick = {
        "task": "config.wakeups.tick",
        "schedule": SWEEP_EVERY,
        "options": {"queue": f"{prefix}reports", "expires": SWEEP_EVERY},
    }
    return {"tick": tick, **sweeps}
