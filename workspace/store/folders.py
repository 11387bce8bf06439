"""Folders of a workspace: tmp/X is built by who holds tmp/X.lock; datasets/X counts when a row says so."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from workspace.store.database import BUILT, DATASETS, PANELS, Workspace, enough_room, writing

if os.name == "nt":
    import msvcrt
else:
    import fcntl

LOCK = ".lock"


@contextmanager
def building(root: Path) -> Iterator[Path]:
    """A new folder to build in, and away with it where it does not count by then.

    Its lock is there, and held, before it is, and until it is not: so `tidy` knows that its maker lives.
    """
    tmp, lock = _reserved(root / BUILT)
    try:
        with enough_room():
            tmp.mkdir(mode=0o700)
            yield tmp
    finally:
        shutil.rmtree(tmp, ignore_errors=True)
        tmp.with_suffix(LOCK).unlink(missing_ok=True)
        lock.close()


def _reserved(place: Path) -> tuple[Path, BinaryIO]:
    """The path of a new folder, and its lock, held."""
    while True:
        tmp = place / uuid4().hex
        path = tmp.with_suffix(LOCK)
        lock = path.open("wb")
        with suppress(FileNotFoundError):  # somebody tidied up between these two lines
            if _held(lock) and path.stat().st_ino == os.fstat(lock.fileno()).st_ino:
                return tmp, lock
        lock.close()


def _held(lock: BinaryIO) -> bool:
    """Whether nobody else holds this lock; now it is ours for as long as its file is open."""
    try:
        if os.name == "nt":
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def filled(tmp: Path, landed: Path) -> None:
    """Copy what a reading made into a folder that is being built."""
    for file in sorted(landed.iterdir()):
        shutil.copyfile(file, tmp / file.name)


def ready(tmp: Path) -> str:
    """Have it on disk for good, for its owner alone: SHA-256 by file, as JSON. Slow, so outside of a transaction."""
    sums = {}
    for file in sorted(tmp.iterdir()):
        file.chmod(0o600)
        sync(file)
        with file.open("rb") as stream:
            sums[file.name] = hashlib.file_digest(stream, "sha256").hexdigest()
    sync(tmp)
    return json.dumps(sums)


def settle(root: Path, tmp: Path) -> str:
    """Move it to where it counts; its name. Inside of a write transaction only: `tidy` holds the same lock."""
    final = root / DATASETS / tmp.name
    tmp.rename(final)
    sync(final.parent)
    return final.name


def private(path: Path, content: bytes) -> None:
    """Write a new file for its owner alone, for good."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    path.write_bytes(content)
    sync(path)


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on disk for good."""
    if os.name == "nt" and path.is_dir():
        return  # which has no such thing
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def tidy(space: Workspace) -> None:
    """Take away folders that no row counts, panels of such, and what is built by nobody alive."""
    with writing(space.db):  # whoever keeps or refreshes waits with their rename
        counted = {folder for (folder,) in space.db.execute("SELECT folder FROM versions")}
        for folder in (*(space.root / DATASETS).iterdir(), *(space.root / PANELS).iterdir()):
            if folder.name not in counted:
                shutil.rmtree(folder)
        for path in (space.root / BUILT).glob(f"*{LOCK}"):
            _take_away(path)


def counts(space: Workspace, folder: str) -> bool:
    """Whether a row counts this folder at this moment."""
    return bool(space.db.execute("SELECT count(*) FROM versions WHERE folder = ?", [folder]).fetchone()[0])


def _take_away(path: Path) -> None:
    """What somebody built, and its lock, unless they live."""
    with suppress(FileNotFoundError), path.open("r+b") as lock:
        if _held(lock):
            shutil.rmtree(path.with_suffix(""), ignore_errors=True)
            path.unlink(missing_ok=True)
