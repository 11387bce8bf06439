"""What must survive a restart."""

import json
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from nps.notes import InputError
from workspace.access.actor import Actor, Role
from workspace.store import audit, database, markers, readings, rules, selections, sets
from workspace.store.database import loses_writes, open_workspace
from workspace.store.markers import MOST_MARKERS
from workspace.store.readings import MOST_READINGS

ANN, BEN, CY, DEE = (Actor(name, Role.ANALYST) for name in ("ann", "ben", "cy", "dee"))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "new folder"


def kept(path, dataset="shop"):
    with open_workspace(path) as space:
        return [
            (f"{row.day:%Y-%m-%d}", row.name) for row in markers.markers(ANN, space, dataset).itertuples(index=False)
        ]


def add(path, day, name, dataset="shop"):
    with open_workspace(path) as space:
        markers.add_marker(ANN, space, dataset, day, name)


def test_markers_outlive_the_workspace_and_come_oldest_first(path):
    add(path, date(2026, 6, 9), "Release 2")
    add(path, date(2026, 1, 5), "  Release   1 ")
    assert kept(path) == [("2026-01-05", "Release 1"), ("2026-06-09", "Release 2")]


def test_markers_belong_to_their_dataset(path):
    add(path, date(2026, 6, 9), "Release 2")
    assert kept(path, "another shop") == []


def test_the_same_marker_is_kept_once(path):
    add(path, date(2026, 6, 9), "Release 2")
    add(path, date(2026, 6, 9), "Release 2")
    assert kept(path) == [("2026-06-09", "Release 2")]


def test_a_marker_can_be_removed_and_removing_it_again_does_nothing(path):
    add(path, date(2026, 6, 9), "Release 2")
    for _ in range(2):
        with open_workspace(path) as space:
            markers.remove_marker(ANN, space, "shop", date(2026, 6, 9), "Release 2")
    assert kept(path) == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_marker_needs_a_name_of_some_length(path, name):
    with pytest.raises(InputError, match="name of at most 80"):
        add(path, date(2026, 6, 9), name)
    assert kept(path) == []


def test_names_are_values_never_sql(path):
    hostile = "'); DROP TABLE markers; --"
    add(path, date(2026, 6, 9), hostile)
    assert kept(path) == [("2026-06-09", hostile)]


def test_there_is_a_limit(path):
    with open_workspace(path) as space:
        for number in range(MOST_MARKERS):
            markers.add_marker(ANN, space, "shop", date(2026, 1, 1), f"event {number}")
        with pytest.raises(InputError, match="remove one first"):
            markers.add_marker(ANN, space, "shop", date(2026, 1, 1), "one more")
        assert len(markers.markers(ANN, space, "shop")) == MOST_MARKERS


def test_writers_wait_for_each_other(path):
    add(path, date(2026, 1, 1), "first")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda day: add(path, date(2026, 1, day), f"day {day}"), range(2, 29)))
    assert len(kept(path)) == 28


PROCESSES, FRESH = 6, 25
OPEN_ALL = f"""
import os, sys, time
from datetime import date
from pathlib import Path
from workspace.access.actor import Actor
from workspace.store.database import open_workspace
from workspace.store.markers import add_marker

folder = Path(sys.argv[1])
(folder / f"{{os.getpid()}}").touch()
while len([*folder.glob("[0-9]*")]) < {PROCESSES}:
    time.sleep(0.01)
for number in range({FRESH}):
    with open_workspace(folder / f"fresh{{number}}") as space:
        add_marker(Actor.SYSTEM, space, "shop", date(2026, 1, 1), f"{{os.getpid()}}")
"""


def test_processes_that_open_a_fresh_workspace_at_once_all_do(tmp_path):
    """Each opens what others open at the same moment, as soon as all are there."""
    started = [subprocess.Popen([sys.executable, "-c", OPEN_ALL, str(tmp_path)]) for _ in range(PROCESSES)]
    assert [process.wait() for process in started] == [0] * PROCESSES
    assert [len(kept(tmp_path / f"fresh{number}")) for number in range(FRESH)] == [PROCESSES] * FRESH


def test_who_else_is_on_the_machine_cannot_read_it(path):
    add(path, date(2026, 6, 9), "Release 2")
    modes = {each.name: each.stat().st_mode & 0o777 for each in (path, *path.iterdir())}
    assert modes == {"new folder": 0o700, "workspace.db": 0o600, "datasets": 0o700, "tmp": 0o700, "panels": 0o700}


def test_what_everybody_could_read_is_made_private_but_not_a_folder_of_others(tmp_path):
    for folder, others in (("ours", []), ("shared", ["other.txt"])):
        (tmp_path / folder).mkdir(mode=0o755)
        for name in ("workspace.db", *others):
            (tmp_path / folder / name).touch(mode=0o644)
        add(tmp_path / folder, date(2026, 6, 9), "Release 2")
        assert (tmp_path / folder / "workspace.db").stat().st_mode & 0o777 == 0o600
    assert [(tmp_path / folder).stat().st_mode & 0o777 for folder in ("ours", "shared")] == [0o700, 0o755]


@pytest.mark.parametrize(
    ("version", "loses"),
    [
        *(((3, 6, 23), False), ((3, 7, 0), True), ((3, 40, 1), True), ((3, 44, 5), True), ((3, 44, 6), False)),
        *(((3, 45, 0), True), ((3, 50, 6), True), ((3, 50, 7), False), ((3, 51, 2), True), ((3, 51, 3), False)),
        ((4, 0, 0), False),
    ],
)
def test_a_write_ahead_log_is_used_only_where_it_loses_nothing(path, monkeypatch, version, loses):
    """SQLite's WAL-reset bug: 3.7.0 to 3.51.2, mended in 3.51.3, 3.50.7 and 3.44.6."""
    assert loses_writes(version) == loses
    add(path, date(2026, 1, 1), "before")
    monkeypatch.setattr(database, "loses_writes", lambda: loses)
    with open_workspace(path) as space:
        assert space.db.execute("PRAGMA journal_mode").fetchone()[0] == ("delete" if loses else "wal")
    assert kept(path) == [("2026-01-01", "before")]


def test_readings_kept_by_an_earlier_version_are_offered_but_are_nobodys_own(path):
    path.mkdir()
    with sqlite3.connect(path / "workspace.db") as earlier:
        earlier.executescript(EARLIER)
    earlier.close()
    with open_workspace(path) as space:
        assert readings.confirmed(ANN, space, "responses", HEADER) is None
        assert readings.offered(ANN, space, "responses", HEADER) == (MAPPING, date(2026, 6, 9))


def test_an_old_file_is_brought_up_to_date(path):
    path.mkdir()
    sqlite3.connect(path / "workspace.db").close()
    add(path, date(2026, 6, 9), "Release 2")
    assert kept(path) == [("2026-06-09", "Release 2")]


MAPPING = {"score": "Q1", "person_id": "Kundennummer", "comment": None, "scale": "1-10"}
HEADER = ("Kundennummer", "Q1", "Datum")

EARLIER = f"""
CREATE TABLE "markers" ("dataset" TEXT NOT NULL, "day" TEXT NOT NULL, "name" TEXT NOT NULL,
    PRIMARY KEY ("dataset", "day", "name"));
CREATE TABLE "readings" ("header" TEXT PRIMARY KEY NOT NULL, "mapping" TEXT NOT NULL, "confirmed" TEXT NOT NULL);
CREATE TABLE "_sqlite_migrations" ("id" INTEGER PRIMARY KEY, "migration_set" TEXT, "name" TEXT, "applied_at" TEXT);
INSERT INTO "_sqlite_migrations" VALUES
    (1, 'workspace', 'm001_markers', '2026'), (2, 'workspace', 'm002_readings', '2026');
INSERT INTO "readings" VALUES ('{readings._header("responses", HEADER)}', '{json.dumps(MAPPING)}', '2026-06-09');
"""


def confirm(path, columns=HEADER, mapping=MAPPING, day=date(2026, 6, 9), table="responses"):
    with open_workspace(path) as space:
        readings.confirm(ANN, space, table, columns, mapping, day)


def confirmed(path, columns=HEADER, table="responses"):
    with open_workspace(path) as space:
        return readings.confirmed(ANN, space, table, columns)


def test_a_confirmed_mapping_is_offered_for_the_same_header_in_any_order(path):
    confirm(path)
    assert confirmed(path, reversed(HEADER)) == (MAPPING, date(2026, 6, 9))
    assert confirmed(path, (*HEADER, "one more")) is None
    assert confirmed(path, table="people") is None


def test_confirming_again_replaces_and_forgetting_forgets(path):
    confirm(path)
    confirm(path, mapping={"score": "Datum"}, day=date(2026, 7, 1))
    assert confirmed(path) == ({"score": "Datum"}, date(2026, 7, 1))
    for _ in range(2):
        with open_workspace(path) as space:
            readings.forget(ANN, space, "responses", HEADER)
    assert confirmed(path) is None


def test_the_oldest_confirmed_mappings_go(path):
    confirm(path, day=date(2026, 1, 1))
    with open_workspace(path) as space:
        for number in range(MOST_READINGS):
            readings.confirm(ANN, space, "usage", [f"column {number}"], {}, date(2026, 2, 1))
    assert confirmed(path) is None
    assert confirmed(path, ["column 0"], "usage") == ({}, date(2026, 2, 1))


def test_everybody_has_a_reading_of_their_own_and_is_offered_the_last_of_another(path):
    with open_workspace(path) as space:
        for who, column, day in ((ANN, "Q1", 1), (BEN, "Datum", 2), (CY, "Kundennummer", 3)):
            readings.confirm(who, space, "responses", HEADER, {"score": column}, date(2026, 6, day))
        assert [readings.confirmed(who, space, "responses", HEADER).mapping["score"] for who in (ANN, BEN)] == [
            "Q1",
            "Datum",
        ]
        assert readings.confirmed(DEE, space, "responses", HEADER) is None
        assert readings.offered(ANN, space, "responses", HEADER) == ({"score": "Kundennummer"}, date(2026, 6, 3))
        assert readings.offered(CY, space, "responses", HEADER) == ({"score": "Datum"}, date(2026, 6, 2))
        readings.forget(ANN, space, "responses", HEADER)
        assert readings.confirmed(ANN, space, "responses", HEADER) is None
        assert readings.confirmed(BEN, space, "responses", HEADER) is not None


QUERY = {"activity": ["90-100"], "score": ["7-8"]}


def test_audiences_belong_to_their_dataset_and_a_name_is_given_once(path):
    with open_workspace(path) as space:
        for query in ({"score": ["0-6"]}, QUERY):
            selections.save(ANN, space, "shop", "  Nearly \n there ", query)
        assert [(each.name, each.query) for each in selections.saved(BEN, space, "shop")] == [("Nearly there", QUERY)]
        assert selections.saved(BEN, space, "another shop") == []
        selections.copy(ANN, space, "shop", "another shop")
        (saved,) = selections.saved(ANN, space, "shop")
        selections.remove(BEN, space, saved.id)
        assert [len(selections.saved(ANN, space, shop)) for shop in ("shop", "another shop")] == [0, 1]


@pytest.mark.parametrize("name", ["", " \n", "x" * 81])
def test_an_audience_needs_a_name_of_some_length(path, name):
    with open_workspace(path) as space, pytest.raises(InputError, match="name of at most 80"):
        selections.save(ANN, space, "shop", name, QUERY)


def test_so_many_audiences_are_kept_and_no_more(path):
    with open_workspace(path) as space:
        for number in range(selections.MOST_SELECTIONS):
            selections.save(ANN, space, "shop", f"{number}", QUERY)
        with pytest.raises(InputError, match="remove one first"):
            selections.save(ANN, space, "shop", "one more", QUERY)


def test_a_set_that_is_saved_again_is_its_next_version_and_none_changes(path):
    with open_workspace(path) as space:
        first = sets.save(ANN, space, "shop", sets.SET, " Idle \n Pros", ["is.plan:Pro"])
        again = sets.save(BEN, space, "shop", sets.SET, "Idle Pros", ["is.plan:Pro", "!did.*;uses:1-;last:30"])
        same = sets.save(BEN, space, "shop", sets.SET, "Idle Pros", again.lines)
        other = sets.save(ANN, space, "shop", sets.METRIC, "Idle Pros", ["people/week//is.plan:Pro"])
        assert (first.name, first.version, again.version) == ("Idle Pros", 1, 2)
        assert (again.id, same) == (first.id, again)
        assert sets.latest(CY, space, "shop", sets.SET) == [again]
        assert sets.latest(CY, space, "shop", sets.METRIC) == [other]
        assert sets.find(CY, space, "shop", first.id, 1) == first
        assert sets.find(CY, space, "shop", first.id, 3) is None
        assert sets.find(CY, space, "shop", other.id, 1) is None  # is no set
        assert sets.find(CY, space, "another shop", first.id, 1) is None


def test_kept_data_begin_with_the_sets_of_what_was_looked_at_under_the_same_ids(path):
    with open_workspace(path) as space:
        for lines in (["is.plan:Pro"], ["is.plan:Free"]):
            made = sets.save(ANN, space, "shop", sets.SET, "Plan", lines)
        sets.copy(ANN, space, "shop", "kept")
        sets.copy(ANN, space, "shop", "kept")
        sets.remove(BEN, space, "shop", made.id)
        assert sets.latest(ANN, space, "shop", sets.SET) == []
        assert sets.find(ANN, space, "kept", made.id, 1).lines == ("is.plan:Pro",)
        assert sets.latest(ANN, space, "kept", sets.SET) == [made]


@pytest.mark.parametrize("name", ["", " \n", "x" * 81])
def test_a_set_needs_a_name_of_some_length(path, name):
    with open_workspace(path) as space, pytest.raises(InputError, match="name of at most 80"):
        sets.save(ANN, space, "shop", sets.SET, name, ["is.plan:Pro"])


def test_so_many_sets_and_versions_are_kept_and_no_more(path, monkeypatch):
    monkeypatch.setattr(sets, "MOST", 2)
    monkeypatch.setattr(sets, "MOST_VERSIONS", 2)
    with open_workspace(path) as space:
        for name, plan in (("a", "x"), ("a", "y"), ("b", "x")):
            sets.save(ANN, space, "shop", sets.SET, name, [f"is.plan:{plan}"])
        with pytest.raises(InputError, match="remove one first"):
            sets.save(ANN, space, "shop", sets.SET, "c", ["is.plan:x"])
        with pytest.raises(InputError, match="under another name"):
            sets.save(ANN, space, "shop", sets.SET, "a", ["is.plan:z"])


def versions(space, dataset="shop"):
    """Number, and content, of each version of the rules, the first one first."""
    return [(each.number, each.rules) for each in reversed(rules.history(ANN, space, dataset))]


def test_rules_are_kept_version_by_version_with_who_and_when_and_hold_for_everybody_of_the_dataset(path):
    with open_workspace(path) as space:
        assert rules.current(BEN, space, "shop") == rules.OURS
        rules.keep(ANN, space, "shop", "a" * 12, '{"n": 1}', seen=0)
        rules.keep(BEN, space, "shop", "b" * 12, '{"n": 2}', seen=1)
        now = rules.current(CY, space, "shop")
        assert (now.number, now.version, now.rules, now.made_by) == (2, "b" * 12, '{"n": 2}', "ben")
        assert now.made_at[:10] == audit.now()[:10]
        assert versions(space) == [(1, '{"n": 1}'), (2, '{"n": 2}')]
        assert rules.find(CY, space, "shop", "a" * 12).rules == '{"n": 1}'
        assert rules.find(CY, space, "shop", "c" * 12) is rules.find(CY, space, "other", "a" * 12) is None


def test_undoing_rules_writes_a_version_equal_to_an_older_one_step_by_step_to_ours(path):
    """1, 2, back to 1, then 3, back to 1, back to ours: no version is taken away."""
    with open_workspace(path) as space:
        rules.keep(ANN, space, "shop", "1", "one", seen=0)
        rules.keep(ANN, space, "shop", "2", "two", seen=1)
        rules.undo(BEN, space, "shop", seen=2)
        rules.keep(ANN, space, "shop", "3", "three", seen=3)
        for seen in (4, 5):
            rules.undo(BEN, space, "shop", seen)
        assert [text for _, text in versions(space)] == ["one", "two", "one", "three", "one", ""]
        assert [each.made_by[0] for each in rules.history(ANN, space, "shop")] == [*"bbabaa"]
        with pytest.raises(InputError, match="nothing to undo"):
            rules.undo(ANN, space, "shop", seen=6)
        with pytest.raises(InputError, match="nothing to undo"):
            rules.undo(ANN, space, "another shop", seen=0)


def test_whoever_did_not_see_the_latest_rules_changes_nothing(path):
    with open_workspace(path) as space:
        rules.keep(ANN, space, "shop", "1", "one", seen=0)
        with pytest.raises(InputError, match="Somebody changed the rules meanwhile"):
            rules.keep(BEN, space, "shop", "2", "two", seen=0)
        with pytest.raises(InputError, match="Somebody changed the rules meanwhile"):
            rules.undo(BEN, space, "shop", seen=0)
        assert versions(space) == [(1, "one")]


def test_the_audit_tells_of_rules_by_number_and_mark_and_never_what_they_say(path):
    with open_workspace(path) as space:
        rules.keep(ANN, space, "shop", "a" * 12, '{"name": "Nora is slow"}', seen=0)
        rules.undo(BEN, space, "shop", seen=1)
        rows = [(row["actor"], row["did"], json.loads(row["about"])) for row in space.db.table("audit").rows]
    assert rows == [
        ("ann", "change rules", {"dataset": "shop", "number": 1, "rules": "a" * 12}),
        ("ben", "undo rules", {"dataset": "shop", "number": 2, "rules": ""}),
    ]


def test_another_dataset_can_begin_with_the_rules_of_this_one(path):
    with open_workspace(path) as space:
        for number in range(3):
            rules.keep(ANN, space, "shop", f"{number}", f"rules {number}", seen=number)
        rules.copy(BEN, space, "shop", "another shop")
        assert rules.history(ANN, space, "another shop") == rules.history(ANN, space, "shop")
        rules.undo(BEN, space, "another shop", seen=3)
        assert [rules.current(ANN, space, shop).rules for shop in ("shop", "another shop")] == ["rules 2", "rules 1"]


def test_so_many_versions_of_rules_are_kept_and_no_more(path, monkeypatch):
    monkeypatch.setattr(rules, "MOST_VERSIONS", 2)
    with open_workspace(path) as space:
        for number in range(2):
            rules.keep(ANN, space, "shop", f"{number}", "{}", seen=number)
        with pytest.raises(InputError, match="At most 2 versions"):
            rules.keep(ANN, space, "shop", "x", "{}", seen=2)
