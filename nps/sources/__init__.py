"""Files, frames and databases as they came: every cell of a file is text, every row knows its line.

Text first and types after, so that no id ever becomes a float.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis
import pandas as pd
from ibis.expr.types import Table

from nps.notes import NotATable
from nps.sources.files import Choice, heads, open_files, together
from nps.sources.holding import computed, let_go, materialise, of_few, with_words
from nps.sources.ledger import Consecutive, Together
from nps.sources.source import CHOICES, SILENT, Given, Ignored, Named, Source, distinct, numbered

__all__ = [
    "CHOICES",
    "SILENT",
    "Choice",
    "Given",
    "Ignored",
    "Named",
    "Source",
    "Together",
    "computed",
    "connect",
    "distinct",
    "heads",
    "let_go",
    "materialise",
    "numbered",
    "of_few",
    "open_files",
    "open_source",
    "together",
    "with_words",
]


@contextmanager
def connect() -> Iterator[tuple[ibis.BaseBackend, Path]]:
    """An embedded DuckDB, and a folder for its files, while in use: never on the network, every time read as UTC.

    Raises InputError for a Parquet file that Arrow can read and DuckDB cannot: such an error has no class of its own,
    or that of input that is not valid.
    """
    with tempfile.TemporaryDirectory() as scratch:
        con = ibis.duckdb.connect(
            temp_directory=scratch, autoinstall_known_extensions=False, autoload_known_extensions=False
        )
        con.raw_sql("SET TimeZone='UTC'")
        con.raw_sql(f"SET {SILENT}")
        con.raw_sql("SET lambda_syntax = 'ENABLE_SINGLE_ARROW'")  # as Ibis writes what is done to each of a list
        try:
            yield con, Path(scratch)
        except duckdb.Error as broken:
            if type(broken) in (duckdb.Error, duckdb.InvalidInputException) and _has_parquet(con):
                raise NotATable("parquet.damaged") from broken
            raise
        finally:
            con.disconnect()


def _has_parquet(con: ibis.BaseBackend) -> bool:
    """Whether a Parquet file lies where it is read."""
    read = con.raw_sql("SELECT count(*) FROM duckdb_views() WHERE view_name LIKE 'ibis_read_parquet%'")
    return read.fetchone() != (0,)


def open_source(
    given: Given, name: str, con: ibis.BaseBackend, scratch: Path, choice: Mapping[str, str] | None = None
) -> Source:
    """A path, several paths, a folder, a frame or an Ibis table as a `Source`.

    choice  CHOICES: "sheet" of a workbook or "table" of a database file, where there are several
    Raises InputError when it is not a table.
    """
    if isinstance(given, Table):
        table = given.rename(dict(zip(distinct(given.columns), given.columns, strict=True)))
        return Source(table, name, columns=tuple(table.columns), ordered=False)
    if isinstance(given, pd.DataFrame):
        if given.columns.empty:
            raise NotATable("tables.no_columns")
        table = con.create_table(f"given_{name}", ibis.memtable(_as_text(given)), temp=True)
        return Source(table, name, columns=tuple(table.columns), ledger=Consecutive(2, lambda: len(given)))
    return together(open_files(given, name, con, scratch, lambda _: Choice(choice or {})), name)


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Every cell as the text a CSV would hold; missing cells stay missing."""
    frame = frame.set_axis(distinct([str(column) for column in frame.columns]), axis=1).reset_index(drop=True)
    return frame.apply(lambda column: column.astype("string").where(column.notna()))
