"""One of several processes that do everything to one workspace at once, until it is killed: `PYTHONPATH=. python
tests/crowding.py ROOT PLACE SEED`. Prints what it did, or why not; anything else than a refusal is a failure."""

import random
import sys
from pathlib import Path

from kept import ADMIN, ANALYST

from nps.notes import InputError
from workspace import backup
from workspace.privacy import erase
from workspace.store import datasets
from workspace.store.database import Workspace, open_workspace

MOST = 6
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


def main(root: Path, place: Path, seed: int) -> None:
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


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
