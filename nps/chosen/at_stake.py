"""Revenue of accounts by group, how much of it is of accounts that may leave, and how much if the past repeats."""

import pandas as pd

from nps.chosen.watched import Watched
from nps.measures import lists, stake, standing
from nps.measures.lists import Rules
from nps.measures.stake import Stake
from nps.measures.watch_model import WatchModel

YEAR = 52  # weeks
COLUMNS = (
    *("accounts", "revenue", "largest", "listed", "listed_revenue", "before", "left", "expected", "low", "high"),
)


def by_group(watched: Watched, group: pd.Series, rules: Rules = lists.DEFAULT) -> pd.DataFrame:
    """A row for each group of accounts that are there, the largest revenue first: group, COLUMNS.

    group           id -> its group, missing being one of its own (None)
    largest         share (0..1) of the revenue that one account has
    listed          accounts that may leave, and their revenue
    before, left    accounts a year ago, or as long as it is known, and those of them that left since
    expected        revenue that leaves if the same share does, with its 95% interval; NaN under 30 accounts before
    """
    facts = watched.facts()
    weeks = min(YEAR, standing.beginning(watched.weekly))
    before = watched.facts(weeks)["there"].to_numpy(bool)
    left = before & (watched.table["churned_at"] < watched.until()).to_numpy(bool)
    listed = facts.index.isin(watched.watch("leave", rules).index)
    codes, names = pd.factorize(group.reindex(facts.index), use_na_sentinel=False)
    rows = []
    for code, name in enumerate(names):
        own = codes == code
        now = own & facts["there"].to_numpy(bool)
        revenue = facts["revenue"].to_numpy(float)
        told = stake.revenue(revenue[now])
        past = int(left[own].sum()), int(before[own].sum())
        gone = stake.by_past_share(revenue[now], *past)
        may = stake.revenue(revenue[now & listed])
        counts = int(now.sum()), told.total, told.largest, int((now & listed).sum()), may.total
        rows.append((None if pd.isna(name) else name, *counts, past[1], past[0], *gone))
    found = pd.DataFrame(rows, columns=["group", *COLUMNS])
    return found[found["accounts"] > 0].sort_values("revenue", ascending=False, kind="stable", ignore_index=True)


def foretold(watched: Watched, found: WatchModel) -> Stake | None:
    """What a model that is worth showing expects to leave; None without one. Of accounts whose revenue is known."""
    if found.model is None:
        return None
    facts = watched.facts()
    there = facts["there"].to_numpy(bool)
    return stake.foretold(facts["revenue"].to_numpy(float)[there], found.model.probability(watched.signals()[there]))
