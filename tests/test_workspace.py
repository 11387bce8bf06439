"""What must survive a restart."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from nps.sources import InputError
from nps.workspace import MOST_MARKERS, MOST_READINGS, open_workspace


@pytest.fixture
def path(tmp_path):
    return tmp_path / "new folder" / "workspace.db"


def kept(path, dataset="shop"):
    with open_workspace(path) as workspace:
        return [(f"{row.day:%Y-%m-%d}", row.name) for row in workspace.markers(dataset).itertuples(index=False)]


def add(path, day, name, dataset="shop"):
    with open_workspace(path) as workspace:
        workspace.add_marker(dataset, day, name)


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
        with open_workspace(path) as workspace:
            workspace.remove_marker("shop", date(2026, 6, 9), "Release 2")
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
    with open_workspace(path) as workspace:
        for number in range(MOST_MARKERS):
            workspace.add_marker("shop", date(2026, 1, 1), f"event {number}")
        with pytest.raises(InputError, match="remove one first"):
            workspace.add_marker("shop", date(2026, 1, 1), "one more")
        assert len(workspace.markers("shop")) == MOST_MARKERS


def test_writers_wait_for_each_other(path):
    add(path, date(2026, 1, 1), "first")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda day: add(path, date(2026, 1, day), f"day {day}"), range(2, 29)))
    assert len(kept(path)) == 28


def test_an_old_file_is_brought_up_to_date(path):
    path.parent.mkdir()
    sqlite3.connect(path).close()
    add(path, date(2026, 6, 9), "Release 2")
    assert kept(path) == [("2026-06-09", "Release 2")]


MAPPING = {"score": "Q1", "person_id": "Kundennummer", "comment": None, "scale": "1-10"}
HEADER = ("Kundennummer", "Q1", "Datum")


def confirm(path, columns=HEADER, mapping=MAPPING, day=date(2026, 6, 9), table="responses"):
    with open_workspace(path) as workspace:
        workspace.confirm(table, columns, mapping, day)


def confirmed(path, columns=HEADER, table="responses"):
    with open_workspace(path) as workspace:
        return workspace.confirmed(table, columns)


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
        with open_workspace(path) as workspace:
            workspace.forget_confirmed("responses", HEADER)
    assert confirmed(path) is None


def test_the_oldest_confirmed_mappings_go(path):
    confirm(path, day=date(2026, 1, 1))
    with open_workspace(path) as workspace:
        for number in range(MOST_READINGS):
            workspace.confirm("usage", [f"column {number}"], {}, date(2026, 2, 1))
    assert confirmed(path) is None
    assert confirmed(path, ["column 0"], "usage") == ({}, date(2026, 2, 1))
