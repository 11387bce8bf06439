"""Kills an operation on a workspace before each of its steps, and looks at what is left once somebody has tidied up.

A program of its own, as it forks: `PYTHONPATH=. python tests/killing.py OPERATION SHARE SEED FOLDER` tries that share
of the steps, and prints what came of them as JSON. A step is a statement to SQLite, or a file that is synced, moved,
linked, made or removed.
"""

import json
import os
import random
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import kept
from kept import ADMIN, ANALYST

from workspace import backup
from workspace.privacy import erase, retention
from workspace.store import database, datasets, markers
from workspace.store.database import open_workspace

CALLS = ("rename", "replace", "fsync", "unlink", "rmdir", "mkdir", "link")
WHO, MAIL, NOW = "customer-1", "one@customer.example", datetime(2026, 3, 10)


class Steps:
    """Counts steps, and ends the process before the one that it is told."""

    def __init__(self, last: int | None) -> None:
        self.done, self.last = 0, last

    def __call__(self, *_told: object) -> None:
        self.done += 1
        if self.done == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """From now on, in this process."""
        for name in CALLS:
            setattr(os, name, self._before(getattr(os, name)))
        real = database.Database

        def traced(path: Path) -> database.Database:
            opened = real(path)
            opened.conn.set_trace_callback(self)
            return opened

        database.Database = traced

    def _before(self, call: Callable) -> Callable:
        def stepped(*given: object, **named: object) -> object:
            self()
            return call(*given, **named)

        return stepped


def apart(do: Callable[[], object], last: int | None = None, watched: bool = False) -> object:
    """What this returns in a process of its own, with its steps where it is watched; None where it is killed."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            steps = Steps(last)
            if watched:
                steps.watch()
            answer = json.dumps([do(), steps.done])
            with os.fdopen(tell, "w") as stream:
                stream.write(answer)
            code = 0
        finally:
            os._exit(code)
    os.close(tell)
    with os.fdopen(told) as stream:
        said = stream.read()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or status == 0, "it failed by itself"
    answer = json.loads(said) if said else None
    return answer if watched or answer is None else answer[0]


def opened(do: Callable) -> Callable[[Path], None]:
    """Does something with an open workspace, given its folder."""

    def done(root: Path) -> None:
        with open_workspace(root) as space:
            do(space)

    return done


def first(space: database.Workspace) -> datasets.Kept:
    """The dataset called Q1."""
    return next(each for each in datasets.listed(ADMIN, space) if each.name == "Q1")


class World:
    """What operations begin with: files that were read; an empty workspace, one with two versions, one that keeps
    answers for some days only; and a backup."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.older, self.newer = place / "older" / "landed", place / "newer" / "landed"
        self.empty, self.full, self.brief, self.copy = (place / name for name in ("empty", "full", "brief", "copy.tar"))
        apart(self._make)

    def _make(self) -> None:
        kept.landed(self.place / "older", **kept.FILES)
        kept.landed(
            self.place / "newer", responses=kept.RESPONSES.replace("9,2026-03-01", "2,2026-03-09"), usage=kept.USAGE
        )
        self.empty.mkdir()
        with open_workspace(self.full) as space:
            dataset = datasets.keep(ANALYST, space, self.older, "Q1")
            datasets.refresh(ANALYST, space, dataset, self.newer, 1)
            markers.add_marker(ANALYST, space, dataset, kept.DAY, f"called {MAIL}")
            backup.backup(ADMIN, space, self.copy)
        shutil.copytree(self.full, self.brief)
        with open_workspace(self.brief) as space:
            datasets.retain(ADMIN, space, dataset, 5)

    def operations(self) -> dict[str, tuple[Path, Callable[[Path], None]]]:
        """Name -> the workspace that it begins with, and what it does with a copy of that."""
        return {
            "first keep": (self.empty, opened(lambda space: self._keep(space))),
            "keep": (self.full, opened(lambda space: self._keep(space))),
            "refresh": (self.full, opened(self._refresh)),
            "undo": (self.full, opened(lambda space: datasets.undo(ANALYST, space, first(space).id, 2))),
            "delete": (self.full, opened(lambda space: datasets.delete(ADMIN, space, first(space).id))),
            "erase": (self.full, opened(lambda space: erase.erase(ADMIN, space, WHO))),
            "finish": (self._half_erased(), tidied),
            "expire": (self.brief, opened(lambda space: retention.expire(ADMIN, space, NOW))),
            "restore": (self.empty, lambda root: backup.restore(ADMIN, self.copy, root / "restored")),
        }

    def _keep(self, space: database.Workspace) -> None:
        datasets.keep(ANALYST, space, self.older, "Q2")

    def _refresh(self, space: database.Workspace) -> None:
        datasets.refresh(ANALYST, space, first(space).id, self.older, 2)

    def _half_erased(self) -> Path:
        """A workspace whose erasing was stopped as soon as it was promised."""
        root = self.place / "half"
        if not root.exists():
            shutil.copytree(self.full, root)
            apart(lambda: self._promise(root))
        return root

    def _promise(self, root: Path) -> None:
        with open_workspace(root) as space:
            erase._promised(ADMIN, space, WHO, False)


def tidied(root: Path) -> None:
    """What the next server does."""
    with open_workspace(root) as space:
        assert erase.recover(ADMIN, space)


def seen(root: Path, name: str) -> dict:
    """All that there is to see: the state, what is left over, and whether somebody erased is still named."""
    if name == "restore":
        inner = root / "restored"
        if not inner.exists():
            return {"state": "none", "over": [], "named": []}
        root = inner
    else:
        tidied(root)
    return {
        "state": kept.state(root),
        "over": sorted(kept.left_over(root)),
        "named": kept.traces(root, WHO, MAIL) if name in ("erase", "finish") else [],
    }


def tried(world: World, name: str, share: float, seed: int) -> dict[str, int]:
    """How often which state was found after a kill before each of so many steps."""
    start, do = world.operations()[name]

    def fresh() -> Path:
        root = world.place / "tried"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(start, root)
        return root

    root = fresh()
    before = apart(lambda: seen(root, name)) if name != "finish" else None
    root = fresh()
    _, steps = apart(lambda: do(root), watched=True)
    after, found = apart(lambda: seen(root, name)), Counter(steps=steps)
    every = range(1, steps + 1)
    for last in sorted(random.Random(seed).sample(every, max(3, round(steps * share))) if share < 1 else every):
        root = fresh()
        assert apart(partial(do, root), last=last, watched=True) is None, "it was not killed"
        now = apart(partial(seen, root, name))
        which = "after" if now["state"] == after["state"] else "before"
        legal = now["state"] in (after["state"], before and before["state"])
        wrong = now["over"] or (which == "after" and now["named"]) or not legal
        found[f"wrong before step {last}: {json.dumps(now)[:2000]}" if wrong else which] += 1
    return dict(found)


if __name__ == "__main__":
    operation, part, number, folder = sys.argv[1:]
    print(json.dumps(tried(World(Path(folder)), operation, float(part), int(number))))
