"""A newer reading over an older one: what the newer says goes first, and what it does not speak of stays."""

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd

from nps import quality
from nps.intake import Manifest
from nps.intake.manifest import NAME
from nps.notes import InputError, Note, note
from workspace.store.rewriting import TABLES, columns, write


def merged(con: duckdb.DuckDBPyConnection, old: Path, landed: Path, tmp: Path) -> None:
    """Fill a folder that is being built with both. Raises InputError where ids of the two do not mean the same.

    Answers go by response_id, people and accounts by their id: the newer row counts. Usage has no id: the newer file
    holds from its own first moment on. Answers without an id all stay, and that is noted.
    """
    before, after = Manifest.read(old), Manifest.read(landed)
    for table in TABLES:
        older, newer = old / f"{table}.parquet", landed / f"{table}.parquet"
        if older.exists() and newer.exists():
            _check_whose(con, table, older, newer)
            ways = {"responses": _answers, "people": _listed, "accounts": _listed, "usage": _usage}
            ways[table](con, older, newer, tmp / newer.name)
        elif older.exists() or newer.exists():
            shutil.copyfile(newer if newer.exists() else older, tmp / newer.name)
    read = {table for table in TABLES if (landed / f"{table}.parquet").exists()}
    for name in ("rejected", "report"):
        _of_both(old / f"{name}.parquet", landed / f"{name}.parquet", read).to_parquet(tmp / f"{name}.parquet")
    _manifest(before, after, _without_id(con, tmp / "responses.parquet")).write(tmp)


def _check_whose(con: duckdb.DuckDBPyConnection, table: str, older: Path, newer: Path) -> None:
    one, other = ({"person_id", "account_id", "account"} & {*columns(con, file)} for file in (older, newer))
    told_by = "account_id" if table == "accounts" else "person_id"
    if table != "responses" and (told_by in one) != (told_by in other):
        raise InputError("dataset.other_ids", table=note(f"table.{table}"))


def _answers(con: duckdb.DuckDBPyConnection, older: Path, newer: Path, into: Path) -> None:
    """Rows of the newer file are numbered after those of the older; who is only known by a number gets the new one."""
    last = con.execute("SELECT coalesce(max(record), -1) FROM kept(?)", [str(older)]).fetchall()[0][0] + 1
    moved = """SELECT * REPLACE (record + ? AS record, CASE WHEN person_id = 'answer ' || (record + 1)
        THEN 'answer ' || (record + 1 + ?) ELSE person_id END AS person_id) FROM kept(?)"""
    _latest(con, moved, [last, last, str(newer)], older, into, _id(con, older, newer, "response_id"), "record")


def _listed(con: duckdb.DuckDBPyConnection, older: Path, newer: Path, into: Path) -> None:
    by = next(name for name in ("person_id", "account_id", "account") if name in columns(con, newer))
    _latest(con, "SELECT * FROM kept(?)", [str(newer)], older, into, f'"{by}"', f'"{by}"')


def _latest(
    con: duckdb.DuckDBPyConnection, new: str, values: list, older: Path, into: Path, by: str, order: str
) -> None:
    """For each id the row of the newer, else that of the older; rows without one all."""
    both = f"""SELECT *, 0 AS nps_lens_new FROM kept(?) UNION ALL BY NAME SELECT *, 1 AS nps_lens_new FROM ({new})"""  # noqa: S608
    newest = f"""SELECT * EXCLUDE (nps_lens_new, nps_lens_newest) FROM
        (SELECT *, max(nps_lens_new) OVER (PARTITION BY {by}) AS nps_lens_newest FROM ({both}))
        WHERE nps_lens_new = nps_lens_newest OR {by} IS NULL ORDER BY {order}"""  # noqa: S608
    write(con, newest, [str(older), *values], into)


def _id(con: duckdb.DuckDBPyConnection, older: Path, newer: Path, name: str) -> str:
    """The column, or nothing where neither file has it: then every row stays."""
    return f'"{name}"' if name in {*columns(con, older), *columns(con, newer)} else "NULL"


def _usage(con: duckdb.DuckDBPyConnection, older: Path, newer: Path, into: Path) -> None:
    first, rows = con.execute('SELECT min("at"), count(*) FROM kept(?)', [str(newer)]).fetchall()[0]
    stays = 'SELECT * FROM kept(?) WHERE "at" < ?' if rows else "SELECT * FROM kept(?)"
    values = [str(older), *([first] if rows else []), str(newer)]
    by = next(name for name in quality.KEYS if name in columns(con, newer))
    write(con, f'{stays} UNION ALL BY NAME SELECT * FROM kept(?) ORDER BY {by}, "at"', values, into)  # noqa: S608


def _of_both(older: Path, newer: Path, read: set[str]) -> pd.DataFrame:
    """What is told of the newer files, and of tables that these do not have what was told before."""
    before, after = pd.read_parquet(older), pd.read_parquet(newer)
    kept = before[~before["table"].isin(read)]
    return pd.concat([after, kept], ignore_index=True) if len(kept) else after


def _without_id(con: duckdb.DuckDBPyConnection, responses: Path) -> int:
    if "response_id" not in columns(con, responses):
        sql = "SELECT count(*) FROM kept(?)"
    else:
        sql = "SELECT count(*) FROM kept(?) WHERE response_id IS NULL"
    return con.execute(sql, [str(responses)]).fetchall()[0][0]


def _manifest(before: Manifest, after: Manifest, without_id: int) -> Manifest:
    notes: tuple[Note, ...] = after.notes + ((note("dataset.without_id", n=without_id),) if without_id else ())
    origins = {
        table: [*before.origins.get(table, ()), *after.origins.get(table, ())]
        for table in quality.TABLES
        if table in before.origins or table in after.origins
    }
    return replace(
        after,
        keys=before.keys,
        notes=notes,
        mapping={**before.mapping, **after.mapping},
        readings={**before.readings, **after.readings},
        origins=origins,
    )


def is_counted(folder: Path) -> bool:
    """Whether usage was counted in its database, so that there are no rows of it: `NAME` says for which window."""
    return (folder / NAME).exists() and Manifest.read(folder).window_days is not None
