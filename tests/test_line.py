"""The line above every page: filters from links and widgets, what they narrow, and how they are let go."""

import files
import pytest
from journeys import Files, charts, healthy, metrics, opened, said, visit

import nps
from nps.selection.clauses import Segment
from nps.wording import words

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]


def test_filters_and_region_of_a_link_hold_on_every_page(sample):
    period = ("2026-01-01", "2026-06-30")
    app = opened(
        **{"activity": "50-100", "is.role": "Admin", "used": "Bulk export", "period": "..".join(period), "v": "2"}
    )
    wanted = nps.Selection(activity=(50, 100), where={"role": ["Admin"]}, used="Bulk export", period=period)
    chosen, link = sample.select(wanted), dict(app.query_params)
    assert metrics(app)["People who answered"] == f"{len(chosen.places):,}"
    visit(visit(app, "data"), "usage_map")
    assert app.title[0].value == f"{len(chosen.places)} people selected"
    assert dict(app.query_params) == link


def test_people_are_narrowed_by_a_picker_a_segment_and_let_go_by_its_chip(sample):
    app = opened()
    roles = next(box for box in app.multiselect if any(option.startswith("Admin (") for option in box.options))
    admins = next(option for option in roles.options if option.startswith("Admin ("))
    healthy(roles.select(Segment("role", ("Admin",))).run(), "overview")
    chosen = sample.select(nps.Selection(where={"role": ["Admin"]}))
    assert admins == f"Admin ({len(chosen.places)})"
    assert metrics(app)["People who answered"] == f"{len(chosen.places):,}"
    assert app.query_params["is.role"] == "Admin"
    healthy(app.multiselect(key="people").set_value([]).run(), "overview")
    assert metrics(app)["People who answered"] == "1,155"
    assert "is.role" not in app.query_params


def test_quick_ranges_count_back_from_the_last_answer(sample):
    app, (_first, last) = opened(), sample.period
    (ranges,) = [group for group in app.get("button_group") if group.key == "quick_range"]
    healthy(ranges.set_value("30").run(), "overview")
    assert app.query_params["period"].endswith(f"..{last}")
    days = app.query_params["period"].split("..")
    assert metrics(app)["People who answered"] == f"{len(sample.select(nps.Selection(period=days)).places):,}"


def test_the_rules_of_counting_come_from_the_link_and_are_counted_in_the_label(product):
    app = visit(opened(product, window="30", measure="minutes"), "usage_map")
    assert (app.query_params["window"], app.query_params["measure"]) == ("30", "minutes")
    assert (app.selectbox(key="window").value, app.selectbox(key="measure").value) == (30, "minutes")
    healthy(app.button(key="clear_filters").click().run(), "usage_map")
    assert "window" not in app.query_params


def test_filters_that_leave_nobody_say_so_on_every_page(sample):
    first = sample.answers["responded_at"].min()
    surveys = sample.answers.groupby("survey")["responded_at"].min()
    app = opened(survey=surveys.idxmax(), period=f"{first:%Y-%m-%d}..{first:%Y-%m-%d}")
    for page in ("overview", "usage_map", "segments", "features", "people"):
        assert visit(app, page).title[0].value == "Nobody passes these filters."
        assert charts(app) == 0
    visit(app, "data")
    visit(app, "overview")
    healthy(app.button(key="clear_filters_here").click().run(), "overview")
    assert metrics(app)["NPS"] == words.points(sample.select().score.nps)
    assert not dict(app.query_params)


@pytest.mark.parametrize(
    "query",
    [{"score": "eleven"}, {"score": "8-7"}, {"activity": "91-99"}, {"period": "yesterday"}, {"repeats": "some"}],
    ids=str,
)
def test_a_link_with_unreadable_filters_shows_everything_and_says_so(sample, query):
    app = opened(**query)
    assert len(app.info) == 1
    assert metrics(app)["NPS"] == words.points(sample.select().score.nps)
    assert not dict(app.query_params)


def test_filters_that_the_data_does_not_know_are_left_out(sample):
    app = opened(**{"is.role": "Astronaut", "is.planet": "Mars", "survey": "None such", "activity": "50-100"})
    assert "Some filters do not occur in this data" in said(app)
    assert metrics(app)["NPS"] == words.points(sample.select(nps.Selection(activity=(50, 100))).score.nps)
    assert dict(app.query_params) == {"activity": "50-100"}


@pytest.fixture
def mixed(tmp_path):
    """Happy people in two quarterly surveys, unhappy ones after support."""
    surveys = (("Q1 2026", 10, 20), ("Q2 2026", 9, 20), ("After support", 0, 30))
    rows = [
        (f"{name}-{i}", score, f"2026-03-{1 + i % 28:02}", name)
        for name, score, people in surveys
        for i in range(people)
    ]
    return Files(tmp_path, {"responses": files.table(("person_id", "score", "responded_at", "survey"), rows)})


def test_surveys_of_different_kinds_are_not_mixed_until_somebody_chooses_to(mixed):
    panel, app = mixed.usual, opened(mixed)
    assert "These surveys are of different kinds" in said(app)
    relational = panel.select(nps.Selection(survey=["Q1 2026", "Q2 2026"]))
    visit(app, "overview")
    assert metrics(app)["NPS"] == words.points(relational.score.nps) == "100"
    assert "Counted: Q1 2026, Q2 2026." in said(app)
    assert app.query_params["survey"] == ["Q1 2026", "Q2 2026"]
    assert "clear_filters" not in {button.key for button in app.button}
    survey = app.selectbox(key="survey")
    assert survey.options == ["All surveys together", "All relational surveys", "After support", "Q1 2026", "Q2 2026"]
    survey.select(())
    healthy(app.run(), "overview")
    assert metrics(app)["NPS"] == words.points(panel.select().score.nps) == "14"
    assert "All are counted together, as you chose" in said(app)
    assert (app.query_params["surveys"], "survey" in app.query_params) == ("together", False)
    assert metrics(opened(mixed, surveys=app.query_params["surveys"]))["NPS"] == "14"
    app.selectbox(key="survey").select(("After support",))
    assert metrics(healthy(app.run(), "overview"))["NPS"] == "−100"
    assert metrics(healthy(app.button(key="clear_filters").click().run(), "overview"))["NPS"] == "100"


BULK_EXPORTS = "did.feature:Bulk export;days:2-;last:60"


def test_a_link_that_asks_who_did_what_narrows_every_page(sample):
    app = opened(who=[BULK_EXPORTS, "!did.feature:Comments;uses:1-"], v="4")
    chosen = sample.select(nps.Selection(who=[BULK_EXPORTS, "!did.feature:Comments;uses:1-"]))
    assert metrics(app)["People who answered"] == f"{len(chosen.places):,}"
    assert app.query_params["who"] == ["!did.feature:Comments;uses:1-", BULK_EXPORTS]
    healthy(app.multiselect(key="people").set_value([]).run(), "overview")
    assert metrics(app)["People who answered"] == "1,155"


def test_a_condition_is_put_together_counted_and_used_as_a_filter(sample):
    app = opened()
    app.multiselect(key="builder_what").set_value([("feature", "Bulk export")])
    app.selectbox(key="builder_measure").select("days")
    app.number_input(key="builder_least").set_value(2)
    app.selectbox(key="builder_when").select("last").run()
    healthy(app.number_input(key="builder_days").set_value(60).run(), "overview")
    counted = sample.counted(BULK_EXPORTS)
    assert f"{counted.people:,} people · {counted.respondents:,} of them answered" in said(app)
    healthy(app.button(key="builder_use").click().run(), "overview")
    assert app.query_params["who"] == BULK_EXPORTS
    assert metrics(app)["People who answered"] == f"{counted.respondents:,}"


def test_a_condition_about_what_the_data_does_not_have_is_left_out_and_said(sample):
    app = opened(who="did.feature:Time machine;uses:1-", v="4")
    assert "Some filters do not occur in this data" in said(app)
    assert metrics(app)["NPS"] == words.points(sample.select().score.nps)
