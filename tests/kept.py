"""Workspaces for tests: what was read of a few rows, what is kept, and where anybody is named."""

import json
import os
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import builders
import duckdb

from nps import intake, sources
from workspace.access.actor import Actor, Role
from workspace.store import datasets
from workspace.store.database import DATASETS, Workspace, open_workspace

ANALYST, ADMIN = Actor("ann", Role.ANALYST), Actor("adam", Role.ADMIN)
DAY = date(2026, 3, 1)
RESPONSES = """response_id,person_id,score,date,comment
r1,customer-1,9,2026-03-01,fine
r2,customer-2,3,2026-03-02,ask customer-1 or One@Customer.example about it
r3,customer-3,8,2026-03-03,
"""
USAGE = """person_id,feature,date
customer-1,Board,2026-02-01
customer-2,Board,2026-02-02
customer-2,Search,2026-02-20
customer-3,Search,2026-02-21
"""
PEOPLE = """person_id,name,email,plan
customer-1,Una,one@customer.example,pro
customer-2,Duo,two@customer.example,pro
customer-3,Tre,three@customer.example,free
"""
FILES = {"responses": RESPONSES, "usage": USAGE, "people": PEOPLE}


def here() -> AbstractContextManager[Workspace]:
    """The workspace of this test, open."""
    return open_workspace(Path(os.environ["NPS_LENS_WORKSPACE"]))


def landed(folder: Path, mapping: dict | None = None, **files: str) -> Path:
    """What a reading makes of these CSV files, table -> content."""
    folder.mkdir()
    given = {table: builders.write(folder, content, f"{table}.csv") for table, content in files.items()}
    origins = {table: intake.manifest.of_files(file) for table, file in given.items()}
    with sources.connect() as (con, scratch):
        intake.land(given, mapping or {}, con, scratch, origins=origins).write(folder / "landed")
    return folder / "landed"


def rows(space: Workspace, name: str, table: str) -> list[tuple]:
    """The rows of a table of a dataset as it is now, but for their numbers."""
    (kept,) = (each for each in datasets.listed(ADMIN, space) if each.name == name)
    file = str(datasets.place(ADMIN, space, kept) / f"{table}.parquet").replace("'", "''")
    told = duckdb.sql(f"SELECT * FROM '{file}' ORDER BY ALL")
    wanted = [column for column in told.columns if column not in ("record", "kind", "uses", "minutes")]
    return told.select(*(duckdb.ColumnExpression(column) for column in wanted)).fetchall()


def state(root: Path) -> str:
    """All that people see of a workspace; fails where a file is not what its row says."""
    with open_workspace(root) as space:
        assert space.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        told = {}
        listed = """SELECT d.name, d.current, v.number, v.folder, v.sha256 FROM datasets d
                    JOIN versions v ON v.dataset = d.id ORDER BY 1, 3"""
        for name, current, number, folder, sums in space.db.execute(listed):
            place = root / DATASETS / folder
            assert digests(place) == json.loads(sums), "files differ from their row"
            tables = [
                duckdb.sql(f"SELECT count(*), bit_xor(hash(t)) FROM '{place}/{table}.parquet' t") for table in FILES
            ]
            told[f"{name} {number} {number == current}"] = [table.fetchall() for table in tables]
        for table in ("erased", "markers"):
            hidden = {"at"}
            rows_of = [{k: v for k, v in row.items() if k not in hidden} for row in space.db.table(table).rows]
            told[table] = sorted(map(str, rows_of))
        told["audit"] = [row["did"] for row in space.db.table("audit").rows]
    return json.dumps(told, sort_keys=True, default=str)


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 by file."""
    return {path.name: intake.manifest.of_files(path)[0].sha256 for path in sorted(folder.iterdir())}


def left_over(root: Path) -> set[str]:
    """Files that nothing counts."""
    with open_workspace(root) as space:
        counted = {folder for (folder,) in space.db.execute("SELECT folder FROM versions")}
    there = {path.name for path in (root / DATASETS).iterdir()}
    others = {path.name for path in root.iterdir()} - {"workspace.db", "workspace.db-wal", "workspace.db-shm"}
    others -= {"secret", "erased.json", "datasets", "tmp", "panels"}
    of_others = {path.name for path in (root / "panels").iterdir()} - counted
    return (there ^ counted) | {path.name for path in (root / "tmp").iterdir()} | others | of_others


def traces(root: Path, *words: str) -> list[tuple[str, str, str]]:
    """Where any of these words is: in the bytes of every file, and in every value of every table, which zstd hides."""
    found = []
    for file in (path for path in root.rglob("*") if path.is_file()):
        raw = file.read_bytes().lower()
        found += [(file.name, "bytes", word) for word in words if word.lower().encode() in raw]
        if file.suffix == ".parquet":
            for column, kind, *_ in duckdb.sql(f"DESCRIBE SELECT * FROM '{file}'").fetchall():
                for word in words if kind == "VARCHAR" else ():
                    asked = f"""SELECT count(*) FROM '{file}' WHERE contains(lower("{column}"), ?)"""
                    if duckdb.execute(asked, [word.lower()]).fetchall()[0][0]:
                        found.append((file.name, column, word))
    return found
