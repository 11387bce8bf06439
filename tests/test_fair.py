"""The fair difference of a feature: from counts what a fit of every person gives, and what is sure of it."""

import builders
import numpy as np
import pandas as pd
import pytest

import nps
from nps.measures import adjusted, clusters, compared, confounding, fair, features, score
from nps.measures.compared import Answers
from nps.measures.features import Counts

Y = [1, 0, 0, -1, 1, 1, 0, 1]
USED = [1, 1, 0, 0, 1, 1, 1, 0]
TIER = [0, 0, 0, 0, 1, 1, 1, 1]
LEVEL = [0, 1, 0, 1, 1, 0, 0, 1]
ACCOUNT = np.array([0, 1, 1, 2, 0, 0, 2, 3])


def by_hand(level: list[int], dummies: np.ndarray) -> tuple[adjusted.Fit, clusters.Design]:
    """The fit of the eight people of methods 3.6, and what their accounts make of it."""
    counts = np.zeros((2, 2, len(dummies), 3))
    np.add.at(counts, (USED, TIER, level, np.array(Y) + 1), 1)
    fit = adjusted.fit(counts, dummies, score.NET)
    a = fit.contrast[USED, TIER, level]
    e = fit.residual[USED, TIER, level, np.array(Y) + 1]
    return fit, clusters.of(ACCOUNT, a, e)


@pytest.mark.parametrize(
    ("level", "dummies", "expected"),
    [
        ([0] * 8, np.empty((1, 0)), (1.75, 0.428571429, 0.429057062, 1.128205128, 0.574789916, 3.697636787)),
        (LEVEL, np.array([[0.0], [1.0]]), (1.625, 0.384615385, 0.353200416, 1.339507905, 0.606451613, 3.240038350)),
    ],
)
def test_the_answer_worked_by_hand(level, dummies, expected):
    """Two tiers, four accounts, without and with a covariate; before the correction n / (n - H - L - 1)."""
    fit, design = by_hand(level, dummies)
    plain = fit.error / np.sqrt(8 / (8 - 2 - dummies.shape[1] - 1))
    found = fit.w, fit.difference, plain, design.deff, design.rho, design.effective
    assert found == pytest.approx(expected, abs=5e-10)


def test_what_is_left_of_confounding_worked_by_hand():
    """Five features: their differences, crude differences and errors; with infinitely many degrees of freedom."""
    figures = np.array(
        [[0.27, 0.05, 0.09, -0.16, 0.06], [0.45, 0.17, 0.25, -0.04, 0.26], [0.03, 0.02, 0.03, 0.03, 0.04]]
    )
    kappa = confounding.kappa(*figures)
    assert kappa == pytest.approx(0.416666667, abs=5e-10)
    corrected = confounding.corrected(*figures[:2], kappa)
    assert corrected == pytest.approx([0.195, 0, 0.023333, -0.21, -0.023333], abs=5e-7)
    p = confounding.cautious_p(*figures, np.full(5, np.inf), kappa)
    assert p == pytest.approx([3.63501573e-09, 1, 0.806886624, 8.08380230e-07, 1], rel=5e-9)
    assert score.benjamini_hochberg(p) == pytest.approx([1.81750786e-08, 1, 1, 2.02095058e-06, 1], rel=5e-9)


def test_under_five_features_nothing_is_known_of_what_is_left():
    assert confounding.kappa(np.full(4, 0.2), np.full(4, 0.4), np.full(4, 0.1)) == 0
    assert confounding.kappa(np.full(5, 0.2), np.full(5, 0.4), np.full(5, 0.1)) == pytest.approx(1)
    assert confounding.kappa(np.append(np.full(4, 0.2), np.nan), np.full(5, 0.4), np.full(5, 0.1)) == 0
    assert confounding.kappa(np.full(5, 0.2), np.full(5, 0.2), np.full(5, 0.1)) == 0
    assert confounding.kappa(np.full(5, -0.2), np.full(5, 0.4), np.full(5, 0.1)) == 0


def test_practically_nothing_is_surely_less_than_ten_points_with_what_may_be_left():
    """90% intervals: 2 ± 4.9 inside ten points, 6 ± 4.9 not; nor 2 of 40 points that were taken away."""
    difference, crude = np.array([0.02, 0.06, 0.02, np.nan]), np.array([0.02, 0.06, 0.42, np.nan])
    near = confounding.near_zero(difference, crude, np.full(4, 0.03), np.full(4, np.inf), 0.1)
    assert near.tolist() == [True, False, False, False]


def product(people: int, seed: int, repeats: bool = False) -> nps.Panel:
    """People of accounts and roles that score differently; the active use more; one feature matters."""
    rng = np.random.default_rng(seed)
    account = rng.integers(0, people // 4, people)
    active = rng.normal(size=people) + 0.5 * rng.normal(size=people)[account]
    used = rng.random((people, 6)) < 1 / (1 + np.exp(-(np.linspace(-1, 1, 6) + active[:, None])))
    uses = used * (1 + rng.poisson(np.exp(0.5 + 0.4 * active))[:, None])
    role = rng.choice(["Admin", "Editor", "Owner"], people, p=[0.5, 0.45, 0.05])
    liking = 0.5 * active + 0.8 * used[:, 0] + 0.5 * (role == "Admin") + 0.6 * rng.normal(size=people)[account]
    felt = liking + rng.normal(size=people)
    scores = np.select([felt > 0.8, felt > 0], [9, 7], 3)
    return builders.panel_of(
        scores.tolist(),
        [{f"f{f}": int(n) for f, n in enumerate(row) if n} for row in uses],
        persons=[f"p{i // 2 if repeats else i}" for i in range(people)],
        account_id=[f"a{a}" for a in account],
        role=role.tolist(),
        plan=rng.choice(["Free", "Pro"], people).tolist(),
        responded_at=pd.date_range("2024-01-01", periods=people, freq="20h"),
    )


def by_people(answers: Answers, code: int) -> tuple[float, float, clusters.Design]:
    """Least squares of one row per answer with dummies of tiers: difference, HC error, what clusters make of it."""
    users, loo, _ = answers.users(code)
    x, tier = np.zeros(len(answers.positions)), answers.tier.copy()
    x[users], tier[users] = 1, loo
    tiers = (tier[:, None] == np.unique(tier)).astype(float)
    others, y = np.hstack([tiers, answers.levels.dummies[answers.levels.code]]), answers.values[answers.y]
    a = x - others @ np.linalg.lstsq(others, x)[0]
    slopes = np.linalg.lstsq(np.column_stack([x, others]), y)[0]
    e = y - np.column_stack([x, others]) @ slopes
    left = len(x) - tiers.shape[1] - answers.levels.dummies.shape[1] - 1
    return slopes[0], np.sqrt((a * a * e * e).sum() * len(x) / left) / (a @ a), clusters.of(answers.cluster, a, e)


@pytest.mark.parametrize(("seed", "asked"), [(0, {}), (1, {"repeats": "all"}), (2, {"where": {"role": ["Admin"]}})])
def test_counts_of_cells_give_what_a_fit_of_every_person_gives(seed, asked):
    panel = product(400, seed, repeats=seed == 1)
    cube = panel.select(nps.Selection(**asked)).cube
    found, answers = fair.of_cube(cube), compared.of_scores(cube)
    assert {"quarter", "plan"} <= set(found.covariates)
    for code in range(6):
        difference, error, design = by_people(answers, code)
        se = max(error, features.of_scores(Counts.of(cube)).se[code])
        assert found.difference[code] == pytest.approx(difference, abs=1e-12)
        assert found.se[code] == pytest.approx(se * np.sqrt(design.deff), abs=1e-12)
        assert found.df[code] == pytest.approx(max(design.effective - 1, 1), rel=1e-9)


def test_without_covariates_it_is_the_difference_within_tiers():
    rng = np.random.default_rng(3)
    uses = [{f: int(n) for f, n in zip(builders.FEATURES, row, strict=True) if n} for row in rng.poisson(1, (300, 4))]
    panel = builders.panel_of(rng.choice([3, 7, 9], 300).tolist(), uses, responded_at=["2025-01-01"] * 300)
    panel.answers["responded_at"] = pd.Timestamp("2025-01-01")
    frame = panel.select().by_feature()
    assert panel.select().fair().covariates == ()
    assert frame["adjusted"].notna().all()
    assert frame["adjusted"].to_numpy() == pytest.approx(frame["by_activity"].to_numpy(), abs=1e-10)
