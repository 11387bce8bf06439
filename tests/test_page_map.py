"""The map says what Python answers of whoever is selected, and how to reach them."""

import files
import pytest
from journeys import Files, charts, healthy, metrics, opened, said, table, visit

import nps
from nps.wording import compared, words

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]
ALMOST = {"activity": "90-100", "score": "7-8"}


def download(app) -> str:
    return next(button.label for button in app.get("download_button") if button.key == "download_contacts")


def test_everybody_is_on_the_map_with_nps_and_contacts(sample):
    app, chosen = visit(opened(), "usage_map"), sample.select()
    assert app.title[0].value == "1,155 people"
    assert metrics(app) == {"NPS": words.points(chosen.score.nps)}
    assert download(app) == f"{chosen.reached()[0]:,} contacts"
    assert charts(app) == 1
    people = table(app, "person_id", "comment")
    assert people["person_id"].tolist() == chosen.people["person_id"].tolist()[::-1][: len(people)]


def test_of_a_selection_it_says_how_many_what_differs_and_who(sample):
    app = visit(opened(**ALMOST), "usage_map")
    chosen = sample.select(nps.Selection(activity=(90, 100), score=(7, 8)))
    assert app.title[0].value == f"{len(chosen.places)} people selected"
    assert metrics(app) == {}
    assert download(app) == f"{chosen.reached()[0]} contacts"
    people = table(app, "person_id", "comment")
    assert people["person_id"].tolist() == chosen.people["person_id"].tolist()[::-1]
    for _place, row in chosen.placed.differences().head(6).iterrows():
        assert compared.of_apart(row) in said(app)
    healthy(app.button(key="clear_map").click().run(), "usage_map")
    assert app.title[0].value == "1,155 people"
    assert dict(app.query_params) == {}


def test_who_is_new_to_the_map_is_told_what_to_do_once_and_may_try_an_example(sample):
    app = visit(opened(), "usage_map")
    assert "Each dot is a person" in said(app)
    healthy(app.button(key="show_example").click().run(), "usage_map")
    assert (app.query_params["activity"], app.query_params["score"]) == ("90-100", "7-8")
    assert "Each dot is a person" not in said(app)
    healthy(app.button(key="clear_map").click().run(), "usage_map")
    healthy(app.button(key="introduced").click().run(), "usage_map")
    assert "Each dot is a person" not in said(app)


def test_hotspots_say_how_many_people_they_hold(sample):
    app = visit(opened(), "usage_map")
    (pills,) = [group for group in app.get("button_group") if group.key == "preset"]
    almost = len(sample.select(nps.Selection(activity=(90, 100), score=(7, 8))).places)
    assert pills.options[:2] == ["Everybody 1,155", f"Almost promoters {almost}"]


def test_the_range_can_be_set_by_numbers(sample):
    app = visit(opened(), "usage_map")
    healthy(app.slider(key="slider_score").set_range(9, 10).run(), "usage_map")
    assert app.query_params["score"] == "9-10"
    assert app.title[0].value == f"{sample.select().score.promoters} people selected"


def test_the_numbers_of_the_map_are_there_when_somebody_opens_them(sample):
    app = visit(opened(), "usage_map")
    assert len(app.dataframe) == 1
    app.session_state["segment_numbers"] = app.session_state["feature_numbers"] = True
    healthy(app.run(), "usage_map")
    segment = app.selectbox(key="map_segment").value
    wanted = sample.select().by_segment(segment)
    assert table(app, "value", "share")["responses"].tolist() == wanted["responses"].tolist()
    assert sorted(table(app, "users")["users"]) == sorted(sample.select().by_feature()["users"])
    healthy(app.slider(key="slider_score").set_range(7, 8).run(), "usage_map")
    assert not any("nps" in {*frame.value} for frame in app.dataframe)


def test_who_is_like_a_promoter_is_offered_only_where_it_can_be_told(sample, product, tmp_path):
    liked = Files(tmp_path, files.told_by_use())

    def offered(read=None) -> bool:
        groups = visit(opened(read), "usage_map").get("button_group")
        return any("Use it like promoters" in option for group in groups for option in group.options)

    assert (offered(), offered(product), offered(liked)) == (False, False, True)


def test_without_usage_it_says_what_to_add(tmp_path):
    app = visit(opened(Files(tmp_path, {"responses": files.answers([10, 9, 8, 7, 3, 0] * 10)})), "usage_map")
    assert "Add a usage file" in said(app)
    assert charts(app) == 0
    visit(app, "overview")
