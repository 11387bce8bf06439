"""Lists of accounts, or people, to look at: each by points that anybody can read, and change.

Facts are a row each, of what was known at some day: the columns of `standing` and of `said`, and of the account plan,
seats, revenue, renewal_at and onboarding (share of the steps reached). What is not known gives no point.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from nps.measures import health
from nps.measures.list_rules import DEFAULT as DEFAULT
from nps.measures.list_rules import Advocates as Advocates
from nps.measures.list_rules import MayBuy as MayBuy
from nps.measures.list_rules import MayGrow as MayGrow
from nps.measures.list_rules import MayLeave as MayLeave
from nps.measures.list_rules import Rules as Rules
from nps.measures.rules import HEAVY_FROM, SAID_DAYS
from nps.notes import Note, note


class Criterion(NamedTuple):
    """What gives points: of whom it holds (U,), how many (or to each, (U,)), and how it is told of one of them."""

    holds: np.ndarray
    points: int | np.ndarray
    told: Callable[[Mapping[str, Any]], Note]

    @property
    def gives(self) -> np.ndarray:
        """The points of each: (U,)."""
        return self.points * self.holds


class Record(NamedTuple):
    """What came of who was listed, and of the others: how many, and how many of them left."""

    listed: int
    listed_left: int
    others: int
    others_left: int


def may_leave(facts: pd.DataFrame, rules: Rules = DEFAULT) -> pd.DataFrame:
    """Who is listed, most points first, of those the one whose use fell most: the facts, points and reasons."""
    return _listed(facts, _leaving(facts, rules.leave), rules.leave.least, ["points", "pace"], [False, True])


def may_grow(facts: pd.DataFrame, rules: Rules = DEFAULT) -> pd.DataFrame:
    """Who is listed, the largest revenue first: the facts, points and reasons."""
    return _listed(facts, _growing(facts, rules), rules.grow.least, ["revenue"], [False])


def may_buy(facts: pd.DataFrame, rules: Rules = DEFAULT) -> pd.DataFrame:
    """Who is listed of those on the plans, most active people first: the facts, points and reasons."""
    facts = facts[facts["plan"].isin(rules.buy.plans)]
    return _listed(facts, _buying(facts, rules.buy), rules.buy.least, ["active"], [False])


def advocates(facts: pd.DataFrame, rules: Rules = DEFAULT) -> pd.DataFrame:
    """People who may be asked to speak up, the most active first; the fact `contactable` says who may be asked."""
    criteria = _advocating(facts, rules)
    facts = facts.assign(activity=_activity(facts["uses"], facts["there"]))
    facts, held = facts[facts["contactable"]], [each.holds[facts["contactable"]] for each in criteria]
    criteria = [each._replace(holds=own) for each, own in zip(criteria, held, strict=True)]
    return _listed(facts, criteria, len(criteria), ["activity"], [False])


def points(facts: pd.DataFrame, rules: MayLeave = DEFAULT.leave) -> np.ndarray:
    """The points for leaving of each: (U,)."""
    return _total(_leaving(facts, rules), len(facts))


def order(facts: pd.DataFrame, rules: MayLeave = DEFAULT.leave) -> np.ndarray:
    """The order of the list of who may leave, of everybody: larger is higher up, unknown use in the middle. (U,)"""
    fell = 1 - health.place(facts["pace"].to_numpy(float), np.zeros(len(facts), int)) / 100
    return points(facts, rules) + np.where(np.isnan(fell), 0.5, fell)


def speaking(facts: pd.DataFrame, rules: MayLeave = DEFAULT.leave) -> list[tuple[Note, ...]]:
    """What speaks for leaving of each, listed or not, as notes: (U,)."""
    return _reasons(facts, np.arange(len(facts)), _leaving(facts, rules))


def growth_order(facts: pd.DataFrame, rules: Rules = DEFAULT) -> np.ndarray:
    """The same of who may grow, without seats, which are known as of today alone: (U,)."""
    grew = health.place(facts["pace"].to_numpy(float), np.zeros(len(facts), int)) / 100
    total = _total(_growing(facts.assign(seats=np.nan), rules), len(facts))
    return total + np.where(np.isnan(grew), 0.5, grew)


def heavy(facts: pd.DataFrame) -> np.ndarray:
    """Who was among the most active fifth in the 13 weeks before the last four: bool (U,)."""
    return _activity(facts["before"], facts["there"]) >= HEAVY_FROM


def record(listed: np.ndarray, left: np.ndarray) -> Record:
    """What came of who was listed (U,), where it is known who left since: 1, 0, or NaN who had left before."""
    known = ~np.isnan(left)
    listed, left = listed[known], left[known] == 1
    return Record(int(listed.sum()), int(left[listed].sum()), int((~listed).sum()), int(left[~listed].sum()))


def _activity(uses: pd.Series, there: pd.Series) -> np.ndarray:
    """Percentile among those who were there; 0 who was not."""
    return np.nan_to_num(health.place(uses.where(there).to_numpy(float), np.zeros(len(uses), int)))


def _total(criteria: Iterable[Criterion], size: int) -> np.ndarray:
    return sum((each.gives for each in criteria), np.zeros(size, int))


def _listed(
    facts: pd.DataFrame, criteria: list[Criterion], least: int, by: list[str], ascending: list[bool]
) -> pd.DataFrame:
    total = _total(criteria, len(facts))
    rows = np.flatnonzero((total >= least) & facts["there"].to_numpy(bool))
    found, reasons = facts.iloc[rows], _reasons(facts, rows, criteria)
    listed = found.assign(points=total[rows], reasons=pd.Series(reasons, found.index, dtype=object))
    return listed.sort_values(by, ascending=ascending, kind="stable", na_position="last")


def _reasons(facts: pd.DataFrame, rows: np.ndarray, criteria: list[Criterion]) -> list[tuple[Note, ...]]:
    """What gives points to each of some rows."""
    given = [(each.told, each.gives) for each in criteria]
    return [
        tuple(told(row) for told, gives in given if gives[place])
        for place, row in zip(rows, facts.iloc[rows].to_dict("records"), strict=True)
    ]


def _leaving(facts: pd.DataFrame, rules: MayLeave) -> list[Criterion]:
    pace, key = facts["pace"].to_numpy(float), facts["key"].to_numpy(float)
    fell = pace < rules.lower
    points = rules.lower_points + rules.half_points * (pace < rules.half)
    return [
        Criterion(fell, points, lambda row: note("listed.fell", share=1 - row["pace"])),
        Criterion(
            facts["pace_people"].to_numpy(float) < rules.people,
            rules.people_points,
            lambda row: note("listed.fewer_people", share=1 - row["pace_people"]),
        ),
        Criterion(
            facts["score"].to_numpy(float) <= rules.answer,
            rules.answer_points,
            lambda row: note("listed.low", score=int(row["score"])),
        ),
        Criterion(key == 0, rules.key_points, lambda _: note("listed.no_key")),
        Criterion(facts["trouble"].to_numpy(bool), rules.trouble_points, lambda _: note("listed.trouble")),
    ]


def _growing(facts: pd.DataFrame, rules: Rules) -> list[Criterion]:
    grow, pace = rules.grow, facts["pace"].to_numpy(float)
    newcomers = facts["new"].to_numpy() >= grow.new
    answered, calm = facts["answered"].to_numpy() > 0, points(facts, rules.leave) < grow.points
    return [
        Criterion((pace >= grow.more) | newcomers, 1, lambda row: _grew(row, grow)),
        Criterion(
            facts["active"].to_numpy(float) >= grow.seats * facts["seats"].to_numpy(float),
            1,
            lambda row: note("listed.seats", active=int(row["active"]), seats=int(row["seats"])),
        ),
        Criterion(
            answered & (facts["detractors"].to_numpy() == 0), 1, lambda _: note("listed.no_detractor", days=SAID_DAYS)
        ),
        Criterion(~np.isnan(pace) & calm, 1, lambda _: note("listed.calm")),
    ]


def _grew(row: Mapping[str, Any], rules: MayGrow) -> Note:
    if row["pace"] >= rules.more:
        return note("listed.grew", share=row["pace"] - 1)
    return note("listed.new_people", n=int(row["new"]))


def _buying(facts: pd.DataFrame, rules: MayBuy) -> list[Criterion]:
    return [
        Criterion(
            facts["active"].to_numpy() >= rules.people, 1, lambda row: note("listed.people", n=int(row["active"]))
        ),
        Criterion(facts["days"].to_numpy() >= rules.days, 1, lambda row: note("listed.days", n=int(row["days"]))),
        Criterion(facts["key"].to_numpy(float) >= 1, 1, lambda _: note("listed.key")),
        Criterion(
            facts["onboarding"].to_numpy(float) >= rules.onboarding,
            1,
            lambda row: note("listed.onboarding", share=row["onboarding"]),
        ),
    ]


def _advocating(facts: pd.DataFrame, rules: Rules) -> list[Criterion]:
    least = rules.advocates
    return [
        Criterion(
            facts["score"].to_numpy(float) >= least.answer, 1, lambda row: note("listed.high", score=int(row["score"]))
        ),
        Criterion(
            _activity(facts["uses"], facts["there"]) >= least.activity,
            1,
            lambda row: note("listed.active", percentile=int(row["activity"])),
        ),
        Criterion(facts["love"].to_numpy(bool), 1, lambda _: note("listed.love")),
        Criterion(points(facts, rules.leave) < least.points, 1, lambda _: note("listed.calm")),
    ]
