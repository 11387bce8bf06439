"""The public face: load the files once; look into them before."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from nps import columns, intake, panel, quality, rollups, sources
from nps.banding import NONE
from nps.chosen import Panel
from nps.sources import Given, InputError

JOIN_MEMORY_MB = 1024  # what does not fit is joined on disk


def load(
    responses: Given,
    usage: Given | None = None,
    people: Given | None = None,
    *,
    window_days: int = 90,
    measure: str = "active_days",
    mapping: Mapping[str, Mapping[str, str | None] | str] | None = None,
) -> Panel:
    """Join answers, usage and people from paths, frames or Ibis tables; several paths, or a folder, are one table.

    window_days  usage counts when it lies at most so many days before the answer
    measure      of activity: active_days, minutes, uses or features_used
    mapping      table -> field -> column (None: not in this file), the settings of `columns.Reading` (date_order, zone,
                 decimal, scale), "export": the tool that the file comes from (None: from none), "sheet" of a workbook
                 or "table" of a database file, where it has several; "keys" -> "exact" or "alike" (see `keys.agree`);
                 overrules what is recognised
    Raises InputError with a message a product manager can act on.
    """
    if measure not in panel.MEASURES:
        raise InputError(f"Activity is measured by one of {', '.join(panel.MEASURES)}.")
    if not 1 <= window_days <= 3650:
        raise InputError("The window is between 1 and 3,650 days.")
    given = {"responses": responses, "people": people, "usage": usage}
    with sources.connect() as (con, scratch):
        here = {name: value for name, value in given.items() if value is not None}
        return _joined(intake.land(here, mapping or {}, con, scratch), measure, window_days)


def opened(folder: Path, window_days: int = 90, measure: str = "active_days") -> Panel:
    """The panel of what an `intake.Job` has landed in a folder; reads checked tables only, so it is quick."""
    with sources.connect() as (con, _):
        con.raw_sql(f"SET memory_limit='{JOIN_MEMORY_MB}MB'")
        return _joined(intake.opened(folder, con), measure, window_days)


def _joined(landed: intake.Landed, measure: str, window_days: int) -> Panel:
    tables = landed.tables
    answers = panel.ordered(tables["responses"].to_pandas())
    if answers.empty:
        raise InputError(_nothing_left(landed.rejected))
    rollup = None
    if "usage" in tables:
        asked = answers.reindex(columns=["person_id", "responded_at", "survey"]).assign(answer=answers.index)
        asked["survey"] = asked["survey"].astype("string").fillna(NONE)
        rollup = rollups.before_each(asked, tables["usage"], window_days)
    return panel.build(
        Panel,
        answers,
        tables["people"].to_pandas() if "people" in tables else None,
        rollup,
        measure=measure,
        window_days=window_days,
        rejected=landed.rejected,
        notes=landed.notes,
        report=landed.report,
    )


def _nothing_left(rejected: pd.DataFrame) -> str:
    rejected = rejected[rejected["table"] == "responses"]
    reason, rows = rejected["reason"].value_counts().index[0], len(rejected)
    return f"None of the {rows:,} rows of the responses file could be used; the most frequent reason: {reason}."


class Examined(NamedTuple):
    """What one file turned out to be: how its columns were read, and what came of every row."""

    reading: columns.Reading
    report: pd.DataFrame
    notes: tuple[str, ...]


def examine(given: Given) -> Examined:
    """Tell whether a file holds responses, usage or people, and read all of it. Raises InputError when none."""
    with sources.connect() as (con, scratch):
        part = intake.read(given, con, scratch)
        return Examined(part.reading, quality.report([intake.account(part)]), part.notes)
