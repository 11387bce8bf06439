"""The same made-up product in every kind of place that people keep data, and what must be equal about it."""

import gzip
import io
import sqlite3
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import files
import pandas as pd

import nps
from nps import daily, engines, intake, sources, steps, weekly
from nps.engines import Connection, Stored

PRODUCT = files.product(people=60, busy=8)
TYPES = {
    "responses": "response_id TEXT, person_id BIGINT, score INTEGER, responded_at TIMESTAMPTZ, comment TEXT",
    "usage": 'person_id BIGINT, feature TEXT, "at" DATE, uses INTEGER, minutes INTEGER',
    "people": "person_id BIGINT, name TEXT, email TEXT, role TEXT, opted_out TEXT",
}


def csv_files(folder: Path) -> dict[str, Path]:
    return files.saved(folder, PRODUCT)


def frames(_folder: Path) -> dict[str, pd.DataFrame]:
    return {name: pd.read_csv(io.BytesIO(content), dtype="string") for name, content in PRODUCT.items()}


def duckdb_file(folder: Path) -> dict[str, Stored]:
    with duckdb.connect(folder / "product.duckdb") as con:
        for name, path in csv_files(folder).items():
            con.execute(f"CREATE TABLE {name} ({TYPES[name]})")
            con.execute(f"INSERT INTO {name} SELECT * FROM read_csv($path, all_varchar = true)", {"path": str(path)})
    return stored(Connection("duckdb", database=str(folder / "product.duckdb"), trusted=True))


def sqlite_file(folder: Path) -> dict[str, Stored]:
    with sqlite3.connect(folder / "product.sqlite") as con:
        for name, frame in frames(folder).items():
            con.execute(f"CREATE TABLE {name} ({TYPES[name]})")
            rows = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
            con.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(frame.columns))})", rows)
    con.close()
    return stored(Connection("sqlite", database=str(folder / "product.sqlite"), trusted=True))


def parquet_folder(folder: Path) -> dict[str, Stored]:
    (folder / "parquet").mkdir()
    with duckdb.connect() as con:
        for name, path in csv_files(folder).items():
            columns = ", ".join(f"{column}::{kind} AS {column}" for column, kind in columns_of(name))
            typed = f"SELECT {columns} FROM read_csv('{path}', all_varchar = true)"
            con.execute(f"COPY ({typed}) TO '{folder}/parquet/{name}.parquet'")
    return stored(Connection("parquet", database=str(folder / "parquet"), trusted=True))


def excel_files(folder: Path) -> dict[str, Path]:
    for name, frame in frames(folder).items():
        frame.to_excel(folder / f"{name}.xlsx", index=False)
    return {name: folder / f"{name}.xlsx" for name in TYPES}


def parquet_files(folder: Path) -> dict[str, Path]:
    parquet_folder(folder)
    return {name: folder / "parquet" / f"{name}.parquet" for name in TYPES}


def gzipped_files(folder: Path) -> dict[str, Path]:
    packed = {}
    for name, path in csv_files(folder).items():
        packed[name] = path.with_suffix(".csv.gz")
        packed[name].write_bytes(gzip.compress(path.read_bytes()))
    return packed


KINDS = (
    *(csv_files, gzipped_files, excel_files, parquet_files, frames),
    *(duckdb_file, sqlite_file, parquet_folder),
)


def columns_of(name: str) -> list[tuple[str, str]]:
    return [tuple(column.split()) for column in TYPES[name].split(", ")]


def stored(connection: Connection) -> dict[str, Stored]:
    """The three tables of a database."""
    return {name: Stored(connection, table=name) for name in TYPES}


def mapping() -> dict[str, dict[str, str | None]]:
    """What the Data page says when all is confirmed: every field of every table."""
    return {name: nps.preview(frame, name).reading.mapping() for name, frame in frames(Path()).items()}


def assert_same(panel: nps.Panel, expected: nps.Panel) -> None:
    """Equal respondents, rollups and scores."""
    same = {"check_dtype": False, "check_exact": True}
    pd.testing.assert_frame_equal(panel.answers, expected.answers, **same)
    pd.testing.assert_frame_equal(panel.features, expected.features, **same)
    pd.testing.assert_frame_equal(rollup(panel), rollup(expected), **same)
    pd.testing.assert_frame_equal(ordered(panel.everybody), ordered(expected.everybody), **same)
    pd.testing.assert_frame_equal(panel.just_before, expected.just_before, check_dtype=False)
    assert panel.select().score == expected.select().score
    assert panel.notes == expected.notes


def rollup(panel: nps.Panel) -> pd.DataFrame:
    pairs = pd.DataFrame(panel.pairs._asdict())
    return pairs.sort_values(["answer", "feature"], ignore_index=True)


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(list(frame.columns), ignore_index=True)


def only(given: Mapping[str, Stored], **selects: str) -> dict[str, Stored]:
    """The same places with SELECTs in place of some tables."""
    return {**given, **{name: Stored(given[name].connection, select=text) for name, text in selects.items()}}


def asked_of_usage(given: Mapping[str, object]) -> list[pd.DataFrame]:
    """What is asked of all usage, wherever it is: weeks, active weeks, days of two people, steps taken, first days."""
    own = (
        steps.Step("a", (("feature", "Board"), ("feature", "Timer")), 3),
        steps.Step("b", (("feature", "Board"),), 2, "days"),
    )
    with sources.connect() as (con, scratch), engines.attach(given) as places:
        usage = intake.land(places, mapping(), con, scratch).tables["usage"]
        weeks = weekly.weekly(usage)
        people = [*weeks.people[:2]]
        first = steps.first_uses(usage).rename(columns={"at": "start"})
        found = [
            weeks.used.assign(person=weeks.people[weeks.used["person"]]),
            weeks.active.assign(person=weeks.people[weeks.active["person"]]),
            daily.daily(usage, people, date(2020, 1, 1), weeks.as_of),
            steps.taken(usage, steps.Onboarding(own, ordered=True)),
            steps.early(usage, first, 14),
        ]
    return [rows.sort_values([*rows.columns[:4]], ignore_index=True).astype("string") for rows in found]


def assert_same_use(found: list[pd.DataFrame], wanted: list[pd.DataFrame]) -> None:
    """Equal whatever the engine, with something in each."""
    assert all(len(rows) > 3 for rows in wanted)
    for one, other in zip(found, wanted, strict=True):
        pd.testing.assert_frame_equal(one, other)
