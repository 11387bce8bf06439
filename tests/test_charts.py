"""Charts through their data and specification, never their pixels."""

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

import nps
from nps.charts import change as change_chart
from nps.charts import crossed, features, onboarding, overview, person, segments, surveys
from nps.charts import trend as trends
from nps.chosen.newcomers import Newcomers
from nps.measures import change
from nps.measures import person as persons
from nps.steps import Onboarding, Step
from nps.wording import _, speak, verdicts

WORD = re.compile(r"[A-Za-z]{2,}")
HIDDEN = {"kind", "direction", "explained_by"}  # codes that a chart tells its marks apart by
HOSTILE = "datum['<img src=x>'] ![x](http://x) \"quoted\""


@pytest.fixture(scope="module")
def chosen():
    return nps.load(*(ROOT / f"sample_data/{table}.csv" for table in ("responses", "usage", "people"))).select()


def of_newcomers(chosen) -> Newcomers:
    """Who takes two steps, in whatever order."""
    features = chosen.panel.named_features
    steps = (Step("1", features[:2], within_days=7), Step("2", features[2:5]))
    return chosen.panel.newcomers(Onboarding(steps))


def rows(chart) -> list[dict]:
    """All rows of a chart's data."""
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


def by_feature(chosen, outcome: str = "score") -> pd.DataFrame:
    frame = chosen.by_feature(outcome)
    return verdicts.told(frame)


def of_person(panel) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Use and answers of who answered first."""
    who = panel.select().person(panel.answers["person_id"].iloc[0])
    days = persons.by_day(who.days, who.life.as_of)
    use = {"begins": days["begins"], "days": 1, "amount": days["uses"], "label": _("Uses"), "said": days["most"]}
    return pd.DataFrame(use), who.answers


def every_chart(chosen) -> dict:
    events = pd.DataFrame({"day": [pd.Timestamp("2026-06-09")], "name": ["Release"]})
    around = (date(2025, 11, 1), date(2026, 5, 1)), (date(2026, 5, 2), date(2026, 10, 31))
    answer, newcomers = chosen.panel.answers.index[-1], of_newcomers(chosen)
    return {
        "distribution": overview.distribution(chosen.distribution, 112),
        "trend": trends.trend(chosen.trend(), "month", events, pd.Timestamp("2026-05-25"), 226),
        "rolling": trends.trend(chosen.rolling(), "rolling", events, None, 226),
        "scores": segments.scores(chosen.by_segment("role"), "role"),
        "shares": segments.shares(chosen.by_segment("role"), "role"),
        "over time": segments.over_time(
            chosen.with_and_without("role", "Admin", "quarter"), "Admin", "quarter", events, 300
        ),
        "crossed": crossed.heat(chosen.crossed("role", "plan"), "role", "plan"),
        "bridge": change_chart.bridge(*chosen.changed("role", *around)),
        "comparison": features.comparison(by_feature(chosen)),
        "comparison of leaving": features.comparison(by_feature(chosen, "churn"), "churn"),
        "reach": features.reach(by_feature(chosen.panel.select(nps.Selection(activity=(75, 100))))),
        "response": surveys.response(chosen.recent.who_answered()),
        "over time of a person": person.timeline(*of_person(chosen.panel), events, 200),
        "use": person.use(persons.used(chosen.panel, answer)),
        "steps": onboarding.curves(newcomers.curves, ["1", "2"], [7, 14], "joined", 200),
        "who stays": onboarding.stay(newcomers.stay(0), 200),
    }


def test_every_chart_says_in_words_what_it_shows_and_explains_its_marks(chosen):
    for name, chart in every_chart(chosen).items():
        spec = chart.to_dict()
        assert len(spec["description"]) > 10, name
        assert "tooltip" in str(spec), name


def test_a_tooltip_never_shows_a_field_that_a_browser_would_fetch(chosen):
    for chart in every_chart(chosen).values():
        assert "'title': 'image'" not in str(chart.to_dict())


def test_in_another_language_nothing_on_a_chart_is_english_but_what_is_the_customers(chosen):
    customers = words_of(chosen.panel)
    with speak("en-XA"):
        for name, chart in every_chart(chosen).items():
            spec = chart.to_dict()
            shown = {text for rows in spec.pop("datasets").values() for row in rows for text in seen(row)}
            english = {word for text in shown | said(spec) for word in WORD.findall(text)} - customers
            assert english == set(), name


def words_of(panel: nps.Panel) -> set[str]:
    """Every word of the sample's own: what people wrote, chose and used, the headers of its columns, and an event."""
    names = panel.answers.select_dtypes(["str", "category"]).columns.difference(["group"])
    texts = [*panel.features["feature"], *panel.features["kind"], "channel", "region", "Release"]
    texts += [text for name in names for text in panel.answers[name].dropna().unique()]
    return {word for text in map(str, texts) for word in WORD.findall(text)} - {"over", "up", "to"}


def seen(row: dict) -> set[str]:
    """What of a row of data is text that our charts show, and not the answer behind it."""
    return {text for name, text in row.items() if isinstance(text, str) and name not in HIDDEN}


def said(node: object, key: str = "") -> set[str]:
    """Titles and descriptions of a specification, and what its expressions say."""
    if isinstance(node, dict):
        return {text for name, child in node.items() for text in said(child, name)}
    if isinstance(node, list):
        return {text for child in node for text in said(child, key)}
    if key in ("calculate", "labelExpr"):
        return {*re.findall(r"'([^']*)'", node)}
    return {node} if isinstance(node, str) and key in ("title", "description", "text") else set()


@pytest.mark.parametrize("outcome", ["score", "churn"])
def test_what_is_better_is_listed_first(chosen, outcome):
    listed = features.comparison(by_feature(chosen, outcome), outcome).to_dict()["layer"][1]
    order = listed["encoding"]["y"]["sort"]
    best, worst = (("Templates", "Issue sync"), ("Share link", "Board search"))[outcome == "churn"]
    assert (order[0], order[-1]) == (best, worst)


NO_EVENTS = pd.DataFrame({"day": pd.to_datetime([]), "name": []})


def quarters(**columns) -> pd.DataFrame:
    """NPS of the last quarter of 2025 and of the first of 2026."""
    usual = {"period": pd.to_datetime(["2025-10-01", "2026-01-01"]), "responses": 20, "nps": 0.0}
    return pd.DataFrame(usual | {"low": -9.0, "high": 9.0} | columns)


def test_no_nps_is_drawn_for_fewer_than_ten_answers():
    frame = pd.DataFrame(
        {"value": ["few", "enough"], "responses": [9, 10], "nps": 0.0, "low": -40.0, "high": 40.0, "shrunk": 0.0}
    ).assign(flagged=False)
    drawn = rows(segments.scores(frame, "role"))
    assert {row["value"] for row in drawn if "nps" in row} == {"enough (10)"}
    listed = segments.scores(frame, "role").to_dict()["layer"][1]["encoding"]["y"]["sort"]
    assert listed == ["few (9)", "enough (10)"]
    drawn = rows(trends.trend(quarters(responses=[9, 10]), "quarter", NO_EVENTS, None, 200))
    assert {row["label"] for row in drawn if "nps" in row} == {"Q1 2026"}
    drawn = rows(segments.over_time(quarters(responses=[9, 10], who="Admin"), "Admin", "quarter", NO_EVENTS, 200))
    assert {row["label"] for row in drawn if "nps" in row} == {"Q1 2026"}


def test_a_bridge_leads_from_the_score_before_to_the_score_after():
    """Methods 4 (Simpson): 20 to 17 = mix -8 + rate +5."""
    before, after = np.array([[10, 20, 70], [60, 80, 60]]), np.array([[5, 25, 70], [110, 160, 130]])
    steps = rows(change_chart.bridge(*change.split(pd.Index(["A", "B"]), before, after)))
    steps = list({row["step"]: row for row in steps}.values())
    assert (steps[0]["points"], steps[-1]["points"]) == pytest.approx((20, 17))
    assert sum(row["points"] for row in steps[1:-1]) == pytest.approx(-3)
    for row in steps[1:-1]:
        assert row["reached"] - row["began"] == pytest.approx(row["points"])
        assert row["way"] == (1 if row["points"] > 0 else -1)


def test_a_bridge_draws_no_bar_as_its_axis_is_cut():
    spec = change_chart.bridge(*change.split(pd.Index(["A"]), np.array([[9, 9, 9]]), np.array([[3, 9, 12]]))).to_dict()
    assert "bar" not in {layer["mark"]["type"] for layer in spec["layer"]}


def test_small_parts_of_a_change_go_together_and_the_bridge_still_arrives():
    rng = np.random.default_rng(1)
    before, after = rng.integers(10, 40, (2, 30, 3))
    steps = pd.DataFrame(rows(change_chart.bridge(*change.split(pd.Index(map(str, range(30))), before, after))))
    assert steps["step"].nunique() == change_chart.MOST + 3
    assert steps.iloc[-2]["reached"] == pytest.approx(steps.iloc[-1]["points"], abs=60 * 0.05)


def test_an_event_stands_at_the_period_that_holds_its_day():
    events = pd.DataFrame({"day": pd.to_datetime(["2025-12-31", "2025-09-30"]), "name": ["Release", "Too early"]})
    drawn = rows(trends.trend(quarters(), "quarter", events, None, 200))
    assert ("Q4 2025", "Release") in {(row["label"], row["said"]) for row in drawn if "said" in row}
    assert "Too early" not in {row.get("said") for row in drawn}
    drawn = rows(segments.over_time(quarters(who="Admin"), "Admin", "quarter", events, 200))
    assert [(row["label"], row["said"]) for row in drawn if "said" in row] == [("Q4 2025", "Release")]


def test_colours_of_two_segments_turn_at_nothing_and_figures_have_their_sign():
    pairs = pd.DataFrame(
        {"value_a": ["a", "a", "b", "b"], "value_b": ["x", "y", "x", "y"], "responses": [40, 40, 9, 40]}
    )
    frame = pairs.assign(nps=[50.0, -50.0, 80.0, 0.0], low=-60.0, high=60.0, shrunk=0.0)
    drawn = {(row["value_a"], row["value_b"]): row for row in rows(crossed.heat(frame, "role", "plan"))}
    assert [row["figure"] for row in drawn.values()] == ["+50", "−50", "", "0"]
    assert [row["above"] for row in drawn.values()][:2] == [1, -1]
    assert drawn["b", "x"]["strength"] == drawn["b", "y"]["strength"] == 0


def test_what_customers_wrote_is_data_and_never_an_expression():
    frame = pd.DataFrame({"value": [HOSTILE], "responses": [30], "nps": 0.0, "low": -9.0, "high": 9.0, "shrunk": 0.0})
    spec = segments.scores(frame.assign(flagged=True), "role").to_dict()
    spec.pop("datasets")
    counted = f"{HOSTILE} (30)"
    assert "http://x" not in str(spec).replace(repr([counted]), "")
