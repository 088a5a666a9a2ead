"""make test-services: every test that has a database on PostgreSQL, Redis and a real Celery worker; nothing else is touched.

The databases of a run are made and dropped by the tests; every key in Redis starts with the run's own prefix. Where the
servers are is given by TEST_POSTGRES and TEST_REDIS; without them they are looked for on this machine.
"""

import getpass
import os
import subprocess
import sys
from pathlib import Path
from secrets import token_hex

import psycopg
import redis

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("tests/services", "tests/processes", "tests/integration")


def main() -> int:
    postgres = os.environ.get("TEST_POSTGRES", f"postgres://{getpass.getuser()}@127.0.0.1:5432/postgres")
    server = os.environ.get("TEST_REDIS", "redis://127.0.0.1:6379/0")
    missing = [sentence for sentence in (_postgres_problem(postgres), _redis_problem(server)) if sentence]
    if missing:
        sys.stderr.write("\n".join(missing) + "\n")
        return 1
    prefix = f"baken_{token_hex(6)}:"
    environment = os.environ | {"DATABASE_URL": postgres, "REDIS_URL": server, "BAKEN_QUEUE_PREFIX": prefix}
    workers = os.environ.get("WORKERS", "auto")
    parallel = ("-n", workers, "--dist", "loadfile", "--no-loadscope-reorder")
    command = (sys.executable, "-m", "pytest", "-q", *parallel, *(sys.argv[1:] or FOLDERS))
    try:
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    finally:
        _forget(server, prefix)


def _postgres_problem(url: str) -> str:
    try:
        with psycopg.connect(url, connect_timeout=5):
            return ""
    except psycopg.OperationalError:
        return "PostgreSQL does not answer: start it, or set TEST_POSTGRES to the address of one where databases may be made."


def _redis_problem(url: str) -> str:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=5) as client:
            client.ping()
            return ""
    except redis.RedisError:
        return "Redis does not answer: start it, or set TEST_REDIS to its address."


def _forget(url: str, prefix: str) -> None:
    with redis.Redis.from_url(url) as client:
        for key in client.scan_iter(f"{prefix}*", count=1000):
            client.delete(key)


sys.exit(main())
