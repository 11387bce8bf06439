"""Which features and reasons go with leaving, or growing: accounts as they stood at one day each, and what came."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from nps.chosen.watched import Watched
from nps.measures import goes_with, signals, standing
from nps.measures.goes_with import COLUMNS, At, Did
from nps.measures.pace import BEFORE
from nps.measures.rules import SAID_DAYS
from nps.notes import InputError
from nps.weekly import lately

ALIKE = "expansion"  # after which plans of today tell what came


def by_feature(watched: Watched, outcome: str = "churn") -> pd.DataFrame:
    """A row per feature: kind, feature, and `goes_with.COLUMNS`; used by anyone in the 13 weeks before the day.

    outcome  churn, or expansion
    Raises InputError for others.
    """
    at = moments(watched, outcome)
    used = _each(_used, watched, at)
    did = Did(used["place"].to_numpy(), used["what"].to_numpy(), np.log1p(used["uses"].to_numpy(float)))
    names = watched.weekly.names
    return names.reset_index(drop=True).join(goes_with.compared(_at(watched, at, outcome), did, len(names)))


def by_reason(watched: Watched, outcome: str = "churn") -> pd.DataFrame:
    """A row per theme, among accounts that wrote something in the 180 days before the day: theme, and COLUMNS."""
    themes, every = watched.panel.coding.themes, moments(watched, outcome)
    wrote = _each(_wrote, watched, every)
    at, named = every[every["unit"].isin(wrote["unit"])].reset_index(drop=True), wrote.query("what >= 0")
    did = Did(_places(at, named["unit"]), named["what"].to_numpy(), np.zeros(len(named)))
    uses = _each(_used, watched, at)
    activity = np.log1p(np.bincount(uses["place"], uses["uses"], minlength=len(at)))
    found = goes_with.compared(_at(watched, at, outcome), did, len(themes), activity)
    return pd.DataFrame({"theme": themes}).join(found)[["theme", *COLUMNS]]


def moments(watched: Watched, outcome: str) -> pd.DataFrame:
    """Accounts at one day each, of those on which it could still happen: unit (its place in `watched.table`), week,
    size (people seen by then), happened."""
    if outcome not in signals.OUTCOMES or watched.of != "account":
        raise InputError("measures.foretold", outcomes=tuple(signals.OUTCOMES))
    when, parts = watched.table[signals.OUTCOMES[outcome]], []
    for week in signals.weeks(standing.beginning(watched.weekly)):
        facts, (stake, happened) = watched.facts(week), signals.after(when, watched.until(week))
        own = np.flatnonzero(stake & facts["there"].to_numpy(bool))
        columns = {"week": week, "size": facts["seen"].to_numpy(float)[own], "happened": happened[own]}
        parts.append(pd.DataFrame({"unit": own} | columns))
    none = pd.DataFrame({"unit": np.empty(0, int), "week": 0, "size": 0.0, "happened": False})
    return goes_with.drawn(pd.concat(parts, ignore_index=True) if parts else none)


def _each(make: Callable[[Watched, int], pd.DataFrame], watched: Watched, at: pd.DataFrame) -> pd.DataFrame:
    """What is known of each account at its own day: unit, place (row of `at`), what, uses; each pair once."""
    none = pd.DataFrame({"unit": np.empty(0, int), "what": np.empty(0, int), "uses": np.empty(0)})
    parts = [none]
    for week, own in at.groupby("week"):
        made = make(watched, int(week))
        parts.append(made[made["unit"].isin(own["unit"])])
    found = pd.concat(parts).groupby(["unit", "what"], as_index=False)["uses"].sum()
    return found.assign(place=_places(at, found["unit"]))


def _places(at: pd.DataFrame, unit: pd.Series) -> np.ndarray:
    """The row of `at` that each unit has."""
    return pd.Index(at["unit"]).get_indexer(unit)


def _used(watched: Watched, week: int) -> pd.DataFrame:
    """What was used in the 13 weeks before a day: unit, what (feature), uses."""
    rows = lately(watched.weekly.at(week).used, BEFORE)
    unit = watched.units.person[rows["person"].to_numpy()]
    return pd.DataFrame({"unit": unit, "what": rows["feature"].to_numpy(int), "uses": rows["uses"].to_numpy(float)})


def _wrote(watched: Watched, week: int) -> pd.DataFrame:
    """What was written in the 180 days before a day: unit, what (theme; -1 for each comment), uses (of it, 1)."""
    until, coding = watched.until(week), watched.panel.coding
    answers = watched.answers.iloc[coding.answer]
    said = answers["responded_at"].between(until - pd.Timedelta(days=SAID_DAYS), until, inclusive="left").to_numpy(bool)
    own, unit = np.flatnonzero(said), answers["unit"].to_numpy()
    comment, theme = np.nonzero(coding.sided[own])
    rows = pd.DataFrame(
        {"unit": np.append(unit[own], unit[own[comment]]), "what": np.append(np.full(len(own), -1), theme)}
    )
    return rows.assign(uses=1.0)


def _at(watched: Watched, at: pd.DataFrame, outcome: str) -> At:
    known = watched.table["plan"] if outcome != ALIKE else pd.Series(None, watched.table.index, dtype=object)
    plan = known.iloc[at["unit"]].reset_index(drop=True).astype(object)
    week, size = at["week"].to_numpy(), at["size"].to_numpy(float)
    return At(at["happened"].to_numpy(bool), week, size, plan)
