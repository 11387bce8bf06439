"""Who a run is for is asked once a second, however often it matters; outside of a run always."""

from pages.session import access
from web.identity import Visitor
from workspace.access.actor import Actor, Role


def visitor(role: Role) -> Visitor:
    return Visitor(Actor("ann", role), "ann")


def asked(monkeypatch, *answers: Visitor | None) -> list[float]:
    """Who it is, each time that this is asked; the clock, which stands still until it is set."""
    clock, left = [100.0], iter(answers)
    monkeypatch.setattr(access, "_visitor", lambda: next(left))
    monkeypatch.setattr(access, "monotonic", lambda: clock[0])
    return clock


ANALYST, VIEWER = visitor(Role.ANALYST), visitor(Role.VIEWER)


def test_in_a_run_it_is_asked_once(monkeypatch):
    asked(monkeypatch, ANALYST)
    with access.a_run():
        assert [access.visitor() for _ in range(3)] == [ANALYST] * 3


def test_a_run_that_takes_long_asks_again(monkeypatch):
    clock = asked(monkeypatch, ANALYST, VIEWER, None)
    with access.a_run():
        assert access.visitor() == ANALYST
        clock[0] += 1
        assert access.visitor() == VIEWER
        clock[0] += 1
        assert access.visitor() is None
        assert access.visitor() is None


def test_every_run_asks_anew(monkeypatch):
    asked(monkeypatch, ANALYST, VIEWER)
    for expected in (ANALYST, VIEWER):
        with access.a_run():
            assert access.visitor() == expected


def test_outside_of_a_run_it_is_always_asked(monkeypatch):
    asked(monkeypatch, ANALYST, VIEWER)
    assert [access.visitor(), access.visitor()] == [ANALYST, VIEWER]
