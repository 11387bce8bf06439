"""The same questions to a real PostgreSQL, whose own zone is not UTC, and to a real Spark: what loops give."""

from collections.abc import Iterator

import builders
import pytest
import who_worlds
from hypothesis import HealthCheck, given, settings
from ibis.expr.types import Table
from sqlglot import exp
from test_engines_servers import asked_about_usage, gives_counts_only
from test_who import assert_equal, of

from nps.engines import sessions
from nps.who.built import Built, Counted
from nps.who.tables import assert_utc

pytestmark = [
    pytest.mark.engines,
    pytest.mark.filterwarnings("ignore:XDG_RUNTIME_DIR is not set"),  # of the wheel that starts PostgreSQL
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated:pandas.errors.Pandas4Warning"),  # of PySpark
]
WORLD = who_worlds.world(5)
TYPES = {"string": "text", "timestamp": "timestamp", "int64": "bigint", "float64": "double precision"}
KINDS = {"usage": who_worlds.USAGE, "people": who_worlds.PEOPLE, "answers": who_worlds.ANSWERED}


def many(questions: int) -> settings:
    return settings(builders.few(1), max_examples=questions, deadline=None, suppress_health_check=[*HealthCheck])


# --- PostgreSQL -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server():
    from servers import READER, postgres

    with postgres() as running:
        with running.owner() as owner:
            owner.execute("ALTER SYSTEM SET timezone = 'Asia/Kathmandu'")
            owner.execute("SELECT pg_reload_conf()")
            for name, frame in who_worlds.frames(WORLD).items():
                columns = ", ".join(f'"{column}" {TYPES[kind]}' for column, kind in KINDS[name].items())
                owner.execute(f"CREATE TABLE {name} ({columns})")
                with owner.cursor().copy(f"COPY {name} FROM STDIN") as rows:
                    for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
                        rows.write_row(row)
                owner.execute(f"GRANT SELECT ON {name} TO {READER}")
        yield running


@pytest.fixture(scope="module")
def in_postgres(server) -> Iterator[dict[str, Table]]:
    with sessions.session(server.reader()) as backend:
        yield {name: backend.table(name) for name in KINDS}


def test_a_session_has_days_of_utc_whatever_the_zone_of_its_server(server, in_postgres):
    with server.owner() as owner:
        assert owner.execute("SHOW timezone").fetchone() == ("Asia/Kathmandu",)
    assert_utc(in_postgres["usage"])


@given(terms=who_worlds.questions)
@many(200)
def test_postgres_finds_the_same_people_as_loops(in_postgres, terms):
    assert_equal(of(WORLD, in_postgres), WORLD, terms)


@given(terms=who_worlds.questions)
@many(10)
def test_only_numbers_and_which_of_the_panel_leave_postgres(server, in_postgres, terms):
    """One row of counts; and numbers of the panel's people or answers, which nobody but the panel can read."""
    before, built, tables = server.log.stat().st_size, Built(terms), of(WORLD, in_postgres)
    ids, counted = built.ids(tables), built.counts(tables).to_pandas()
    assert counted.shape == (1, 4)
    assert len(ids) <= len(who_worlds.frames(WORLD)["answers"])
    for query in asked_about_usage(server.statements(before)):
        assert gives_counts_only(query) or given_columns(query) in ([*Counted._fields], ["person"], ["answer"])


def given_columns(query: exp.Query) -> list[str]:
    """The columns that a query gives, whichever query inside of it names them."""
    if isinstance(query.expressions[0], exp.Star):
        return given_columns(query.args["from_"].this.this)
    return [cell.alias_or_name for cell in query.expressions]


# --- Spark ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def on_spark(cluster, tmp_path_factory) -> Iterator[dict[str, Table]]:
    folder = tmp_path_factory.mktemp("who")
    with sessions.session(cluster.connection) as backend:
        for name, frame in who_worlds.frames(WORLD).items():
            for column in frame.select_dtypes("datetime"):
                frame[column] = frame[column].dt.tz_localize("UTC")
            frame.to_parquet(folder / f"{name}.parquet")
            backend.raw_sql(f"CREATE TABLE who_{name} USING parquet LOCATION '{folder}/{name}.parquet'")
        assert_utc(backend.table("who_usage"))
        yield {name: backend.table(f"who_{name}") for name in KINDS}


@pytest.mark.timeout(1800)  # each question is a job of some seconds there
@given(terms=who_worlds.questions)
@many(20)
def test_spark_finds_the_same_people_as_loops(on_spark, terms):
    assert_equal(of(WORLD, on_spark), WORLD, terms)
