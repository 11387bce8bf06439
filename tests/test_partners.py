"""Features that the same people use: whose difference it is, or that nobody can tell."""

import builders
import numpy as np
import pandas as pd
import pytest

import nps
from nps.measures import compared, partners
from nps.measures.compared import Answers


def panel(together: float, seed: int = 0, people: int = 1500) -> nps.Panel:
    """Boards makes people happier. Copy is used by this share of people exactly when Boards is, else by chance."""
    rng = np.random.default_rng(seed)
    boards = rng.random(people) < 0.4
    copy = np.where(rng.random(people) < together, boards, rng.random(people) < 0.4)
    used = {"Boards": boards, "Copy": copy} | {name: rng.random(people) < 0.5 for name in ("Pen", "Search", "Timer")}
    felt = 0.9 * boards + rng.normal(size=people)
    uses = [{name: 1 + int(rng.poisson(2)) for name, by in used.items() if by[i]} for i in range(people)]
    return builders.panel_of(np.select([felt > 0.6, felt > -0.2], [9, 7], 3).tolist(), uses)


def table(panel: nps.Panel) -> pd.DataFrame:
    return panel.select().by_feature().set_index("feature")


def test_what_is_mostly_used_together_with_a_useful_feature_is_explained_by_it():
    found = table(panel(0.7))
    assert found.loc["Copy", "q"] < 0.10
    assert found.loc["Copy", "explained_by"] == "Boards"
    assert not found.loc["Copy", ["inseparable", "robust"]].any()
    assert found.loc["Boards", "robust"]
    assert found.loc["Boards", "explained_by"] is None


def test_two_features_that_the_same_people_use_cannot_be_told_apart():
    found = table(panel(1.0))
    assert found["explained_by"].dropna().to_dict() == {"Boards": "Copy", "Copy": "Boards"}
    assert found.loc[["Boards", "Copy"], "inseparable"].all()
    assert not found["robust"].any()


def test_features_of_different_people_explain_nothing():
    assert table(panel(0.0))["explained_by"].isna().all()


def by_people(answers: Answers, code: int, partner: int) -> tuple[float, float, float]:
    """Least squares of every answer, one dummy for each tier of the activity without both, accounts as clusters."""
    uses = np.zeros((2, len(answers.positions)))
    for row, feature in zip(uses, (code, partner), strict=True):
        users, _, pair = answers.users(feature)
        row[users] = answers.panel.pairs.uses[pair]
    rest = (answers.panel.tiers.volume[answers.positions] - np.log1p(uses).sum(0)).round(9)
    tier = np.searchsorted(answers.panel.tiers.cuts, rest)
    design = np.column_stack([*(uses > 0), *(tier == h for h in np.unique(tier))]).astype(float)
    slopes = np.linalg.lstsq(design, answers.values[answers.y])[0]
    e = answers.values[answers.y] - design @ slopes
    bread = np.linalg.pinv(design.T @ design)
    names = np.unique(answers.cluster)
    meat = sum(np.outer(s, s) for s in (design[answers.cluster == g].T @ e[answers.cluster == g] for g in names))
    errors = np.sqrt(np.diag(bread @ meat @ bread) * len(names) / (len(names) - 1))
    return slopes[0], slopes[0] / errors[0], slopes[1] / errors[1]


@pytest.mark.parametrize("accounts", [None, [f"a{i % 60}" for i in range(300)]], ids=["persons", "accounts"])
def test_two_features_at_once_are_the_fit_of_every_person(accounts):
    built = panel(0.5, seed=3, people=300)
    built.answers["account_id"] = accounts
    answers = compared.of_scores(built.select().cube)
    assert partners.beside(answers, 0, 1) == pytest.approx(by_people(answers, 0, 1), rel=1e-9)


def test_every_pair_that_goes_together_is_looked_at():
    """By the correlation of use less its mean in the tier, for more features than are marked at once."""
    rng = np.random.default_rng(1)
    base = rng.random((400, 3)) < 0.4
    used = np.hstack([np.where(rng.random((400, 4)) < 0.6, base[:, [f]], rng.random((400, 4)) < 0.4) for f in range(3)])
    uses = [{f"f{f:02}": 1 + f % 3 for f in range(12) if row[f]} for row in used]
    answers = compared.of_scores(builders.panel_of([9, 3] * 200, uses).select().cube)
    within = (
        used - np.array([used[answers.tier == tier].mean(0) for tier in range(answers.tier.max() + 1)])[answers.tier]
    )
    expected = {(f, g) for f, g in zip(*np.nonzero(np.abs(np.corrcoef(within.T)) >= 0.3), strict=True) if f != g}
    assert set(partners._close(answers, np.arange(12), np.arange(12))) == expected
    assert {f // 4 for f, _ in expected} == {0, 1, 2}
    assert max(f for f, _ in expected) >= 8
