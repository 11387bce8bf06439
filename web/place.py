"""The folder in which this server keeps what people bring, and how those of servers that were killed are found.

A folder counts as long as somebody holds the lock of the file beside it: the system lets go when a process ends, in
whichever way. The file is locked before its folder is made, and goes after it.
"""

import logging
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

with suppress(ImportError):  # Windows locks in another way: there, folders of a server that was killed stay
    import fcntl

LOG = logging.getLogger("nps.server")
PREFIX = "nps-lens-"
LOCK = ".lock"
SECRETS = (".streamlit/secrets.toml", "~/.streamlit/secrets.toml")
OTHERS_MAY_READ = 0o044


@contextmanager
def own_place() -> Iterator[Path]:
    """A folder that nobody else can read, for as long as this lasts; what `tempfile` makes lies there.

    Folders that nobody holds any more go first.
    """
    os.umask(0o077)
    temporary, before = Path(tempfile.gettempdir()), tempfile.tempdir
    if "fcntl" in globals():
        _clean_up(temporary)
    place, lock = _made(temporary)
    tempfile.tempdir = str(place)
    try:
        yield place
    finally:
        tempfile.tempdir = before
        _remove(place)
        os.close(lock)


def warn_of_readable_secrets() -> None:
    """Say which files with passwords other users of this machine may read."""
    for path in (Path(name).expanduser() for name in SECRETS):
        if path.exists() and path.stat().st_mode & OTHERS_MAY_READ:
            LOG.warning("Other users of this machine may read %s: chmod 600 keeps its passwords from them", path)


def _made(temporary: Path) -> tuple[Path, int]:
    """A new folder, and its lock; a clean-up may have been quicker than the lock."""
    while True:
        place = temporary / f"{PREFIX}{secrets.token_hex(8)}"
        lock = _locked(_beside(place), os.O_CREAT | os.O_EXCL)
        if lock is not None:
            place.mkdir(mode=0o700)
            return place, lock


def _clean_up(temporary: Path) -> None:
    for beside in temporary.glob(f"{PREFIX}*{LOCK}"):
        with suppress(OSError):  # another user's, or gone
            lock = _locked(beside)
            if lock is not None:
                LOG.info("Removing what a server that was killed has left")
                _remove(beside.with_suffix(""))
                os.close(lock)


def _locked(path: Path, flags: int = 0) -> int | None:
    """Hold the lock of this file of ours until what is returned is closed; None when somebody else does."""
    opened = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | flags, 0o600)
    with suppress(OSError):
        if "fcntl" in globals():
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        here, there = os.fstat(opened), path.lstat()
        if os.path.samestat(here, there) and here.st_uid == _me():
            return opened
    os.close(opened)
    return None


def _me() -> int:
    return os.geteuid() if hasattr(os, "geteuid") else 0


def _beside(place: Path) -> Path:
    return place.with_name(place.name + LOCK)


def _remove(place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    _beside(place).unlink(missing_ok=True)
