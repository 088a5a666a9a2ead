"""What all tests share: throw-away keys, blocked sockets, no database in unit tests, and nothing left behind in Redis."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from intake.matching import sampling
from tests.append_only import let_flush_empty_tables
from tests.installations import migrated
from tests.keys import throw_away_keys

HERE = Path(__file__).resolve().parent
WITHOUT_DATABASE = ("unit", "proofs")
THIS_MACHINE = ["127.0.0.1", "::1", "localhost"]
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}


# How long an example takes says how busy the machine is.
hypothesis_settings.register_profile("baken", deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pytest_configure() -> None:
    hypothesis_settings.load_profile("baken")
    let_flush_empty_tables()


def pytest_unconfigure() -> None:
    """The files that writers of SQLite queue at stay when the database is dropped."""
    name = str(settings.DATABASES["default"]["TEST"]["NAME"])
    for ending in ("turn", "next") if name.endswith(".sqlite3") else ():
        for file in Path(name).parent.glob(f"{Path(name).name}*-{ending}"):
            file.unlink(missing_ok=True)


@pytest.fixture(scope="session", autouse=True)
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keys of this test run alone; the processes that tests start find them too."""
    with throw_away_keys(tmp_path_factory.mktemp("keys")) as folder:
        yield folder


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Iterator[str]:
    """A migrated database, to be copied by tests that start processes of their own."""
    with migrated(tmp_path_factory.mktemp("template")) as url:
        yield url


@pytest.fixture(autouse=True)
def nothing_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test hangs on what a draw among random ids brings; tests of samples say how much is drawn."""
    monkeypatch.setattr(sampling, "READ_TWICE", sampling.PLACES)
    monkeypatch.setattr(sampling, "KEPT_BELOW", sampling.PLACES)


@pytest.fixture(autouse=True)
def empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """A Redis cache outlives a test's transaction; only keys of this run's prefix are removed."""
    yield
    if settings.REDIS_URL and _folder(request.node) not in WITHOUT_DATABASE:
        forget_keys(f"{settings.BAKEN_QUEUE_PREFIX}cache*")
        cache.close()


def forget_keys(pattern: str) -> None:
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        for key in client.scan_iter(pattern, count=1000):
            client.delete(key)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _folder(item) in WITHOUT_DATABASE:
            item.add_marker(pytest.mark.disable_socket)
            _refuse_database(item)
        elif not item.get_closest_marker("enable_socket"):
            item.add_marker(pytest.mark.allow_hosts(THIS_MACHINE))


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(HERE).parts[0]


def _refuse_database(item: pytest.Item) -> None:
    asks = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    if asks:
        raise pytest.UsageError(f"{item.nodeid} asks for the database: move it to tests/integration.")
