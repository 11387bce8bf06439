"""Many at once on one workspace: nobody is told that it is locked, nothing is lost, nothing is half there."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import kept
import pytest
from kept import ADMIN, landed

from workspace import backup
from workspace.privacy import erase
from workspace.store import audit
from workspace.store.database import DATASETS, open_workspace

CROWDING = Path(__file__).parent / "crowding.py"
KNOWN = {**os.environ, "PYTHONPATH": str(CROWDING.parents[1])}
WRITING = """
import sys, time
from pathlib import Path
from workspace.access.actor import Actor
from workspace.store import audit
from workspace.store.database import open_workspace

slowest = 0
for n in range(int(sys.argv[2])):
    begun = time.monotonic()
    with open_workspace(Path(sys.argv[1])) as space:
        audit.tell(Actor.SYSTEM, space, "change", {"writer": sys.argv[3], "n": n})
    slowest = max(slowest, time.monotonic() - begun)
print(slowest)
"""


def written(root, writers, changes):
    """The slowest change of each writer, once all are done."""
    with open_workspace(root):
        pass
    command = [sys.executable, "-c", WRITING, str(root), str(changes)]
    at_once = [
        subprocess.Popen([*command, str(n)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=KNOWN)
        for n in range(writers)
    ]
    told = [process.communicate() for process in at_once]
    assert [error for _, error in told if error] == []
    return [float(said) for said, _ in told]


def assert_all_there(root, writers, changes):
    with open_workspace(root) as space:
        told = [json.loads(row["about"]) for row in space.db.table("audit").rows]
        assert audit.verify(ADMIN, space).broken is None
    assert Counter(each["writer"] for each in told) == {str(n): changes for n in range(writers)}
    assert all([each["n"] for each in told if each["writer"] == str(n)] == [*range(changes)] for n in range(writers))


def test_of_several_writers_none_is_lost_and_none_is_told_that_it_is_locked(tmp_path):
    written(tmp_path / "workspace", 4, 30)
    assert_all_there(tmp_path / "workspace", 4, 30)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_of_sixteen_writers_with_500_changes_none_is_lost(tmp_path, record_property):
    record_property("slowest", max(written(tmp_path / "workspace", 16, 500)))
    assert_all_there(tmp_path / "workspace", 16, 500)


def crowd(place, seconds, seed):
    """What six processes said that do everything, of which one is killed every while."""
    people = [f"customer-{n}" for n in range(40)]
    answers = "response_id,person_id,score,date,comment\n" + "".join(
        f"r{n},{people[n % 40]},{n % 11},2026-03-{1 + n % 28:02},ask {people[n * 7 % 40]}\n" for n in range(200)
    )
    days = "".join(f"{people[n % 40]},Board,2026-02-{1 + n % 28:02}\n" for n in range(900))
    usage = f"person_id,feature,date\n{days}"
    mails = "person_id,email\n" + "".join(f"{each},{each}@customer.example\n" for each in people)
    landed(place / "older", responses=answers, usage=usage, people=mails)
    landed(place / "newer", responses=answers.replace("\nr", "\ns"), usage=usage)
    command = [sys.executable, str(CROWDING), str(place / "w"), str(place), str(seed), str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=KNOWN)
    return Counter(done.stdout.splitlines() + done.stderr.splitlines())


def assert_whole(root, place, backups):
    """All that a workspace promises, once somebody has tidied up; and so many of the backups can be restored."""
    with open_workspace(root) as space:
        assert erase.recover(ADMIN, space)
        assert space.db.execute("SELECT count(*) FROM erased WHERE finished = 0").fetchone() == (0,)
        assert audit.verify(ADMIN, space).broken is None
        gone = space.db.execute("SELECT count(*) FROM erased").fetchone()[0]
        assert len({*(root / DATASETS).iterdir()}) == space.db.execute("SELECT count(*) FROM versions").fetchone()[0]
    kept.state(root)
    assert kept.left_over(root) == set()
    for file in sorted(place.glob("*.tar"))[:backups]:
        backup.restore(ADMIN, file, place / file.stem, root)
        kept.state(place / file.stem)
        assert kept.left_over(place / file.stem) == set()
    return gone


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_six_that_do_everything_for_a_minute_and_are_killed_leave_it_whole(tmp_path, record_property):
    said = crowd(tmp_path, 60, 0)
    record_property("said", dict(said))
    assert [line for line in said if "FAILED" in line or "Error" in line] == []
    record_property("erased", assert_whole(tmp_path / "w", tmp_path, 10))


def test_six_that_do_everything_for_some_seconds_and_are_killed_leave_it_whole(tmp_path):
    said = crowd(tmp_path, 5, 1)
    assert [line for line in said if "FAILED" in line or "Error" in line] == []
    assert_whole(tmp_path / "w", tmp_path, 2)
