"""The Segments page: compare, over time, two at once, and what a change is made of; as `nps` answers."""

import re
from datetime import date

import pytest
from journeys import ROOT, as_shown, equal, headline, healthy, metrics, opened, said, table

import nps
from nps.wording import words
from nps.wording.formulas import formula

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages


@pytest.fixture(scope="module")
def sample():
    """The sample as `nps` sees it."""
    return nps.load(*(ROOT / f"sample_data/{table}.csv" for table in ("responses", "usage", "people")))


def test_groups_are_compared_and_the_headline_says_how_many_differ(sample):
    app = opened(page="segments", by="channel")
    wanted = sample.select().by_segment("channel")
    equal(table(app, "value", "flagged")[["value", "responses"]], wanted[["value", "responses"]])
    equal(table(app, "value", "flagged")[["nps", "low", "high"]], as_shown(wanted)[["nps", "low", "high"]])
    assert headline(app) == f"NPS of {wanted['flagged'].sum()} of {len(wanted)} groups differs from everyone else."
    assert "Channel Email: NPS 35 points below everyone else (0 against 36, 497 answers)." in said(app)


def test_of_chosen_scores_the_page_shows_who_they_are_and_no_nps(sample):
    app = opened(page="segments", score="0-6")
    wanted = as_shown(sample.select(nps.Selection(score=(0, 6))).by_segment("role"))
    shown = table(app, "value", "share")
    assert shown["share"].tolist() == wanted["share"].tolist()
    assert "nps" not in shown
    assert headline(app) == "Who 257 people selected are."
    app = opened(page="segments", score="0-6", view="changed")
    assert headline(app) == "People chosen by their scores have no NPS to compare."
    assert not app.get("vega_lite_chart")


@pytest.mark.parametrize("view", ["over_time", "crossed", "changed"])
def test_every_view_opens_to_its_formulas_and_has_its_table(view):
    app = opened(page="segments", view=view)
    assert formula("interval").formula in [code.value for code in app.code]
    assert len(app.dataframe) == len(app.get("vega_lite_chart")) == 1


def test_over_time_begins_with_the_largest_group_around_the_latest_change(sample):
    app = opened(page="segments", view="over_time", by="channel")
    chosen = sample.select()
    largest = chosen.by_segment("channel").sort_values("responses").iloc[-1]["value"]
    assert app.selectbox(key="persona").value == largest
    before, since = (row for _, row in chosen.around("channel", largest, chosen.headline().began).iterrows())
    shown = metrics(app)
    assert (shown["Before"], shown["Since"]) == (words.points(before["nps"]), words.points(since["nps"]))
    assert (shown["Everyone else before"], shown["Everyone else since"]) == (
        words.points(before["nps_rest"]),
        words.points(since["nps_rest"]),
    )
    assert largest not in headline(app)


def test_the_persona_is_kept_for_its_segment(sample):
    app = opened(page="segments", view="over_time", by="role")
    healthy(app.selectbox(key="persona").select("Viewer").run())
    healthy(app.selectbox(key="segment").select("channel").run())
    assert app.selectbox(key="persona").value != "Viewer"
    healthy(app.selectbox(key="segment").select("role").run())
    assert app.selectbox(key="persona").value == "Viewer"
    assert app.query_params["whose"] == "Viewer"


def test_a_change_is_shown_around_the_latest_one_by_the_segment_that_says_most(sample):
    app = opened(page="segments", view="changed")
    found = sample.select().headline()
    split = sample.select().changed("role", found.before, found.after)
    assert sample.select().explained(found.before, found.after)["segment"].iloc[0] == "role"
    assert app.selectbox(key="change_segment").options[0] == "By role, which says most"
    equal(
        table(app, "responses_before")[["responses_before", "responses_after"]],
        split.parts[["responses_before", "responses_after"]],
    )
    assert headline(app) == "NPS rose 16 points: 14 before, 30 after."
    assert not re.search(r"\b(because|caused|due to|impact)\b", said(app))


def test_periods_of_ones_own_come_from_the_link_and_what_it_cannot_mean_counts_as_not_said(sample):
    days = "2025-11-01_2026-01-31_2026-02-01_2026-04-30"
    app = opened(page="segments", view="changed", event="own", days=days, part="channel")
    split = sample.select().changed(
        "channel", (date(2025, 11, 1), date(2026, 1, 31)), (date(2026, 2, 1), date(2026, 4, 30))
    )
    shown = table(app, "responses_before")
    assert shown["responses_before"].tolist() == split.parts["responses_before"].tolist()
    assert app.query_params["days"] == days
    for wrong in ("2026-13-01_2026-01-31_2026-02-01_2026-04-30", "1999-01-01_1999-01-02_1999-01-03_1999-01-04", "x"):
        healthy(opened(page="segments", view="changed", event="own", days=wrong))
