"""Charts through their data and specification, never their pixels."""

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

import nps
from nps.charts import change as change_chart
from nps.charts import crossed, features, overview, person, segments, surveys
from nps.measures import change, score
from nps.measures import person as persons
from nps.wording import speak, verdicts

WORD = re.compile(r"[A-Za-z]{2,}")
HIDDEN = {"kind", "direction", "explained_by"}  # codes that a chart tells its marks apart by
HOSTILE = "datum['<img src=x>'] ![x](http://x) \"quoted\""


@pytest.fixture(scope="module")
def chosen():
    return nps.load(*(ROOT / f"sample_data/{table}.csv" for table in ("responses", "usage", "people"))).select()


def rows(chart) -> list[dict]:
    """All rows of a chart's data."""
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


def by_feature(chosen, outcome: str = "score") -> pd.DataFrame:
    frame = chosen.by_feature(outcome)
    return verdicts.told(frame)


def of_person(panel) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Weeks and answers of who answered first."""
    who = panel.answers["person_id"].iloc[0]
    return persons.weeks(panel, who), persons.answers(panel, who)


def every_chart(chosen) -> dict:
    events = pd.DataFrame({"day": [pd.Timestamp("2026-06-09")], "name": ["Release"]})
    around = (date(2025, 11, 1), date(2026, 5, 1)), (date(2026, 5, 2), date(2026, 10, 31))
    answer = chosen.panel.answers.index[-1]
    return {
        "gauge": overview.gauge(chosen.score),
        "distribution": overview.distribution(chosen.distribution),
        "trend": overview.trend(chosen.trend(), "month", events, chosen.alarms()),
        "rolling": overview.trend(chosen.rolling(), 90, events, chosen.alarms()),
        "scores": segments.scores(chosen.by_segment("role"), "role"),
        "shares": segments.shares(chosen.by_segment("role"), "role"),
        "over time": segments.over_time(chosen.with_and_without("role", "Admin", "quarter"), "Admin", "quarter"),
        "crossed": crossed.heat(chosen.crossed("role", "plan"), "role", "plan"),
        "bridge": change_chart.bridge(*chosen.changed("role", *around)),
        "comparison": features.comparison(by_feature(chosen)),
        "quadrant": features.quadrant(by_feature(chosen)),
        "comparison of leaving": features.comparison(by_feature(chosen, "churn"), "churn"),
        "quadrant of leaving": features.quadrant(by_feature(chosen, "churn"), "churn"),
        "reach": features.reach(by_feature(chosen.panel.select(nps.Selection(activity=(75, 100))))),
        "response": surveys.response(chosen.recent.who_answered()),
        "over time of a person": person.timeline(*of_person(chosen.panel), events, 200),
        "use": person.use(persons.used(chosen.panel, answer)),
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
def test_what_is_better_is_listed_first_and_is_up_in_the_corner_of_its_verdict(chosen, outcome):
    chart = features.quadrant(by_feature(chosen, outcome), outcome)
    y = [layer["encoding"]["y"] for layer in chart.to_dict()["layer"] if "y" in layer["encoding"]]
    assert {axis["scale"]["reverse"] for axis in y} == {outcome == "churn"}
    listed = features.comparison(by_feature(chosen, outcome), outcome).to_dict()["layer"][1]
    order = listed["encoding"]["y"]["sort"]
    best, worst = (("Templates", "Issue sync"), ("Share link", "Board search"))[outcome == "churn"]
    assert (order[0], order[-1]) == (best, worst)
    corners = {row["corner"]: (row["reach"], row["adjusted"]) for row in rows(chart) if "corner" in row}
    middle = next(row["reach"] for row in rows(chart) if [*row] == ["reach"])
    held = [row for row in rows(chart) if row.get("name")]
    assert len(held) >= 2
    for row in held:
        reach, adjusted = corners[row["verdict"]]
        assert (row["reach"] >= middle) == (reach > 0), row["name"]
        assert (row["adjusted"] > 0) == (adjusted > 0), row["name"]


def test_no_score_is_drawn_for_fewer_than_ten_answers():
    frame = pd.DataFrame(
        {"value": ["few", "enough"], "responses": [9, 10], "nps": 0.0, "low": -40.0, "high": 40.0, "shrunk": 0.0}
    ).assign(flagged=False)
    drawn = rows(segments.scores(frame, "role"))
    assert {row["value"] for row in drawn if "nps" in row} == {"enough"}
    assert {row["value"]: row["n"] for row in drawn if "n" in row} == {"few": "n = 9", "enough": "n = 10"}
    trend = pd.DataFrame({"period": pd.to_datetime(["2025-01-01", "2025-02-01"]), "responses": [9, 10], "nps": 0.0})
    nothing = pd.DataFrame({"day": [], "name": []}), pd.DataFrame({"at": [], "direction": [], "began": []})
    drawn = rows(overview.trend(trend.assign(low=-40.0, high=40.0), "month", *nothing))
    assert {row["label"] for row in drawn} == {"Feb 25"}


def test_a_bridge_leads_from_the_score_before_to_the_score_after():
    """Methods 4 (Simpson): 20 to 17 = mix -8 + rate +5."""
    before, after = np.array([[10, 20, 70], [60, 80, 60]]), np.array([[5, 25, 70], [110, 160, 130]])
    steps = rows(change_chart.bridge(*change.split(pd.Index(["A", "B"]), before, after)))
    steps = list({row["step"]: row for row in steps}.values())
    assert (steps[0]["points"], steps[-1]["points"]) == pytest.approx((20, 17))
    assert sum(row["points"] for row in steps[1:-1]) == pytest.approx(-3)
    assert all(row["left"] <= row["right"] for row in steps)


def test_an_event_stands_at_the_period_that_holds_its_day():
    trend = pd.DataFrame({"period": pd.to_datetime(["2025-01-01", "2025-02-01"]), "responses": 20, "nps": 0.0})
    events = pd.DataFrame({"day": pd.to_datetime(["2025-01-31", "2024-12-31"]), "name": ["Release", "Too early"]})
    no_alarms = pd.DataFrame({"at": [], "direction": [], "began": []})
    drawn = rows(overview.trend(trend.assign(low=-9.0, high=9.0), "month", events, no_alarms))
    assert [(row["label"], row["said"]) for row in drawn if "said" in row] == [("Jan 25", "Release")]


def test_what_customers_wrote_is_data_and_never_an_expression():
    frame = pd.DataFrame({"value": [HOSTILE], "responses": [30], "nps": 0.0, "low": -9.0, "high": 9.0, "shrunk": 0.0})
    spec = segments.scores(frame.assign(flagged=True), "role").to_dict()
    spec.pop("datasets")
    outside_data = str(spec).replace(repr([HOSTILE]), "")
    assert "http://x" not in outside_data.replace(repr(HOSTILE), "")


def test_the_gauge_points_at_the_score():
    (here,) = [row for row in rows(overview.gauge(score.score([9, 10, 3]))) if "nps" in row]
    assert here["nps"] == pytest.approx(100 / 3)
