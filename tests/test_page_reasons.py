"""The Reasons page says what `nps` answers, and a click on a reason, a feature or a word narrows everything to it."""

from dataclasses import replace

import files
import pytest
from journeys import Files, charts, headline, healthy, marked, opened, quotes, said, visit

import nps
from nps.comments import Rules
from workspace.store.rules import Kept

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]
REGION = {"activity": "50-100", "score": "0-6"}
DETRACTORS = nps.Selection(activity=(50, 100), score=(0, 6))


def answers(comments, scores=(2, 9, 7)) -> bytes:
    """Answers of as many people, some with a comment."""
    rows = [(f"u{n}", scores[n % len(scores)], "2026-05-01", comment) for n, comment in enumerate(comments)]
    return files.table(["person_id", "score", "date", "comment"], rows)


def brought(folder, comments, **how) -> Files:
    return Files(folder, {"responses": answers(comments, **how)})


def by_key(app, key: str):
    """The table of this key."""
    (found,) = [frame.value for frame in app.dataframe if (frame.key or "").startswith(key)]
    return found


def test_it_begins_with_how_many_wrote_and_how_much_of_it_nobody_knows(sample):
    app, frame = opened(page="reasons"), sample.select().reasons()
    unknown = frame.set_index("theme").loc["", "share"]
    assert (
        headline(app)
        == f"563 of 1,155 people wrote something (49%); {unknown:.0%} of the comments give no reason we know."
    )
    shown = by_key(app, "reasons_table")
    assert shown["name"].tolist() == [*frame["name"][:-1], "No reason we know"]
    assert shown["dislike"].tolist() == frame["dislike"].tolist()
    assert [pill for group in app.get("button_group") if group.key == "writers" for pill in group.options] == [
        *("All 563", "Detractors 127", "Passives 193", "Promoters 243")
    ]


def test_what_sets_the_groups_apart_is_said_and_how_sure_that_is(sample):
    app = opened(page="reasons")
    assert "Bugs and reliability: 31 of 127 detractors who wrote, 14 of 243 promoters." in said(app)
    named = by_key(app, "mentions_table")
    sure = named.loc[named["sure"] != "", "name"]
    assert {*sure} == {"Issue sync", "Bulk export", "Templates", "AI summary"}


def test_in_a_region_it_is_held_against_everyone_else_who_wrote(sample):
    app = opened(page="reasons", **REGION)
    frame = sample.select(DETRACTORS).reasons()
    shown = by_key(app, "reasons_table")
    anybody = (frame["people"] > 0) | (frame["share_rest"] > 0)
    assert shown["share"].tolist() == pytest.approx(frame.loc[anybody, "share"].round(2).tolist())
    assert "Bugs and reliability: 48% of those selected who wrote, 6% of everyone else." in said(app)
    assert "nps" not in shown
    assert "Under 100 comments on a side" in said(app)


def test_comments_of_the_selection_come_with_what_is_said_in_them_the_most_telling_first(sample):
    app = opened(page="reasons", **REGION, theme="bugs.dislike", v="3")
    chosen = sample.select(DETRACTORS.changed(theme="bugs.dislike"))
    assert headline(app) == f"{len(chosen.places)} of 31 who wrote say so."
    shown = quotes(app, "quotes")
    assert len(shown) == len(chosen.places) == 14
    assert all(marked(quote) for quote in shown)
    assert all("Bugs and reliability · dislike" in quote["tags"] for quote in shown)
    assert {quote["who"] for quote in shown} == {*chosen.people["name"]}
    every = by_key(app, "reasons_table")
    assert len(every) == 17  # the reasons are those of all who wrote in the region


def test_rules_that_leave_all_reasons_out_say_so():
    app = opened(page="reasons")
    nothing = Rules(tuple(replace(theme, excluded=True) for theme in Rules.default().themes))
    app.session_state["sample_rules"] = (Kept(1, 1, nothing.version, nothing.to_json(), "ann", "2026-05-01"),)
    assert by_key(healthy(app.run(), "reasons"), "reasons_table")["name"].tolist() == ["No reason we know"]
    assert "The rules leave all reasons out." in said(app)


def test_a_group_is_chosen_by_its_scores_and_the_address_says_so(sample):
    app = opened(page="reasons")
    (writers,) = [group for group in app.get("button_group") if group.key == "writers"]
    healthy(writers.set_value("Promoter").run(), "reasons")
    assert app.query_params["score"] == "9-10"
    assert len(quotes(app, "quotes")) == 30
    visit(app, "usage_map")
    assert app.title[0].value == f"{sample.select().score.promoters} people selected"


def test_comments_that_give_no_reason_we_know_can_be_looked_at(sample):
    app, frame = opened(page="reasons", theme="-", v="3"), sample.select().reasons()
    assert headline(app) == f"{frame['people'].iloc[-1]} of 563 who wrote say so."
    assert not any(tag.startswith("Bugs") for quote in quotes(app, "quotes") for tag in quote["tags"])


def test_comments_are_searched_and_told_apart_by_language(tmp_path):
    comments = ["Die App stürzt jeden Tag ab, das ist sehr ärgerlich", "It crashes every day and nobody answers us"] * 6
    app = opened(brought(tmp_path, comments), page="reasons")
    assert len(quotes(app, "quotes")) == 12
    healthy(app.text_input(key="quotes_search").set_value("NOBODY").run())
    assert {marked(quote).split()[0] for quote in quotes(app, "quotes")} == {"crashes"}
    healthy(app.text_input(key="quotes_search").set_value("").run())
    healthy(app.radio(key="quotes_language").set_value("de").run())
    assert {quote["pieces"][0][0] for quote in quotes(app, "quotes")} == {"Die App "}
    assert app.query_params["language"] == "de"


def test_comments_come_thirty_a_page(tmp_path):
    app = opened(brought(tmp_path, [f"Fine {n}" for n in range(50)]), page="reasons")
    assert len(quotes(app, "quotes")) == 30
    app.session_state["quotes_page"] = 2
    healthy(app.run())
    assert len(quotes(app, "quotes")) == 20
    healthy(app.text_input(key="quotes_search").set_value("fine 1").run())
    assert len(quotes(app, "quotes")) == 11


@pytest.mark.parametrize(
    ("comments", "told"),
    [
        ([""] * 12, "No answer has a comment."),
        (["Crashes"] + [""] * 11, "1 person of 12 wrote something."),
        (["Fine"] * 50, "50 of 50 people wrote something (100%); 100% of the comments give no reason we know."),
        (
            [
                "\0",
                "\ue000",
                "🦊",
                "<script>x</script>",
                "![a](http://localhost:9/b)",
                "مرحبا",
                "a" * 100_000,
                "w " * 20_000,
            ]
            * 2,
            None,
        ),
    ],
    ids=["none", "one", "no reason", "hostile"],
)
def test_whatever_was_written_the_page_is_whole(tmp_path, comments, told):
    app = opened(brought(tmp_path, comments), page="reasons")
    assert told is None or headline(app) == told


def test_nobody_who_wrote_something_under_these_filters(tmp_path):
    app = opened(brought(tmp_path, ["Crashes", "", ""] * 6), page="reasons", score="9-10")
    assert headline(app) == "Nobody wrote anything under these filters."
    healthy(app.button(key="clear_filters_here").click().run())
    assert headline(app).startswith("6 people of 18 wrote something")


def test_without_usage_features_that_the_rules_know_are_all_there_is(tmp_path):
    app = opened(brought(tmp_path, ["It crashes"] * 24), page="reasons")
    assert "used_by" not in by_key(app, "reasons_table")
    assert by_key(app, "reasons_table")["name"].tolist()[0] == "Bugs and reliability"


def test_the_map_switches_between_features_and_reasons_and_keeps_the_region():
    app = visit(opened(**REGION), "usage_map")
    (switch,) = [group for group in app.get("button_group") if group.key == "third_panel"]
    healthy(switch.set_value("reasons").run(), "usage_map")
    assert dict(app.query_params) == {**REGION, "panel": "reasons"}
    assert charts(app) == 1
    assert "Bugs and reliability: 48% of those selected who wrote, 6% of everyone else." in said(app)


def test_the_map_of_data_without_comments_has_features_alone(tmp_path):
    contents = files.product()
    lines = contents["responses"].decode().splitlines()
    blank = {"responses": "\n".join(lines).replace("comment", "unread").encode(), "usage": contents["usage"]}
    app = visit(opened(Files(tmp_path, blank | {"people": contents["people"]})), "usage_map")
    assert not [group for group in app.get("button_group") if group.key == "third_panel"]


def test_a_person_is_shown_with_what_they_said(sample):
    somebody = sample.select().comments(theme="bugs").iloc[0]
    (place,) = sample.answers.index[sample.answers["comment"] == somebody["comment"]][-1:]
    app = opened(page="person", person=somebody["person_id"])
    (quote,) = quotes(app, f"said_{place}")
    assert "".join(text for text, _marked in quote["pieces"]) == somebody["comment"]
    assert marked(quote)
    assert any(tag.startswith("Bugs and reliability") for tag in quote["tags"])


def test_from_a_feature_one_gets_to_the_reasons_of_who_names_it(sample):
    app = opened(page="features", feature="Issue sync")
    healthy(app.button(key="reasons_of_feature").click().run())
    healthy(app.switch_page("reasons.py").run())
    assert app.query_params["mention"] == "feature:Issue sync"
    naming = sample.select(nps.Selection(mention="feature:Issue sync"))
    assert headline(app) == f"{len(naming.places)} of 563 who wrote say so."
