"""Spark for a relink: a cluster, or this machine alone. All that Spark writes lies in the spill folder.

On a cluster the folder is one that all its nodes share; the nodes' own scratch space is the cluster's to erase.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from pyspark import SparkContext
from pyspark.sql import SparkSession
from splink import SparkAPI

LOCAL = "local[*]"


class OnSpark:
    overlap = "arrays_overlap"

    def __init__(self, session: SparkSession, folder: Path) -> None:
        self._session, self._folder = session, folder
        self.api: Any = SparkAPI(spark_session=session, register_udfs_automatically=False)

    def open(self, table: str, path: Path) -> Any:
        self._session.read.parquet(path.as_uri()).createOrReplaceTempView(table)
        return self.api.register(table)

    def make(self, table: str, query: str) -> None:
        """Written and read again, so that what hangs on it does not work it out anew."""
        made = self._folder / "made" / table
        self._session.sql(query).write.parquet(made.as_uri())
        self._session.read.parquet(made.as_uri()).createOrReplaceTempView(table)


def opened_at(master: str) -> Callable[[Path], AbstractContextManager[OnSpark]]:
    """master: the address of a cluster, or LOCAL."""

    @contextmanager
    def opened(folder: Path) -> Iterator[OnSpark]:
        session = _session(master, folder)
        try:
            yield OnSpark(session, folder)
        finally:
            _end(session)

    return opened


def _end(session: SparkSession) -> None:
    """Also the Java process, which stop() leaves running with what it held in memory."""
    gateway: Any = session.sparkContext._gateway
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = None


def _session(master: str, folder: Path) -> SparkSession:
    building = SparkSession.builder.master(master).appName("relink")
    own = ON_THIS_MACHINE if master.startswith("local") else {}
    for name, value in (_settings(folder) | own).items():
        building = building.config(name, value)
    session = building.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    session.sparkContext.setCheckpointDir((folder / "checkpoints").as_uri())
    return session


def _settings(folder: Path) -> dict[str, str]:
    temporary = folder / "temp"
    temporary.mkdir()
    java = f"-Djava.io.tmpdir={temporary} -Dderby.system.home={folder / 'derby'} -XX:-UsePerfData"
    return {
        "spark.local.dir": str(folder / "local"),
        "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
        "spark.driver.extraJavaOptions": java,
        "spark.sql.catalogImplementation": "in-memory",
        "spark.eventLog.enabled": "false",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }


# A cluster's own settings say how its work is parted and reached.
ON_THIS_MACHINE = {
    "spark.sql.shuffle.partitions": "4",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}
