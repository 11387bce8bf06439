"""Exports of tools in tests: how one is read, from the bytes to the table."""

from typing import NamedTuple

import pandas as pd
from spoken import reasoned, sentences

from nps import columns, exports, sources, tables


class Export(NamedTuple):
    """What became of an export: its name, its rows, what was rejected and ignored, what was said, how it was read."""

    name: str
    rows: pd.DataFrame
    rejected: pd.DataFrame
    ignored: dict[str, int]
    notes: tuple[str, ...]
    reading: columns.Reading
    columns: tuple[str, ...]


def read(*given: sources.Given, table: str = "responses", export: str | None = ..., **mapping: str | None) -> Export:
    """One or several files as a table."""
    with sources.connect() as (con, scratch):
        opened = [sources.open_source(one, f"{table}_{n}", con, scratch) for n, one in enumerate(given)]
        alone = len(opened) == 1
        source = exports.recognise(opened[0], table, export) if alone else exports.recognise_together(opened)
        reading = columns.read(source, table, mapping)
        found = getattr(tables, table)(source if table == "usage" else sources.materialise(source, con), reading)
        rows = found.table.to_pandas()
        if "record" in rows:
            rows = rows.sort_values("record", ignore_index=True)
        return Export(
            source.export,
            rows,
            reasoned(found.rejected),
            {str(part.reason): part.rows for part in source.ignored},
            sentences(source.notes),
            reading,
            source.columns,
        )


def cells(rows: pd.DataFrame, *names: str) -> list[tuple]:
    """Some columns as plain tuples: times as text, missing cells as None."""
    shown = rows[list(names)].astype(object).where(rows[list(names)].notna(), None)
    return [tuple(str(c) if isinstance(c, pd.Timestamp) else c for c in row) for row in shown.itertuples(index=False)]
