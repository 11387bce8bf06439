"""What is planted in the sample's accounts is there, told by a slow and obvious loop, and lists and model find it."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import nps
from nps.chosen.watching import Watching
from nps.measures import watch_model
from sample_data import generate as sample_data
from sample_data import planted

FOLDER = Path(sample_data.__file__).parent
README = (FOLDER / "README.md").read_text(encoding="utf-8")
END = pd.Timestamp("2026-11-01")


@pytest.fixture(scope="module")
def accounts():
    dates = ["renewal_at", "joined_at", "churned_at", "expanded_at"]
    return pd.read_csv(FOLDER / "accounts.csv", parse_dates=dates, index_col="account_id")


@pytest.fixture(scope="module")
def people():
    return pd.read_csv(FOLDER / "people.csv", parse_dates=["joined_at", "churned_at"], index_col="person_id")


@pytest.fixture(scope="module")
def usage(people):
    """Every use, with the account of the person."""
    return pd.read_csv(FOLDER / "usage.csv", parse_dates=["at"]).join(people["account_id"], on="person_id")


@pytest.fixture(scope="module")
def truth():
    """What nobody is told: which accounts fall, paused, are keen."""
    return sample_data.invent()[1].accounts


@pytest.fixture(scope="module")
def panel():
    tables = {name: FOLDER / f"{name}.csv" for name in ("responses", "usage", "people", "accounts")}
    return nps.load(**tables)


@pytest.fixture(scope="module")
def watching():
    return Watching.from_json((FOLDER / "watching.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def watched(panel, watching):
    return panel.watched(onboarding=watching.onboarding, keys=watching.keys)


@pytest.fixture(scope="module")
def snapshots(watched, watching):
    return [watched.snapshot(week, watching.rules) for week in (43, 30, 17)]


def test_the_list_of_accounts_says_what_their_people_say(accounts, people):
    repeated = people.drop_duplicates("account_id").set_index("account_id")
    assert set(accounts.index) == set(repeated.index)
    for column in ("account_name", "plan", "revenue"):
        assert (accounts[column] == repeated[column].reindex(accounts.index)).all()
    assert (accounts["joined_at"] == people.groupby("account_id")["joined_at"].min()).all()


def test_nobody_is_left_in_an_account_that_left_and_nobody_of_it_uses_anything_later(accounts, people, usage):
    gone = accounts["churned_at"].dropna()
    last = people[people["account_id"].isin(gone.index)].groupby("account_id")["churned_at"]
    assert (last.max() <= gone).all()
    assert last.apply(lambda dates: dates.notna().all()).all()
    assert not (usage["at"] > usage["account_id"].map(gone)).any()
    assert not (accounts["expanded_at"] > accounts["churned_at"]).any()
    assert (accounts["renewal_at"].dropna() >= END).all()


def test_what_people_answered_is_as_it_would_be_without_any_of_it(panel):
    """Whoever answered is told of as without the list of accounts, which divides nobody and has nobody else left."""
    without = nps.load(*(FOLDER / f"{name}.csv" for name in ("responses", "usage", "people")))
    assert panel.segments == without.segments
    assert np.array_equal(panel.churned, without.churned, equal_nan=True)


def test_half_of_the_falls_under_way_are_listed_and_of_the_pauses_that_are_over_none(watched, watching, truth):
    listed = watched.watch("leave", watching.rules)
    falling, paused = (truth.index[truth["kind"] == kind] for kind in ("falling", "paused"))
    found = int(falling.isin(listed.index).sum())
    assert (len(falling), len(paused)) == (25, 8)
    assert found >= 13
    assert not paused.isin(listed.index).any()
    heavy = int(watched.facts()["heavy"].reindex(falling).sum())
    assert f"{found} of the 25 are listed; {heavy} were heavy users" in README


def test_who_was_listed_a_quarter_ago_left_more_often(watched, watching):
    record = watched.record(watching.rules)
    listed, others = record.listed_left / record.listed, record.others_left / record.others
    assert listed > 1.5 * others
    assert f"{record.listed_left} of {record.listed} left since, of the others {record.others_left} of " in README


def test_the_model_of_who_leaves_is_shown_and_knows_that_few_features_go_with_it(snapshots):
    found = watch_model.watch_model(snapshots)
    model, rule = (found.fifths[found.fifths["by"] == by] for by in ("model", "rule"))
    assert found.shown
    assert found.tested.z > 3
    assert found.model.beta[found.model.names.index("breadth")] < -0.3
    assert model["left"].iloc[-1] > found.outcomes / 2 > rule["left"].iloc[-1]
    assert f"AUC is {found.tested.first:.2f}, that of the rule {found.tested.second:.2f}" in README
    assert f"{model['left'].iloc[-1]} of the {found.outcomes} that left" in README


def test_of_shuffled_outcomes_hardly_any_show_a_model(snapshots):
    rng, shown = np.random.default_rng(9), 0
    for _ in range(100):
        shuffled = [each._replace(left=rng.permutation(each.left)) for each in snapshots]
        shown += watch_model.watch_model(shuffled).shown
    assert shown <= 5


def test_signups_that_work_together_are_those_likely_to_buy(watched, watching, truth):
    likely = watched.watch("buy", watching.rules)
    trial = truth[truth["plan"] == "Trial"]
    keen = trial.index[trial["keen"].astype(bool)]
    found = int(likely.index.isin(keen).sum())
    assert found >= 0.8 * max(len(keen), len(likely))
    assert f"{found} of the {len(keen)} that have not bought yet are listed, and {len(likely) - found} of " in README


def test_signups_that_worked_together_bought(accounts, usage, truth):
    signups = truth[truth["kind"] == "signup"].join(accounts[["expanded_at", "joined_at"]])
    signups = signups[signups["joined_at"] < END - pd.Timedelta(days=35)]
    days = usage["at"] - usage["account_id"].map(signups["joined_at"])
    early = usage[days < pd.Timedelta(days=14)].groupby(["account_id", "person_id"])["at"].nunique()
    worked = (early >= 3).groupby("account_id").any().reindex(signups.index, fill_value=False)
    bought = signups["expanded_at"].notna()
    assert bought[worked].mean() > 0.7 > 0.3 > bought[~worked].mean()
    of = {who: f"{bought[side].sum()} of {side.sum()}" for who, side in (("them", worked), ("others", ~worked))}
    assert f"{of['them']} bought, of the others {of['others']}" in README


def test_accounts_grow_after_several_people_came_at_once(accounts, people):
    """Within 100 days, of accounts into which three or more came within four weeks, and of all others in that time."""
    grew, anyhow = [], []
    for start in pd.date_range("2026-01-01", "2026-06-01", freq="MS"):
        came = people[people["joined_at"].between(start, start + pd.Timedelta(days=27))].groupby("account_id").size()
        after = accounts["expanded_at"].between(*(start + pd.Timedelta(days=days) for days in (28, 128)))
        there = accounts["joined_at"] < start
        many = came.reindex(accounts.index, fill_value=0) >= 3
        grew += after[there & many].tolist()
        anyhow += after[there & ~many].tolist()
    assert np.mean(grew) > 3 * np.mean(anyhow)
    assert f"{np.mean(grew):.0%} grow in the hundred days after, of others {np.mean(anyhow):.0%}" in README


def test_newcomers_who_share_stay_and_those_who_draw_only_look_as_if_they_did(panel, watching):
    steps = panel.newcomers(watching.onboarding).by_steps("left").set_index("step")
    shares, draws = steps.loc["Shares a board"], steps.loc["Draws something"]
    assert shares["robust"]
    assert shares["difference"] < -0.08
    assert not draws["robust"]
    assert f"{100 * shares['difference']:+.1f} ({100 * shares['low']:+.1f} to {100 * shares['high']:+.1f})" in README
    assert f"{100 * draws['difference']:+.1f} ({100 * draws['low']:+.1f} to {100 * draws['high']:+.1f})" in README


def test_naively_both_steps_look_good(people, usage):
    """Of those who joined within the usage, 104 days ago or earlier, and were there after two weeks."""
    joined = people.loc[people["joined_at"] >= usage["at"].min()]
    stay = (joined["churned_at"] - joined["joined_at"]) / pd.Timedelta(days=1)
    own = joined[(joined["joined_at"] <= END - pd.Timedelta(days=105)) & ~(stay < planted.EARLY)]
    left = stay.reindex(own.index) < 104
    early = usage[(usage["at"] - usage["person_id"].map(own["joined_at"])) < pd.Timedelta(days=planted.EARLY)]
    naive = {}
    for step, features in (("shares", planted.SHARING), ("draws", planted.DRAWING)):
        took = own.index.isin(early.loc[early["feature"].isin(features), "person_id"])
        naive[step] = 100 * (left[took].mean() - left[~took].mean())
    assert naive["shares"] < -5
    assert naive["draws"] < -5
    assert f"{naive['shares']:+.1f}" in README
    assert f"{naive['draws']:+.1f}" in README
