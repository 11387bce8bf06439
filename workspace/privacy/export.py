"""All that is kept of one person, for that person."""

from pathlib import Path

import pandas as pd

from nps.notes import NothingLeft
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.delivery import kept as delivery
from workspace.follow_up import kept
from workspace.privacy.erase import words_for
from workspace.store import audit, datasets, marks, rewriting
from workspace.store.database import Workspace, writing
from workspace.store.marks import alike
from workspace.store.rewriting import connected
from workspace.store.versions import again, reading

OURS = ("record",)


@needs(Verb.ADMINISTER)
def export(actor: Actor, space: Workspace, person: str) -> dict:
    """What every dataset holds of somebody as it is now, by id or e-mail, as JSON can hold it; nobody else's.

    Raises NothingLeft for somebody whom nobody knows.
    """
    words = again(words_for)(space, person)
    if not words:
        raise NothingLeft("erase.nobody")
    with writing(space.db):
        audit.record(actor, space, "export", {"person": marks.mark(marks.secret(space.root), person)[:16]})
    every = [again(_of_dataset)(actor, space, each.id, words) for each in datasets.listed(actor, space)]
    of_data = [each for each in every if each["tables"]]
    return {
        **{"person": sorted(words), "at": audit.now(), "datasets": of_data},
        **{"follow_up": kept.of_person(space, words), "messages": delivery.of_person(space, words)},
    }


def _of_dataset(actor: Actor, space: Workspace, dataset: str, words: frozenset[str]) -> dict:
    now = datasets.find(actor, space, dataset)
    with reading(space, now.folder) as folder:
        tables = {table: rows for table in rewriting.TABLES if (rows := _rows(folder / f"{table}.parquet", words))}
    return {"dataset": now.name, "tables": tables}


def _rows(file: Path, words: frozenset[str]) -> list[dict]:
    """The rows of somebody in one table."""
    if not file.exists():
        return []
    with connected() as con:
        known = rewriting.columns(con, file)
        if "person_id" not in known:
            return []
        ids = con.execute("SELECT DISTINCT person_id FROM kept(?)", [str(file)]).fetchall()
        mine = [one for (one,) in ids if one is not None and alike(one) in words]
        sql = "SELECT * FROM kept(?) WHERE person_id IN (SELECT unnest(?::VARCHAR[]))"
        rows = con.execute(sql, [str(file), mine]).df()
    return [_plain(row) for row in rows.drop(columns=list(OURS), errors="ignore").to_dict("records")]


def _plain(row: dict) -> dict:
    """What is known, as JSON can hold it."""
    known = {name: value for name, value in row.items() if not pd.isna(value)}
    return {name: value.isoformat() if isinstance(value, pd.Timestamp) else value for name, value in known.items()}
