"""What was read stays on disk; of its panels in memory those that were asked for last, as many as fit."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.session.landed import Landed, known, make_room

PANEL = SimpleNamespace(answers=pd.DataFrame({"score": np.zeros(100, "int8")}, index=range(100)), pairs=(np.zeros(50),))


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    """The folders that were opened, in order."""
    folders = []
    monkeypatch.setattr("nps.lens.panel_of_folder", lambda folder, **_: folders.append(folder) or PANEL)
    return folders


def landed(name: str) -> Landed:
    return known(name, SimpleNamespace(folder=name))


def test_what_was_asked_for_longest_ago_is_opened_again_when_others_need_its_room(opened):
    first, second, third = (landed(name) for name in ("a", "b", "c"))
    for one in (first, second, third, first):
        assert one.panel(90, "active_days") is PANEL
    assert opened == ["a", "b", "c"]
    size = third.bytes
    assert size >= 100 + 50 * 8
    make_room(third, 2 * size)
    assert [one.bytes for one in (first, second, third)] == [size, 0, size]
    second.panel(90, "active_days")
    assert opened == ["a", "b", "c", "b"]


def test_what_is_looked_at_stays_whatever_it_takes(opened):
    only = landed("a")
    only.panel(90, "active_days")
    make_room(only, 0)
    only.panel(90, "active_days")
    assert opened == ["a"]


def test_the_same_bytes_are_one_for_as_long_as_a_session_holds_them(opened):
    mine = landed("a")
    assert landed("a") is mine
    assert known("a") is mine
    del mine
    assert known("a") is None


def two_windows():
    """One run that joins twice, as it does where new data are looked at under another window."""
    from types import SimpleNamespace

    from pages.session.landed import known

    looked_at = known("a", SimpleNamespace(folder="a"))
    for days in (90, 30):
        looked_at.panel(days, "active_days")


def test_a_run_may_join_more_than_once(opened):
    assert not AppTest.from_function(two_windows, default_timeout=60).run().exception
    assert opened == ["a", "a"]
