"""The page of all people, and that of one: who is listed, who comes before and after, and what is told of them."""

import builders
import files
import pandas as pd
import pytest
from journeys import Files, charts, headline, healthy, metrics, opened, said, table, visit

import nps
from nps.charts import person as drawn
from nps.measures import person
from nps.wording import likeness
from pages.session import access

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages
ALMOST = {"activity": "90-100", "score": "7-8"}


def test_everybody_who_is_selected_is_listed_the_latest_answer_first(sample):
    chosen = sample.select(nps.Selection(activity=(90, 100), score=(7, 8)))
    ids = chosen.people["person_id"].tolist()[::-1]
    app = opened(page="people", **ALMOST)
    assert headline(app) == f"{len(ids)} people answered"
    assert table(app, "person_id", "comment")["person_id"].tolist() == ids
    wanted = chosen.people[chosen.people["person_id"] == ids[3]].iloc[0]
    app.text_input(key="everybody_search").input(wanted["email"].upper())
    assert table(healthy(app.run()), "person_id")["person_id"].tolist() == [ids[3]]


def test_a_person_stands_among_those_who_are_selected(sample):
    chosen = sample.select(nps.Selection(activity=(90, 100), score=(7, 8)))
    ids = chosen.people["person_id"].tolist()[::-1]
    app = opened(page="person", person=ids[1], **ALMOST)
    assert f"2 of {len(ids)}" in said(app)
    for button, who in (("person_right", ids[2]), ("person_left", ids[1]), ("person_left", ids[0])):
        healthy(app.button(key=button).click().run())
        assert app.query_params["person"] == who
    assert app.button(key="person_left").disabled
    healthy(app.button(key="person_back").click().run())
    assert headline(app) == f"{len(ids)} people answered"
    assert dict(app.query_params) == ALMOST


def test_a_person_is_shown_among_everybody(sample):
    who = sample.answers["person_id"].value_counts().index[0]
    somebody = sample.select().person(who)
    latest = somebody.answers.iloc[-1]
    app = opened(page="person", person=who)
    assert headline(app).startswith(f"{latest['group']}: gave {latest['score']} on ")
    assert metrics(app)["Active days"] == f"{person.lately(somebody.days, somebody.life.as_of).days:,}"
    assert said(app).count(": gave ") == len(somebody.answers) > 1
    assert latest["name"] in said(app)
    assert f"{latest['active_days']:,.0f} active days" in said(app)
    assert charts(app) == 2  # their use, and how health went
    weeks = table(app, "day", "health")
    assert (len(weeks), weeks["day"].iloc[0]) == (26, pd.Timestamp(somebody.life.as_of))
    assert f"Health {weeks['health'].iloc[0]:.0f}, " in said(app)
    assert (latest["email"] in [code.value for code in app.code]) != latest["opted_out"]
    shown = table(app, "feature", "weeks", "reach")
    assert shown["days"].tolist() == somebody.features["days"].tolist()
    among = table(app, "own", "typical", "above")
    assert among["own"].tolist() == somebody.peers.figures["own"].tolist()


def test_who_never_answered_has_a_page_of_their_own(sample):
    quiet = sample.unasked.iloc[3]
    app = opened(page="person", person=quiet["person_id"])
    assert headline(app) == "Has not answered"
    assert quiet["name"] in said(app)
    assert "Against " in " ".join(each.value for each in app.header)
    assert "person_left" not in {button.key for button in app.button}


def test_what_has_stopped_is_told(tmp_path):
    """Export on ten days in a row that ended 30 days before the last day of the usage; Boards goes on."""
    days = [f"2025-05-{day:02d}" for day in range(22, 32)]
    used = [("p0", "Export", day) for day in days] + [("p0", "Boards", "2025-06-30")]
    contents = {
        "responses": files.table(("person_id", "score"), [("p0", 3), ("p1", 9)]),
        "usage": files.table(("person_id", "feature", "at"), used),
    }
    app = opened(Files(tmp_path, contents), page="person", person="p0")
    assert "Export: used on 10 days of 84, and not in the 28 since; last on 31 May 2025" in said(app)
    assert "Against " not in " ".join(each.value for each in app.header)


def test_next_goes_along_the_list_that_a_person_was_opened_from(sample):
    listed = tuple(sample.answers["person_id"].unique()[[5, 2, 9]])
    app = opened(page="person", person=listed[1])
    app.session_state["among"] = listed
    assert "2 of 3" in said(healthy(app.run()))
    healthy(app.button(key="person_right").click().run())
    assert app.query_params["person"] == listed[2]
    assert app.button(key="person_right").disabled
    app.text_input(key="person_search").input(sample.answers["person_id"].iloc[0])
    healthy(app.run())
    app.selectbox(key="picked_person").select(sample.answers["person_id"].iloc[0])
    assert "of 1,155" in said(healthy(app.run()))


def test_who_does_not_want_to_be_contacted_has_no_address_to_copy(sample):
    who = sample.answers[sample.answers["opted_out"] & sample.answers["email"].notna()].iloc[-1]
    app = opened(page="person", person=who["person_id"])
    assert who["email"] not in [code.value for code in app.code]
    assert "Does not want to be contacted" in said(app)


def test_anybody_can_be_found_by_name_address_id_or_account(sample):
    somebody = sample.respondents[sample.respondents["account"].notna()].iloc[5]
    app = opened(page="person")
    assert headline(app) == "Whom do you want to see?"
    for wanted in ("name", "email", "person_id", "account"):
        app.text_input(key="person_search").input(somebody[wanted])
        options = healthy(app.run()).selectbox(key="picked_person").options
        called = f"{somebody['name']} ({somebody['person_id']})"
        assert any(option.startswith(called) for option in options)
    app.selectbox(key="picked_person").select(somebody["person_id"])
    healthy(app.run())
    assert app.query_params["person"] == somebody["person_id"]
    assert somebody["name"] in said(app)


def test_who_sees_no_names_searches_for_nobody(sample, monkeypatch):
    assert "person_search" in {text.key for text in opened(page="person").text_input}
    monkeypatch.setattr(access, "sees_masked", lambda: True)
    app = opened(page="person", person=sample.answers["person_id"].iloc[0])
    assert headline(app) == "Whom do you want to see?"
    assert not app.text_input


def test_what_is_not_known_of_somebody_is_blank_and_not_told(tmp_path):
    rows = [(f"p{n}", n % 11, ["Admin", "Viewer", ""][n % 3]) for n in range(30)]
    product = Files(tmp_path, {"responses": files.table(("person_id", "score", "role"), rows)})
    shown = table(opened(product, page="people"), "person_id", "role").set_index("person_id")["role"]
    assert shown[["p0", "p1", "p2"]].tolist() == ["Admin", "Viewer", ""]
    app = opened(product, page="person", person="p2")
    assert "(none)" not in said(app)
    assert "Admin · p0" in said(opened(product, page="person", person="p0"))


def test_a_person_of_whom_only_scores_are_known_has_a_page(tmp_path):
    rows = files.table(("person_id", "score"), [(f"p{n}", n % 11) for n in range(20)])
    alone = Files(tmp_path, {"responses": rows})
    app = opened(alone, "person", person="p9")
    assert headline(app) == "Promoter: gave 9"
    assert metrics(app) == {}
    assert charts(app) == 0


def test_who_is_like_a_promoter_is_one_click_away(tmp_path):
    """Nine of ten who use Boards are promoters, three of ten others; nobody answered again."""
    product = Files(tmp_path, files.told_by_use())
    app = opened(product, "people")
    healthy(app.button_group(key="people_view").set_value("like_promoters").run())
    assert app.query_params["view"] == "like_promoters"
    assert "Not yet tried" in said(app)
    rated = table(app, "likeness", "person_id")["likeness"]
    assert (rated == rated.round(2)).all()
    healthy(app.button(key="show_alike").click().run())
    chosen = product.usual.select(nps.Selection(score=(7, 8), like_promoters=True))
    assert table(app, "person_id", "comment")["person_id"].tolist() == chosen.people["person_id"].tolist()[::-1]
    expected = {"like": "promoters", "score": "7-8", "v": "2", "data": "0123456789abcdef"}
    assert dict(app.query_params) == expected
    assert app.session_state["preset"] == "like_promoters"


def test_a_rating_that_did_not_come_true_is_told_in_one_line_and_offered_nowhere(sample):
    app = opened(page="people", view="like_promoters")
    assert likeness.of_proof(sample.came_true) in said(app)
    assert "show_alike" not in {button.key for button in app.button}
    assert "view" not in app.query_params


def test_weeks_of_use_go_from_the_first_to_the_last_day_that_is_kept():
    """Boards on 18 March and 3 April, Search on 3 April, which are of one 90 days; nobody else's days count."""
    used = [("p0", "Boards", "2025-03-18"), ("p0", "Boards", "2025-04-03"), ("p0", "Search", "2025-04-03")]
    used += [("p1", "Boards", "2025-04-20"), ("p0", "Boards", "2025-02-20"), ("p1", "Search", "2025-02-20")]
    panel = nps.load(builders.responses(score=[9, 3]), builders.usage(*used))
    weeks = person.weeks(panel, "p0")
    assert weeks["week"].dt.strftime("%d %b").tolist() == ["17 Mar", "24 Mar", "31 Mar"]
    assert weeks["features"].tolist() == [1, 1, 2]
    assert person.weeks(panel, "nobody").empty


def test_nothing_is_drawn_over_time_where_nothing_has_a_date():
    undated = pd.DataFrame({"responded_at": pd.to_datetime([None]), "score": [9], "group": ["Promoter"]})
    nothing = pd.DataFrame({"begins": pd.to_datetime([]), "days": [], "amount": [], "label": [], "said": []})
    events = pd.DataFrame({"day": pd.to_datetime(["2025-03-01"]), "name": ["Release"]})
    assert drawn.timeline(nothing, undated, events, 100) is None


def test_bars_and_answers_stand_on_their_days():
    use = pd.DataFrame(
        {"begins": pd.to_datetime(["2025-01-02"]), "days": 7, "amount": 2.0, "label": "Uses", "said": ""}
    )
    answers = pd.DataFrame({"responded_at": pd.to_datetime(["2025-03-01 23:00"]), "score": [9], "group": ["Promoter"]})
    events = pd.DataFrame({"day": pd.to_datetime(["2025-01-10", "2024-01-01"]), "name": ["Release", "Long ago"]})
    chart = drawn.timeline(use, answers, events, 100, last=pd.Timestamp("2025-03-05").date())
    frames = [layer.data for layer in chart.layer]
    assert [frame["at"].tolist() for frame in frames if "name" in frame] == [[36], [36]]
    assert [round(end) for end in frames[2][["left", "right"]].iloc[0]] == [28, 34]
    assert frames[-1]["at"].tolist() == [86]  # of 91 days, at least
    assert chart.layer[-1].encoding.x["scale"]["domain"] == [-0.5, 90.5]


@pytest.mark.parametrize(
    ("who", "stands"), [("a", (1, None, "b")), ("b", (2, "a", "c")), ("c", (3, "b", None)), ("d", (0, None, None))]
)
def test_before_and_after_somebody(who, stands):
    assert person.around(["a", "b", "c"], who) == stands


def test_who_is_like_a_promoter_is_not_offered_where_it_cannot_be_told(product):
    app = visit(opened(product), "usage_map")
    assert product.usual.like_promoters.hidden
    assert "Use it like promoters" not in app.get("button_group")[0].options
    assert "show_alike" not in {button.key for button in visit(app, "people").button}
    assert "Nobody can be told to use the product like promoters do." in said(opened(product, alike="promoter"))


def test_a_selection_is_saved_as_an_audience_and_comes_back_by_a_click(sample):
    app = visit(opened(activity="90-100", score="7-8"), "usage_map")
    app.text_input(key="audience_name").input(" Nearly   there ").run()
    healthy(app.button(key="save_audience").click().run(), "usage_map")
    healthy(app.button(key="clear_map").click().run(), "usage_map")
    app = visit(app, "people")
    (views,) = [group for group in app.get("button_group") if group.key == "people_view"]
    healthy(views.set_value("audiences").run(), "people")
    listed = table(app, "name", "whom")
    chosen = sample.select(nps.Selection(activity=(90, 100), score=(7, 8)))
    assert listed[["name", "people"]].values.tolist() == [["Nearly there", len(chosen.per_person.places)]]
    healthy(app.button(key=_key(app, "remove_audience_")).click().run())
    assert "No audience yet" in said(app)


def test_an_audience_needs_a_name(sample):
    app = visit(opened(activity="90-100", score="7-8"), "usage_map")
    healthy(app.button(key="save_audience").click().run(), "usage_map")
    assert "Give the audience a name of at most 80 characters." in said(app)


def _key(app, begins: str) -> str:
    return next(button.key for button in app.button if button.key.startswith(begins))
