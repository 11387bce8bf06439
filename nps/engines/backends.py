"""Every engine that can be asked, and how it is reached: for reading only, and not for ever."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import certifi
import ibis

from nps.engines import local
from nps.engines.connection import Connection
from nps.notes import Refused

TIMEOUT_SECONDS = 600
CONNECT_SECONDS = 10
AUTHORITIES = "NPS_LENS_DATABASE_CA"


@dataclass(frozen=True)
class Engine:
    """A kind of database.

    dialect  sqlglot's name of its SQL
    drivers  the packages that must be there, and whose errors are explained
    connect  opens a session for reading
    stop     ends what a session is doing
    environment  what of the server's environment an administrator's connection needs
    typed    whether people may enter it on the page: the address that was checked is the one that is asked
    """

    label: str
    dialect: str
    drivers: tuple[str, ...]
    connect: Callable[[Connection], ibis.BaseBackend]
    port: int | None = None
    stop: Callable[[ibis.BaseBackend], None] | None = None
    typed: bool = False
    environment: tuple[str, ...] = ()


def environment(connection: Connection) -> tuple[str, ...]:
    """The names of what this connection's driver is told of the server's environment."""
    engine = ENGINES.get(connection.engine)
    return engine.environment if engine else ()


def _server(connection: Connection, **named: Any) -> dict[str, Any]:
    """Host, port and who asks, as most drivers call them; blanks are left to the driver."""
    usual = {"host": connection.host, "port": connection.port, "user": connection.username}
    return {key: value for key, value in (usual | named | dict(connection.options)).items() if value not in ("", None)}


def _authorities() -> str:
    """The file with the certificates of those who vouch for typed hosts: of the administrator, else of the public."""
    return os.environ.get(AUTHORITIES) or certifi.where()


def _postgres(connection: Connection) -> ibis.BaseBackend:
    from nps.engines import postgres

    return postgres.connect(connection, TIMEOUT_SECONDS, _authorities(), **_server(connection))


def _stop_postgres(backend: ibis.BaseBackend) -> None:
    from nps.engines import postgres

    postgres.stop(backend)


def _mysql(connection: Connection) -> ibis.BaseBackend:
    options = _server(connection, password=connection.password, database=connection.database)
    if not connection.trusted:
        # Its client verifies the name that it is given, and knows no address beside it: the certificate decides.
        options.pop("hostaddr", None)
        options |= {"ssl_mode": "VERIFY_IDENTITY", "read_default_file": os.devnull, "unix_socket": ""}
        options |= {"ssl": {"ca": _authorities()}}
    return ibis.mysql.connect(
        **options,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=TIMEOUT_SECONDS,
        local_infile=0,
        init_command="SET SESSION TRANSACTION READ ONLY",
    )


def _clickhouse(connection: Connection) -> ibis.BaseBackend:
    return ibis.clickhouse.connect(
        **_server(connection, password=connection.password, database=connection.database),
        connect_timeout=CONNECT_SECONDS,
        settings={
            **{"readonly": 2, "max_execution_time": TIMEOUT_SECONDS},
            "cancel_http_readonly_queries_on_client_close": 1,
        },
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
        session_parameters={"STATEMENT_TIMEOUT_IN_SECONDS": TIMEOUT_SECONDS, "ABORT_DETACHED_QUERY": True},
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

    options = {key: str(value) for key, value in connection.options}
    master = options.pop("master", "") or options.pop("remote", "") or "local[*]"
    builder = SparkSession.builder.appName("NPS Lens").config(map=options)
    if master.startswith("sc://"):
        return ibis.pyspark.connect(_tables_only(builder.remote(master).create()))
    session = builder.master(master).getOrCreate()
    if session.sparkContext.master != master:
        raise Refused("connection.second_cluster")
    backend = ibis.pyspark.connect(_tables_only(session.newSession()))
    if connection.schema or connection.database:
        backend.raw_sql(f"USE {_quoted(connection)}")
    return backend


def _tables_only(session: Any) -> Any:
    """The session, in which a file's path is no table."""
    session.conf.set("spark.sql.runSQLOnFiles", "false")
    return session


def _quoted(connection: Connection) -> str:
    return ".".join(f"`{part.replace('`', '``')}`" for part in (connection.database, connection.schema) if part)


def _dotted(connection: Connection, mark: str) -> str:
    return mark.join(part for part in (connection.database, connection.schema) if part)


ENGINES = {
    "postgres": Engine("PostgreSQL", "postgres", ("psycopg",), _postgres, 5432, _stop_postgres, typed=True),
    "mysql": Engine("MySQL", "mysql", ("MySQLdb",), _mysql, 3306, typed=True),
    "spark": Engine(
        "Spark", "spark", ("pyspark", "py4j"), _spark, environment=("JAVA_HOME", "SPARK_HOME", "HADOOP_CONF_DIR")
    ),
    "bigquery": Engine(
        "BigQuery", "bigquery", ("google.cloud.bigquery",), _bigquery, environment=("GOOGLE_APPLICATION_CREDENTIALS",)
    ),
    "snowflake": Engine("Snowflake", "snowflake", ("snowflake.connector",), _snowflake),
    "clickhouse": Engine("ClickHouse", "clickhouse", ("clickhouse_connect",), _clickhouse, 8123),
    "trino": Engine("Trino", "trino", ("trino", "requests"), _trino, 8080),
    "databricks": Engine("Databricks", "databricks", ("databricks.sql",), _databricks),
    "duckdb": Engine("a DuckDB file", "duckdb", ("duckdb",), local.duckdb_file, stop=local.interrupt),
    "sqlite": Engine("a SQLite file", "sqlite", ("sqlite3", "duckdb"), local.sqlite_file, stop=local.interrupt),
    "parquet": Engine("Parquet files", "duckdb", ("duckdb",), local.parquet_folder, stop=local.interrupt),
}
