"""What a session holds: typed keys whose defaults nobody can change, and the region, whoever draws it."""

import pytest
import streamlit as st

from nps.selection import Region, Selection
from pages.session import filters, keys, region
from pages.session.keys import Key

KEYS = {name: key for name, key in vars(keys).items() if isinstance(key, Key)}
TOP = Region((90, 100), (7, 8))


@pytest.fixture(autouse=True)
def held(monkeypatch):
    """A session that has just begun."""
    state = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def test_no_two_keys_have_a_name_in_common():
    assert len({key.name for key in KEYS.values()}) == len(KEYS) > 40


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_no_session_can_change_what_another_begins_with(key):
    assert not hasattr(key.default, "append")
    assert not hasattr(key.default, "add")
    assert not hasattr(key.default, "update")


def test_where_nothing_was_put_the_default_counts_and_stays_unput(held):
    assert Key("window", 90).get() == 90
    assert not Key("window", 90).known
    assert held == {}


def test_what_was_put_is_there_until_it_is_taken(held):
    notice = Key("notice", "")
    assert notice.put("read") == "read"
    assert (notice.get(), notice.take(), notice.take(), notice.known) == ("read", "read", "", False)


def test_to_begin_puts_the_default_and_nothing_over_what_is_there(held):
    Key("window", 90).begin()
    Key("window", 30).begin()
    assert held == {"window": 90}


def test_a_widget_is_told_only_what_it_does_not_say_itself(monkeypatch):
    class Told(dict):
        def __setitem__(self, name, value):
            told.append(value)
            super().__setitem__(name, value)

    told = []
    monkeypatch.setattr(st, "session_state", Told())
    for value in ((0, 10), (0, 10), (7, 8)):
        Key("slider", (0, 10)).follow(value)
    assert told == [(0, 10), (7, 8)]


def test_a_region_that_something_else_sets_is_drawn_on_a_fresh_chart_and_a_brushed_one_is_not():
    region.start(("everybody",))
    mounted = region.chart().name
    region.brushed(TOP)
    assert (region.start(("everybody",)), region.chart().name) == (Region(), mounted)
    assert filters.selection() == Selection(activity=(90, 100), score=(7, 8))
    region.set_region(TOP)
    assert region.start(("everybody",)) == TOP
    assert region.chart().name != mounted


def test_a_chart_is_fresh_when_what_it_shows_changes():
    region.start(("everybody",))
    mounted = region.chart().name
    region.brushed(TOP)
    assert region.start(("admins",)) == TOP
    assert region.chart().name != mounted


def test_a_rectangle_that_holds_no_cell_selects_nobody_until_the_region_is_cleared():
    region.brushed(None)
    assert region.drew_nothing()
    region.clear_region()
    region.start(("everybody",))
    assert not region.drew_nothing()


def test_a_selection_that_is_shown_is_the_one_that_is_read():
    wanted = Selection(activity=(90, 100), where={"role": ["Admin", "Owner"]}, repeats="all", survey=["Q1"])
    filters.show_selection(wanted)
    assert filters.selection() == wanted
    assert filters.narrowed()
    filters.clear_filters()
    assert filters.selection() == Selection(activity=(90, 100))
    assert not filters.narrowed()
