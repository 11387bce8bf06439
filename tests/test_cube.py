"""Any region is a sum over cells: the cube, the released figures and the live bars against slow, obvious counting."""

import re

import builders
import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_clusters import slowly as one_by_one
from test_features import slow_tiers, slowly

import nps
from nps.charts import brush, live_bars
from nps.measures import cells, clusters, score, use
from nps.measures.clusters import Design
from nps.measures.features import Counts
from nps.selection import Selection

EVERYBODY = Selection()


def chosen_rows(panel: nps.Panel, asked: Selection) -> tuple[pd.DataFrame, pd.Series]:
    """The answers under the filters, and which of them are in the region: by looking at one row after the other."""
    rows = panel.answers
    if asked.period:
        rows = rows[[asked.period[0] <= when.date() <= asked.period[1] for when in rows["responded_at"]]]
    if asked.survey:
        rows = rows[rows["survey"].isin([*asked.survey])]
    if asked.repeats == "latest":
        rows = rows.groupby("person_id", sort=False).tail(1)
    for segment, values in asked.where:
        rows = rows[rows[segment].isin(values)]
    inside = [
        asked.activity[0] <= 5 * band and 5 * band + 5 <= asked.activity[1] and asked.score[0] <= s <= asked.score[1]
        for band, s in zip(rows["band"], rows["score"], strict=True)
    ]
    return rows, pd.Series(inside, index=rows.index, dtype=bool)


def groups(scores: pd.Series) -> np.ndarray:
    """Detractors, passives, promoters."""
    return np.array([(scores <= 6).sum(), scores.between(7, 8).sum(), (scores >= 9).sum()])


def of_score(rows: pd.DataFrame) -> Design:
    """What persons do to the score of these answers, one after the other, as docs/methods.md has it."""
    y = pd.cut(rows["score"], [-1, 6, 8, 10], labels=False).to_numpy() - 1
    return one_by_one(rows["person_id"].tolist(), [1 / len(rows)] * len(rows), (y - y.mean()).tolist())


def of_gap(own: pd.DataFrame, rest: pd.DataFrame) -> Design:
    """What persons do to the difference of two scores."""
    a, e = [], []
    for rows, sign in ((own, 1), (rest, -1)):
        y = pd.cut(rows["score"], [-1, 6, 8, 10], labels=False).to_numpy() - 1
        a += [sign / len(rows)] * len(rows)
        e += (y - y.mean()).tolist()
    return one_by_one([*own["person_id"], *rest["person_id"]], a, e)


def measured(rows: pd.DataFrame, alike: pd.DataFrame) -> list[float]:
    """Score and interval of some answers; `alike`: those that tell how alike the answers of a person are."""
    if rows.empty:
        return [np.nan] * 3
    design = Design(*(np.asarray(part, float) for part in of_score(alike)))
    return [score.net(groups(rows["score"])), *clusters.interval(groups(rows["score"]), design)]


@builders.SOME
@given(builders.panels(), builders.selections())
def test_a_selection_is_the_rows_that_a_filter_would_leave(panel, asked):
    rows, inside = chosen_rows(panel, asked)
    chosen = panel.select(asked)
    assert chosen.people["person_id"].tolist() == rows.loc[inside, "person_id"].tolist()
    assert chosen.people["responded_at"].tolist() == rows.loc[inside, "responded_at"].tolist()
    for found, expected in ((chosen.score, rows[inside]), (chosen.rest, rows[~inside])):
        counts = groups(expected["score"])
        assert (found.detractors, found.passives, found.promoters) == tuple(counts)
        assert found[4:] == pytest.approx(measured(expected, expected), nan_ok=True)
    assert chosen.distribution["responses"].tolist() == [
        (rows.loc[inside, "score"] == value).sum() for value in range(11)
    ]


@builders.SOME
@given(builders.panels(), builders.selections())
def test_segments_are_the_rows_that_a_filter_would_leave(panel, asked):
    """How alike the answers of a person are is told by all answers under the filters, whatever the region."""
    rows, inside = chosen_rows(panel, asked)
    found = panel.select(asked).by_segment("role").set_index("value")
    assert set(found.index) == set(rows["role"])
    for value, row in found.iterrows():
        own, others = rows[inside & (rows["role"] == value)], rows[~inside & (rows["role"] == value)]
        rest = rows[inside & (rows["role"] != value)]
        assert row["responses"] == len(own)
        assert row[["nps", "low", "high"]].tolist() == pytest.approx(
            measured(own, rows[rows["role"] == value]), nan_ok=True
        )
        assert row["share"] == pytest.approx(len(own) / inside.sum() if inside.any() else np.nan, nan_ok=True)
        assert row["share_rest"] == pytest.approx(
            len(others) / (~inside).sum() if (~inside).any() else np.nan, nan_ok=True
        )
        tested = len(own) >= 10 and len(rest) > 0 and asked.score == (0, 10)
        p = np.nan
        if tested:
            design = of_gap(rows[rows["role"] == value], rows[rows["role"] != value])
            design = Design(*(np.asarray(part, float) for part in design))
            p = clusters.difference(groups(own["score"]), groups(rest["score"]), design).p
        assert row["p"] == pytest.approx(p, nan_ok=True)


@builders.SOME
@given(builders.panels(), builders.selections())
def test_users_of_features_are_the_rows_that_a_filter_would_leave(panel, asked):
    rows, inside = chosen_rows(panel, asked)
    found = panel.select(asked).by_feature().set_index("feature")
    for code, name in enumerate(panel.features["feature"]):
        users = rows.index.isin(panel.pairs.answer[panel.pairs.feature == code])
        row, own = found.loc[name], rows[users & inside]
        assert row["users"] == len(own)
        assert row["nps"] == pytest.approx(score.net(groups(own["score"])), nan_ok=True)
        assert row["reach"] == pytest.approx(len(own) / inside.sum() if inside.any() else np.nan, nan_ok=True)
        assert row["reach_rest"] == pytest.approx(
            (users & ~inside).sum() / (~inside).sum() if (~inside).any() else np.nan, nan_ok=True
        )


@builders.SOME
@given(builders.panels(), builders.selections())
def test_the_sums_of_a_region_are_those_of_its_people_one_after_the_other(panel, asked):
    rows, inside = chosen_rows(panel, asked)
    tiers, y = panel.tiers, groups_of(panel.answers["score"])
    loo, full = np.zeros((2, 3, tiers.count, len(panel.features)))
    total = np.zeros((3, tiers.count))
    for place in rows.index[inside]:
        total[:, tiers.full[place]] += [1, y[place], y[place] ** 2]
    for place, feature, tier in zip(panel.pairs.answer, panel.pairs.feature, tiers.loo, strict=True):
        if place in rows.index and inside[place]:
            loo[:, tier, feature] += [1, y[place], y[place] ** 2]
            full[:, tiers.full[place], feature] += [1, y[place], y[place] ** 2]
    chosen = panel.select(asked)
    found = Counts.within(chosen.placed.cube, asked.region)
    for counted, slowly_counted in zip(found, (loo, full, total), strict=True):
        assert counted.tolist() == slowly_counted.tolist()


def test_a_region_is_compared_without_a_table_and_without_a_look_at_anybody(monkeypatch):
    panel, _ = product(700, seed=3)
    other = Selection(activity=(50, 90), score=(7, 8))
    expected = panel.select(other).by_segment("role"), panel.select(other).by_feature()
    panel.select(Selection(activity=(0, 25))).feature_figures()
    monkeypatch.setattr(pd, "DataFrame", None)
    monkeypatch.setattr(type(panel), "answers", property(lambda _: pytest.fail("looked at people")), raising=False)
    found = panel.select(other)
    values, features = found.value_figures, found.feature_figures()
    monkeypatch.undo()
    assert values.share.tolist() == expected[0]["share"].tolist()
    assert features["reach_difference"].tolist() == pytest.approx(expected[1]["reach_difference"], nan_ok=True)


def product(people: int, seed: int) -> tuple[nps.Panel, np.ndarray]:
    """A panel of some size, each person answering once, and its uses (people, features)."""
    rng = np.random.default_rng(seed)
    uses = rng.poisson(rng.gamma(1, 1, (people, 1)) * [0.3, 0.7, 1.5, 0.5])
    scores = np.clip(rng.normal(6 + uses.sum(axis=1), 3).round(), 0, 10).astype(int)
    used = [{name: n for name, n in zip(builders.FEATURES, row, strict=True) if n} for row in uses.tolist()]
    return builders.panel_of(scores.tolist(), used, role=rng.choice(["Admin", "Editor"], people).tolist()), uses


@pytest.mark.parametrize(
    "asked",
    [
        EVERYBODY,
        Selection(activity=(50, 100)),
        Selection(activity=(0, 85), where={"role": ["Admin"]}),
        Selection(activity=(20, 60), period=("2025-01-01", "2025-03-15")),
    ],
    ids=["everybody", "the active half", "less active admins", "a period"],
)
def test_features_are_compared_in_the_same_tiers_whatever_is_selected(asked):
    """The cuts come from the whole panel (methods 3.6), so that a selection only counts again."""
    panel, uses = product(700, seed=1)
    rows, inside = chosen_rows(panel, asked)
    positions = rows.index[inside]
    y = groups_of(panel.answers["score"])[positions]
    chosen, compared = panel.select(asked), 0
    found, margins = chosen.by_feature(), chosen.fair().t * chosen.fair().spread
    assert found["feature"].tolist() == sorted(builders.FEATURES)
    for (_, row), stratum, used, margin in zip(found.iterrows(), slow_tiers(uses), uses.T > 0, margins, strict=True):
        sides = used[positions].sum(), (~used)[positions].sum()
        assert np.isfinite(row["adjusted"]) == (min(sides) >= 20)
        if min(sides) >= 20:
            difference, se, _, crude, overlap = slowly(y, used[positions], stratum[positions])
            bounds = [100 * (difference - margin * se), 100 * (difference + margin * se)]
            assert row[["by_activity", "naive", "overlap"]].tolist() == pytest.approx(
                [100 * difference, 100 * crude, overlap]
            )
            if not asked.region.everything:
                assert row[["adjusted", "low", "high"]].tolist() == pytest.approx([100 * difference, *bounds])
                assert not row["robust"]
            compared += 1
    assert compared >= 2


def groups_of(scores: pd.Series) -> np.ndarray:
    return np.where(scores >= 9, 1.0, np.where(scores >= 7, 0.0, -1.0))


@pytest.mark.parametrize("activity", [(40, 100), (0, 100), (60, 80)])
def test_the_difference_in_reach_is_against_other_scores_of_the_same_band_and_tier(activity):
    panel, uses = product(700, seed=2)
    asked = Selection(activity=activity, score=(7, 8))
    rows, inside = chosen_rows(panel, asked)
    same = rows["band"].between(activity[0] // 5, activity[1] // 5 - 1).to_numpy()
    chosen = panel.select(asked)
    found, measured = chosen.by_feature(), use.compared(chosen.cube, asked.region)
    for f, stratum in enumerate(slow_tiers(uses)):
        stratum = 100 * stratum + rows["band"].to_numpy()
        difference, _, z, _, overlap = slowly((uses[same, f] > 0).astype(float), inside.to_numpy()[same], stratum[same])
        row = found.iloc[f]
        assert row[["reach_difference", "reach_overlap"]].tolist() == pytest.approx([difference, overlap])
        assert measured.z[f] == pytest.approx(z)
    assert found["adjusted"].isna().all()


def test_a_region_that_cuts_no_scores_is_nothing_but_its_activity():
    panel, _ = product(700, seed=2)
    for asked in (EVERYBODY, Selection(activity=(50, 100))):
        assert panel.select(asked).by_feature()["reach_difference"].isna().all()


VEGA = {
    "abs": np.abs,
    "max": np.maximum,
    "min": np.minimum,
    "sqrt": np.sqrt,
    "floor": np.floor,
    "ceil": np.ceil,
    "null": np.nan,
    "inrange": lambda value, ends: (value >= ends[0]) & (value <= ends[1]),
}


def evaluated(expression: str, names: dict):
    """A Vega expression of arithmetic, comparisons and a ternary, over columns of `datum`."""
    test, then, otherwise = expression.partition(" ? ")[0], *(expression.partition(" ? ")[2].partition(" : ")[::2])
    if then:
        return np.where(evaluated(test, names), evaluated(then, names), evaluated(otherwise, names))
    python = re.sub(r"datum\.(\w+)", r"datum['\1']", expression)
    python = re.sub(r"!(?!=)", "~", python).replace("!==", "!=").replace(" && ", " & ").replace(" || ", " | ")
    with np.errstate(divide="ignore", invalid="ignore"):
        return eval(python, VEGA | names)  # noqa: S307 - the chart's own expressions


def bars(rows: pd.DataFrame, asked: Selection) -> pd.DataFrame:
    """What the bars show while the brush covers the region: the chart's own transforms, carried out here."""
    (low, high), (bottom, top) = asked.activity, asked.score
    signals = {"across": [low, high], "up": [bottom - 0.5, top + 0.5], "whole": np.bool_(asked.score == (0, 10))}
    assert {"across", "up", "whole"} <= brush.SIGNALS.keys()
    chart = live_bars.live_bars(rows, "'role'", 200).to_dict()
    frame = rows.copy()
    for step in chart["layer"][0]["transform"]:
        names = signals | {"datum": frame}
        if "calculate" in step and not re.search(r"format\(|aria|said", step["calculate"]):
            frame[step["as"]] = evaluated(step["calculate"], names)
        elif "aggregate" in step:
            frame = (
                frame.groupby(step["groupby"], sort=False)
                .agg(**{part["as"]: (part["field"], part["op"]) for part in step["aggregate"]})
                .reset_index()
            )
        elif "joinaggregate" in step:
            for part in step["joinaggregate"]:
                frame[part["as"]] = frame[part["field"]].agg(part["op"])
        elif "filter" in step:
            frame = frame[evaluated(step["filter"], names)]
    return frame.set_index("name")


def agree(shown: pd.DataFrame, released: pd.DataFrame, n: str, share: str, *, tested: bool) -> None:
    """The bars against the table of the same names, given on release."""
    for name, bar in shown.iterrows():
        row = released.loc[name]
        assert bar["n"] == row[n]
        assert bar["share"] == pytest.approx(100 * (0 if np.isnan(row[share]) else row[share]))
        assert bar["rest"] == pytest.approx(100 * row[f"{share}_rest"], nan_ok=True)
        if tested:
            assert bar["score"] == pytest.approx(row["nps"], nan_ok=True)


CUSTOMERS = builders.panel_of(  # the four of a1 agree, a2 gave all of the guests' answers
    [10, 9, 9, 10, 2, 8, 6, 7, 3, 9],
    [{"Boards": n % 4} for n in range(10)],
    role=["Admin", "Editor", "Admin", "Admin", "Guest", "Admin", "Editor", "Guest", "Admin", "Editor"],
    account_id=["a1", "a1", "a1", "a1", "a2", "a3", "a2", "a2", "a4", "a5"],
)


@builders.SOME
@given(builders.panels(), builders.regions())
@example(builders.panel_of([9, 3, 7], [{"Boards": 1}, {}, {}], role=["Admin", "Editor", "Admin"]), ((0, 5), (0, 10)))
@example(CUSTOMERS, ((0, 100), (0, 10)))
@example(CUSTOMERS, ((20, 80), (0, 10)))
def test_the_live_bars_agree_with_the_released_figures(panel, region):
    activity, scores = region
    chosen = panel.select(Selection(activity=activity, score=scores))
    tested = scores == (0, 10)
    rows = cells.of_segment(chosen.cube, "role").rename(columns={"value": "name"})
    released = chosen.by_segment("role").set_index("value")
    shown = bars(rows, chosen.selection)
    agree(shown, released, "responses", "share", tested=tested)
    assert set(shown.index) == set(released.index)
    some = shown.index[shown["n"] > 0]
    bounds = [frame.loc[some, ["low", "high"]].to_numpy(float) for frame in (shown, released)]
    assert bounds[0] == pytest.approx(bounds[1], nan_ok=True)
    if len(panel.features):
        codes = list(range(len(panel.features)))
        rows = cells.of_features(chosen.cube, codes).rename(columns={"feature": "name"})
        released = chosen.by_feature().set_index("feature")
        if set(rows["name"]) != {""}:
            agree(bars(rows, chosen.selection), released, "users", "reach", tested=tested)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10)
def test_a_panel_that_counts_by_cells_is_the_same_in_any_order_of_its_answers(seed):
    rng = np.random.default_rng(seed)
    n = 80
    scores, uses = rng.integers(0, 11, n).tolist(), [{"Boards": int(k)} if k else {} for k in rng.integers(0, 4, n)]
    panel = builders.panel_of(scores, uses)
    order = rng.permutation(n)
    other = builders.panel_of([scores[i] for i in order], [uses[i] for i in order], [f"p{i}" for i in order])
    assert (panel.cube(EVERYBODY).cells == other.cube(EVERYBODY).cells).all()
    pd.testing.assert_frame_equal(panel.select().by_feature(), other.select().by_feature())


def test_cubes_of_recent_filters_are_kept_whatever_the_region():
    panel = builders.panel_of([9, 3], [{}, {}], role=["Admin", "Editor"])
    admins = Selection(where={"role": ["Admin"]})
    assert panel.cube(admins).cells is panel.cube(Selection(where={"role": ["Admin"]}, score=(0, 6))).cells
    assert panel.cube(admins).cells is not panel.cube(EVERYBODY).cells


def test_another_measure_of_activity_counts_anew():
    panel = builders.panel_of([9, 3], [{"Boards": 3}, {"Boards": 1, "Export": 1}])
    active = Selection(activity=(50, 100))
    assert panel.select(active).people["person_id"].tolist() == ["p0"]
    assert panel.measured("features_used").select(active).people["person_id"].tolist() == ["p1"]
    assert panel.select(active).people["person_id"].tolist() == ["p0"]
