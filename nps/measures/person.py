"""One person in the context of everybody: answers, and what was used before the latest."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.joined import Joined
from nps.measures.cells import feature_labels
from nps.spells import EPOCH

QUARTER, SHOWN_WEEKS = 91, 26  # days that are told of; weeks that are drawn


def answers(panel: Joined, person_id: str) -> pd.DataFrame:
    """Every answer of the person, oldest first, as `panel.answers` has them; empty for somebody unknown."""
    return panel.answers[panel.answers["person_id"] == person_id]


def used(panel: Joined, answer: int) -> pd.DataFrame:
    """What was used before an answer (its position): kind, feature, label, uses, typical, reach; most used first.

    typical  median uses among the respondents who used it
    reach    share of respondents who used it, 0..1
    """
    own = panel.pairs.answer == answer
    codes = panel.pairs.feature[own]
    respondents = np.zeros(len(panel.answers), bool)
    respondents[panel.latest_positions] = True
    same = np.isin(panel.pairs.feature, codes) & respondents[panel.pairs.answer]
    typical = pd.Series(panel.pairs.uses[same]).groupby(panel.pairs.feature[same]).median()
    features = panel.features.assign(label=feature_labels(panel.features)).iloc[codes]
    return (
        features[["kind", "feature", "label"]]
        .assign(
            uses=panel.pairs.uses[own],
            typical=typical.reindex(codes).to_numpy(),
            reach=features["users"] / max(len(panel.latest_positions), 1),
        )
        .sort_values("uses", ascending=False, kind="stable", ignore_index=True)
    )


def weeks(panel: Joined, person_id: str) -> pd.DataFrame:
    """Use as far as its days are kept: week (its Monday), features in use in it; every week in which any is known.

    A feature counts as in use from the first to the last day of use in each 90 days, as `panel.spells` keep them.
    """
    number = panel.person[np.flatnonzero(panel.answers["person_id"] == person_id)[:1]]
    own = panel.spells[np.isin(panel.spells["person"], number)]
    spans = zip(own["feature"], _monday(own["first"]), _monday(own["last"]), strict=True)
    known = pd.DataFrame(
        [(week, feature) for feature, first, last in spans for week in range(first, last + 1, 7)],
        columns=["week", "feature"],
    ).drop_duplicates()
    counted = known.groupby("week", as_index=False).agg(features=("feature", "size"))
    return counted.assign(week=EPOCH + pd.to_timedelta(counted["week"].astype("int64"), unit="D"))


def _monday(day: pd.Series) -> pd.Series:
    """The Monday on or before a day, both in days since 1970, which began on a Thursday."""
    return day - (day + 3) % 7


def features(days: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """What somebody used: kind, feature, days, before, uses, minutes, last_at, weeks; the most used lately first.

    days    of one person, see `nps.daily`
    as_of   the last day that counts
    days, uses, minutes  of the last 91 days, different days; before: different days of the 91 before
    weeks   different days in each of the last 26 weeks, the oldest first
    """
    ago = (pd.Timestamp(as_of) - days["day"]).dt.days
    rows = days.assign(ago=ago)[ago >= 0]
    lately, keys = rows[rows["ago"] < QUARTER], ["kind", "feature"]
    every = rows.groupby(keys).agg(last_at=("day", "max"))
    own = lately.groupby(keys).agg(
        days=("day", "nunique"), uses=("uses", "sum"), minutes=("minutes", lambda m: m.sum(min_count=1))
    )
    past = rows[rows["ago"].between(QUARTER, 2 * QUARTER - 1)].groupby(keys)["day"].nunique().rename("before")
    table = every.join([own, past]).fillna({"days": 0, "before": 0, "uses": 0.0}).astype({"days": int, "before": int})
    table = table.assign(weeks=_by_week(rows, table.index)).reset_index()
    order = ["days", "uses", "last_at"]
    return table.sort_values(order, ascending=False, kind="stable", ignore_index=True)[
        ["kind", "feature", "days", "before", "uses", "minutes", "last_at", "weeks"]
    ]


def _by_week(rows: pd.DataFrame, features: pd.MultiIndex) -> list[list[int]]:
    near = rows[rows["ago"] < 7 * SHOWN_WEEKS].drop_duplicates(["kind", "feature", "day"])
    place = features.get_indexer(pd.MultiIndex.from_frame(near[["kind", "feature"]]))
    weeks = np.zeros((len(features), SHOWN_WEEKS), int)
    np.add.at(weeks, (place, SHOWN_WEEKS - 1 - near["ago"].to_numpy() // 7), 1)
    return weeks.tolist()


class Lately(NamedTuple):
    """Use of 91 days: different days, uses, minutes (NaN: not known), different features."""

    days: int
    uses: float
    minutes: float
    features: int


def lately(days: pd.DataFrame, as_of: date, before: int = 0) -> Lately:
    """Use of the last 91 days, or of the 91 that ended so many days before."""
    ago = (pd.Timestamp(as_of) - days["day"]).dt.days - before
    rows = days[(ago >= 0) & (ago < QUARTER)]
    minutes = float(rows["minutes"].sum(min_count=1)) if len(rows) else float("nan")
    return Lately(
        rows["day"].nunique(), float(rows["uses"].sum()), minutes, len(rows[["kind", "feature"]].drop_duplicates())
    )


def by_day(days: pd.DataFrame, as_of: date, length: int = 1) -> pd.DataFrame:
    """Use by day, or by so many days that end with the last: begins, uses, minutes, features, most (used the most)."""
    ago = (pd.Timestamp(as_of) - days["day"]).dt.days // length * length
    begins = pd.Timestamp(as_of) - pd.to_timedelta(ago + length - 1, unit="D")
    each = days.assign(begins=begins).groupby(["begins", "kind", "feature"], as_index=False)[["uses", "minutes"]].sum()
    each = each.sort_values(["begins", "uses"], ascending=[True, False], kind="stable")
    table = each.groupby("begins").agg(
        uses=("uses", "sum"), minutes=("minutes", "sum"), features=("feature", "size"), most=("feature", "first")
    )
    return table.reset_index()


def around(people: Sequence[str], person_id: str | None) -> tuple[int, str | None, str | None]:
    """Where somebody stands in a list of people, 1 for the first, and who is before and after; 0 who is not in it."""
    if person_id not in people:
        return 0, None, None
    place = people.index(person_id)
    return place + 1, people[place - 1] if place else None, (*people, None)[place + 1]


def users_and_stopped(panel: Joined, feature: int) -> tuple[np.ndarray, np.ndarray]:
    """Per answer, whether its person used a feature (its row) before it; and whether only before an earlier one."""
    used = np.zeros(len(panel.person), bool)
    used[panel.pairs.answer[panel.pairs.feature == feature]] = True
    ever = pd.Series(used).groupby(panel.person).cummax().to_numpy()
    return used, ever & ~used
