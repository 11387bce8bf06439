"""What becomes of a file that somebody brings without a word, row by row."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from spoken import reasoned, sentences

from nps import columns, intake, quality, sources


@dataclass
class Accounts:
    """What became of a file: its cells as they came, by line; rows held back; how it was typed; the balance.

    balance  rows in the file, used, held back, ignored
    """

    source: sources.Source
    raw: pd.DataFrame
    held: pd.DataFrame
    reading: columns.Reading
    typed: pd.DataFrame
    rejected: pd.DataFrame
    notes: tuple[str, ...]
    balance: tuple[int, ...]

    @property
    def ignored(self) -> int:
        return sum(part.rows for part in self.source.ignored)


def accounts(path: Path) -> Accounts:
    """Read a file to its end. Raises InputError."""
    with sources.connect() as (con, scratch):
        part = intake.read(path, con, scratch)
        source, reading, checked = part.source, part.reading, part.checked
        told = quality.balance(quality.report([intake.account(part)])).iloc[0]
        assert told["in_file"] == source.rows_in_file()
        raw = source.table.to_pandas().sort_values("record")
        raw = raw.set_axis(source.lines(raw["record"]), axis=0)
        typed, balance = checked.table.to_pandas(), tuple(int(told[about]) for about in quality.BALANCE)
        held, rejected = reasoned(source.malformed()), reasoned(checked.rejected)
        return Accounts(source, raw, held, reading, typed, rejected, sentences(part.notes), balance)
