"""The tables of a folder without what must not be in them: people who were erased, and rows that are too old."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd

from nps import counting, rollups, sources
from nps.intake import Manifest
from nps.intake.manifest import NAME
from nps.notes import Note, decoded
from workspace.store.marks import Forgotten, walked

MEMORY_MB = 1024
ROW = "nps_lens_row"  # no file of anybody has such a column
WHEN = {"responses": "responded_at", "usage": "at"}
TABLES = ("responses", "people", "accounts", "usage")
CELLS = ("rejected",)  # whose values are single cells: a short id, too, is somebody there


class Found(NamedTuple):
    """What a folder holds that must go.

    people  ids of erased people in it
    less    table -> text in it -> the text without them
    old     table -> rows that are too old
    rows    table -> rows that go in all
    before  what is too old: whatever was earlier
    """

    people: frozenset[str]
    less: Mapping[str, Mapping[str, str]]
    old: Mapping[str, int]
    rows: Mapping[str, int]
    manifest: Manifest
    before: datetime | None = None

    @property
    def tables(self) -> list[str]:
        """The files that change."""
        return sorted({*self.less, *(name for name, rows in self.rows.items() if rows)})


@contextmanager
def connected() -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB for this work, with a limit on its memory; `kept(file)` reads a file, whatever its folders are called."""
    with sources.connect() as (con, _):
        con.raw_sql(f"SET memory_limit='{MEMORY_MB}MB'")
        con.raw_sql("CREATE TEMP MACRO kept(file) AS TABLE SELECT * FROM read_parquet(file, hive_partitioning = false)")
        yield con.con


def found(
    con: duckdb.DuckDBPyConnection, folder: Path, forgotten: Forgotten, before: datetime | None = None
) -> Found | None:
    """What there is to take out of this folder; None where that is nothing."""
    files = {path.stem: path for path in sorted(folder.glob("*.parquet"))}
    people = frozenset(_people(con, files, forgotten)) if forgotten.gone else frozenset()
    less = {name: texts for name, file in files.items() if (texts := _less(con, file, forgotten))}
    old = {name: _count(con, files[name], *_too_old(name, before)) for name in WHEN if before and name in files}
    rows = {
        name: _count(con, files[name], *_goes(con, files, name, people, before)) for name in TABLES if name in files
    }
    manifest = Manifest.read(folder)
    clean = _manifest_without(manifest, forgotten)
    if not less and not any(rows.values()) and vars(clean) == vars(manifest):
        return None
    return Found(people, less, old, rows, clean, before)


def rewrite(con: duckdb.DuckDBPyConnection, folder: Path, what: Found) -> None:
    """Take it out of a folder that is being built."""
    files = {path.stem: path for path in sorted(folder.glob("*.parquet"))}
    counted = counting.read(rollups.Rollup, folder) if what.rows.get("responses") else None
    before = _ordered(files["responses"]) if counted else None
    for name in what.tables:
        goes = _goes(con, files, name, what.people, what.before) if name in TABLES else ("false", [])
        _written_without(con, files[name], *goes, what.less.get(name, {}))
    if counted:
        left = set(pd.read_parquet(files["responses"], columns=["record"])["record"])
        counting.write(_renumbered(counting.read(rollups.Rollup, folder), before, left), folder)
    (folder / NAME).unlink()
    what.manifest.write(folder)


def counts(con: duckdb.DuckDBPyConnection, folder: Path) -> str:
    """How many rows each table has, as JSON."""
    files = {name: folder / f"{name}.parquet" for name in TABLES}
    return json.dumps({name: _count(con, file, "true", []) for name, file in files.items() if file.exists()})


def columns(con: duckdb.DuckDBPyConnection, file: Path) -> dict[str, str]:
    """Column -> type of a Parquet file."""
    return {row[0]: row[1] for row in con.execute("DESCRIBE SELECT * FROM kept(?)", [str(file)]).fetchall()}


def quoted(name: str) -> str:
    """A column's name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def _people(con: duckdb.DuckDBPyConnection, files: Mapping[str, Path], forgotten: Forgotten) -> Iterator[str]:
    """Ids of erased people: their own is marked, or an e-mail that stands beside it."""
    for name in (name for name in TABLES if name in files):
        known = columns(con, files[name])
        if "person_id" in known:
            email = '"email"' if "email" in known else "NULL"
            sql = f"SELECT DISTINCT person_id, {email} FROM kept(?) WHERE person_id IS NOT NULL"  # noqa: S608
            for person, mail in con.execute(sql, [str(files[name])]).fetchall():
                if forgotten.names(person) or (mail and forgotten.names(mail)):
                    yield person


def _texts(con: duckdb.DuckDBPyConnection, file: Path) -> list[str]:
    """Columns that hold text, but for people's ids: those go by row."""
    return [name for name, kind in columns(con, file).items() if kind == "VARCHAR" and name != "person_id"]


def _less(con: duckdb.DuckDBPyConnection, file: Path, forgotten: Forgotten) -> dict[str, str]:
    """Text of this file that names somebody who is erased -> the same without them."""
    if not forgotten.gone:
        return {}
    change = forgotten.cell if file.stem in CELLS else forgotten.removed
    less = {}
    for name in _texts(con, file):
        column = quoted(name)
        sql = f"SELECT DISTINCT {column} FROM kept(?) WHERE {column} IS NOT NULL"  # noqa: S608
        less |= {told: said for (told,) in con.execute(sql, [str(file)]).fetchall() if (said := change(told)) != told}
    return less


def _goes(
    con: duckdb.DuckDBPyConnection,
    files: Mapping[str, Path],
    name: str,
    people: frozenset[str],
    before: datetime | None,
) -> tuple[str, list]:
    """The condition of rows that go, and its parameters."""
    old, values = _too_old(name, before)
    if people and "person_id" in columns(con, files[name]):
        return f"({old}) OR person_id IN (SELECT unnest(?::VARCHAR[]))", [*values, sorted(people)]
    return old, values


def _too_old(name: str, before: datetime | None) -> tuple[str, list]:
    return (f"{quoted(WHEN[name])} < ?", [before]) if before and name in WHEN else ("false", [])


def _count(con: duckdb.DuckDBPyConnection, file: Path, where: str, values: list) -> int:
    sql = f"SELECT count(*) FROM kept(?) WHERE {where}"  # noqa: S608 - conditions of ours
    return con.execute(sql, [str(file), *values]).fetchall()[0][0]


def _written_without(
    con: duckdb.DuckDBPyConnection, file: Path, where: str, values: list, less: Mapping[str, str]
) -> None:
    """The same file without these rows, and with other words for these texts; its rows in their order."""
    con.execute("CREATE OR REPLACE TEMP TABLE less(told VARCHAR PRIMARY KEY, less VARCHAR)")
    if less:
        con.executemany("INSERT INTO less VALUES (?, ?)", [*less.items()])
    texts = [quoted(name) for name in _texts(con, file)] if less else []
    replaced = [f"coalesce(l{n}.less, t.{name}) AS {name}" for n, name in enumerate(texts)]
    joins = " ".join(f"LEFT JOIN less l{n} ON l{n}.told = t.{name}" for n, name in enumerate(texts))
    what = f"t.* EXCLUDE ({ROW})" + (f" REPLACE ({', '.join(replaced)})" if replaced else "")
    table = f"(SELECT *, row_number() OVER () AS {ROW} FROM kept(?) WHERE ({where}) IS NOT TRUE)"  # noqa: S608
    select = f"SELECT {what} FROM {table} t {joins} ORDER BY t.{ROW}"  # noqa: S608
    write(con, select, [str(file), *values], file)


def write(con: duckdb.DuckDBPyConnection, select: str, values: list, file: Path) -> None:
    """The rows of a SELECT as a Parquet file, in place of what is there."""
    new = file.with_suffix(".new")
    path = str(new).replace("'", "''")
    con.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)", values)
    new.replace(file)


def _manifest_without(manifest: Manifest, forgotten: Forgotten) -> Manifest:
    if not forgotten.gone:
        return manifest
    change = forgotten.removed
    notes: tuple[Note, ...] = tuple(decoded(change(each.encoded)) for each in manifest.notes)
    origins = {
        table: [one._replace(name=change(one.name)) for one in several] for table, several in manifest.origins.items()
    }
    said = {name: walked(getattr(manifest, name), change) for name in ("mapping", "readings")}
    return replace(manifest, notes=notes, origins=origins, **said)


def _ordered(responses: Path) -> pd.DataFrame:
    """Answers in the order in which usage was counted, with their record."""
    answers = pd.read_parquet(responses)
    return counting.ordered(answers.assign(kept_record=answers["record"]))


def _renumbered(counted: rollups.Rollup, before: pd.DataFrame, left: set[int]) -> rollups.Rollup:
    """What was counted, for the answers that are left.

    before  all answers in their order, with `kept_record`
    """
    stays = before["kept_record"].isin(left).to_numpy()
    answers = pd.Series(stays.cumsum() - 1)[stays]
    persons = before["person_id"].drop_duplicates(ignore_index=True)
    after = before.loc[stays, "person_id"].drop_duplicates(ignore_index=True)
    places = pd.Series(after.index, index=after)
    renamed = pd.Series(places.reindex(persons).to_numpy(), index=persons.index).dropna()
    spells = counted.spells
    if spells is not None:
        spells = _moved(spells, "person", renamed)
    return counted._replace(
        pairs=_moved(counted.pairs, "answer", answers),
        activity=_moved(counted.activity, "answer", answers),
        spells=spells,
    )


def _moved(rows: pd.DataFrame, column: str, places: pd.Series) -> pd.DataFrame:
    """Rows under their new numbers; those of whoever is gone go."""
    kept = rows[rows[column].isin(places.index)].reset_index(drop=True)
    return kept.assign(**{column: places.reindex(kept[column]).to_numpy().astype(rows[column].dtype)})
