"""Every engine that can be asked, and how a session with it is opened: for reading only, and not for ever."""

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from threading import Timer
from typing import Any

import ibis

from nps.engines import local
from nps.engines.connection import Connection
from nps.engines.failures import explained
from nps.sources import InputError

TIMEOUT_SECONDS = 600
CONNECT_SECONDS = 10


@dataclass(frozen=True)
class Engine:
    """A kind of database.

    dialect  sqlglot's name of its SQL
    drivers  the packages that must be there, and whose errors are explained
    connect  opens a session for reading
    stop     ends what a session is doing, for engines that keep no time themselves
    typed    whether people may enter it on the page: the address that was checked is the one that is asked
    """

    label: str
    dialect: str
    drivers: tuple[str, ...]
    connect: Callable[[Connection], ibis.BaseBackend]
    port: int | None = None
    stop: Callable[[ibis.BaseBackend], None] | None = None
    typed: bool = False


@contextmanager
def session(connection: Connection) -> Iterator[ibis.BaseBackend]:
    """A session for reading while in use. Raises InputError that says what to do, and quotes no password."""
    engine = ENGINES.get(connection.engine)
    if engine is None:
        raise InputError(f"Which database this is cannot be told. Set dialect to one of {', '.join(ENGINES)}.")
    if not connection.trusted and not engine.typed:
        raise InputError(f"A connection to {engine.label} is set up by the administrator, in secrets.toml.")
    for driver in engine.drivers:
        _need(driver, engine)
    with explained(engine.drivers):
        backend = engine.connect(connection)
        try:
            with _in_time(backend, engine.stop) if engine.stop else nullcontext():
                yield backend
        finally:
            if connection.engine != "spark":  # one Spark application serves everybody while the server runs
                backend.disconnect()


@contextmanager
def _in_time(backend: ibis.BaseBackend, stop: Callable[[ibis.BaseBackend], None]) -> Iterator[None]:
    """End what the session does when its time is up."""
    timer = Timer(TIMEOUT_SECONDS, stop, [backend])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _need(driver: str, engine: Engine) -> None:
    try:
        importlib.import_module(driver)
    except ImportError:
        raise InputError(
            f"This server cannot speak to {engine.label} yet. The administrator installs what its line in "
            "requirements-engines.txt names."
        ) from None


def _server(connection: Connection, **named: Any) -> dict[str, Any]:
    """Host, port and who asks, as most drivers call them; blanks are left to the driver."""
    usual = {"host": connection.host, "port": connection.port, "user": connection.username}
    return {key: value for key, value in (usual | named | dict(connection.options)).items() if value not in ("", None)}


def _postgres(connection: Connection) -> ibis.BaseBackend:
    limits = {"default_transaction_read_only": "on", "statement_timeout": f"{TIMEOUT_SECONDS}s"}
    return ibis.postgres.connect(
        **_server(connection, password=connection.password, database=connection.database, schema=connection.schema),
        connect_timeout=CONNECT_SECONDS,
        application_name="NPS Lens",
        options=" ".join(f"-c {name}={value}" for name, value in limits.items()),
    )


def _mysql(connection: Connection) -> ibis.BaseBackend:
    said = _server(connection, password=connection.password, database=connection.database)
    said["host"] = said.pop("hostaddr", said.get("host"))
    return ibis.mysql.connect(
        **said,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=TIMEOUT_SECONDS,
        local_infile=0,
        init_command="SET SESSION TRANSACTION READ ONLY",
    )


def _clickhouse(connection: Connection) -> ibis.BaseBackend:
    return ibis.clickhouse.connect(
        **_server(connection, password=connection.password, database=connection.database),
        connect_timeout=CONNECT_SECONDS,
        settings={"readonly": 2, "max_execution_time": TIMEOUT_SECONDS},
    )


def _trino(connection: Connection) -> ibis.BaseBackend:
    return ibis.trino.connect(
        **_server(connection, auth=connection.password, database=connection.database, schema=connection.schema),
        session_properties={"query_max_execution_time": f"{TIMEOUT_SECONDS}s"},
    )


def _snowflake(connection: Connection) -> ibis.BaseBackend:
    return ibis.snowflake.connect(
        **_server(connection, password=connection.password, database=_dotted(connection, "/")),
        create_object_udfs=False,
        login_timeout=CONNECT_SECONDS,
        session_parameters={"STATEMENT_TIMEOUT_IN_SECONDS": TIMEOUT_SECONDS},
    )


def _bigquery(connection: Connection) -> ibis.BaseBackend:
    return ibis.bigquery.connect(dataset_id=connection.schema or connection.database, **dict(connection.options))


def _databricks(connection: Connection) -> ibis.BaseBackend:
    return ibis.databricks.connect(
        server_hostname=connection.host,
        access_token=connection.password,
        catalog=connection.database or None,
        schema=connection.schema or "default",
        session_configuration={"STATEMENT_TIMEOUT": str(TIMEOUT_SECONDS), "TIMEZONE": "UTC"},
        **dict(connection.options),
    )


def _spark(connection: Connection) -> ibis.BaseBackend:
    """`master` is spark://host:7077, local[*] or, for Spark Connect, sc://host:15002; the other options configure."""
    from pyspark.sql import SparkSession

    said = {key: str(value) for key, value in connection.options}
    master = said.pop("master", "") or said.pop("remote", "") or "local[*]"
    builder = SparkSession.builder.appName("NPS Lens").config(map=said)
    if master.startswith("sc://"):
        return ibis.pyspark.connect(builder.remote(master).create())
    session = builder.master(master).getOrCreate()
    if session.sparkContext.master != master:
        raise InputError(
            "This server already works with another Spark cluster, and can with one only. "
            "Use Spark Connect (sc://...) for both, or run a second server."
        )
    backend = ibis.pyspark.connect(session.newSession())
    if connection.schema or connection.database:
        backend.raw_sql(f"USE {_quoted(connection)}")
    return backend


def _interrupt_duckdb(backend: ibis.BaseBackend) -> None:
    backend.con.interrupt()


def _quoted(connection: Connection) -> str:
    return ".".join(f"`{part.replace('`', '``')}`" for part in (connection.database, connection.schema) if part)


def _dotted(connection: Connection, mark: str) -> str:
    return mark.join(part for part in (connection.database, connection.schema) if part)


ENGINES = {
    "postgres": Engine("PostgreSQL", "postgres", ("psycopg",), _postgres, 5432, typed=True),
    "mysql": Engine("MySQL", "mysql", ("MySQLdb",), _mysql, 3306, typed=True),
    "spark": Engine("Spark", "spark", ("pyspark", "py4j"), _spark),
    "bigquery": Engine("BigQuery", "bigquery", ("google.cloud.bigquery",), _bigquery),
    "snowflake": Engine("Snowflake", "snowflake", ("snowflake.connector",), _snowflake),
    "clickhouse": Engine("ClickHouse", "clickhouse", ("clickhouse_connect",), _clickhouse, 8123),
    "trino": Engine("Trino", "trino", ("trino", "requests"), _trino, 8080),
    "databricks": Engine("Databricks", "databricks", ("databricks.sql",), _databricks),
    "duckdb": Engine("a DuckDB file", "duckdb", ("duckdb",), local.duckdb_file, stop=_interrupt_duckdb),
    "sqlite": Engine("a SQLite file", "sqlite", ("sqlite3", "duckdb"), local.sqlite_file),
    "parquet": Engine("Parquet files", "duckdb", ("duckdb",), local.parquet_folder, stop=_interrupt_duckdb),
}
