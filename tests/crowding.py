"""Six processes that do everything to one workspace at once, of which one is killed every while.

A program of its own, as it forks: `PYTHONPATH=. python tests/crowding.py ROOT PLACE SEED SECONDS`. Prints what they
did, or why not; anything else than a refusal is a failure.
"""

import os
import random
import signal
import sys
import time
from itertools import count
from pathlib import Path
from threading import Event

from kept import ADMIN, ANALYST

from nps.notes import InputError
from workspace import backup
from workspace.privacy import erase
from workspace.store import datasets
from workspace.store.database import Workspace, open_workspace

WORKERS, MOST = 6, 6
DEEDS = ["keep", "keep", "refresh", "refresh", "undo", "erase", "recover", "delete", "backup"]


def act(space: Workspace, deed: str, place: Path, name: str, chance: random.Random) -> None:
    """Do one of these, where there is anything to do it to."""
    known = datasets.listed(ADMIN, space)
    one = chance.choice(known) if known else None
    if deed == "keep":
        datasets.keep(ANALYST, space, place / "older" / "landed", name)
    elif deed == "erase":
        erase.erase(ADMIN, space, f"customer-{chance.randrange(40)}", unknown=True)
    elif deed == "recover":
        erase.recover(ADMIN, space)
    elif deed == "backup":
        backup.backup(ADMIN, space, place / f"{name}.tar")
    elif one and deed == "refresh":
        datasets.refresh(ANALYST, space, one.id, place / "newer" / "landed", one.number)
    elif one and deed == "undo":
        datasets.undo(ANALYST, space, one.id, one.number)
    if one and (deed == "delete" or len(known) > MOST):
        datasets.delete(ADMIN, space, known[-1].id)


def work(root: Path, place: Path, seed: int) -> None:
    """For ever."""
    chance, n = random.Random(seed), 0
    while True:
        n += 1
        deed = chance.choice(DEEDS)
        try:
            with open_workspace(root) as space:
                act(space, deed, place, f"d{seed}-{n}", chance)
            print(deed, "done", flush=True)
        except InputError as refused:
            print(deed, "refused", refused.code, flush=True)
        except BaseException as fault:
            print(deed, "FAILED", type(fault).__name__, " ".join(str(fault).split())[:200], flush=True)


def started(*given: object) -> int:
    """The id of a new process that works."""
    child = os.fork()
    if child == 0:
        work(*given)
    return child


def main(root: Path, place: Path, seed: int, seconds: float) -> None:
    """Six work; every while one is killed, and another begins."""
    chance, seeds, pause, killed = random.Random(seed), count(seed * 1000), Event(), 0
    workers, end = [started(root, place, next(seeds)) for _ in range(WORKERS)], time.monotonic() + seconds
    while time.monotonic() < end:
        pause.wait(chance.uniform(0.3, 1.0))
        one = chance.randrange(WORKERS)
        os.kill(workers[one], signal.SIGKILL)
        os.waitpid(workers[one], 0)
        workers[one] = started(root, place, next(seeds))
        killed += 1
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    print("killed", killed, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
