"""A disk that is full: said in words, nothing half there, and room for erasing somebody."""

import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import kept
import pytest
from kept import ADMIN, ANALYST, FILES, landed

from nps.notes import TooLarge
from workspace.privacy import erase
from workspace.store import datasets, markers, versions
from workspace.store.database import open_workspace

WHO, MAIL = "customer-1", "one@customer.example"


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    return landed(tmp_path_factory.mktemp("read") / "files", **FILES)


def test_keeping_is_refused_where_too_little_room_would_be_left_to_erase_somebody(tmp_path, read, monkeypatch):
    log = versions.LOG_ROOM
    size = sum(file.stat().st_size for file in read.iterdir())
    with open_workspace(tmp_path / "workspace") as space:
        datasets.keep(ANALYST, space, read, "Q1")
        for free, name in ((log + 2 * size + 1000, "fits"), (log + 2 * size - 1000, None)):
            monkeypatch.setattr(versions.shutil, "disk_usage", lambda _place, free=free: SimpleNamespace(free=free))
            if name:
                datasets.keep(ANALYST, space, read, name)
            else:
                with pytest.raises(TooLarge, match="Too little room"):
                    datasets.keep(ANALYST, space, read, "does not fit")
        assert [each.name for each in datasets.listed(ADMIN, space)] == ["fits", "Q1"]
    assert kept.left_over(tmp_path / "workspace") == set()


@pytest.fixture
def large(tmp_path):
    """Half a megabyte that cannot be made smaller."""
    chance = random.Random(0)
    rows = "".join(f"s{n},other-{n},{n % 11},2026-03-01,{chance.randbytes(400).hex()}\n" for n in range(1500))
    return landed(tmp_path / "large", **{**FILES, "responses": kept.RESPONSES + rows})


@pytest.fixture
def disk(tmp_path):
    """A disk of 24 MB, where such can be made."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)]
    with suppress(FileNotFoundError):
        if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
            yield place
            subprocess.run(["umount", str(place)], check=True)
            return
    pytest.skip("nobody may mount here; a limit on files stands in for it below")


def full(place: Path) -> Path:
    """A file that takes all the room that is left."""
    ballast = place / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as stream:
        while stream.write(b"\0" * 4096):
            continue
    return ballast


def filled(space, read) -> int:
    """How many datasets can be kept before one is refused."""
    for n in range(1000):
        try:
            datasets.keep(ANALYST, space, read, f"data {n}")
        except TooLarge:
            return n
    raise AssertionError("the disk has no end")


def test_a_disk_is_filled_as_far_as_it_may_be_and_erasing_still_has_its_room(disk, large):
    with open_workspace(disk / "workspace") as space:
        how_many = filled(space, large)
        assert how_many > 2
        assert erase.erase(ADMIN, space, WHO)
    assert kept.traces(disk, MAIL) == []
    assert kept.left_over(disk / "workspace") == set()
    kept.state(disk / "workspace")


def test_a_full_disk_is_said_in_words_and_what_was_promised_ends_once_there_is_room(disk, read):
    with open_workspace(disk / "workspace") as space:
        datasets.keep(ANALYST, space, read, "Q1")
    before = kept.state(disk / "workspace")
    with open_workspace(disk / "workspace") as space:
        (q1,) = datasets.listed(ADMIN, space)
        ballast = full(disk)
        for change, given in (
            (datasets.keep, (read, "Q2")),
            (datasets.refresh, (q1.id, read, 1)),
            (erase.erase, (WHO,)),
        ):
            with pytest.raises(TooLarge):
                change(ADMIN, space, *given)
        with pytest.raises(TooLarge, match="The disk is full"), open_workspace(disk / "workspace") as another:
            mark_much(another)
        ballast.unlink()
        space.db.table("markers").delete_where()
        if not space.db.table("erased").count:
            assert kept.state(disk / "workspace") == before
            erase.erase(ADMIN, space, WHO)
        assert erase.recover(ADMIN, space)
    assert kept.traces(disk, MAIL) == []
    assert kept.left_over(disk / "workspace") == set()


def test_a_workspace_on_a_full_disk_that_cannot_be_opened_says_so(disk, read):
    with open_workspace(disk / "workspace") as space:
        datasets.keep(ANALYST, space, read, "Q1")
    full(disk)
    with pytest.raises(TooLarge, match="The disk is full"), open_workspace(disk / "workspace") as space:
        mark_much(space)


def mark_much(space):
    """More than fits into what a file takes anyway."""
    for n in range(190):
        markers.add_marker(ANALYST, space, "x", kept.DAY, f"{n} {'x' * 70}")


LIMITED = """
import resource, signal, sys
from pathlib import Path
from nps.notes import TooLarge
from workspace.access.actor import Actor
from workspace.store import datasets
from workspace.store.database import open_workspace

with open_workspace(Path(sys.argv[1])) as space:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
    try:
        datasets.keep(Actor.SYSTEM, space, Path(sys.argv[2]), "Q2")
    except TooLarge as full:
        print(full)
"""


@pytest.mark.parametrize("limit", [1, 1000, 4000])
def test_a_file_that_may_not_grow_is_a_full_disk(tmp_path, read, limit):
    with open_workspace(tmp_path / "workspace") as space:
        datasets.keep(ANALYST, space, read, "Q1")
    before = kept.state(tmp_path / "workspace")
    command = [sys.executable, "-c", LIMITED, str(tmp_path / "workspace"), str(read), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    assert done.stdout == "The disk is full. Delete what is not needed, and try again.\n"
    with open_workspace(tmp_path / "workspace") as space:
        assert erase.recover(ADMIN, space)
    assert kept.state(tmp_path / "workspace") == before
    assert kept.left_over(tmp_path / "workspace") == set()
