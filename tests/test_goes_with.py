"""What goes with leaving and growing: each account once, nothing of later days, what is planted and nothing else."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import test_watched as worlds

from nps.chosen import alongside
from nps.measures import goes_with, signals
from nps.measures.goes_with import At, Did
from nps.measures.standing import beginning
from nps.notes import InputError

ACCOUNTS, BOARD, INVITE, EXPORT = 900, 0, 1, 2


def world(seed: int, leaving: dict[int, float]) -> tuple[At, Did]:
    """Accounts whose odds of leaving fall with their activity and are what `leaving` says for who uses a feature.

    The more active use more of everything, Board most: it goes with staying, and does nothing.
    """
    rng = np.random.default_rng(seed)
    activity = rng.normal(size=ACCOUNTS)
    wants = np.column_stack([1.2 * activity, rng.normal(size=ACCOUNTS), rng.normal(size=ACCOUNTS)])
    used = rng.random(wants.shape) < 1 / (1 + np.exp(-wants))
    odds = np.exp(-1.6 - 0.8 * activity) * np.prod([np.where(used[:, f], by, 1) for f, by in leaving.items()], axis=0)
    size = np.exp(1 + activity).astype(int) + 1
    plan = pd.Series(rng.choice(["Basic", "Pro"], ACCOUNTS))
    base = rng.poisson(np.exp(3 + activity)) + 1.0
    unit, what = np.nonzero(np.column_stack([used, np.ones(ACCOUNTS, bool)]))
    volume = np.where(what == wants.shape[1], np.log1p(base)[unit], 0.7)
    return At(rng.random(ACCOUNTS) < odds / (1 + odds), rng.integers(0, 4, ACCOUNTS), size, plan), Did(
        unit, what, volume
    )


def test_what_halves_leaving_is_found_and_what_the_active_use_is_not():
    found = [goes_with.compared(*world(seed, {INVITE: 0.35}), 3) for seed in range(20)]
    robust = np.array([each["robust"] for each in found])
    assert robust[:, INVITE].sum() >= 16
    assert robust[:, [BOARD, EXPORT]].sum() <= 4
    assert all(each["difference"][INVITE] < 0 for each in found)


def test_where_nothing_matters_little_is_said():
    found = [goes_with.compared(*world(seed, {}), 3) for seed in range(60)]
    assert sum(each["robust"].any() for each in found) <= 10
    covered = [(each["low"] <= 0) & (each["high"] >= 0) for each in found]
    assert np.mean(covered) >= 0.9


def test_few_on_a_side_are_not_compared_and_are_counted():
    at, did = world(1, {})
    few = did._replace(what=np.where((did.what == INVITE) & (did.unit >= 25), 3, did.what))
    found = goes_with.compared(at, few, 3).loc[INVITE]
    users = np.unique(few.unit[few.what == INVITE])
    assert (found["accounts"], found["happened"]) == (len(users), at.happened[users].sum())
    assert len(users) < 20
    assert np.isnan(found["difference"])
    assert not found["robust"]


def test_what_would_have_been_found_shrinks_with_more_accounts():
    at, did = world(1, {})
    twice = (
        At(*(np.tile(column, 2) for column in at[:3]), pd.concat([at.plan] * 2, ignore_index=True)),
        Did(np.append(did.unit, did.unit + ACCOUNTS), np.tile(did.what, 2), np.tile(did.volume, 2)),
    )
    one, two = (goes_with.compared(*of, 3)["findable"] for of in ((at, did), twice))
    assert ((two > 0) & (two < 0.8 * one) & (one < 1)).all()


def slowly(watched, week: int) -> dict[str, set[str]]:
    """By account, what was used in the 13 weeks before a day."""
    ends = worlds.LAST + pd.Timedelta(days=1) - pd.Timedelta(weeks=week)
    found: dict[str, set[str]] = {}
    for row in worlds.usage().itertuples():
        if ends - pd.Timedelta(weeks=13) <= row.at < ends:
            found.setdefault("a" + row.person_id[1:4], set()).add(row.feature)
    return found


def test_each_account_counts_once_as_it_stood_at_its_day():
    watched = worlds.today()
    at, ids = alongside.moments(watched, "churn"), watched.table.index
    assert at["unit"].is_unique
    assert {*at["week"]} <= {*signals.weeks(beginning(watched.weekly))}
    left = watched.table["churned_at"]
    for row in at.itertuples():
        ends = watched.until(row.week)
        gap, end = ends + pd.Timedelta(weeks=4), ends + pd.Timedelta(weeks=17)
        assert not left[ids[row.unit]] < gap
        assert row.happened == bool(gap <= left[ids[row.unit]] < end)
    found = alongside.by_feature(watched).set_index("feature")
    used = {row.unit: slowly(watched, row.week).get(ids[row.unit], set()) for row in at[at["week"] == 17].itertuples()}
    others = alongside.moments(watched, "churn").query("week != 17")
    assert len(used) + len(others) == len(ids) == found["accounts"].add(found["others"]).iloc[0]


def test_what_came_after_the_day_changes_nothing():
    watched, rows = worlds.today(), worlds.usage()
    day = watched.until(17)
    cut = worlds.watched(rows[(rows["at"] < day) | (rows["at"] >= worlds.LAST)])
    of = [alongside._used(each, 17).groupby(["unit", "what"])["uses"].sum() for each in (watched, cut)]
    pd.testing.assert_series_equal(*of)


def test_reasons_are_of_who_wrote_and_count_each_account_once():
    known = worlds.panel()
    words = ["It is full of bugs and crashes", "Far too expensive"]
    answers = known.answers.assign(comment=[words[n % 2] for n in range(len(known.answers))])
    answers["responded_at"] = worlds.LAST - pd.Timedelta(weeks=20)
    watched = replace(worlds.today(), panel=replace(known, answers=answers, told=worlds.today().panel.told), made={})
    found = alongside.by_reason(watched).set_index("theme")
    every = alongside.moments(watched, "churn")
    wrote = every[every["week"] == 17]["unit"].isin(watched.answers["unit"]).sum()
    assert (found["accounts"] + found["others"]).unique() == [wrote]
    assert found.loc["bugs", "accounts"] > 0 < found.loc["price", "accounts"]
    assert (found.loc[~found.index.isin(["bugs", "price"]), "accounts"] == 0).all()


@pytest.mark.parametrize("outcome", ["revenue", "score"])
def test_what_is_not_known_by_date_cannot_be_asked(outcome):
    with pytest.raises(InputError):
        alongside.by_feature(worlds.today(), outcome)
