"""Forgetting a person: promised in one transaction, finished by whoever comes next, not undone by a later file."""

import json
from typing import NamedTuple

from nps.notes import NothingLeft
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.follow_up import kept
from workspace.privacy import forgetting
from workspace.store import audit, folders, marks, rewriting
from workspace.store.database import Workspace, writing
from workspace.store.marks import Forgotten, alike
from workspace.store.rewriting import connected
from workspace.store.versions import Changed, again, counting, reading, swap

MARKS = "erased.json"


class Known(NamedTuple):
    """Who is meant: every way in which the kept data tell this person, as ids and e-mails."""

    words: frozenset[str]


@needs(Verb.ADMINISTER)
def erase(actor: Actor, space: Workspace, person: str, unknown: bool = False) -> bool:
    """Erase somebody by id or e-mail, everywhere; whether it is finished: else `recover` finishes it.

    unknown  also when no kept data know them, so that later files are kept without them
    Raises NothingLeft for somebody whom nobody knows.
    """
    words = _promised(actor, space, person, unknown)
    keep_marks(space)
    return recover(actor, space) if words else True


@again
def _promised(actor: Actor, space: Workspace, person: str, unknown: bool) -> frozenset[str]:
    """From here on it happens: nothing new can count with this person in it."""
    key, found = marks.secret(space.root), words_for(space, person)
    if not found and not unknown:
        raise NothingLeft("erase.nobody")
    words = found | {alike(person)}
    told = {word: marks.mark(key, word) for word in sorted(words)}
    with writing(space.db):
        rows = [[mark, audit.now()] for mark in told.values()]
        space.db.conn.executemany("INSERT OR REPLACE INTO erased VALUES (?, ?, 0)", rows)
        forgetting.forget(space, Forgotten(key, marks.erased(space)))
        audit.record(actor, space, "erase", {"person": told[alike(person)][:16]})
    return words


def words_for(space: Workspace, person: str) -> frozenset[str]:
    """Ids and e-mails by which kept data know somebody, given one of them. Nothing where they do not.

    An e-mail that others have, too, tells nobody apart: it stays, unless it is what was given.
    """
    pairs = _pairs(space)
    wanted = alike(person)
    ids = {one for one, mail in pairs if wanted in (one, mail)}
    mails = {mail for one, mail in pairs if one in ids and mail}
    shared = {mail for one, mail in pairs if mail in mails and one not in ids}
    return frozenset({*ids, *(mails - shared)})


def _pairs(space: Workspace) -> set[tuple[str, str]]:
    """Each id in every version, and in campaigns, with each e-mail that stands beside it, or nothing."""
    pairs = kept.pairs(space)
    with connected() as con:
        for (folder,) in space.db.execute("SELECT folder FROM versions").fetchall():
            with reading(space, folder) as place:
                for file in (place / f"{table}.parquet" for table in rewriting.TABLES):
                    if file.exists() and "person_id" in (known := rewriting.columns(con, file)):
                        email = "email" if "email" in known else "NULL"
                        sql = f"SELECT DISTINCT person_id, {email} FROM kept(?) WHERE person_id IS NOT NULL"  # noqa: S608
                        rows = con.execute(sql, [str(file)]).fetchall()
                        pairs |= {(alike(one), alike(mail or "")) for one, mail in rows}
    return pairs


@needs(Verb.LOOK)
def recover(actor: Actor, space: Workspace) -> bool:
    """Tidy up after whoever was stopped, and finish what was promised; whether all of it is.

    Everybody may: it shows nobody anything, and the server does it when it starts.
    """
    folders.tidy(space)  # first: on a full disk this makes the room that erasing needs
    unfinished = space.db.execute("SELECT mark FROM erased WHERE finished = 0").fetchall()
    if not unfinished:
        return True
    with writing(space.db):
        forgetting.forget(space, Forgotten(marks.secret(space.root), marks.erased(space)))
    _finish(space)
    space.db.execute("VACUUM")
    if space.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        return False  # somebody reads the old pages
    with writing(space.db):
        space.db.conn.executemany("UPDATE erased SET finished = 1 WHERE mark = ?", unfinished)
    return True


def _finish(space: Workspace) -> None:
    """Every version without whoever is erased, one after the other, until all that count were looked at."""
    looked_at: dict[str, frozenset[str]] = {}  # folder -> who was erased then
    while True:
        gone = marks.erased(space)
        counted = [folder for (folder,) in space.db.execute("SELECT folder FROM versions")]
        if not (left := [folder for folder in counted if looked_at.get(folder) != gone]):
            return
        forgotten = Forgotten(marks.secret(space.root), gone)
        looked_at |= {clean: gone for folder in left if (clean := _cleaned(space, folder, forgotten))}


def _cleaned(space: Workspace, folder: str, forgotten: Forgotten) -> str | None:
    """The folder that counts in its place, itself where nobody erased is in it; None where somebody was faster."""
    try:
        with connected() as con, reading(space, folder) as old:
            what = rewriting.found(con, old, forgotten)
            if what is None:
                return folder
            with folders.building(space.root) as tmp:
                folders.filled(tmp, old)
                rewriting.rewrite(con, tmp, what)
                with counting(space, con, tmp, None, forgotten) as version:
                    swap(space, version, folder)
    except Changed:
        return None
    folders.tidy(space)  # so that the next one has this one's room
    return version.folder


def keep_marks(space: Workspace) -> None:
    """Write the marks beside the database: who restores an older backup gives them, so that nobody comes back."""
    rows = space.db.execute("SELECT mark, at FROM erased ORDER BY mark").fetchall()
    with folders.building(space.root) as tmp:
        folders.private(tmp / MARKS, json.dumps(rows).encode())
        (tmp / MARKS).replace(space.root / MARKS)
        folders.sync(space.root)
