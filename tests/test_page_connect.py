"""The Data page connects a database: its tables are picked, confirmed, loaded and read again."""

import json
from dataclasses import replace
from types import SimpleNamespace

import duckdb
import pyarrow as pa
import pytest
import stores
import streamlit as st
from conftest import ROOT
from journeys import unfold
from streamlit.testing.v1 import AppTest

import nps
from nps.selection.clauses import Segment
from nps.who.where import Brought, Database
from pages.session import asking, data
from workspace.access.actor import Actor
from workspace.store import datasets
from workspace.store.database import open_workspace, place

pytestmark = pytest.mark.timeout(300)  # whole pages


def opened(**connections: dict) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages/dashboard.py"), default_timeout=120)
    app.secrets["connections"] = connections
    unfold(app)
    return healthy(healthy(app.run()).switch_page("data.py").run())


def healthy(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def shop(folder) -> dict:
    return {"dialect": "duckdb", "database": stores.duckdb_file(folder)["usage"].connection.database}


def connected(folder) -> AppTest:
    """Connected, all three tables picked by name and used."""
    app = opened(shop=shop(folder))
    app.selectbox(key="connection").select("shop").run()
    for name in stores.TYPES:
        app.selectbox(key=f"table_{name}").select(name)
    return healthy(healthy(app.run()).button(key="use_tables").click().run())


def shown(app: AppTest) -> nps.Panel:
    """What the session looks at, loaded anew."""
    used = app.session_state["dataset"].data
    return nps.load(**dict(used.tables), mapping=json.loads(used.mapping))


def dots(app: AppTest) -> list[str]:
    """The people drawn on the usage map."""
    (chart,) = app.get("vega_lite_chart")
    tables = [pa.ipc.open_stream(rows.data.data).read_all() for rows in chart.proto.datasets]
    (people,) = [table for table in tables if "person" in table.column_names]
    return people["person"].to_pylist()


def test_picked_tables_give_the_figures_of_the_files(tmp_path):
    app = connected(tmp_path)
    stores.assert_same(shown(app), nps.load(**stores.csv_files(tmp_path)))
    healthy(app.switch_page("data.py").run())
    assert next(metric.value for metric in app.metric if metric.label == "Answers") == "60"
    assert any("Read from the database on" in caption.value for caption in app.caption)


def test_who_did_what_is_asked_of_the_database_itself(tmp_path):
    app = connected(tmp_path)
    used = app.session_state["dataset"].data
    panel, files = next(iter(used.panels.values())), nps.load(**stores.csv_files(tmp_path))
    assert (type(panel.who), type(files.who)) == (Database, Brought)
    assert panel.counted("did.*;uses:1-") == files.counted("did.*;uses:1-")
    weeks, of_files = panel.weekly(), files.weekly()
    assert (len(weeks.used) > 0, weeks.used.equals(of_files.used)) == (True, True)


def test_a_page_says_what_a_database_refuses_it(tmp_path, monkeypatch):
    app = connected(tmp_path)

    def gone() -> None:
        raise nps.InputError("database.absent")

    monkeypatch.setattr(data, "chosen", gone)
    healthy(app.switch_page("overview.py").run())
    assert [error.value for error in app.error] == [str(nps.InputError("database.absent"))]


def test_the_time_that_is_told_is_that_of_the_reading_that_is_shown(tmp_path):
    """What a session keeps of a database outlives its caches, which go when it is disconnected."""
    app = healthy(connected(tmp_path).switch_page("data.py").run())
    used = app.session_state["dataset"]
    asked = used.data.panels[90]
    st.cache_resource.clear()
    healthy(app.run())
    assert app.session_state["dataset"].data.panels[90] is asked
    app.session_state["dataset"] = replace(used, data=replace(used.data, read_at="2020-01-01 00:00:00", panels={}))
    healthy(app.run())
    again = app.session_state["dataset"].data.panels[90].read_at
    (told,) = [caption.value for caption in app.caption if "Read from the database on" in caption.value]
    assert told == f"Read from the database on {again:%Y-%m-%d %H:%M:%S} UTC."


def test_reading_again_keeps_the_filters(tmp_path):
    app = healthy(connected(tmp_path).switch_page("data.py").run())
    before = app.session_state["dataset"].data
    app.session_state["people"] = [Segment("role", ("Admin",))]
    healthy(app.button(key="refresh").click().run())
    assert app.session_state["people"] == [Segment("role", ("Admin",))]
    assert app.session_state["dataset"].data.tables == before.tables


def test_after_reading_again_the_map_draws_who_is_there_now(tmp_path):
    app = connected(tmp_path)
    before = dots(healthy(app.switch_page("usage_map.py").run()))
    with duckdb.connect(tmp_path / "product.duckdb") as con:
        con.execute("DELETE FROM responses WHERE person_id = $gone", {"gone": int(before[0])})
    healthy(app.switch_page("data.py").run())
    healthy(app.button(key="refresh").click().run())
    assert dots(healthy(app.switch_page("usage_map.py").run())) == before[1:]


def test_after_answers_without_usage_tables_can_be_used_and_read_again(tmp_path):
    app = opened(shop=shop(tmp_path))
    app.selectbox(key="connection").select("shop").run()
    app.selectbox(key="table_responses").select("responses")
    healthy(healthy(app.run()).button(key="use_tables").click().run())
    assert "window" not in {box.key for box in app.selectbox}
    healthy(app.switch_page("data.py").run())
    healthy(app.button(key="refresh").click().run())
    app.selectbox(key="table_usage").select("usage")
    healthy(healthy(app.run()).button(key="use_tables").click().run())
    assert "window" in {box.key for box in app.selectbox}
    assert shown(app).has_usage


def test_a_select_stands_for_a_table(tmp_path):
    app = opened(shop=shop(tmp_path))
    app.selectbox(key="connection").select("shop").run()
    app.text_area(key="select_responses").input("SELECT person_id, score, responded_at FROM responses WHERE score > 8")
    healthy(healthy(app.run()).button(key="use_tables").click().run())
    assert shown(app).answers["score"].min() == 9


def test_a_select_that_does_more_is_refused_and_nothing_changes(tmp_path):
    app = opened(shop=shop(tmp_path))
    app.selectbox(key="connection").select("shop").run()
    app.text_area(key="select_responses").input("SELECT * FROM read_csv('/etc/passwd')")
    healthy(app.run())
    assert any("may only read tables" in said.value or "do more than compute" in said.value for said in app.text)
    assert "dataset" not in app.session_state or app.session_state["dataset"] is None


def test_a_typed_host_inside_the_servers_network_is_refused():
    app = opened()
    next(field for field in app.text_input if field.label == "Host").input("169.254.169.254")
    next(field for field in app.text_input if field.label == "Password").input("hush-hush")
    healthy(next(button for button in app.button if button.label == "Connect").click().run())
    assert "entered" not in app.session_state
    assert any("inside this server's own network" in said.value for said in app.text)
    assert not [said.value for said in app.text if "hush" in said.value]


def test_a_connection_that_fails_says_what_to_do(tmp_path):
    app = opened(gone={"dialect": "duckdb", "database": str(tmp_path / "gone.duckdb")})
    app.selectbox(key="connection").select("gone").run()
    assert any("is not there" in said.value for said in healthy(app).text)


@pytest.mark.parametrize(("mark", "ended"), [("here preview", 1), ("a window of what is shown", 0)])
def test_another_page_ends_what_only_this_one_asked_a_database(monkeypatch, mark, ended):
    cancelled = []
    state = {"asking": (mark, SimpleNamespace(cancel=lambda: cancelled.append(mark)))}
    monkeypatch.setattr(asking.st, "session_state", state)
    asking.leave()
    asking.leave()
    assert len(cancelled) == ended
    assert ("asking" in state) != bool(ended)


@pytest.mark.usefixtures("workspace")
def test_what_came_from_a_database_is_kept_without_its_secret_and_read_anew_by_whoever_opens_it(tmp_path):
    app = healthy(connected(tmp_path).switch_page("data.py").run())
    app.text_input(key="keep_name").set_value("Shop").run()
    healthy(app.button(key="keep").click().run())
    one = app.query_params["data"]
    with open_workspace(place()) as space:
        kept = datasets.find(Actor.SYSTEM, space, one)
    assert kept.source == {
        "connection": "shop",
        "tables": {name: {"table": name, "select": ""} for name in stores.TYPES},
        "mapping": kept.source["mapping"],
        "window_days": 90,
    }
    with duckdb.connect(tmp_path / "product.duckdb") as con:
        con.execute("DELETE FROM responses WHERE response_id = 'r0'")
    other = AppTest.from_file(str(ROOT / "pages/dashboard.py"), default_timeout=120)
    other.secrets["connections"] = {"shop": {"dialect": "duckdb", "database": str(tmp_path / "product.duckdb")}}
    other.query_params["data"] = one
    other.query_params["window"] = "30"
    healthy(healthy(other.run()).switch_page("data.py").run())
    assert next(metric.value for metric in other.metric if metric.label == "Answers") == "60"
    assert other.session_state["window"] == 90
    healthy(other.button(key="read_anew").click().run())
    assert next(metric.value for metric in healthy(other.run()).metric if metric.label == "Answers") == "59"
    healthy(other.button(key="undo_refresh").click().run())
    assert next(metric.value for metric in other.metric if metric.label == "Answers") == "60"


@pytest.mark.usefixtures("workspace")
def test_a_connection_that_was_entered_here_is_not_kept(tmp_path):
    app = healthy(connected(tmp_path).switch_page("data.py").run())
    app.secrets["connections"] = {}
    app.text_input(key="keep_name").set_value("Shop").run()
    healthy(app.button(key="keep").click().run())
    assert any("Only connections that an administrator wrote" in text.value for text in app.main.text)
