"""Answers beside the usage of a database that may only be read."""

from collections.abc import Iterator

import ibis
import pandas as pd
from ibis.expr.types import Table
from sqlglot import exp

AT_ONCE = 5_000
TAKES_FRAMES = ("duckdb", "pyspark")  # without a table being made in the database


def beside(frame: pd.DataFrame, table: Table) -> Iterator[Table]:
    """A small frame as tables of the engine that holds `table`, so many rows at a time.

    A session for reading can make no table, not even a temporary one, so the rows are part of the statement: constants
    that sqlglot writes for the dialect. Columns are integers, text and times.
    """
    backend = table.get_backend()
    if backend.name in TAKES_FRAMES:
        yield ibis.memtable(frame)
        return
    times = {name: "timestamp(6)" for name in frame if pd.api.types.is_datetime64_any_dtype(frame[name])}
    kinds = {name: "int64" if pd.api.types.is_integer_dtype(frame[name]) else "string" for name in frame}
    for start in range(0, len(frame), AT_ONCE):
        rows = values(frame.iloc[start : start + AT_ONCE])
        yield backend.sql(rows.sql(dialect=backend.dialect), schema=kinds).cast(times)


def values(frame: pd.DataFrame) -> exp.Select:
    """The rows as constants; a missing value is NULL, a time ISO text."""
    cells = frame.astype(object).where(frame.notna(), None)
    for name in frame.select_dtypes("datetime"):
        cells[name] = frame[name].dt.strftime("%Y-%m-%d %H:%M:%S.%f").where(frame[name].notna(), None)
    rows = [exp.Tuple(expressions=[_constant(cell) for cell in row]) for row in cells.itertuples(index=False)]
    alias = exp.TableAlias(
        this=exp.to_identifier("rows_given"), columns=[exp.to_identifier(c, quoted=True) for c in frame]
    )
    return exp.select("*").from_(exp.Values(expressions=rows, alias=alias))


def _constant(cell: object) -> exp.Expression:
    return exp.Null() if cell is None else exp.convert(cell)
