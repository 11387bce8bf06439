"""The public face: load the files once, then ask about any selection."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd

from nps import columns, panel, rollups, sources, tables
from nps.cube import CELLS, Cube, by_score
from nps.measures import apart, contacts, features, score, segments, trend
from nps.measures.score import Difference, Score
from nps.panel import BANDS
from nps.selection import SCORES, Selection, cell_of, population
from nps.sources import Given, InputError

CUBES_KEPT = 8


@dataclass(frozen=True, eq=False)
class Panel(panel.Panel):
    """A panel that can be asked."""

    def select(self, selection: Selection | None = None) -> "Chosen":
        """The people of a selection; everybody without one."""
        return Chosen(self, selection or Selection())

    def cube(self, selection: Selection) -> Cube:
        """Counts under the filters of a selection, whatever its region."""
        return self._cube(selection.filters)

    @cached_property
    def _cube(self) -> Callable[[Selection], Cube]:
        return lru_cache(CUBES_KEPT)(lambda filters: Cube(self, population(self, filters)))


@dataclass(frozen=True, eq=False)
class Chosen:
    """A selection of a panel, and every measure of it."""

    panel: Panel
    selection: Selection

    @cached_property
    def cube(self) -> Cube:
        """Counts under the filters."""
        return self.panel.cube(self.selection)

    @cached_property
    def inside(self) -> np.ndarray:
        """Which of the 220 cells the region covers."""
        return self.selection.region.cells()

    @cached_property
    def people(self) -> pd.DataFrame:
        """The selected answers, as `panel.answers` has them; one per person unless all answers count."""
        return self.panel.answers.iloc[self.cube.positions[self.inside[self.cube.cell]]].reset_index(drop=True)

    @property
    def score(self) -> Score:
        """Score of the selection."""
        return score.of_counts(score.counts_of(by_score(self.cube.cells * self.inside)))

    @property
    def rest(self) -> Score:
        """Everyone else under the same filters."""
        return score.of_counts(score.counts_of(by_score(self.cube.cells * ~self.inside)))

    @property
    def distribution(self) -> pd.DataFrame:
        """One row per score 0-10: score, group, responses, share (0..1)."""
        counts = by_score(self.cube.cells * self.inside)
        values = pd.Series(range(11))
        share = counts / counts.sum() if counts.sum() else np.full(11, np.nan)
        return pd.DataFrame({"score": values, "group": tables.group_of(values), "responses": counts, "share": share})

    def versus_rest(self) -> Difference:
        """Score of the selection against everyone else; NaN where the region cuts scores: it would say nothing."""
        if not self.selection.region.all_scores:
            return Difference(np.nan, np.nan, np.nan, np.nan)
        sides = (score.counts_of(by_score(self.cube.cells * side)) for side in (self.inside, ~self.inside))
        return score.difference(*sides)

    def by_segment(self, segment: str) -> pd.DataFrame:
        """value, responses, nps, low, high, shrunk, share, share_rest, p, q, flagged."""
        if segment not in self.panel.segments:
            raise InputError(f"This data has no segment called “{segment}”.")
        counts = self.cube.segments[segment]
        return segments.by_value(
            self.cube.values(segment),
            by_score(counts * self.inside),
            by_score(counts * ~self.inside),
            tested=self.selection.region.all_scores,
        )

    def by_feature(self) -> pd.DataFrame:
        """kind, feature, and the columns of `measures.features.table`."""
        inside, outside = (
            features.Counts(*(by_score(part * side) for part in (self.cube.loo, self.cube.full, self.cube.total)))
            for side in (self.inside, ~self.inside)
        )
        active = int((self.cube.active * self.inside).sum())
        measured = features.table(inside, outside, active, tested=self.selection.region.all_scores)
        return pd.concat([self.panel.features[["kind", "feature"]], measured], axis=1)

    def by_activity(self) -> tuple[Score, Score, Difference]:
        """The most active quarter of the selection, the least active, and their difference."""
        band = np.arange(CELLS) // SCORES
        ends = (band >= BANDS * 3 // 4, band < BANDS // 4)
        most, least = (score.counts_of(by_score(self.cube.cells * (self.inside & end))) for end in ends)
        unknown = Difference(np.nan, np.nan, np.nan, np.nan)
        comparable = self.panel.has_usage and self.selection.region.all_scores
        return score.of_counts(most), score.of_counts(least), score.difference(most, least) if comparable else unknown

    def trend(self, period: str = "month") -> pd.DataFrame:
        """period, responses, nps, low, high, alarm; the repeat rule applies inside each period."""
        if period not in trend.PERIODS:
            raise InputError(f"The trend goes by {', '.join(trend.PERIODS)}.")
        everyone = population(self.panel, replace(self.selection, repeats="all"))
        answers = self.panel.answers.iloc[everyone]
        return trend.by_period(answers[self.inside[cell_of(answers)]], period, self.selection.repeats)

    def apart(self) -> pd.DataFrame:
        """What sets the selection apart from everyone else: what, value, share, share_rest, difference, q."""
        by_segment = {name: self.by_segment(name) for name in self.panel.segments}
        return apart.differences(by_segment, self.by_feature(), self.score.responses, self.rest.responses)

    def contacts(self, suppress: Iterable[str] = ()) -> pd.DataFrame:
        """The people to write to, formula-safe: who opted out or is in `suppress` (ids or e-mails) is left out."""
        return contacts.contacts(self.people, self.selection.describe(self.panel.measure), suppress)

    def withheld(self, suppress: Iterable[str] = ()) -> int:
        """How many selected people `contacts` leaves out."""
        return int((~contacts.contactable(self.people.drop_duplicates("person_id", keep="last"), suppress)).sum())


def load(
    responses: Given,
    usage: Given | None = None,
    people: Given | None = None,
    *,
    window_days: int = 90,
    measure: str = "active_days",
    mapping: Mapping[str, Mapping[str, str | None]] | None = None,
) -> Panel:
    """Join answers, usage and people from paths, frames or Ibis tables.

    window_days  usage counts when it lies at most so many days before the answer
    measure      of activity: active_days, minutes, uses or features_used
    mapping      table -> field -> column (None: not in this file), and "date_order": "day first" or "month first";
                 overrules what is recognised
    Raises InputError with a message a product manager can act on.
    """
    if measure not in panel.MEASURES:
        raise InputError(f"Activity is measured by one of {', '.join(panel.MEASURES)}.")
    if not 1 <= window_days <= 3650:
        raise InputError("The window is between 1 and 3,650 days.")
    given = {"responses": responses, "people": people, "usage": usage}
    if unknown := {*(mapping or {})} - {*given}:
        raise InputError(f"There is no table called “{min(unknown)}”; the tables are {', '.join(given)}.")
    with sources.connect() as (con, scratch):
        read = {
            name: _read(value, name, con, scratch, (mapping or {}).get(name))
            for name, value in given.items()
            if value is not None
        }
        return _joined(read, measure, window_days)


class _Read(NamedTuple):
    """One table, checked, with the sentences to say about it."""

    checked: tables.Checked
    notes: tuple[str, ...]


def _read(given: Given, name: str, con: ibis.BaseBackend, scratch: Path, mapping: Mapping | None) -> _Read:
    source = sources.open_source(given, name, con, scratch)
    reading = columns.read(source, name, mapping)
    return _Read(_checked(source, reading, con), source.notes + reading.notes)


def _checked(source: sources.Source, reading: columns.Reading, con: ibis.BaseBackend) -> tables.Checked:
    """Answers and people fit in memory; usage stays where it is."""
    source = source if reading.table == "usage" else sources.kept(source, con)
    return getattr(tables, reading.table)(source, reading)


def _joined(read: dict[str, _Read], measure: str, window_days: int) -> Panel:
    answers = panel.ordered(read["responses"].checked.table.to_pandas())
    if answers.empty:
        raise InputError(_nothing_left(read["responses"].checked.rejected))
    rollup = None
    if "usage" in read:
        asked = answers[["person_id", "responded_at"]].assign(answer=answers.index)
        rollup = rollups.before_each(asked, read["usage"].checked.table, window_days)
    return panel.build(
        Panel,
        answers,
        read["people"].checked.table.to_pandas() if "people" in read else None,
        rollup,
        measure=measure,
        window_days=window_days,
        rejected=pd.concat([part.checked.rejected for part in read.values()], ignore_index=True),
        notes=sum((part.notes for part in read.values()), ()),
    )


def _nothing_left(rejected: pd.DataFrame) -> str:
    reason, rows = rejected["reason"].value_counts().index[0], len(rejected)
    return f"None of the {rows:,} rows of the responses file could be used; the most frequent reason: {reason}."


class Preview(NamedTuple):
    """How one file would be read: its reading or the problem with it, its columns, its first rows as text."""

    reading: columns.Reading | None
    problem: str
    columns: tuple[str, ...]
    head: pd.DataFrame


def preview(given: Given, table: str, rows: int = 5) -> Preview:
    """Read the header and the first rows of a file, for people to confirm. Raises InputError when it is no table."""
    with sources.connect() as (con, scratch):
        source = sources.open_source(given, table, con, scratch)
        head = source.table.limit(rows).to_pandas()
        try:
            return Preview(columns.read(source, table), "", source.columns, head)
        except InputError as unclear:
            return Preview(None, str(unclear), source.columns, head)


class Examined(NamedTuple):
    """What one file turned out to be: its reading, how many rows would be used, and what would be rejected."""

    reading: columns.Reading
    rows: int
    rejected: pd.DataFrame
    notes: tuple[str, ...]


def examine(given: Given) -> Examined:
    """Tell whether a file holds responses, usage or people, and read all of it. Raises InputError when none."""
    with sources.connect() as (con, scratch):
        source = sources.open_source(given, "given", con, scratch)
        reading = columns.identify(source)
        checked = _checked(source, reading, con)
        rows = int(checked.table.count().to_pandas())
        return Examined(reading, rows, checked.rejected, source.notes + reading.notes)
