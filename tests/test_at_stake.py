"""Revenue at stake: sums that can be checked on paper, and no more than the past tells."""

import numpy as np
import pandas as pd
import pytest
import test_watched as worlds

from nps.chosen import at_stake
from nps.measures.shares import wilson
from nps.measures.watch_model import Model


def test_groups_sum_what_their_accounts_bring():
    watched = worlds.today()
    found = at_stake.by_group(watched, watched.table["plan"]).set_index("group")
    facts = watched.facts()
    there = facts[facts["there"]]
    for plan in ("Basic", "Pro"):
        own = there[there["plan"] == plan]
        assert found.loc[plan, "accounts"] == len(own)
        assert found.loc[plan, "revenue"] == own["revenue"].sum()
        assert found.loc[plan, "largest"] == pytest.approx(own["revenue"].max() / own["revenue"].sum())
        listed = own.index.intersection(watched.watch("leave").index)
        assert found.loc[plan, "listed"] == len(listed)
        assert found.loc[plan, "listed_revenue"] == own.loc[listed, "revenue"].sum()
    assert found["revenue"].is_monotonic_decreasing


def test_what_leaves_if_the_past_repeats_is_a_share_of_revenue_with_its_interval():
    watched = worlds.today()
    everybody = pd.Series("all", watched.table.index)
    (row,) = at_stake.by_group(watched, everybody).itertuples()
    left_since = sum(0 <= worlds.WEEKS - worlds.left_week(each) - 1 < 52 for each in worlds.LEFT)
    assert row.left == left_since
    low, high = wilson(row.left, row.before)
    assert (row.expected, row.low, row.high) == pytest.approx(
        (row.revenue * row.left / row.before, row.revenue * low, row.revenue * high)
    )


def test_of_few_accounts_nothing_is_foretold_and_no_group_is_one_too():
    watched = worlds.today()
    group = pd.Series(None, watched.table.index, dtype=object)
    group.iloc[:10] = "few"
    found = at_stake.by_group(watched, group).set_index("group")
    assert np.isnan(found.loc["few", "expected"])
    assert found["accounts"].sum() == watched.facts()["there"].sum()
    assert found.index.isna().sum() == 1


def test_without_a_model_that_is_worth_showing_none_tells_what_leaves():
    watched = worlds.today()
    assert at_stake.foretold(watched, watched.watch_model()) is None


def test_a_shown_model_tells_what_it_expects_of_accounts_that_are_there():
    watched = worlds.today()
    facts, model = watched.facts(), Model((), np.empty(0), np.empty(0), np.empty(0), 0.0)
    expected = at_stake.foretold(watched, watched.watch_model()._replace(model=model)).expected
    assert expected == pytest.approx(facts.loc[facts["there"], "revenue"].sum() / 2)
