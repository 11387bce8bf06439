"""What becomes of a file that somebody brings without a word, row by row."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from nps import columns, exports, sources, tables


@dataclass
class Accounts:
    """What became of a file: its cells as they came, by row; rows held back; what was ignored; how it was typed."""

    source: sources.Source
    raw: pd.DataFrame
    held: pd.DataFrame
    reading: columns.Reading
    typed: pd.DataFrame
    rejected: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def ignored(self) -> int:
        return sum(part.rows for part in self.source.ignored)

    @property
    def rows(self) -> int:
        return len(self.raw) + len(self.held) + self.ignored


def accounts(path: Path) -> Accounts:
    """Read a file to its end. Raises InputError."""
    with sources.connect() as (con, scratch):
        source = exports.opened(path, None, con, scratch)
        reading = columns.identify(source)
        kept = sources.kept(source, con)
        checked = getattr(tables, reading.table)(source if reading.table == "usage" else kept, reading)
        raw = kept.table.to_pandas().sort_values("record")
        raw = raw.set_axis(kept.lines(raw["record"]), axis=0)
        notes = source.notes + reading.notes + checked.notes
        return Accounts(source, raw, kept.malformed(), reading, checked.table.to_pandas(), checked.rejected, notes)
