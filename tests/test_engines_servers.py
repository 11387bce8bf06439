"""The same product in a real PostgreSQL and on a real Spark cluster: equal figures, and no row of usage leaves them."""

import re
import traceback
from dataclasses import replace

import pandas as pd
import pytest
import sqlglot
import stores
from conftest import wait_until
from spoken import sentences
from sqlglot import exp
from test_who_panel import asked

import nps
from nps import engines
from nps.engines import Stored, backends, sessions
from nps.who.where import Database

pytestmark = [
    pytest.mark.engines,
    pytest.mark.filterwarnings("ignore:XDG_RUNTIME_DIR is not set"),  # of the wheel that starts PostgreSQL
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated:pandas.errors.Pandas4Warning"),  # of PySpark
]


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> nps.Panel:
    return nps.load(**stores.csv_files(tmp_path_factory.mktemp("csv")))


# --- PostgreSQL -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server():
    from servers import READER, postgres

    with postgres() as running:
        with running.owner() as owner:
            for name, frame in stores.frames(None).items():
                owner.execute(f"CREATE TABLE {name} ({stores.TYPES[name]})")
                with owner.cursor().copy(f"COPY {name} FROM STDIN") as rows:
                    for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
                        rows.write_row(row)
                owner.execute(f"GRANT SELECT ON {name} TO {READER}")
            owner.execute("CREATE TABLE secret (a int)")
        yield running


@pytest.fixture
def tables(server) -> dict[str, Stored]:
    return stores.stored(server.reader())


def test_postgres_gives_the_figures_of_the_csv_files(tables, expected):
    stores.assert_same(nps.load(**tables), expected)


def gives_counts_only(query: exp.Query, known: dict[str, exp.Query] | None = None) -> bool:
    """Whether every row that a query gives is a group or a total, however it is nested."""
    known = {**(known or {}), **{cte.alias: cte.this for cte in query.ctes}}
    if isinstance(query, exp.SetOperation):
        return gives_counts_only(query.left, known) and gives_counts_only(query.right, known)
    if query.args.get("group") or all(cell.find(exp.AggFunc) for cell in query.expressions):
        return True
    sides = [query.args["from_"].this, *(join.this for join in query.args.get("joins") or ())]
    inner = [known.get(side.name) if isinstance(side, exp.Table) else side.this for side in sides]
    return all(side is not None and gives_counts_only(side, known) for side in inner)


def asked_about_usage(log: str) -> list[exp.Query]:
    asked = re.split(r"\n(?=\d{4}-\d\d-\d\d )", log.strip())
    said = [re.split(r"(?:statement|execute [^:]+): ", text)[1] for text in asked if '"usage"' in text]
    return [sqlglot.parse_one(text, read="postgres") for text in said]


@pytest.mark.parametrize(
    ("sql", "counts"),
    [
        ("SELECT * FROM usage", False),
        ("SELECT a FROM (SELECT a FROM usage GROUP BY a) AS t", True),
        ("SELECT a FROM usage JOIN (SELECT b FROM usage GROUP BY b) AS t ON a = b", False),
        (
            "SELECT a FROM (SELECT a FROM usage GROUP BY a) AS s JOIN (SELECT b FROM usage GROUP BY b) AS t ON a = b",
            True,
        ),
        ("WITH t AS (SELECT a FROM usage) SELECT * FROM t", False),
        ("WITH t AS (SELECT sum(a) FROM usage) SELECT * FROM t", True),
        ("SELECT count(*) FROM usage UNION ALL SELECT a FROM usage", False),
    ],
)
def test_a_query_that_gives_rows_is_told_from_one_that_counts(sql, counts):
    assert gives_counts_only(sqlglot.parse_one(sql, read="postgres")) is counts


def test_every_statement_about_usage_comes_back_counted(server, tables, expected):
    before = server.log.stat().st_size
    stores.assert_same(nps.load(**tables, mapping=stores.mapping()), expected)
    about_usage = asked_about_usage(server.statements(before))
    assert len(about_usage) >= 5  # ids in both, what is left out, pairs, activity, everybody
    assert [query.sql() for query in about_usage if not gives_counts_only(query)] == []
    assert "CREATE" not in server.statements(before)
    assert "INSERT" not in server.statements(before)


def test_postgres_counts_weeks_days_and_steps_as_of_the_csv_files(server, tables, tmp_path):
    before = server.log.stat().st_size
    found = stores.asked_of_usage(tables)
    stores.assert_same_use(found, stores.asked_of_usage(stores.csv_files(tmp_path)))
    assert [query.sql() for query in asked_about_usage(server.statements(before)) if not gives_counts_only(query)] == []


def test_a_select_stands_for_a_table_without_a_view_being_made(server, tables, expected):
    selects = {name: f"SELECT * FROM {name}" for name in tables}
    before = server.log.stat().st_size
    stores.assert_same(nps.load(**stores.only(tables, **selects)), expected)
    assert "CREATE" not in server.statements(before)


def test_many_answers_are_asked_for_in_parts(tables, expected, monkeypatch):
    monkeypatch.setattr(engines.answers, "AT_ONCE", 7)
    stores.assert_same(nps.load(**tables), expected)


def test_text_dates_and_text_numbers_are_read_in_the_database(tables, expected):
    text = "SELECT person_id::text, feature, at::text AS at, uses::text, minutes::text FROM usage"
    stores.assert_same(nps.load(**stores.only(tables, usage=text)), expected)


def test_one_column_per_feature_stays_in_the_database_too(server, tables):
    wide = """SELECT person_id, at, sum(CASE WHEN feature = 'Board' THEN uses ELSE 0 END) AS board,
              sum(CASE WHEN feature = 'Timer' THEN uses ELSE 0 END) AS timer FROM usage GROUP BY 1, 2"""
    long = "SELECT person_id, lower(feature) AS feature, at, uses FROM usage WHERE feature IN ('Board', 'Timer')"
    found, same = (nps.load(**stores.only(tables, usage=text)) for text in (wide, long))
    pd.testing.assert_frame_equal(stores.rollup(found), stores.rollup(same))


def test_rows_that_cannot_be_used_are_counted_where_they_are(tables):
    text = """SELECT person_id::text, feature, at::text, uses FROM usage
              UNION ALL SELECT ' ', 'Board', '2026-04-01', 1 UNION ALL SELECT '1', 'Board', 'soon', 1"""
    panel = nps.load(**stores.only(tables, usage=text))
    assert sentences(panel.notes[2:]) == (
        "1 row of the usage was left out: no person.",
        "1 row of the usage was left out: not a date.",
    )


def test_ids_that_differ_in_case_only_are_joined_in_the_database(tables, expected):
    in_capitals = "SELECT 'u-' || person_id AS person_id, score, responded_at FROM responses"
    used = "SELECT 'U-' || person_id || ' ' AS person_id, feature, at, uses, minutes FROM usage"
    panel = nps.load(
        **stores.only({"responses": tables["responses"], "usage": tables["usage"]}, responses=in_capitals, usage=used)
    )
    assert "they were matched" in str(panel.notes[0])
    assert panel.answers["uses"].tolist() == expected.answers["uses"].tolist()


def test_only_reading_is_allowed_even_past_the_check(server):
    with sessions.session(server.reader()) as backend, pytest.raises(Exception, match="read-only transaction"):
        backend.raw_sql("CREATE TEMP TABLE mine (a int)")


@pytest.mark.parametrize(
    ("other", "table", "told"),
    [
        ({"password": "wrong-pa55word"}, "usage", "refused the user name or the password"),
        ({"port": 1}, "usage", "No database answers there"),
        ({"host": "no-such-host.invalid"}, "usage", "No database answers there"),
        ({"database": "nowhere"}, "usage", "has no database of that name"),
        ({}, "nowhere", "is not there"),
        ({}, "secret", "may not read that"),
    ],
)
def test_what_goes_wrong_is_told_in_a_sentence_without_a_password(server, other, table, told, caplog, capfd):
    caplog.set_level("DEBUG")
    with pytest.raises(nps.InputError, match=told) as refused:
        nps.load(Stored(server.reader(**other), table))
    shown = f"{refused.value} {refused.value!r}"
    assert not [word for word in ("pa55word", "reader", "127.0.0.1", "postgresql://") if word in shown]
    logged = caplog.text + "".join([*capfd.readouterr(), *traceback.format_exception(refused.value)])
    assert "pa55word" not in logged


def test_a_statement_that_takes_too_long_is_stopped(server, monkeypatch):
    monkeypatch.setattr(backends, "TIMEOUT_SECONDS", 0.05)
    slow = Stored(server.reader(), select="SELECT count(*) AS score FROM usage a, usage b, usage c, usage d")
    with pytest.raises(nps.InputError, match="took too long"):
        nps.load(slow)


def test_the_tables_that_can_be_read_are_listed(server):
    assert {"people", "responses", "usage"} <= {*engines.table_names(server.reader())}


def test_reading_again_asks_about_new_answers_only(server, tables):
    mapping = stores.mapping()
    earlier = nps.load(**tables, mapping=mapping)
    with server.owner() as owner:
        owner.execute("INSERT INTO responses SELECT 'new', max(person_id) + 1, 9, '2026-08-01', '' FROM responses")
        owner.execute("INSERT INTO usage SELECT max(person_id), 'Board', '2026-07-31', 1, 1 FROM responses")
        before = server.log.stat().st_size
        again = nps.load(**tables, mapping=mapping, earlier=earlier)
        about_usage = [text for text in server.statements(before).split("LOG:") if '"usage"' in text]
        full = nps.load(**tables, mapping=mapping)
        stores.assert_same(again, replace(full, just_before=again.just_before, notes=again.notes))
        owner.execute(
            "DELETE FROM usage WHERE person_id IN (SELECT person_id FROM responses WHERE response_id = 'new')"
        )
        owner.execute("DELETE FROM responses WHERE response_id = 'new'")
    (new,) = {*again.answers["person_id"]} - {*earlier.answers["person_id"]}
    rolled = [text for text in about_usage if "VALUES" in text]
    assert [{*re.findall(r"'(\d{19})'", text)} for text in rolled] == [{new}, {new}]  # pairs and activity
    (active,) = [text for text in about_usage if text not in rolled]
    assert "> CAST('2026-05-03T00:00:00' AS TIMESTAMP)" in active  # of the last window only


def test_who_did_what_is_asked_in_the_database(tables, expected, monkeypatch):
    monkeypatch.setattr(engines.answers, "AT_ONCE", 7)
    panel = nps.load(**tables)
    assert type(panel.who) is Database
    assert asked(panel) == asked(expected)


# --- Spark ----------------------------------------------------------------------------------------------------------


def test_the_cluster_has_one_master_and_two_workers(cluster):
    with sessions.session(cluster.connection) as backend:
        context = backend._session.sparkContext
        assert context.master.startswith("spark://127.0.0.1:")
        known = context._jsc.sc().getExecutorMemoryStatus
        wait_until(lambda: known().size() == 3, "both workers execute, beside the driver", 60)
        assert context.parallelize(range(8), 8).count() == 8


def test_spark_gives_the_figures_of_the_csv_files_and_keeps_its_usage(cluster, expected):
    before = len(cluster.ran())
    stores.assert_same(nps.load(**stores.stored(cluster.connection), mapping=stores.mapping()), expected)
    plans = [event["physicalPlanDescription"] for event in cluster.ran()[before:]]
    about_usage = [plan for plan in plans if "usage.parquet" in plan]
    assert len(about_usage) >= 3
    assert [plan for plan in about_usage if "HashAggregate" not in plan] == []


def test_spark_counts_weeks_days_and_steps_as_of_the_csv_files(cluster, tmp_path):
    stores.assert_same_use(
        stores.asked_of_usage(stores.stored(cluster.connection)), stores.asked_of_usage(stores.csv_files(tmp_path))
    )


def test_a_select_stands_for_a_table_on_spark(cluster, expected):
    selects = {name: f"SELECT * FROM {name}" for name in stores.TYPES}
    stores.assert_same(nps.load(**stores.only(stores.stored(cluster.connection), **selects)), expected)


def test_text_dates_and_text_numbers_are_read_on_spark(cluster, expected):
    text = """SELECT string(person_id) AS person_id, feature, string(at) AS at, string(uses) AS uses,
              string(minutes) AS minutes FROM usage"""
    given = stores.only(stores.stored(cluster.connection), usage=text)
    stores.assert_same(nps.load(**given), expected)


def test_a_table_that_is_not_on_spark_is_told_in_a_sentence(cluster):
    with pytest.raises(nps.InputError, match="is not there"):
        nps.load(Stored(cluster.connection, "nowhere"))


def test_a_second_cluster_in_the_same_server_is_refused(cluster):
    other = replace(cluster.connection, options=(("master", "spark://127.0.0.1:1"),))
    with pytest.raises(nps.InputError, match="another Spark cluster"):
        engines.table_names(other)


def test_who_did_what_is_asked_on_spark(cluster, expected):
    assert asked(nps.load(**stores.stored(cluster.connection))) == asked(expected)
