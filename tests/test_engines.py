"""Databases: the same product from every file engine, what a SELECT may say, which hosts may be asked."""

import socket
import sqlite3
import threading
from dataclasses import replace

import ibis
import pandas as pd
import pytest
import sqlglot
import stores

import nps
from nps import columns, engines, rollups, sources
from nps.engines import Connection, Stored, checked_select, from_secrets, pinned
from nps.engines.answers import values
from nps.engines.failures import meaning
from nps.fields import FIELDS
from nps.keys import matching
from nps.literals import dates, numbers
from nps.tables import cells, use

COMPILED = ("postgres", "mysql", "clickhouse", "trino", "snowflake", "bigquery", "databricks")
ANSWERS = pd.DataFrame(
    {
        "answer": [0, 1],
        "person_id": ['o\'Brien \\ "co"', "9007199254740993000"],
        "responded_at": pd.to_datetime(["2025-03-01 12:00:00.5", None]),
        "earliest": pd.to_datetime(["2024-12-01 12:00:00.5", None]),
    }
)


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> nps.Panel:
    return nps.load(**stores.csv_files(tmp_path_factory.mktemp("csv")))


@pytest.mark.parametrize("kind", stores.KINDS, ids=lambda kind: kind.__name__)
def test_the_same_product_gives_the_same_figures_from_every_kind_of_place(kind, tmp_path, expected):
    assert_loaded = nps.load(**kind(tmp_path))
    stores.assert_same(assert_loaded, expected)


@pytest.mark.parametrize("kind", [stores.duckdb_file, stores.sqlite_file], ids=lambda kind: kind.__name__)
def test_weeks_days_and_steps_are_the_same_wherever_usage_is(kind, tmp_path):
    wanted = stores.asked_of_usage(stores.csv_files(tmp_path))
    stores.assert_same_use(stores.asked_of_usage(kind(tmp_path)), wanted)


def test_a_select_can_stand_for_a_table(tmp_path):
    given = stores.duckdb_file(tmp_path)
    chosen = "WITH mine AS (SELECT * FROM responses) SELECT person_id, score, responded_at FROM mine WHERE score >= 9"
    panel = nps.load(stores.only(given, responses=chosen)["responses"], usage=given["usage"])
    assert panel.answers["score"].min() == 9
    assert panel.has_usage


def test_a_preview_shows_the_first_rows_and_how_the_columns_are_read(tmp_path):
    found = nps.preview(stores.duckdb_file(tmp_path)["usage"], "usage", rows=3)
    assert len(found.head) == 3
    assert found.reading.columns == {name: name for name in ("person_id", "feature", "at", "uses", "minutes")}


@pytest.mark.parametrize("kind", [stores.duckdb_file, stores.sqlite_file, stores.parquet_folder])
def test_the_tables_of_a_database_can_be_listed(kind, tmp_path):
    assert engines.table_names(kind(tmp_path)["usage"].connection) == ["people", "responses", "usage"]


# --- one SELECT, for reading ----------------------------------------------------------------------------------------

HARMLESS = [
    ("postgres", "SELECT * FROM answers WHERE score > 6 ORDER BY at DESC LIMIT 10"),
    ("postgres", "SELECT lower(email) AS person_id, max(score)::int, date_trunc('day', at) FROM a.b GROUP BY 1, 3;"),
    ("postgres", "WITH x AS (SELECT 1 AS a) SELECT a, row_number() OVER (ORDER BY a) FROM x UNION ALL SELECT 2, 3"),
    ("bigquery", "SELECT user_pseudo_id, COUNT(*) FROM `shop.analytics.events_*` GROUP BY 1"),
    ("snowflake", "SELECT v:user.id::string AS person_id FROM raw.events"),
    ("trino", "SELECT json_extract_scalar(payload, '$.id') FROM hive.web.events"),
    ("spark", "SELECT explode(features) AS feature, count(*) FROM usage GROUP BY 1"),
]
HOSTILE = [
    ("postgres", "DROP TABLE answers"),
    ("postgres", "SELECT 1; DROP TABLE answers"),
    ("postgres", "DELETE FROM answers"),
    ("postgres", "WITH gone AS (DELETE FROM answers RETURNING *) SELECT * FROM gone"),
    ("postgres", "WITH new AS (INSERT INTO answers VALUES (1) RETURNING *) SELECT * FROM new"),
    ("postgres", "UPDATE answers SET score = 10"),
    ("postgres", "SELECT * INTO copy FROM answers"),
    ("postgres", "CREATE TABLE copy AS SELECT * FROM answers"),
    ("postgres", "COPY answers TO '/tmp/out'"),
    ("postgres", "COPY (SELECT 1) TO PROGRAM 'id'"),
    ("postgres", "SET default_transaction_read_only = off"),
    ("postgres", "SELECT set_config('default_transaction_read_only', 'off', false)"),
    ("postgres", "SELECT pg_read_file('/etc/passwd')"),
    ("postgres", "SELECT pg_catalog.pg_read_file('/etc/passwd')"),
    ("postgres", "SELECT * FROM pg_ls_dir('/')"),
    ("postgres", "SELECT \"pg_read_binary_file\"('/etc/passwd')"),
    ("postgres", "SELECT lo_import('/etc/passwd')"),
    ("postgres", "SELECT * FROM dblink('host=10.0.0.1', 'SELECT 1') AS t(a int)"),
    ("postgres", "SELECT pg_sleep(1000)"),
    ("postgres", "SELECT pg_terminate_backend(1)"),
    ("postgres", "SELECT nextval('answers_id_seq')"),
    ("postgres", "SELECT query_to_xml('DROP TABLE answers', true, true, '')"),
    ("postgres", "SELECT mine.lower('x')"),
    ("postgres", "SELECT * FROM answers FOR UPDATE"),
    ("postgres", "SELECT (SELECT pg_read_file('/etc/passwd'))"),
    ("postgres", "SELECT 1 WHERE EXISTS (SELECT pg_read_file('/etc/passwd'))"),
    ("postgres", "CALL drop_all()"),
    ("postgres", "DO $$ BEGIN DROP TABLE answers; END $$"),
    ("postgres", "EXPLAIN ANALYZE DELETE FROM answers"),
    ("postgres", "GRANT ALL ON answers TO public"),
    ("postgres", "TRUNCATE answers"),
    ("postgres", "BEGIN; SELECT 1"),
    ("postgres", "VALUES (1)"),
    ("postgres", "not sql at all '"),
    ("postgres", ""),
    ("postgres", "-- nothing"),
    ("postgres", "SELECT 1 /*" + "x" * 30_000 + "*/"),
    ("duckdb", "SELECT * FROM read_csv('/etc/passwd')"),
    ("duckdb", "SELECT * FROM read_parquet('/data/*.parquet')"),
    ("duckdb", "SELECT * FROM read_text('/etc/passwd')"),
    ("duckdb", "SELECT * FROM '/etc/passwd'"),
    ("duckdb", "FROM 'secret.csv'"),
    ("duckdb", "SELECT * FROM glob('/*')"),
    ("duckdb", "SELECT getenv('HOME')"),
    ("duckdb", "ATTACH 'other.db'"),
    ("duckdb", "PRAGMA database_list"),
    ("duckdb", "INSTALL httpfs"),
    ("duckdb", "LOAD httpfs"),
    ("duckdb", "COPY (SELECT 1) TO 'x.csv'"),
    ("sqlite", "ATTACH DATABASE '/etc/passwd' AS other"),
    ("sqlite", "PRAGMA writable_schema = 1"),
    ("sqlite", "SELECT load_extension('evil')"),
    ("sqlite", "SELECT writefile('/tmp/x', 'y')"),
    ("mysql", "SELECT * FROM answers INTO OUTFILE '/tmp/x'"),
    ("mysql", "SELECT load_file('/etc/passwd')"),
    ("mysql", "SELECT @@global.secure_file_priv"),
    ("mysql", "SELECT sleep(1000)"),
    ("mysql", "LOAD DATA INFILE '/etc/passwd' INTO TABLE answers"),
    ("clickhouse", "SELECT * FROM url('http://169.254.169.254/', CSV)"),
    ("clickhouse", "SELECT * FROM file('/etc/passwd')"),
    ("clickhouse", "SELECT * FROM remote('10.0.0.1', system.users)"),
    ("clickhouse", "SELECT * FROM answers SETTINGS readonly = 0"),
    ("clickhouse", "SELECT * FROM answers INTO OUTFILE 'x'"),
    ("spark", "SELECT * FROM csv.`/etc/passwd`"),
    ("spark", "SELECT TRANSFORM(a) USING 'sh' AS (b) FROM answers"),
    ("spark", "SELECT java_method('java.lang.System', 'exit', 1)"),
    ("spark", "SELECT reflect('java.lang.Runtime', 'getRuntime')"),
    ("spark", "ADD JAR '/tmp/evil.jar'"),
    ("databricks", "SELECT * FROM read_files('s3://other/')"),
    ("snowflake", "SELECT * FROM @stage/file.csv"),
    ("snowflake", "SELECT system$cancel_all_queries(1)"),
    ("bigquery", "SELECT * FROM EXTERNAL_QUERY('us.connection', 'DROP TABLE answers')"),
    ("trino", "SELECT * FROM TABLE(postgres.system.query(query => 'DROP TABLE answers'))"),
]


@pytest.mark.parametrize(("dialect", "text"), HARMLESS)
def test_a_select_is_let_through_and_means_the_same(dialect, text):
    said, checked = (sqlglot.parse_one(sql, read=dialect) for sql in (text, checked_select(text, dialect)))
    assert checked.sql(dialect) == said.sql(dialect)


@pytest.mark.parametrize(("dialect", "text"), HOSTILE)
def test_whatever_is_not_one_harmless_select_is_refused(dialect, text):
    with pytest.raises(nps.InputError):
        checked_select(text, dialect)


def test_what_only_the_server_would_read_in_a_comment_does_not_reach_it():
    assert "load_file" not in checked_select("SELECT 1 /*!50000 UNION SELECT load_file('/etc/passwd') */", "mysql")
    assert checked_select("SELECT /*+ SET_VAR(x=1) */ 1 -- all", "postgres") == "SELECT 1"


def test_a_refusal_says_what_else_to_do():
    with pytest.raises(nps.InputError, match="make a view in the database"):
        checked_select("SELECT my_function(score) FROM answers", "postgres")


@pytest.mark.parametrize(
    "statement", ["ATTACH '{0}' AS o", "PRAGMA query_only", "DELETE FROM usage", "SELECT load_extension('x')"]
)
def test_a_sqlite_session_denies_what_is_not_reading_whoever_asks(statement, tmp_path):
    from nps.engines.local import sqlite_file

    opened = sqlite_file(stores.sqlite_file(tmp_path)["usage"].connection)
    with pytest.raises(sqlite3.DatabaseError, match=r"not authorized|prohibited"):
        opened.rows.execute(statement.format(tmp_path / "other.sqlite"))
    opened.disconnect()


@pytest.mark.parametrize("kind", [stores.duckdb_file, stores.parquet_folder])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "ATTACH '{0}/other.db'",
        "COPY usage TO '{0}/out.csv'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "LOAD httpfs",
    ],
)
def test_a_duckdb_session_reads_its_own_files_only_whoever_asks(kind, statement, tmp_path):
    import duckdb

    from nps.engines.sessions import session

    with session(kind(tmp_path)["usage"].connection) as backend, pytest.raises(duckdb.Error):
        backend.raw_sql(statement.format(tmp_path.parent))


def test_a_duckdb_session_is_stopped_when_it_takes_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr(engines.backends, "TIMEOUT_SECONDS", 0.05)
    slow = "SELECT count(*) AS score FROM usage a, usage b, usage c, usage d, usage e"
    with pytest.raises(nps.InputError, match="took too long"):
        nps.load(Stored(stores.duckdb_file(tmp_path)["usage"].connection, select=slow))


def test_who_waits_may_have_less_time_than_a_whole_reading(tmp_path):
    connection = stores.duckdb_file(tmp_path)["usage"].connection
    with pytest.raises(nps.InputError, match="took too long"), engines.sessions.session(connection, 0.05) as backend:
        backend.raw_sql("SELECT count(*) FROM usage a, usage b, usage c, usage d, usage e").fetchall()


def test_a_query_that_begins_after_the_deadline_is_stopped_too(tmp_path, monkeypatch):
    monkeypatch.setattr(engines.backends, "TIMEOUT_SECONDS", 0.5)

    def late() -> None:
        with engines.sessions.session(stores.duckdb_file(tmp_path)["usage"].connection) as backend:
            threading.Event().wait(1)
            backend.raw_sql("SELECT count(*) FROM usage a, usage b, usage c, usage d, usage e").fetchall()

    with pytest.raises(nps.InputError, match="took too long"):
        late()


@pytest.mark.parametrize(
    "attempt",
    [
        "COPY usage TO '{0}/usage.parquet' (FORMAT parquet)",
        "COPY (SELECT 1) TO '{0}/usage.parquet' (USE_TMP_FILE false)",
        "COPY (SELECT 1) TO '{0}' (FORMAT parquet, PARTITION_BY (x))",
        "EXPORT DATABASE '{0}'",
        "SELECT * FROM read_parquet('{0}/usage.parquet')",
        "SELECT * FROM '{0}/usage.parquet'",
        "SELECT * FROM glob('{0}/*')",
        "SELECT * FROM connection",
    ],
)
def test_a_folder_of_parquet_is_read_and_nothing_in_it_is_touched(attempt, tmp_path):
    import duckdb

    connection = stores.parquet_folder(tmp_path)["usage"].connection
    before = {path.name: path.read_bytes() for path in (tmp_path / "parquet").iterdir()}
    with engines.sessions.session(connection) as backend:
        assert backend.raw_sql("SELECT count(*) FROM usage").fetchone()[0] > 0
        with pytest.raises(duckdb.Error):
            backend.raw_sql(attempt.format(tmp_path / "parquet")).fetchall()
    assert {path.name: path.read_bytes() for path in (tmp_path / "parquet").iterdir()} == before


# --- connections ----------------------------------------------------------------------------------------------------


def test_a_section_of_secrets_is_read_by_the_convention_of_streamlit():
    said = {"dialect": "postgresql", "host": "db", "port": "5433", "database": "d", "username": "u", "password": "p"}
    expected = Connection("postgres", "db", 5433, "d", "", "u", "p", (), trusted=True)
    assert from_secrets("warehouse", said | {"type": "sql", "driver": "psycopg"}) == expected
    assert from_secrets("warehouse", {"url": "postgresql+psycopg://u:p@db:5433/d"}) == expected
    assert from_secrets("snowflake", {"user": "u", "account": "a"}) == Connection(
        "snowflake", username="u", options=(("account", "a"),), trusted=True
    )


def test_a_password_is_not_part_of_any_text():
    connection = from_secrets("x", {"url": "mysql://u:hush@db/d", "ssl_key": "hush"})
    assert "hush" not in f"{connection} {connection!r} {Stored(connection, 'answers')!r}"


def test_an_engine_that_nobody_knows_is_refused():
    with pytest.raises(nps.InputError, match="Set dialect to one of postgres, mysql, spark"):
        engines.table_names(from_secrets("oracle", {"host": "db"}))


def test_an_engine_whose_driver_is_missing_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "trino", None)
    with pytest.raises(nps.InputError, match=r"cannot speak to Trino yet.*requirements-engines\.txt"):
        engines.table_names(Connection("trino", host="db", trusted=True))


@pytest.mark.parametrize("engine", ["spark", "duckdb", "sqlite", "parquet", "trino", "bigquery"])
def test_people_cannot_enter_what_only_an_administrator_may(engine):
    with pytest.raises(nps.InputError, match=r"set up by the administrator, in secrets\.toml"):
        engines.table_names(Connection(engine, host="db.example.com", database="/etc/passwd"))


INSIDE = [
    *("127.0.0.1", "127.1", "0.0.0.0", "2130706433", "0x7f.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
    *("169.254.169.254", "224.0.0.1", "255.255.255.255", "localhost", "::1", "::", "fe80::1", "fd00::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
]


@pytest.mark.parametrize("host", INSIDE)
def test_a_host_inside_the_servers_own_network_is_refused(host):
    with pytest.raises(nps.InputError, match=r"inside this server's own network|no host called"):
        pinned(Connection("postgres", host=host, port=5432))


@pytest.mark.parametrize("host", ["", "/var/run/postgresql", "db.example.com,127.0.0.1", "a b", "db?x=1", "u@db", "-x"])
def test_a_host_is_a_name_and_nothing_more(host):
    with pytest.raises(nps.InputError, match="The host is a name"):
        pinned(Connection("postgres", host=host))


@pytest.mark.parametrize("host", ["a..b", "a.b..", f"{'x' * 70}.example.com"])
def test_a_name_that_no_host_can_have_is_no_host(host):
    with pytest.raises(nps.InputError, match=r"no host called|The host is a name"):
        pinned(Connection("postgres", host=host))


def resolving(monkeypatch, *addresses: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 5432)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: found)


def test_the_address_that_was_checked_is_the_one_that_is_asked(monkeypatch):
    resolving(monkeypatch, "93.184.215.14")
    assert pinned(Connection("postgres", host="db.example.com")).options == (("hostaddr", "93.184.215.14"),)


def test_a_name_with_one_address_inside_is_refused(monkeypatch):
    resolving(monkeypatch, "93.184.215.14", "169.254.169.254")
    with pytest.raises(nps.InputError, match="inside this server's own network"):
        pinned(Connection("postgres", host="rebinding.example.com"))


def test_hosts_of_the_administrator_need_no_check():
    assert pinned(Connection("postgres", host="localhost"), allowed=["LocalHost"]).options == ()
    assert pinned(Connection("postgres", host="10.0.0.5", trusted=True)).options == ()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('FATAL: password authentication failed for user "ann"', "refused the user name or the password"),
        ('relation "secret" does not exist', "is not there"),
        ('column "password" does not exist', "is not there"),
        ("canceling statement due to statement timeout", "took too long"),
        ("permission denied for table answers", "grant it SELECT"),
        ("connection to server at 10.0.0.1 failed: Connection refused", "No database answers there"),
        ("anything else: postgresql://ann:hush@db/x", "answered with an error"),
    ],
)
def test_errors_of_a_driver_say_what_to_do_and_quote_nothing(said, told):
    assert told in str(meaning(RuntimeError(said)))
    assert "hush" not in str(meaning(RuntimeError(said)))
    assert "ann" not in str(meaning(RuntimeError(said))).split()


# --- the SQL of engines that cannot run here --------------------------------------------------------------------------

TYPED = {"person_id": "int64", "event": "string", "at": "timestamp('UTC')", "uses": "int64", "minutes": "float64"}
EVENTS = ibis.table(TYPED, "events")
AS_TEXT = ibis.table(dict.fromkeys(TYPED, "string"), "events")
DAYS = ibis.table({"person_id": "string", "event": "string", "at": "date"}, "events")
WIDE = ibis.table({"person_id": "string", "at": "timestamp", "Board": "int64", "Timer": "int64"}, "events")


def read_in_database(raw: ibis.Table, **said: str | None) -> columns.Reading:
    source = sources.Source(raw, "usage", columns=tuple(raw.columns))
    return columns.read_in_database(source, pytest.fail, "usage", dict.fromkeys(FIELDS["usage"]) | said)


def expressions(raw: ibis.Table) -> dict[str, ibis.Table]:
    """Everything that is asked of a database for a usage table: how it joins, what is left out, and the rollup."""
    own = {name: name for name in FIELDS["usage"] if name in raw.columns}
    reading = replace(
        read_in_database(raw, **own | ({"feature": "event"} if "event" in raw.columns else {})), normalised=True
    )
    asked = {}

    def told(bad: ibis.Table) -> pd.DataFrame:
        asked[f"left out {len(asked)}"] = use.by_reason(bad)
        return pd.DataFrame({"reason": ["row.no_date"], "rows": [1]})

    checked, _ = use.usable(raw, reading, told)
    usage = use.used(checked, reading)
    if unknown := cells.unknown_cells(raw, reading):
        asked["unknown"] = raw.aggregate(**unknown)
    text = dict.fromkeys(("person_id", "survey", "responded_at", "earliest"), "string")
    answers = ibis.table({"answer": "int64"} | text, "answers")
    answers = answers.cast({"responded_at": "timestamp(6)", "earliest": "timestamp(6)"})
    joined = rollups.in_window(answers, usage)
    people = ibis.table({"id": "string", "like": "string"}, "asked")
    return asked | {
        "in both": matching.counts(people, matching.ids_of(raw, "person_id")),
        "pairs": joined.group_by("answer", "kind", "feature").aggregate(uses=joined.uses.sum()),
        "activity": rollups.measured(joined, "answer", "kind", "feature"),
        "just before": rollups.just_before(joined, answers, ("kind", "feature"), pd.Timestamp("2025-01-01"), 90),
        "everybody": rollups.active(usage, pd.Timestamp("2025-03-01"), 90),
    }


@pytest.mark.parametrize(
    ("raw", "dialect"),
    [
        *(pytest.param(AS_TEXT, dialect, id=f"text-{dialect}") for dialect in (*COMPILED, "sqlite")),
        *(pytest.param(EVENTS, dialect, id=f"typed-{dialect}") for dialect in COMPILED[:2]),
        *(pytest.param(DAYS, dialect, id=f"days-{dialect}") for dialect in COMPILED[:2]),
        *(pytest.param(WIDE, dialect, id=f"wide-{dialect}") for dialect in COMPILED[:2]),
    ],
)
def test_every_expression_compiles_and_parses_for_each_dialect(dialect, raw):
    for name, expression in expressions(raw).items():
        sql = ibis.to_sql(expression, dialect=dialect)
        parsed = sqlglot.parse_one(sql, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
        assert isinstance(parsed, sqlglot.exp.Query), name
        assert not [node.name for node in parsed.find_all(sqlglot.exp.Command)], name
        assert "events" in {table.name for table in parsed.find_all(sqlglot.exp.Table)}, name


@pytest.mark.parametrize("dialect", COMPILED)
def test_times_and_numbers_that_a_database_has_typed_are_not_read_as_text(dialect):
    usage = use.used(EVENTS, read_in_database(EVENTS, person_id="person_id", feature="event", at="at", uses="uses"))
    sql = ibis.to_sql(usage.select("at", "uses"), dialect=dialect)
    parsed = sqlglot.parse_one(sql, read=dialect)
    assert not [*parsed.find_all(sqlglot.exp.RegexpLike, sqlglot.exp.RegexpReplace, sqlglot.exp.Trim)]


@pytest.mark.parametrize("dialect", [*COMPILED, "spark"])
def test_answers_reach_an_engine_as_constants_of_its_dialect(dialect):
    parsed = sqlglot.parse_one(values(ANSWERS).sql(dialect=dialect), read=dialect)
    texts = [literal.this for literal in parsed.find_all(sqlglot.exp.Literal) if literal.is_string]
    times = ["2024-12-01 12:00:00.500000", "2025-03-01 12:00:00.500000"]
    assert sorted(texts) == [*times, "9007199254740993000", 'o\'Brien \\ "co"']
    assert len(list(parsed.find_all(sqlglot.exp.Null))) == 2


def test_a_complete_mapping_is_read_without_a_look_at_any_row():
    table = ibis.table({"person_id": "int64", "feature": "string", "at": "date", "uses": "int64", "minutes": "int64"})
    said = stores.mapping()["usage"]
    assert read_in_database(table, **said).columns == {name: name for name in table.columns}


@pytest.mark.parametrize("setting", [{"date_order": "day first"}, {"zone": "Europe/Berlin"}, {"decimal": "comma"}])
def test_ways_of_reading_text_that_a_database_does_not_know_are_refused(setting):
    with pytest.raises(nps.InputError, match="Give a SELECT that turns its text into real dates"):
        read_in_database(AS_TEXT, person_id="person_id", feature="event", **setting)


# --- text that a database has to type, on an engine that is here ------------------------------------------------------

CELLS = [
    "2025-03-01",
    " 2025-03-01 13:16:17.25 ",
    "2025-03-01T13:16",
    "1969-12-31",
    "01/03/2025",
    "2025-13-01",
    "",
    None,
]
MOMENTS = ["2025-03-01", "2025-03-01 13:16:17.25", "2025-03-01 13:16", *[None] * 5]
AMOUNTS = {"12": 12.0, " 12.5 ": 12.5, "1,5": None, "-1": None, "1e3": None, "": None, "many": None}


def test_plain_dates_are_what_a_database_reads():
    table = ibis.memtable({"cell": CELLS}, schema={"cell": "string"})
    found = dates.moment(table.cell, dates.PLAIN).name("at").to_pandas()
    pd.testing.assert_series_equal(
        found, pd.Series(pd.to_datetime(MOMENTS, format="mixed"), name="at"), check_dtype=False
    )


def test_plain_numbers_are_what_a_database_reads():
    table = ibis.memtable({"cell": list(AMOUNTS)}, schema={"cell": "string"})
    found = numbers.amount(table.cell, numbers.PLAIN).to_pandas()
    assert [None if pd.isna(value) else value for value in found] == list(AMOUNTS.values())
