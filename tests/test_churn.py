"""Who left after answering, compared as fairly as scores: users of a feature against others who are as active."""

import builders
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cube import chosen_rows
from test_features import slow_tiers, slowly

import nps
from nps.joined import churned_after
from nps.measures import confounding, features, score, shares, verdicts
from nps.measures.features import Counts

NEVER = pd.NaT


def product(people: int, seed: int) -> tuple[nps.Panel, np.ndarray]:
    """People who answer once, some of them having left, some leaving later; and their uses (people, features)."""
    rng = np.random.default_rng(seed)
    uses = rng.poisson(rng.gamma(1, 1, (people, 1)) * [0.3, 0.7, 1.5, 0.5])
    answered = pd.Series(pd.date_range("2025-01-01", periods=people, freq="6h"))
    days = pd.to_timedelta(np.where(rng.random(people) < 0.2, -3, 40), unit="D")
    left = (answered + days).where(rng.random(people) < rng.uniform(0.05, 0.6))
    used = [{name: n for name, n in zip(builders.FEATURES, row, strict=True) if n} for row in uses.tolist()]
    roles = rng.choice(["Admin", "Editor"], people).tolist()
    scores = rng.integers(0, 11, people).tolist()
    return builders.panel_of(scores, used, role=roles, churned_at=left.tolist()), uses


def counts(people: list[float], users: list[float]) -> Counts:
    """One feature: people and users by tier, none of the users active without it; the score does not matter."""
    everybody, using = (np.array([n, n, n], float) for n in (people, users))
    return Counts(using[..., None], using[..., None], everybody)


def test_who_left_before_answering_could_not_leave_any_more():
    days = ["2025-03-01 12:00", "2025-03-01 11:59", "2025-03-01 12:01", "2025-09-01", NEVER, "2025-09-01", NEVER]
    answered = [pd.Timestamp("2025-03-01 12:00")] * 5 + [pd.NaT] * 2
    table = pd.DataFrame({"responded_at": answered, "churned_at": pd.to_datetime(pd.Series(days), format="mixed")})
    expected = [np.nan, np.nan, 1, 1, 0, np.nan, 0]
    np.testing.assert_array_equal(churned_after(table), expected)


def test_a_person_counts_once_by_the_latest_answer():
    """p0 left between two answers; p1 after both; p2 stayed."""
    panel = builders.panel_of(
        [9, 9, 9, 3, 3],
        [{}] * 5,
        persons=["p0", "p1", "p2", "p0", "p1"],
        churned_at=pd.to_datetime(
            ["2025-01-01 09:00", "2025-02-01 09:00", None, "2025-01-01 09:00", "2025-02-01 09:00"]
        ),
    )
    for repeats in ("latest", "all"):
        found = panel.select(nps.Selection(repeats=repeats)).leavers
        assert (found.people, found.left, found.gone) == (2, 1, 1)


@pytest.mark.parametrize(
    ("left", "people", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_share(left, people, low, high):
    """Newcombe 1998, Statistics in Medicine 17, table I, method 3 (score without continuity correction)."""
    assert shares.wilson(left, people) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 300), st.integers(0, 300))
def test_an_interval_always_holds_its_share(left, stayed):
    low, high = shares.wilson(left, left + stayed)
    assert (0 <= low <= left / (left + stayed) <= high <= 1) if left + stayed else np.isnan([low, high]).all()


@builders.few(20)
@given(st.integers(0, 2**32 - 1), builders.regions(), st.sampled_from([{}, {"role": ["Admin"]}]))
def test_who_left_is_compared_as_the_slow_loop_compares(seed, region, where):
    """In any region, also where it cuts scores, one person after the other."""
    panel, uses = product(400, seed)
    asked = nps.Selection(activity=region[0], score=region[1], where=where)
    rows, inside = chosen_rows(panel, asked)
    could = rows.index[inside & ~(rows["churned_at"] <= rows["responded_at"])]
    left = panel.answers["churned_at"].notna().to_numpy()[could]
    chosen = panel.select(asked)
    found = chosen.by_feature("churn").set_index("feature").loc[list(builders.FEATURES)]
    margins = chosen.fair("churn").t * chosen.fair("churn").spread
    for (_, row), tier, everyone, margin in zip(found.iterrows(), slow_tiers(uses), uses.T > 0, margins, strict=True):
        used = everyone[could]
        assert row["users"] == used.sum()
        assert row["left"] == pytest.approx(left[used].mean() if used.any() else np.nan, nan_ok=True)
        if min(used.sum(), (~used).sum()) < 20 or not left.any() or left.all():
            assert np.isnan(row["by_activity"])
            continue
        difference, se, z, crude, overlap = slowly(left.astype(float), used, tier[could])
        if np.isnan(difference):
            assert np.isnan(row["by_activity"])
            continue
        se = max(se, abs(difference / z)) if z else se
        assert row[["by_activity", "naive"]].tolist() == pytest.approx([100 * difference, 100 * crude], abs=1e-6)
        if row["comparable"] and not asked.region.everything:
            expected = [difference, difference - margin * se, difference + margin * se]
            assert row[["adjusted", "low", "high"]].tolist() == pytest.approx(100 * np.array(expected), abs=1e-6)
        assert row["overlap"] == pytest.approx(overlap)


def test_nobody_of_a_few_leaving_is_no_certainty():
    """Of 20 users nobody left, of 400 others 20: the users' own spread is nothing, the difference mere chance."""
    at_risk, lost = counts([420], [20]), counts([20], [0])
    found = features.of_churn(at_risk, lost)
    assert found.difference == pytest.approx([-0.05])
    assert found.se[0] > 0.04
    assert score.two_sided(found.z)[0] > 0.2


def test_leaving_less_often_is_better():
    frame = pd.DataFrame({"reach": [0.5, 0.2, 0.5, 0.2], "adjusted": [-12.0, -12, 12, 12], "robust": True})
    said = verdicts.verdicts(frame, frame["reach"], "churn").tolist()
    assert said == ["keep_strong", "promote", "fix", "rethink_or_sunset"]
    assert verdicts.verdicts(frame.assign(adjusted=-frame["adjusted"]), frame["reach"]).tolist() == said


def test_a_difference_of_nothing_is_no_finding():
    nothing = (np.array([value]) for value in (0.0, 0.3, 0.1, np.inf))
    assert confounding.cautious_p(*nothing, kappa=0.0) == pytest.approx([1.0])


@pytest.mark.parametrize("churned_at", [[NEVER] * 3, ["2024-01-01"] * 3, ["2026-01-01"] * 3], ids=str)
def test_churn_needs_some_who_left_after_answering_and_some_who_stayed(churned_at):
    panel = builders.panel_of([9, 7, 3], [{"a": 1}, {}, {}], churned_at=pd.to_datetime(churned_at))
    assert panel.outcomes == ("score",)
    with pytest.raises(nps.InputError, match="Nobody is known to have left"):
        panel.select().by_feature("churn")


def test_anything_else_is_no_outcome():
    panel, _ = product(50, seed=0)
    assert panel.outcomes == ("score", "churn")
    with pytest.raises(nps.InputError, match="by score or by churn"):
        panel.select().by_feature("revenue")
