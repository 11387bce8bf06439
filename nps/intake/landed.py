"""What a reading makes: checked tables, what was left out of them, and its manifest; in memory, or in a folder."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import ibis
import pandas as pd
from ibis.expr.types import Table

from nps import counting, quality, rollups
from nps.columns import properties
from nps.counting import Counted
from nps.intake.manifest import Manifest
from nps.notes import InputError, note
from nps.runs import Told, untold
from nps.tables import uses_alone


@dataclass(frozen=True)
class Landed:
    """Checked tables, and all that there is to say about them.

    tables    responses, people, usage: Ibis tables as `nps.tables` describes them
    rejected  table, row (line of the file), column, value, reason, and file where a table came in several
    report    the quality report, as `quality.REPORT` describes it
    manifest  what was read, when and how
    counted   the answers and their usage, once that is counted for `manifest.window_days`
    users     whose the usage is, each once, where that was counted
    """

    tables: Mapping[str, Table]
    rejected: pd.DataFrame
    report: pd.DataFrame
    manifest: Manifest
    counted: Counted | None = None
    users: Table | None = None

    def count(
        self, window_days: int, closed: counting.Closed | None = None, told: Told = untold
    ) -> tuple["Landed", Counted]:
        """The same with its usage counted for a window, and the counts; the rest as `counting.count` takes it.

        Raises InputError when there is no answer, and for another window than what was counted where it lies.
        """
        if self.counted:
            if self.manifest.window_days != window_days:
                raise InputError("reading.other_window", n=self.manifest.window_days)
            return self, self.counted
        counted = counting.count(self.tables, self.rejected, window_days, closed, self.users, told)
        notes = self.manifest.notes + ((note("load.again"),) if counted.again else ())
        manifest = replace(self.manifest, notes=notes, window_days=window_days)
        return replace(self, counted=counted, manifest=manifest), counted

    def write(self, folder: Path) -> None:
        """Keep it in a folder, for `read_landed`; of usage that is counted, the counts.

        Other usage lies by whom it is of, and when, so that who asks of somebody reads theirs alone.
        """
        folder.mkdir()
        rollup = self.counted and self.counted.rollup
        for name, table in self.tables.items():
            if name != "usage" or rollup is None:
                _lying(name, table).to_parquet(folder / f"{name}.parquet")
        if rollup:
            counting.write(rollup, folder)
        self.rejected.to_parquet(folder / "rejected.parquet")
        self.report.to_parquet(folder / "report.parquet")
        self.manifest.write(folder)


def _lying(name: str, table: Table) -> Table:
    """Usage as `write` says, with what can be asked of each use."""
    if name != "usage":
        return table
    by, alone = quality.key(table), uses_alone(table)
    asked = properties.settled(table, [column for column in table.columns if column not in alone.columns], by)
    return table.select(*alone.columns, **asked).order_by(by, "at")


def read_landed(folder: Path, con: ibis.BaseBackend) -> Landed:
    """What `Landed.write` kept. Raises InputError as `Manifest.read` does."""
    manifest = Manifest.read(folder)
    kept = {name: folder / f"{name}.parquet" for name in quality.TABLES}
    tables = {name: con.read_parquet(path, hive_partitioning=False) for name, path in kept.items() if path.exists()}
    rollup = counting.read(rollups.Rollup, folder)
    return Landed(
        tables,
        pd.read_parquet(folder / "rejected.parquet"),
        pd.read_parquet(folder / "report.parquet"),
        manifest,
        rollup and Counted(counting.ordered(tables["responses"].to_pandas()), rollup),
    )
