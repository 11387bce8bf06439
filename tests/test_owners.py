"""Which browser a session and a download belong to, and until when."""

import asyncio
from types import SimpleNamespace

import pytest
from conftest import finished
from streamlit import config, runtime
from streamlit.runtime.state import SessionState

from web import owners
from web.owners import Downloads, Sessions, browser_of, new_cookie


@pytest.fixture
def running(monkeypatch) -> set[str]:
    """A runtime in which these sessions are connected; a session that is not may come back for a moment."""
    connected: set[str] = set()

    class Running:
        class _session_mgr:
            get_session_info = staticmethod(lambda _session: None)

        is_active_session = staticmethod(connected.__contains__)
        close_session = staticmethod(lambda _session: None)

    monkeypatch.setattr(runtime, "get_instance", Running)
    monkeypatch.setattr(config, "get_option", lambda _name: 1)
    return connected


async def a_moment() -> None:
    await asyncio.wait([asyncio.ensure_future(asyncio.Event().wait())], timeout=0.05)


def test_a_session_is_its_browsers_until_it_cannot_come_back(running):
    ended = []

    async def visit():
        sessions = Sessions(ended.append)
        sessions.connected("s", "mine")
        sessions.connected("s", "another's")
        assert (sessions.belongs("s", "mine"), sessions.belongs("s", "another's")) == (True, False)
        sessions.disconnected("s")
        sessions.connected("s", "mine")
        await a_moment()
        assert (sessions.belongs("s", "mine"), ended) == (True, [])
        sessions.disconnected("s")
        await a_moment()
        assert (sessions.belongs("s", "mine"), ended) == (False, ["s"])

    finished(visit())


def test_a_session_that_another_tab_took_over_goes_on(running):
    ended = []

    async def visit():
        sessions = Sessions(ended.append)
        running.add("s")
        sessions.connected("s", "mine")
        sessions.disconnected("s")
        await a_moment()
        assert (sessions.belongs("s", "mine"), ended) == (True, [])

    finished(visit())


def test_what_a_closed_session_held_goes_once_no_script_of_it_runs(running, monkeypatch):
    monkeypatch.setattr(owners, "UNWINDS", 0.01)
    state = SessionState()
    state["answers"] = "of a customer"
    session = SimpleNamespace(session_state=state, _scriptrunner="still running")

    async def visit():
        runtime.get_instance()._session_mgr.get_session_info = lambda _session: SimpleNamespace(session=session)
        Sessions(lambda _session: None)._end("s")
        await a_moment()
        assert state["answers"] == "of a customer"
        session._scriptrunner = None
        await a_moment()
        assert "answers" not in state

    finished(visit())


def test_a_download_is_for_who_was_told_its_address(monkeypatch):
    monkeypatch.setattr(owners, "MOST_DOWNLOADS", 2)
    downloads = Downloads()
    downloads.tell("/media/0a.csv", "mine")
    downloads.tell("https://elsewhere.example/media/0b", "mine")
    assert downloads.belongs("/media/0a", "mine")
    assert not downloads.belongs("/media/0a", "another's")
    assert not downloads.belongs("/media/0b", "mine")
    for name in "cd":
        downloads.tell(f"/media/0{name}", "mine")
    assert not downloads.belongs("/media/0a.csv", "mine")


def test_every_browser_gets_a_cookie_of_its_own_and_keeps_it_secret_on_https():
    first, second = new_cookie(secure=False), new_cookie(secure=True)
    assert first.partition(";")[0] != second.partition(";")[0]
    assert [pair.endswith("; Secure") for pair in (first, second)] == [False, True]
    assert browser_of(first) == browser_of(f"other=1; {first}") != browser_of(second)
    assert browser_of("nps_session=x") is None
