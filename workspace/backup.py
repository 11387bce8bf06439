"""A backup of all that is kept, made while people work; and a workspace made of one, without who was erased since."""

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterable
from pathlib import Path

from sqlite_utils.utils import sqlite3

from nps.notes import InputError, Refused
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.privacy import erase
from workspace.store import audit, folders, marks
from workspace.store.database import DATASETS, FILE, Workspace, enough_room, open_workspace, writing

MANIFEST, PART = "manifest.json", ".part"


@needs(Verb.ADMINISTER)
def backup(actor: Actor, space: Workspace, file: Path) -> None:
    """Write a backup to a file that is not there yet. It holds the key of marks: as confidential as the workspace.

    Writers wait while the database is copied and folders are linked, not while the file is written.
    """
    if file.exists():
        raise Refused("backup.there", path=str(file))
    with folders.building(space.root) as tmp:
        key = marks.secret(space.root)
        with writing(space.db):
            audit.record(actor, space, "backup", {"file": file.name})
            (tmp / DATASETS).mkdir()
            for (folder,) in space.db.execute("SELECT folder FROM versions").fetchall():
                shutil.copytree(space.root / DATASETS / folder, tmp / DATASETS / folder, copy_function=_linked)
            _copied(space.root / FILE, tmp / FILE)
        folders.private(tmp / marks.SECRET, key)
        folders.private(tmp / MANIFEST, json.dumps(_sums(tmp)).encode())
        _packed(tmp, file)


def _copied(database: Path, copy: Path) -> None:
    """The database as it was before the transaction that is open, in one file."""
    other = sqlite3.connect(database)
    try:
        other.execute("VACUUM INTO ?", [str(copy)])
    finally:
        other.close()


def _linked(file: str, copy: str) -> None:
    """A second name of a file that never changes."""
    try:
        os.link(file, copy)
    except OSError:  # a file system without such
        shutil.copyfile(file, copy)


def _packed(tmp: Path, file: Path) -> None:
    part = file.with_name(file.name + PART)
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        with tarfile.open(part, "w") as tar:
            for each in sorted(path for path in tmp.rglob("*") if path.is_file()):
                tar.add(each, arcname=each.relative_to(tmp).as_posix(), recursive=False)
        folders.sync(part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    folders.sync(file.parent)


def _sums(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _sum(path) for path in files}


def _sum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@needs(Verb.ADMINISTER)
def restore(actor: Actor, file: Path, root: Path, erased: Path | None = None) -> None:
    """Make a workspace of a backup, in a folder that is not there yet.

    erased  the workspace that this one replaces, or the erased.json in it: whoever was erased there since is erased
            here, too, before anybody can look
    Raises InputError for a backup that is damaged, and then there is no folder.
    """
    if root.exists():
        raise Refused("restore.there", path=str(root))
    gone = _marks(erased)
    build = root.with_name(f"{root.name}.restoring")
    shutil.rmtree(build, ignore_errors=True)  # of a restore that was cut off
    try:
        with enough_room():
            _unpacked(file, build)
            _erased_again(actor, build, gone)
            folders.sync(build)
            build.rename(root)
            folders.sync(root.parent)
    finally:
        shutil.rmtree(build, ignore_errors=True)


def _unpacked(file: Path, build: Path) -> None:
    """What the backup holds, no more and no less."""
    build.mkdir(mode=0o700, parents=True)
    try:
        with tarfile.open(file) as tar:
            for each in tar:
                _unpack(tar, each, build)
        told = json.loads((build / MANIFEST).read_text(encoding="utf-8"))
    except (tarfile.TarError, FileNotFoundError, FileExistsError, EOFError, ValueError) as damaged:
        if not file.exists():
            raise
        raise InputError("restore.damaged") from damaged
    (build / MANIFEST).unlink()
    if told != _sums(build) or FILE not in told:
        raise InputError("restore.damaged")
    for path in build.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
        folders.sync(path)


def _unpack(tar: tarfile.TarFile, each: tarfile.TarInfo, build: Path) -> None:
    """A file, inside of the folder; whatever else a tar can hold is not of ours. Raises InputError for that."""
    path = build / each.name
    if not each.isreg() or not path.resolve().is_relative_to(build.resolve()):
        raise InputError("restore.damaged")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tar.extractfile(each) as packed, path.open("xb") as stream:
        shutil.copyfileobj(packed, stream)


def _erased_again(actor: Actor, build: Path, gone: Iterable[tuple[str, str]]) -> None:
    with open_workspace(build) as space:
        if space.db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise InputError("restore.damaged")
        with writing(space.db):
            space.db.conn.executemany("INSERT OR IGNORE INTO erased VALUES (?, ?, 0)", list(gone))
            space.db.execute("UPDATE erased SET finished = 0")
            audit.record(actor, space, "restore", {})
        if not erase.recover(actor, space):
            raise InputError("restore.busy")
        erase.keep_marks(space)


def _marks(erased: Path | None) -> list[tuple[str, str]]:
    """Marks with the moment of erasing, of a workspace or of the file beside its database."""
    if erased is None:
        return []
    if erased.is_dir():
        with open_workspace(erased) as space:
            return space.db.execute("SELECT mark, at FROM erased").fetchall()
    try:
        return [(str(mark), str(at)) for mark, at in json.loads(erased.read_text(encoding="utf-8"))]
    except ValueError as other:
        raise InputError("restore.no_marks", path=str(erased)) from other
