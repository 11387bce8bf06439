"""Find: what was planted is found, shuffled scores find nothing, and every finding can be looked up."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import builders
import numpy as np
import pandas as pd
import pytest

import nps
from nps.measures import findable, findings, hotspots, score
from nps.measures.features import Sums
from nps.notes import note
from nps.selection import PRESETS, preset_region
from nps.tables import group_of
from nps.wording import headlines

SAMPLE = Path(__file__).parents[1] / "sample_data"
EVERYBODY = nps.Selection()
RELEASE = date(2026, 6, 9)


@pytest.fixture(scope="module")
def panel() -> nps.Panel:
    return nps.load(*(SAMPLE / f"{name}.csv" for name in ("responses", "usage", "people")))


@pytest.fixture(scope="module")
def found(panel) -> pd.DataFrame:
    return find(panel)


def find(panel: nps.Panel, selection: nps.Selection = EVERYBODY, **markers: date) -> pd.DataFrame:
    return findings.find(panel.cube(selection), selection, markers)


def told_of(found: pd.DataFrame) -> list[str]:
    return [headlines.of_finding(row) for row in found.itertuples()]


def shuffled(panel: nps.Panel, seed: int) -> nps.Panel:
    """The same people and the same scores, but not the same people's."""
    scores = pd.Series(np.random.default_rng(seed).permutation(panel.answers["score"]))
    return replace(panel, answers=panel.answers.assign(score=scores, group=group_of(scores)))


def values(found: pd.DataFrame, kind: str, **only: str) -> set[str]:
    rows = found[found["kind"] == kind]
    for column, value in only.items():
        rows = rows[rows[column] == value]
    return set(rows["value"])


def test_the_planted_truths_are_found(found):
    features = found[found["kind"] == "feature"].set_index("value")["difference"]
    assert set(features.index[features > 0]) == {"Templates", "AI summary"}
    assert set(features.index[features < 0]) == {"Bulk export", "Issue sync"}
    assert "Facilitator" in values(found, "change", what="role")
    assert values(found, "activity") == {"most_active"}
    assert found["p"].is_monotonic_increasing


def test_what_detractors_and_promoters_say_is_found(found):
    """With all other comparisons of the view in one family; speed and reporting are not in it any more."""
    assert values(found, "reason") == {"bugs", "signin", "updates", "support"}
    assert values(found, "mention") == {"Issue sync", "Bulk export", "Templates", "AI summary"}
    told = told_of(found[found["kind"].isin(["reason", "mention"])])
    assert told[:2] == [
        "31 of 127 detractors who wrote something gave the reason “Bugs and reliability”, 14 of 243 promoters.",
        "12 of 127 detractors who wrote something named Issue sync, 0 of 243 promoters.",
    ]


@pytest.mark.parametrize(("writers", "looks"), [(9, 0), (10, 18)])
def test_what_fewer_than_ten_of_either_say_is_not_compared(writers, looks):
    texts = ["It crashes"] * writers + [None] * (20 - writers) + ["Lovely"] * 20
    panel = builders.panel_of([3] * 20 + [9] * 20, [{"Boards": 1, "Timer": 1}] * 40, comment=texts)
    made = [
        look for look in findings.looked_at(panel.cube(EVERYBODY), EVERYBODY, {}) if look.kind in findings.OF_SHARES
    ]
    assert len([look for look in made if look.kind != "hotspot"]) == looks
    bugs = [(look.first, look.second, look.n, look.n_rest) for look in made if look.value == "bugs"]
    assert bugs == [(1.0, 0.0, 10, 20)] * (looks > 0)


def test_a_marker_dates_the_change(panel):
    changes = find(panel, **{"Facilitation mode": RELEASE}).query("kind == 'change'")
    assert told_of(changes) == [
        "The score of role Facilitator rose 49 points since Facilitation mode (35 against −14 before, n = 85 and 130)."
    ]


def test_the_findings_in_words(found):
    told = told_of(found)
    assert "Channel Email: NPS 35 points below everyone else (0 against 36, 497 answers)." in told
    assert "Users of Templates: NPS 30 points higher than others as active (+19 to +41, 365 users)." in told
    assert (
        "The most active quarter scores 85 points above the least active quarter (54 against −31, n = 279 and 250)."
        in told
    )


def test_shuffled_scores_find_nothing(panel):
    assert sum(len(find(shuffled(panel, seed))) > 0 for seed in range(10)) <= 1


@pytest.mark.slow
def test_a_hundred_shuffles_find_nothing_in_at_least_ninety(panel):
    assert sum(len(find(shuffled(panel, seed))) > 0 for seed in range(100, 200)) <= 10


def test_every_comparison_counts_in_the_correction(panel, found):
    """Had only the features been looked at, their q would be smaller."""
    looks = list(findings.looked_at(panel.cube(EVERYBODY), EVERYBODY, {}))
    assert {look.kind for look in looks} == {
        *("segment", "change", "feature", "activity", "hotspot", "reason", "mention")
    }
    q = score.benjamini_hochberg(np.array([look.p for look in looks]))
    assert set(found["q"]) <= set(q[q < 0.05])
    features = np.array([look.p for look in looks if look.kind == "feature"])
    assert np.nanmin(score.benjamini_hochberg(features)) < found.query("kind == 'feature'")["q"].min()


def test_each_finding_opens_with_its_selection(panel, found):
    for row in found.query("kind != 'feature'").itertuples():
        shown = panel.select(row.selection)
        if row.kind in ("reason", "mention"):
            assert (shown.score.detractors, shown.score.promoters) == (row.first * row.n, row.second * row.n_rest)
            continue
        assert shown.score.responses == row.n
        if row.kind != "hotspot":
            assert shown.score.nps == pytest.approx(row.first)


def test_a_score_is_tested_as_everywhere_else(panel):
    look = next(look for look in findings.looked_at(panel.cube(EVERYBODY), EVERYBODY, {}))
    row = panel.select().by_segment(look.what).set_index("value").loc[look.value]
    assert (look.first, look.n, look.p) == (pytest.approx(row["nps"]), row["responses"], pytest.approx(row["p"]))


def test_filters_narrow_what_is_looked_at_and_a_region_does_not(panel, found):
    narrowed = nps.Selection(where={"role": ["Viewer"]}, activity=(90, 100), score=(7, 8))
    looks = list(findings.looked_at(panel.cube(narrowed), narrowed.filters, {}))
    assert all(dict(look.selection.where)["role"] == ("Viewer",) for look in looks if look.what != "role")
    assert find(panel, nps.Selection(score=(9, 10))).equals(found)


def test_a_group_that_changed_like_everyone_else_is_not_a_finding_of_its_own():
    """All fall from 60 to -60: the total says it, and no role does."""
    happy, unhappy = [9] * 8 + [3] * 2, [9] * 2 + [3] * 8
    scores = happy * 20 + unhappy * 20
    panel = builders.panel_of(scores, [{}] * 400, role=["Admin", "Editor"] * 200)
    days = pd.date_range("2025-01-01", periods=400, freq="6h") + pd.to_timedelta(40 * (np.arange(400) > 199), unit="D")
    found = find(replace(panel, answers=panel.answers.assign(responded_at=days)))
    assert found[["kind", "what", "context"]].values.tolist() == [["change", "everyone", note("finding.lately", n=90)]]
    assert told_of(found) == ["The score fell 120 points in the last 90 days (−60 against 60 before, n = 200 and 200)."]


def test_where_nothing_holds_it_is_said_what_would_have_been_found(panel):
    found = find(shuffled(panel, 0))
    smallest = found.attrs["findable"]
    assert (found.empty, smallest.answers, smallest.share) == (True, 1155, 0.30)
    assert headlines.nothing_holds(smallest) == (
        "Nothing holds in this view. With 1,155 answers a group of 30% would usually be found from about "
        f"{smallest.points:.0f} points."
    )
    alone = find(builders.panel_of([9, 3] * 60, [{}] * 120, account_id=["Acme"] * 120)).attrs["findable"]
    assert headlines.nothing_holds(alone) == (
        "Nothing can be tested in this view: its 120 answers are all of one account or person."
    )
    few = find(builders.panel_of([9, 3] * 30, [{}] * 60)).attrs["findable"]
    assert headlines.nothing_holds(few) == "Nothing holds in this view: 60 answers are too few to find anything in."


@pytest.mark.parametrize(
    ("comparisons", "level", "factor"),
    [(360, 0.05, 4.651760), (100, 0.05, 4.322378), (30, 0.10, 3.776821), (8, 0.10, 3.339327)],
)
def test_how_many_standard_errors_are_usually_found(comparisons, level, factor):
    """Methods 3.7."""
    assert findable.factor(comparisons, level) == pytest.approx(factor, abs=5e-7)


@pytest.mark.parametrize(("n", "points"), [(300, 43.1), (2000, 16.7), (6000, 9.6)])
def test_what_a_group_of_30_percent_would_need(n, points):
    """Methods 3.7: 360 comparisons, variance .54: 15% detractors, 10% passives, 75% promoters."""
    detractors = round(n * (0.9 - 0.6) / 2)
    scores = [3] * detractors + [8] * round(0.1 * n) + [9] * (n - detractors - round(0.1 * n))
    found = findable.findable(builders.panel_of(scores, [{}] * n).cube(EVERYBODY), 360, 0.05)
    assert found.points == pytest.approx(points, rel=0.02)


@pytest.mark.parametrize("scores", [[9], [9, 3] * 40])
def test_nothing_is_found_in_little_or_nothing(scores):
    found = find(builders.panel_of(scores, [{"Search": 1.0}] * len(scores)))
    assert found.empty
    assert {"kind", "what", "value", "difference", "n", "p", "q", "selection"} <= set(found)


def test_answers_alone_are_enough_and_need_no_date():
    scores = [3, *[9, 9, 3] * 30]
    panel = nps.load(pd.DataFrame({"person_id": range(91), "score": scores, "team": ["a", *["a", "a", "b"] * 30]}))
    assert told_of(find(panel)) == ["Team b: NPS 197 points below everyone else (−100 against 97, 30 answers)."]


def test_a_hotspot_is_compared_with_people_of_the_same_activity(panel):
    """By the slow and obvious loop over bands, for one value of one segment."""
    cube = panel.cube(EVERYBODY)
    answers = panel.answers.iloc[cube.positions]
    region, _ = preset_region(PRESETS[4], cube.cells.reshape(20, 11).sum(1))
    low, high = (edge // 5 for edge in region.activity)
    inside = answers["score"].between(*region.score)
    weights = gaps = 0.0
    for band in range(low, high):
        mine = answers["band"] == band
        ours, theirs = (answers.loc[mine & side, "role"] == "Viewer" for side in (inside, ~inside))
        if len(ours) and len(theirs):
            weight = len(ours) * len(theirs) / (len(ours) + len(theirs))
            weights, gaps = weights + weight, gaps + weight * (ours.mean() - theirs.mean())
    row = next(
        m
        for m in hotspots.made_of(cube, np.zeros(len(panel.features), bool))
        if (m.hotspot, m.value) == (PRESETS[4].name, "Viewer")
    )
    here = answers[inside & answers["band"].between(low, high - 1)]
    assert row.difference == pytest.approx(gaps / weights)
    assert (row.n, row.share) == (len(here), pytest.approx((here["role"] == "Viewer").mean()))


@pytest.mark.parametrize(
    ("inside", "outside", "p"),
    [((15, 100), (30, 100), 0.010483357), ((0, 40), (6, 100), 0.041777544), ((4, 119), (0, 131), 0.014222275)],
)
def test_one_stratum_is_the_ordinary_likelihood_ratio_test(inside, outside, p):
    """By scipy 1.17.1: stats.chi2_contingency(..., correction=False, lambda_="log-likelihood")."""
    one, zero = (
        Sums(np.array([[float(n)]]), np.array([[float(k)]]), np.array([[float(k)]])) for k, n in (inside, outside)
    )
    assert score.two_sided(hotspots.share_z(one, zero))[0] == pytest.approx(p, abs=5e-10)


def test_what_the_strata_explain_is_no_difference():
    """Users are active and so are the people of the hotspot: 40% against 13% in all, the same in each stratum."""
    one = Sums(np.array([[10.0], [90.0]]), np.array([[1.0], [45.0]]), np.array([[1.0], [45.0]]))
    zero = Sums(np.array([[90.0], [10.0]]), np.array([[9.0], [5.0]]), np.array([[9.0], [5.0]]))
    assert hotspots.share_z(one, zero)[0] == pytest.approx(0, abs=1e-6)


def test_of_two_values_the_smaller_tells_all():
    assert hotspots.telling(np.array([[30], [10]])).tolist() == [1]
    assert hotspots.telling(np.array([[30], [0], [10]])).tolist() == [2]
    assert hotspots.telling(np.array([[30], [20], [10]])).tolist() == [0, 1, 2]


def test_people_below_the_middle_who_scored_low_differ_in_the_four_planted_features_and_no_other(panel):
    """With tiers of activity alone three idle features joined them: people below the middle of the map use less."""
    found = panel.select(nps.Selection(activity=(0, 50), score=(0, 6))).differences()
    more = found[found["is_feature"]].set_index("value")["difference"] > 0
    assert more.to_dict() == {"Templates": False, "AI summary": False, "Bulk export": True, "Issue sync": True}


def test_a_feature_is_named_in_a_hotspot_only_where_it_holds_over_everybody(panel):
    cube = panel.cube(EVERYBODY)
    robust = np.arange(len(panel.features)) == 3
    made = [spot for spot in hotspots.made_of(cube, robust) if spot.what not in cube.segments]
    assert {spot.value for spot in made if spot.named} == {panel.features["feature"][3]}
    assert len(made) == len(PRESETS) * len(panel.features)
