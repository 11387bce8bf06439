"""Metrics under People: a number by week or month, of whom conditions hold for, shown, saved and sent as a link."""

import pandas as pd
import pytest
from journeys import Files, equal, healthy, opened, said, table

from nps.measures.rules import MIN_SHOWN
from nps.who.metric import Metric
from pages.parts.metrics import LATEST

USED = "did.*;uses:1-"
EXPORTS = "did.feature:Bulk export;uses:1-"


def shows(app, panel, line):
    """The page has the figures of this metric, its latest weeks or months."""
    metric = Metric.of(line)
    wanted = panel.followed(metric).groupby("value").tail(LATEST[metric.every])
    enough = (metric.what == "people") | (wanted["of"] >= MIN_SHOWN)
    shown = table(app, "period", "number")
    assert str(metric.told) in said(healthy(app, "people"))
    equal(shown[["people"]], wanted[["people"]])
    equal(shown[["number"]], wanted[["number"]].where(enough).round(1))
    assert shown["period"].map(str).tolist() == pd.to_datetime(wanted["period"]).map(str).tolist()


def test_how_many_people_use_anything_each_week_is_shown_first(sample):
    app = opened(page="people", view="metrics")
    shows(app, sample, f"people/week//{USED}")
    assert len(table(app, "period", "number")) == LATEST["week"]
    assert "Of everybody in the data, whatever the filters say" in said(app)
    assert {"view"} == {*app.query_params} - {"v"}


def test_a_metric_is_put_together_saved_and_shown_again(sample):
    app = opened(page="people", view="metrics", of=EXPORTS)
    app.selectbox(key="metric_what").select("share")
    app.selectbox(key="metric_every").select("month")
    app.selectbox(key="metric_by").select("plan")
    line = f"share/month/plan/{EXPORTS}"
    shows(app.run(), sample, line)
    assert app.query_params["of"] == EXPORTS
    app.text_input(key="name_metric").set_value("*Exports*")
    healthy(app.button(key="save_metric_button").click().run(), "people")
    assert r"“\*Exports\*” is kept" in said(app)
    (row,) = app.dataframe(key="metrics").value.to_dict("records")
    assert row == {"name": "*Exports*", "told": str(Metric.of(line).told), "go": "›"}
    app.selectbox(key="metric_what").select("people")
    shows(app.run(), sample, f"people/month/plan/{EXPORTS}")
    gone = next(button for button in app.button if button.key.startswith("remove_metric_"))
    healthy(gone.click().run(), "people")
    assert "Saved metrics" not in [each.value for each in app.header]


def test_sets_and_conditions_that_were_put_together_can_be_followed(sample):
    app = opened(page="people", view="sets")
    app.session_state["building"] = (EXPORTS, "is.plan:Pro")
    app.run().text_input(key="name_set").set_value("Exporters")
    healthy(app.button(key="save_set_button").click().run(), "people")
    app.session_state["building"] = ("!did.*;uses:1-;before:30",)  # of single answers
    app.session_state["people_view"] = "metrics"
    healthy(app.run(), "people")
    assert "cannot be followed over time" in said(app)
    assert app.selectbox(key="metric_of").options == [
        "everybody who used anything",
        "everybody who answered",
        "Exporters",
    ]
    app.selectbox(key="metric_of").select(f"{EXPORTS}/is.plan:Pro")
    shows(app.run(), sample, f"people/week//{EXPORTS}/is.plan:Pro")


@pytest.mark.parametrize("of", ["nonsense", "saved.k3f9~2", "did.*;uses:1-;before:30", "did.feature:None such;uses:1-"])
def test_what_a_link_cannot_mean_is_told(of):
    app = opened(page="people", view="metrics", of=of, what="money", each="day", by="shoe size")
    assert any(each.value.startswith("⚠") for each in app.main.text)
    assert (app.selectbox(key="metric_what").value, app.selectbox(key="metric_every").value) == ("people", "week")


def test_data_without_usage_can_be_followed_by_who_answered(tmp_path):
    rows = "".join(f"p{n},{n % 11},2026-0{1 + n % 3}-1{n % 9}\n" for n in range(60))
    read = Files(tmp_path, {"responses": f"person_id,score,date\n{rows}".encode()})
    app = opened(read, page="people", view="metrics", what="nps", each="month")
    assert app.selectbox(key="metric_of").options == ["everybody who answered"]
    assert app.selectbox(key="metric_what").options == ["People", "NPS"]
    shows(app, read.usual, "nps/month//answered.0-10")
