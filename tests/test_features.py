"""Features compared fairly: users against non-users who are as active."""

import math
from pathlib import Path
from typing import NamedTuple

import builders
import numpy as np
import pandas as pd
import pytest

import nps
from nps.measures import confounding, features, verdicts
from nps.measures.features import Sums


def sums(y: list[float], stratum: list[int]) -> Sums:
    """One feature: people, sum of y and of its square by stratum."""
    y, strata = np.array(y, float), max(stratum) + 1
    return Sums(
        *(np.bincount(stratum, weight, strata)[:, None].astype(float) for weight in (np.ones_like(y), y, y * y))
    )


def slowly(y, used, stratum) -> tuple[float, float, float, float, float]:
    """Methods 3.2, one stratum after the other: difference, standard error, z, crude difference, overlap."""
    weighted, spread, null, total, compared = 0.0, 0.0, 0.0, 0.0, 0
    for h in np.unique(stratum):
        one, zero = y[(stratum == h) & used], y[(stratum == h) & ~used]
        if len(one) and len(zero):
            n = len(one) + len(zero)
            weight = len(one) * len(zero) / n
            inside = [((side - side.mean()) ** 2).sum() for side in (one, zero)]
            pooled = sum(inside) / max(n - 2, 1)
            v1, v0 = (
                q / (len(side) - 1) if len(side) > 1 else pooled for q, side in zip(inside, (one, zero), strict=True)
            )
            weighted += weight * (one.mean() - zero.mean())
            spread += weight**2 * (v1 / len(one) + v0 / len(zero))
            null += weight * y[stratum == h].var(ddof=1)
            total += weight
            compared += n
    crude = y[used].mean() - y[~used].mean()
    if not total:  # nobody is like anybody of the other side
        return math.nan, math.nan, math.nan, crude, 0.0
    return weighted / total, math.sqrt(spread) / total, weighted / math.sqrt(null), crude, compared / len(y)


def slow_tiers(uses: np.ndarray) -> np.ndarray:
    """For each feature, everybody's stratum of activity without that feature; uses (people, features)."""
    volume = np.log1p(uses)
    whole = np.round(volume.sum(axis=1), 9)
    strata = int(np.clip(len(uses) // 25, 5, 20))
    cuts = np.unique(np.quantile(whole, np.arange(1, strata) / strata))
    return np.array([np.searchsorted(cuts, np.round(whole - volume[:, f], 9)) for f in range(uses.shape[1])])


class Product(NamedTuple):
    """by_feature() indexed by name; y (-1, 0, 1) and uses (people, features); what each feature truly adds, points."""

    found: pd.DataFrame
    y: np.ndarray
    uses: np.ndarray
    truth: pd.Series


def product(people: int, effects: list[float], seed: int) -> Product:
    """People of whom the active use everything more and score higher whatever they use; features add `effects`."""
    rng = np.random.default_rng(seed)
    active = rng.normal(size=people)[:, None]
    common = np.linspace(-1.5, 1.0, len(effects))
    used = rng.random((people, len(effects))) < 1 / (1 + np.exp(-(common + 1.2 * active)))
    uses = used + rng.poisson(3 * np.exp(0.7 * active), used.shape) * used
    luck = rng.uniform(-1, 1, people)

    def answer(used):
        return np.clip(np.round(0.1 + 0.35 * active[:, 0] + used @ np.array(effects) + luck), -1, 1)

    names = [f"f{number:02}" for number in range(len(effects))]
    one_less, one_more = (
        [answer(np.where(np.arange(len(effects)) == f, use, used)).mean() for f in range(len(effects))]
        for use in (0, 1)
    )
    y = answer(used)
    uses_of = [{name: n for name, n in zip(names, row, strict=True) if n} for row in uses.tolist()]
    panel = builders.panel_of(np.select([y > 0, y == 0], [9, 7], 3).tolist(), uses_of)
    truth = 100 * pd.Series(np.subtract(one_more, one_less), index=names)
    return Product(panel.select().by_feature().set_index("feature"), y, uses, truth)


def test_the_answer_worked_by_hand(monkeypatch):
    """Methods 3.6: eight people, fewer than are usually compared; two strata, weights 1, .75, differences 1, -1/3."""
    monkeypatch.setattr(features, "MIN_SIDE", 1)
    found = features.stratified(sums([1, 0, 1, 1, 0], [0, 0, 1, 1, 1]), sums([0, -1, 1], [0, 0, 1]))
    assert np.concatenate(found) == pytest.approx([0.428571, 0.494872, 0.811503, 0.6, 1.0], abs=5e-7)


@pytest.mark.parametrize("seed", range(3))
def test_counts_of_cells_give_what_the_slow_loop_gives(seed):
    found, y, uses, _ = product(400, [0.2, 0, -0.2, 0, 0, 0.1], seed)
    compared = 0
    for f, stratum in enumerate(slow_tiers(uses)):
        row, used = found.iloc[f], uses[:, f] > 0
        if min(used.sum(), (~used).sum()) < 20:
            assert row[["by_activity", "adjusted"]].isna().all()
            continue
        difference, _, _, crude, overlap = slowly(y, used, stratum)
        compared += 1
        assert row[["by_activity", "naive", "overlap"]].tolist() == pytest.approx(
            [100 * difference, 100 * crude, overlap], abs=1e-9
        )
        assert (row["users"], row["reach"]) == (used.sum(), used.mean())
    assert compared >= 4


def test_the_fair_comparison_recovers_planted_effects_and_the_naive_one_does_not():
    hurts, lifts, nothing = ["f00", "f02"], ["f01", "f03"], [f"f{number:02}" for number in range(4, 40)]
    found, _, _, truth = product(3000, [-0.35, 0.35, -0.35, 0.35] + [0] * 36, seed=7)
    assert truth[hurts + lifts].abs().between(29, 33).all()
    assert (found["adjusted"] - truth)[hurts + lifts].abs().max() < 6
    assert found.loc[hurts + lifts, "robust"].all()
    assert found.loc[hurts, "naive"].min() > 0
    assert found.loc[lifts, "naive"].min() > 50
    assert found.loc[nothing, "naive"].min() > 20
    assert found.loc[nothing, "adjusted"].abs().mean() < 4
    assert found.loc[nothing, "robust"].sum() <= 1


def test_fewer_than_twenty_on_a_side_are_not_compared():
    """With the users' answers the other way round, so that there is something to find."""
    y = np.array([1, -1] * 60, float)
    for users, comparable in ((19, False), (20, True), (100, True), (101, False)):
        used = np.arange(120) < users
        found = features.stratified(sums(y[used], [0] * users), sums(y[~used], [0] * (120 - users)))
        assert np.isfinite(found.difference[0]) == comparable, users


def test_a_feature_that_everybody_or_nobody_uses_is_not_compared():
    panel = builders.panel_of([9, 3, 7, 7] * 25, [{"all": 1}, {"all": 1, "half": 1}] * 50)
    found = panel.select().by_feature()
    assert found["comparable"].tolist() == [False, True]
    assert found["adjusted"].notna().tolist() == [False, True]
    assert found["naive"].notna().tolist() == [False, True]
    assert found["reach"].tolist() == [1.0, 0.5]
    assert found["reach_rest"].isna().all()


def test_everybody_answering_alike_compares_nothing():
    y = [1] * 30
    assert np.isnan(features.stratified(sums(y, [0] * 30), sums(y, [0] * 30))).all()


def test_strata_with_one_side_empty_drop_out_and_show_in_the_overlap():
    one = sums([1, -1] * 20 + [1] * 20, [0] * 40 + [1] * 20)
    zero = sums([-1, 1, -1, -1] * 10, [0] * 40)
    zero = Sums(*(np.append(values, [[0]], axis=0) for values in zero))
    found = features.stratified(one, zero)
    assert found.difference == pytest.approx([0.5])
    assert found.overlap == pytest.approx([0.8])


def test_the_badge_asks_whether_a_tenth_of_the_correction_could_explain_it():
    """Three errors from nothing; the second would be one and a half if a tenth of 150 points were still in it."""
    difference, crude = np.array([0.30, 0.30, np.nan]), np.array([0.30, 1.80, np.nan])
    p = confounding.cautious_p(difference, crude, np.full(3, 0.10), np.full(3, np.inf), 0.0)
    assert p == pytest.approx([0.0026998, 0.1336144, np.nan], abs=5e-8, nan_ok=True)


@pytest.mark.parametrize(
    ("reach", "adjusted", "robust", "active_reach", "verdict"),
    [
        (0.50, 12.0, True, 0.5, "keep_strong"),
        (0.30, 12.0, True, 0.3, "keep_strong"),
        (0.20, 12.0, True, 0.2, "promote"),
        (0.50, -12.0, True, 0.5, "fix"),
        (0.20, -12.0, True, 0.2, "rethink_or_sunset"),
        (0.50, 12.0, False, 0.5, "no_clear_difference"),
        (0.50, np.nan, False, 0.5, "no_clear_difference"),
        (0.02, 12.0, True, 0.019, "hardly_used"),
        (0.02, np.nan, False, 0.02, "no_clear_difference"),
    ],
)
def test_verdicts(reach, adjusted, robust, active_reach, verdict):
    """Beside comparable features with a reach of .2, .3 and .4, and one that cannot be compared."""
    frame = pd.DataFrame(
        {
            "reach": [reach, 0.2, 0.3, 0.4, 0.9],
            "adjusted": [adjusted, 0.0, 0.0, 0.0, np.nan],
            "robust": [robust, False, False, False, False],
        }
    )
    assert verdicts.verdicts(frame, np.array([active_reach, 1, 1, 1, 1]))[0] == verdict


def test_a_region_that_cuts_scores_compares_use_but_no_scores():
    panel = builders.panel_of([9, 7, 3] * 40, [{"a": 1, "c": 1}, {"b": 1}, {"c": 2}] * 40)
    assert panel.select().by_feature()["naive"].notna().tolist() == [True, False, True]
    cut = panel.select(nps.Selection(score=(9, 10))).by_feature().set_index("feature")
    assert cut[["naive", "by_activity", "adjusted", "low", "high", "q", "verdict"]].isna().all(axis=None)
    assert not cut[["robust", "near_zero", "comparable"]].any(axis=None)
    assert cut["reach"].tolist() == [1.0, 0.0, 1.0]
    assert cut["reach_rest"].tolist() == [0.0, 0.5, 0.5]


def test_the_difference_in_reach_is_among_people_who_are_as_active():
    """Export goes with being active and with nothing else; the selection is the active half."""
    rng = np.random.default_rng(5)
    level = np.repeat([0, 1, 2, 3], 150)
    exports = rng.random(600) < np.array([0.1, 0.3, 0.6, 0.9])[level]
    chosen = rng.random(600) < np.array([0.1, 0.3, 0.6, 0.9])[level]
    boards = rng.poisson(20 * 2**level)
    uses = [{"Boards": 1 + n} | ({"Export": 1} if ex else {}) for n, ex in zip(boards.tolist(), exports, strict=True)]
    panel = builders.panel_of(np.where(chosen, 9, 7).tolist(), uses)
    row = panel.select(nps.Selection(score=(9, 10))).by_feature().set_index("feature").loc["Export"]
    assert row["reach"] - row["reach_rest"] > 0.15
    assert abs(row["reach_difference"]) < 0.08
    assert row["reach_overlap"] == pytest.approx(1, abs=0.1)


def test_files_read_joined_and_compared_give_what_was_measured_apart_from_this_code():
    """The figures of the sample's README, which its own tests measure with pandas alone."""
    folder = Path(__file__).parents[1] / "sample_data"
    panel = nps.load(*(folder / f"{name}.csv" for name in ("responses", "usage", "people")))
    found = panel.select().by_feature().set_index("feature")
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for name in ("Templates", "AI summary", "Bulk export", "Issue sync"):
        row = found.loc[name]
        assert f"| {name} | {row['reach']:.0%} | {row['naive']:+.1f} | {row['by_activity']:+.1f} |" in readme
    assert found.index[found["robust"]].tolist() == ["AI summary", "Bulk export", "Issue sync", "Templates"]
    assert found.loc[["AI summary", "Templates"], "verdict"].isin(["keep_strong", "promote"]).all()
    assert found.loc[["Bulk export", "Issue sync"], "verdict"].isin(["fix", "rethink_or_sunset"]).all()
    leaving = panel.select().by_feature("churn").set_index("feature")
    for name in ("Share link", "Board search"):
        row = leaving.loc[name]
        assert f"| {name} | {row['reach']:.0%} | {row['naive']:+.1f} | {row['by_activity']:+.1f} |" in readme
    assert leaving.index[leaving["robust"]].tolist() == ["Board search", "Share link"]
    assert leaving.loc[["Board search", "Share link"], "verdict"].tolist() == ["fix", "keep_strong"]
    assert panel.rejected.empty
