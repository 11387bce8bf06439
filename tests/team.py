"""A workspace with people in it, and a server that they sign in to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conftest import ROOT, TROUBLE, serve, status, wait_until

from workspace.access import users
from workspace.access.actor import Actor, Role
from workspace.store.database import open_workspace

PEOPLE = {"vera": Role.VIEWER, "anna": Role.ANALYST, "ivan": Role.ANALYST, "adam": Role.ADMIN}


def login(name: str) -> str:
    return f"{name}@example.com"


def password(name: str) -> str:
    return f"the password of {name}"


def invited(folder: Path, *, with_passwords: bool = True) -> Path:
    """A workspace that everybody was invited to."""
    with open_workspace(folder) as space:
        for name, role in PEOPLE.items():
            users.add(Actor.SYSTEM, space, login(name), role, password(name) if with_passwords else None)
    return folder


@contextmanager
def team_server(folder: Path, **settings: str) -> Iterator[str]:
    """The address of the app with a workspace of this folder, warmed up. Its log must stay free of trouble."""
    log = folder / "log"
    named = {"NPS_LENS_WORKSPACE": str(folder / "workspace")} | settings
    with serve(ROOT, log, **named) as address:
        wait_until(lambda: status(f"{address}/health") == 200, f"the app is warm\n{log.read_text()}")
        yield address
    assert not TROUBLE.search(log.read_text()), log.read_text()


@contextmanager
def own_server(folder: Path) -> Iterator[str]:
    """The address of the app as somebody starts it for themselves, with this folder as their home, warmed up."""
    log = folder / "log"
    with serve(ROOT, log) as address:
        wait_until(lambda: status(f"{address}/health") == 200, "the app is warm")
        yield address
    assert "Traceback" not in log.read_text(), log.read_text()
