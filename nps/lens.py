"""The public face: load the files once; look into them before."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from nps import columns, counting, engines, intake, joined, quality, shelf, sources
from nps.intake.manifest import Manifest
from nps.notes import InputError, Note
from nps.panel import Panel
from nps.runs import Told, untold
from nps.sources import Given
from nps.who import where
from nps.who.places import Place

JOIN_MEMORY_MB = 1024  # what does not fit is joined on disk


def load(
    responses: Given | engines.Stored,
    usage: Given | engines.Stored | None = None,
    people: Given | engines.Stored | None = None,
    *,
    accounts: Given | engines.Stored | None = None,
    window_days: int = 90,
    measure: str = "active_days",
    mapping: Mapping[str, Mapping[str, str | None] | str] | None = None,
    earlier: Panel | None = None,
) -> Panel:
    """Join answers, usage, people and accounts from paths, frames, Ibis tables or what is `Stored` in a database.

    Several paths, or a folder, are one table.

    window_days  usage counts when it lies at most so many days before the answer
    measure      of activity: active_days, minutes, uses or features_used
    mapping      table -> field -> column (None: not in this file), the settings of `columns.Reading` (date_order, zone,
                 decimal, scale), "export": the tool that the file comes from (None: from none), "sheet" of a workbook
                 or "table" of a database file, where it has several; "keys" -> "exact" or "normalised" (see
                 `keys.agree`); overrules what is recognised
    earlier      a panel of the same sources: of usage only what answers that are new since then, or were when it was
                 read, have to know
    Raises InputError with a message a product manager can act on.
    """
    if measure not in joined.MEASURES:
        raise InputError("load.no_measure", measures=tuple(joined.MEASURES))
    if not 1 <= window_days <= 3650:
        raise InputError("load.no_window")
    given = {"responses": responses, "people": people, "accounts": accounts, "usage": usage}
    earlier = joined.continued(earlier, window_days)
    here = {name: value for name, value in given.items() if value is not None}
    with sources.connect() as (con, scratch), engines.attach(here) as attached:
        if usage is not None:
            con.raw_sql(f"SET memory_limit='{JOIN_MEMORY_MB}MB'")
        landed = intake.land(attached, mapping or {}, con, scratch, before=earlier.keys if earlier else None)
        closed = joined.closed(earlier) if earlier else None
        return _joined(*landed.count(window_days, closed), measure, window_days, where.of_given(here, landed))


def panel_of_folder(
    folder: Path,
    window_days: int = 90,
    measure: str = "active_days",
    stored: Mapping[str, engines.Stored] | None = None,
    told: Told = untold,
) -> Panel:
    """The panel of what an `intake.Job` has landed in a folder; reads checked tables only, so it is quick.

    window_days  of usage that was counted in its database: the one it was counted for
    stored       where that lies, by table, so that it can be asked who did what
    told         is called with the share of people whose usage is counted, where they are many
    Raises InputError where that folder was written by another version, or is not as it was.
    """
    with sources.connect() as (con, _):
        con.raw_sql(f"SET memory_limit='{JOIN_MEMORY_MB}MB'")
        landed = intake.read_landed(folder, con)
        at_hand = where.of_landed(folder, landed, stored or {})
        return _joined(*landed.count(window_days, told=told), measure, window_days, at_hand)


def panel_on_shelf(place: Path, folder: Path) -> Panel | None:
    """The panel that was put there of what lies in a folder, see `nps.shelf`; None where it has to be made.

    Raises InputError as `panel_of_folder`.
    """
    return shelf.read(place, where.of_folder(folder, Manifest.read(folder)))


def _joined(
    landed: intake.Landed, counted: counting.Counted, measure: str, window_days: int, who: Place | None
) -> Panel:
    manifest = landed.manifest
    panel = Panel.of(
        counted.answers,
        landed.tables["people"].to_pandas() if "people" in landed.tables else None,
        counted.rollup,
        measure=measure,
        window_days=window_days,
        rejected=landed.rejected,
        accounts=landed.tables["accounts"].to_pandas() if "accounts" in landed.tables else None,
        notes=manifest.notes,
        report=landed.report,
        read_at=manifest.read_at,
        keys=manifest.keys,
    )
    return replace(panel, who=who)


class Examined(NamedTuple):
    """What one file turned out to be: how its columns were read, and what came of every row."""

    reading: columns.Reading
    report: pd.DataFrame
    notes: tuple[Note, ...]


def examine(given: Given) -> Examined:
    """Tell whether a file holds responses, usage or people, and read all of it. Raises InputError when none."""
    with sources.connect() as (con, scratch):
        part = intake.read(given, con, scratch)
        return Examined(part.reading, quality.report([intake.account(part)]), part.notes)
