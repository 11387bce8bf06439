"""Clusters behind features and shares: who is drawn where there are very many, and what accounts do to a share."""

import builders
import numpy as np
import pandas as pd
import pytest

import nps
from nps.measures import clusters, compared, drawn, fair, shares
from nps.measures.clusters import Design
from nps.measures.shares import Sides
from nps.selection import Region


def test_answers_of_strangers_are_in_no_groups():
    assert drawn.groups(np.arange(5)) is None
    assert drawn.groups(np.empty(0, np.int64)) is None


def test_groups_hold_every_answer_by_cluster():
    groups = drawn.groups(np.array([1, 0, 1, 2, 0, 1]))
    assert groups.answer.tolist() == [1, 4, 0, 2, 5, 3]
    assert groups.begin.tolist() == [0, 2, 5]
    assert groups.size.tolist() == [2, 3, 1]
    assert groups.each.tolist() == [1, 1, 1]


def test_of_very_many_answers_large_clusters_are_kept_and_others_drawn_for_all(monkeypatch):
    monkeypatch.setattr(drawn, "MOST", 1000)
    monkeypatch.setattr(drawn, "DRAWN", 300)
    size = np.array([40, *[2] * 600])
    each = drawn.stands_for(size)
    assert each[0] == 1
    assert (each[1:] > 0).sum() == 150
    assert each[1:].sum() == pytest.approx(600)
    assert drawn.stands_for(size).tolist() == each.tolist()
    assert drawn.stands_for(size[:400]).tolist() == [1] * 400


def product(people: int, seed: int) -> nps.Panel:
    """People of accounts that use and think alike."""
    rng = np.random.default_rng(seed)
    account = rng.integers(0, people // 8, people)
    used = rng.normal(size=(people // 8, 4))[account] + rng.normal(size=(people, 4)) > 0
    felt = rng.normal(size=people // 8)[account] + rng.normal(size=people)
    scores = np.select([felt > 0.5, felt > -0.5], [9, 7], 3).tolist()
    often = 1 + rng.poisson(2, used.shape)
    uses = [{f"f{f}": int(often[i, f]) for f in range(4) if used[i, f]} for i in range(people)]
    plan = np.where(account % 3 == 0, "Pro", "Free").tolist()
    return builders.panel_of(scores, uses, account_id=[f"a{a}" for a in account], plan=plan)


def test_what_those_drawn_tell_is_about_what_all_tell(monkeypatch):
    whole = fair.of_cube(product(4000, 0).select().cube)
    monkeypatch.setattr(drawn, "MOST", 1000)
    monkeypatch.setattr(drawn, "DRAWN", 2000)
    some = fair.of_cube(product(4000, 0).select().cube)
    assert some.difference == pytest.approx(whole.difference, abs=1e-12)
    assert some.spread == pytest.approx(whole.spread, rel=0.15)
    assert some.df == pytest.approx(whole.df, rel=0.35)
    assert (some.spread != whole.spread).all()


def by_people(cluster: np.ndarray, inside: np.ndarray, has: np.ndarray, stratum: np.ndarray) -> Design:
    """By least squares with a dummy for each stratum."""
    dummies = (stratum[:, None] == np.unique(stratum)).astype(float)
    a = inside - dummies @ np.linalg.lstsq(dummies, inside)[0]
    design = np.column_stack([inside, dummies])
    return clusters.of(np.unique(cluster, return_inverse=True)[1], a, has - design @ np.linalg.lstsq(design, has)[0])


def test_what_accounts_do_to_use_in_a_region_is_that_of_every_person():
    panel, region = product(600, 1), Region((40, 100), (0, 6))
    cube = panel.select().cube
    answers, band = compared.of_scores(cube), cube.cell // 11
    inside = region.cells()[cube.cell].astype(float)
    same = Region(region.activity).cells()[cube.cell]
    sides = Sides(cube, region, same_bands=True)
    for code in range(4):
        users, loo, _ = answers.users(code)
        used, tier = np.zeros(600), answers.tier.copy()
        used[users], tier[users] = 1, loo
        expected = by_people(answers.cluster[same], inside[same], used[same], (100 * band + tier)[same])
        assert np.array(sides.of_feature(code)) == pytest.approx(np.array(expected))
    pro = (panel.answers["plan"] == "Pro").to_numpy(float)
    expected = by_people(answers.cluster, inside, pro, np.zeros(600))
    assert np.array(Sides(cube, region, same_bands=False).of_value("plan", 1)) == pytest.approx(np.array(expected))
    assert expected.deff > 2


def test_clusters_are_asked_only_where_a_test_would_be_sure_without_them():
    asked = []

    def alike(code: int) -> Design:
        asked.append(code)
        return Design(*np.array([4.0, 0.5, 6.0, 5.0]))

    p = shares.p(np.array([1.0, 4.0, np.nan]), 0.05, alike)
    assert asked == [1]
    assert p == pytest.approx([0.317310508, 0.101939479, np.nan], abs=5e-9, nan_ok=True)


def test_use_that_a_role_tells_is_not_compared():
    """All admins but one use the console, and one of the others."""
    rng = np.random.default_rng(2)
    roles = ["Admin"] * 100 + ["Editor"] * 300
    uses = [({"Console": 1} if i in range(1, 101) else {}) | {"Boards": int(rng.integers(1, 9))} for i in range(400)]
    found = builders.panel_of(rng.choice([3, 9], 400).tolist(), uses, role=roles).select().by_feature()
    console = found.set_index("feature").loc["Console"]
    assert not console["comparable"]
    assert np.isnan(console["adjusted"])
    assert np.isfinite(console["by_activity"])


def test_twenty_answers_of_ten_people_are_too_few_to_compare():
    rng = np.random.default_rng(4)
    persons = [f"p{i // 3}" for i in range(300)]
    uses = [({"Pen": 1} if i < 30 else {}) | ({"Boards": 1} if i % 2 else {}) for i in range(300)]
    panel = builders.panel_of(rng.choice([3, 9], 300).tolist(), uses, persons=persons)
    found = panel.select(nps.Selection(repeats="all")).by_feature().set_index("feature")
    assert found["users"].to_dict() == {"Boards": 150, "Pen": 30}
    assert found["comparable"].to_dict() == {"Boards": True, "Pen": False}


def test_neither_the_order_of_rows_nor_the_names_of_accounts_matter():
    rng = np.random.default_rng(5)
    people = np.arange(300)
    answers = pd.DataFrame(
        {
            "person_id": [f"p{i}" for i in people],
            "score": rng.choice([3, 7, 9], 300),
            "responded_at": pd.Timestamp("2025-01-01") + pd.to_timedelta(people, unit="D"),
            "account_id": [f"a{i % 40}" for i in people],
            "role": rng.choice(["Admin", "Editor"], 300),
        }
    )
    usage = pd.DataFrame(
        [
            (f"p{i}", f, answers["responded_at"][i] - pd.Timedelta(days=1))
            for i in people
            for f in "abc"
            if rng.random() < 0.5
        ],
        columns=["person_id", "feature", "at"],
    )
    renamed = answers.sample(frac=1, random_state=0).assign(account_id=lambda rows: "z" + rows["account_id"].str[::-1])
    one, other = (
        nps.load(given, usage.sample(frac=1, random_state=seed)).select().by_feature()
        for seed, given in enumerate((answers, renamed))
    )
    pd.testing.assert_frame_equal(one, other, rtol=1e-9)
