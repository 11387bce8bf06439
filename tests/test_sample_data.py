"""The sample data are what their generator gives, and the truths planted in them can be found and measured."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sample_data import generate as sample_data

FOLDER = Path(sample_data.__file__).parent
LIFTING = ["Templates", "AI summary"]
HARMFUL = ["Bulk export", "Issue sync"]
KEEPING, LOSING = "Share link", "Board search"
README = (FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def responses():
    frame = pd.read_csv(FOLDER / "responses.csv", dtype={"response_id": str, "person_id": str})
    frame["at"] = pd.to_datetime(frame["responded_at"]).dt.tz_localize(None)
    return frame.assign(y=100.0 * ((frame["score"] >= 9).astype(int) - (frame["score"] <= 6)))


@pytest.fixture(scope="module")
def people():
    return pd.read_csv(FOLDER / "people.csv", parse_dates=["joined_at", "churned_at"])


@pytest.fixture(scope="module")
def usage():
    return pd.read_csv(FOLDER / "usage.csv", parse_dates=["at"])


@pytest.fixture(scope="module")
def latest(responses, people):
    """Each person's latest answer, with what is known of the person."""
    return responses.sort_values("at").drop_duplicates("person_id", keep="last").merge(people, on="person_id")


@pytest.fixture(scope="module")
def before(latest, usage):
    """The usage that counts for each latest answer: `answer` is its position in `latest`."""
    answers = latest[["person_id", "at"]].rename(columns={"at": "answered"}).reset_index(names="answer")
    joined = answers.merge(usage, on="person_id")
    age = joined["answered"] - joined["at"]
    return joined[(age >= pd.Timedelta(0)) & (age < pd.Timedelta(days=90))]


@pytest.fixture(scope="module")
def features(latest, before):
    """One row per feature: reach, naive and adjusted difference in points, robust."""
    uses = before.pivot_table(index="answer", columns="feature", values="uses", aggfunc="sum")
    return associations(latest["y"].to_numpy(), uses.reindex(range(len(latest))).fillna(0))


@pytest.fixture(scope="module")
def leaving(latest, before):
    """As `features`, of who left after the latest answer: percentage points."""
    uses = before.pivot_table(index="answer", columns="feature", values="uses", aggfunc="sum")
    left = (latest["churned_at"] > latest["at"]).to_numpy()
    return associations(100.0 * left, uses.reindex(range(len(latest))).fillna(0))


def associations(y, uses):
    """Differences within tiers of leave-one-out activity (Mantel-Haenszel), by the slow and obvious loop."""
    log = np.log1p(uses)
    whole = np.round(log.sum(axis=1), 9)
    tiers = int(np.clip(len(y) // 25, 5, 20))
    cuts = np.unique(np.quantile(whole, np.arange(1, tiers) / tiers))
    rows = {}
    for feature in uses:
        used = (uses[feature] > 0).to_numpy()
        tier = np.searchsorted(cuts, np.round(whole - log[feature], 9))
        comparable = min(used.sum(), (~used).sum()) >= 20
        rows[feature] = difference(y, used, tier) if comparable else (np.nan,) * 3
    table = pd.DataFrame(rows, index=["naive", "adjusted", "se"]).T
    doubt = (table["adjusted"].abs() - 0.10 * (table["naive"] - table["adjusted"]).abs()).clip(lower=0)
    p = (doubt / table["se"]).map(lambda z: math.erfc(z / math.sqrt(2)), na_action="ignore")
    return table.assign(reach=(uses > 0).mean(), robust=benjamini_hochberg(p) < 0.10)


def difference(y, used, stratum):
    """Naive difference, Mantel-Haenszel difference and its standard error, of y between users and others."""
    weights, differences, variances = [], [], []
    for h in np.unique(stratum):
        sides = y[(stratum == h) & used], y[(stratum == h) & ~used]
        n1, n0 = map(len, sides)
        if n1 and n0:
            squares = [((side - side.mean()) ** 2).sum() for side in sides]
            pooled = sum(squares) / max(n1 + n0 - 2, 1)
            spread = [q / (len(s) - 1) if len(s) > 1 else pooled for q, s in zip(squares, sides, strict=True)]
            weights.append(n1 * n0 / (n1 + n0))
            differences.append(sides[0].mean() - sides[1].mean())
            variances.append(spread[0] / n1 + spread[1] / n0)
    w = np.array(weights)
    se = math.sqrt((w**2 * variances).sum()) / w.sum()
    return y[used].mean() - y[~used].mean(), (w * differences).sum() / w.sum(), se


def benjamini_hochberg(p):
    ordered = p.dropna().sort_values(ascending=False)
    rank = np.arange(len(ordered), 0, -1)
    return (ordered * len(ordered) / rank).cummin().clip(upper=1).reindex(p.index)


def role_gap(answers):
    """NPS of facilitators less that of everybody else, before and after the release."""
    released = answers["at"] >= sample_data.RELEASE
    facilitator = answers["role"] == "Facilitator"
    y = answers["y"]
    return [y[facilitator & when].mean() - y[~facilitator & when].mean() for when in (~released, released)]


def by_fifth_of_activity(latest, before):
    days = before.groupby("answer")["at"].nunique().reindex(range(len(latest)), fill_value=0)
    return latest["y"].groupby(pd.qcut(days.rank(method="average"), 5, labels=False)).mean()


def test_the_estimator_gives_the_answer_worked_by_hand():
    y = np.array([1, 0, 0, -1, 1, 1, 0, 1])
    used = np.array([1, 1, 0, 0, 1, 1, 1, 0], bool)
    naive, adjusted, se = difference(y, used, np.repeat([0, 1], 4))
    assert [naive, adjusted, se] == pytest.approx([0.6, 0.428571, 0.494872], abs=5e-7)


def test_generating_again_gives_the_committed_bytes(tmp_path):
    sample_data.write(tmp_path, sample_data.generate())
    for name in ("responses.csv", "usage.csv", "people.csv", "accounts.csv"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name


def test_another_seed_and_size_give_another_company():
    one, other = sample_data.generate(people=200, seed=1), sample_data.generate(people=200, seed=2)
    assert (one.people["account_id"].isin(one.accounts["account_id"]).all(), len(one.responses)) == (True, 100)
    assert not one.responses.equals(other.responses)


def test_sizes(responses, usage, people):
    assert (len(people), len(responses), people["account_id"].nunique()) == (4210, 1500, 572)
    assert usage.groupby("kind")["feature"].nunique().to_dict() == {"feature": 29, "page": 11}
    assert not usage.duplicated(["person_id", "feature", "at"]).any()
    assert all((FOLDER / f"{name}.csv").stat().st_size < 8e6 for name in ("responses", "usage", "people"))


def test_a_year_of_answers_from_all_scores_and_months(responses):
    assert (str(responses["at"].min().date()), str(responses["at"].max().date())) == ("2025-11-01", "2026-10-31")
    assert responses["at"].dt.to_period("M").value_counts().between(60, 200).all()
    assert sorted(responses["score"].unique()) == list(range(11))
    assert 15 <= responses["y"].mean() <= 40
    assert not responses.duplicated(["person_id", "survey"]).any()
    assert set(responses["person_id"].value_counts()) == {1, 2, 3}


def test_comments_are_frequent_varied_and_name_features(responses, usage):
    comments = responses["comment"].dropna()
    named = comments.str.lower().str.contains("|".join(usage["feature"].str.lower().unique()))
    assert 0.40 < len(comments) / len(responses) < 0.50
    assert comments.nunique() > 0.8 * len(comments)
    assert 0.3 < named.mean() < 0.8
    assert not comments.str.contains(r"[{}]|  |[!.]\.").any()


def test_answers_and_usage_belong_to_people_who_were_there(responses, usage, people):
    assert people["person_id"].is_unique
    assert people["email"].is_unique
    assert people["email"].str.fullmatch(r"[a-z.]+\d*@[a-z-]+\.example").all()
    for table in (responses, usage):
        known = table.merge(people, on="person_id", how="left", validate="many_to_one")
        assert (known["at"] >= known["joined_at"]).all()
        assert not (known["at"].dt.normalize() > known["churned_at"]).any()
    assert (usage["at"].min(), usage["at"].max()) == (pd.Timestamp("2025-08-01"), pd.Timestamp("2026-10-31"))
    assert usage.loc[usage["feature"] == "Facilitation mode", "at"].min() >= sample_data.RELEASE


def test_people_differ_in_how_much_they_use_the_product(latest, before):
    days = before.groupby("answer")["at"].nunique().reindex(range(len(latest)), fill_value=0)
    assert days.min() == 0
    assert days.max() > 50
    assert days.nunique() >= 45
    assert (days == days.max()).mean() < 0.01


def test_heavy_users_score_higher(latest, before):
    fifths = by_fifth_of_activity(latest, before)
    assert fifths.is_monotonic_increasing
    assert fifths.iloc[-1] - fifths.iloc[0] > 60


def test_lifting_features_look_useless_until_compared_fairly(features):
    lifting = features.loc[LIFTING]
    assert (lifting["naive"] < 0).all()
    assert lifting["adjusted"].between(25, 35).all()
    assert lifting["robust"].all()
    assert lifting["reach"].between(0.2, 0.5).all()


def test_harmful_features_look_good_until_compared_fairly(features):
    harmful = features.loc[HARMFUL]
    assert (harmful["naive"] > 10).all()
    assert harmful["adjusted"].between(-35, -25).all()
    assert harmful["robust"].all()
    assert harmful["reach"].between(0.2, 0.5).all()


def test_no_other_feature_is_highlighted_though_nearly_all_look_good(features):
    others = features.drop(LIFTING + HARMFUL)
    assert not others["robust"].any()
    assert (others["naive"].dropna() > 10).all()


def test_users_of_one_feature_leave_less_often_and_of_another_more_often(leaving):
    assert -20 < leaving.at[KEEPING, "adjusted"] < -8
    assert 8 < leaving.at[LOSING, "adjusted"] < 20
    assert leaving.at[LOSING, "naive"] < leaving.at[LOSING, "adjusted"]
    assert leaving.index[leaving["robust"]].tolist() == sorted([KEEPING, LOSING])


def test_nobody_answers_after_leaving_and_about_a_quarter_leave_afterwards(latest, people):
    assert not (latest["churned_at"] <= latest["at"]).any()
    assert 0.15 < latest["churned_at"].notna().mean() < 0.30
    assert people["churned_at"].max() == pd.Timestamp("2026-12-31")


def test_facilitators_are_unhappy_until_the_release(latest, responses, people):
    for answers in (latest, responses.merge(people, on="person_id")):
        before_release, after_release = role_gap(answers)
        assert before_release < -25
        assert -5 < after_release < 15


def test_the_readme_gives_the_measured_figures(features, leaving, latest, before):
    for name, row in [*features.loc[LIFTING + HARMFUL].iterrows(), *leaving.loc[[KEEPING, LOSING]].iterrows()]:
        assert f"| {name} | {row['reach']:.0%} | {row['naive']:+.1f} | {row['adjusted']:+.1f} |" in README
    low, *_, high = by_fifth_of_activity(latest, before)
    assert f"{low:+.1f} in the least active fifth, {high:+.1f} in the most active" in README
    gaps = role_gap(latest)
    assert f"{gaps[0]:+.1f} points before, {gaps[1]:+.1f} after" in README
    assert f"`generate(people=3000, seed={sample_data.SEED})`" in README
