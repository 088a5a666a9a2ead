"""A real Celery worker of an installation, and the messages that wake it. It tests nothing itself."""

import subprocess
import sys

from celery import Celery

from tests.installations import Installation

QUEUES = ("files", "vault", "reports", "outgoing")


def worker(house: Installation, *queues: str) -> subprocess.Popen[bytes]:
    prefix = house.environment["BAKEN_QUEUE_PREFIX"]
    names = ",".join(prefix + queue for queue in queues or QUEUES)
    options = ("--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle", "--queues", names)
    return house.start(sys.executable, "-m", "celery", "--app", "config.celery", "worker", *options)


def send(house: Installation, task: str, argument: str, queue: str) -> None:
    """A message of beat, or a doubled one."""
    prefix = house.environment["BAKEN_QUEUE_PREFIX"]
    options = {"global_keyprefix": f"{prefix}broker:"}
    with Celery(broker=house.environment["REDIS_URL"], broker_transport_options=options, set_as_current=False) as sender:
        sender.send_task(f"config.wakeups.{task}", (argument,), queue=prefix + queue, ignore_result=True)


def sweep(house: Installation) -> None:
    """What beat does every quarter of a minute, sooner."""
    for queue in QUEUES:
        send(house, "sweep", queue, queue)
