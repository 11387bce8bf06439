"""The rules by which comments are read are changed on the Reasons page, tried before they are kept, and taken back."""

import dataclasses
import os
from pathlib import Path
from types import SimpleNamespace

import kept
import pytest
from journeys import healthy, opened, said, table
from kept import here
from streamlit.testing.v1 import AppTest
from team import invited, login

from nps.comments import Rules, editing, proposals
from nps.comments.proposals import Proposal
from pages.session import groups
from web import identity
from workspace.access import ways
from workspace.access.actor import Actor
from workspace.store import datasets, rules

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages
OURS = Rules.default()


def reasons(**query: str) -> AppTest:
    return opened(page="reasons", **query)


def pressed(app: AppTest, key: str) -> AppTest:
    return healthy(app.button(key=key).click().run(), key)


def worded(app: AppTest, theme: str, more: str) -> AppTest:
    """With more words in English for a theme, not kept yet."""
    app.selectbox(key="rules_theme").select(theme)
    field = healthy(app.run()).text_area(key=f"rules_words_{theme}_en")
    return healthy(field.set_value(f"{field.value}, {more}").run())


def keys(app: AppTest) -> set[str]:
    return {button.key for button in app.button}


def test_a_change_is_tried_before_it_is_kept_and_then_holds_as_it_was_told(sample):
    app = worded(reasons(), "price", "Update*")
    wanted = editing.with_words(OURS, "price", "en", ["update*"])
    before, after = (
        panel.select().reasons("groups").set_index("theme") for panel in (sample, sample.with_rules(wanted))
    )
    told = table(app, "takes", "gives_up").set_index("name")
    assert (told["takes"]["Price"], told["gives_up"]["Price"]) == (13, 0)
    assert [told[f"share_{when}"]["Price"] for when in ("before", "after")] == [
        frame["share"].round(2)["price"] for frame in (before, after)
    ]
    assert [told[f"flagged_{when}"]["Price"] for when in ("before", "after")] == [
        frame["flagged"]["price"] for frame in (before, after)
    ]
    assert "13 of 563 comments would be read differently." in said(app)
    examples = [line[3:] for line in said(app).splitlines() if line.startswith("•  ")]
    assert len(examples) == 3
    assert all("update" in each.lower() for each in examples)
    assert "rules" not in app.query_params
    pressed(app, "rules_keep")
    assert app.query_params["rules"] == wanted.version
    assert "Comments are read by version 1 of the rules" in said(app)
    assert "rules_keep" not in keys(app)


def test_a_change_that_is_discarded_leaves_nothing(sample):
    app = pressed(worded(reasons(), "price", "update*"), "rules_discard")
    assert "update" not in app.text_area(key="rules_words_price_en").value
    assert "rules_keep" not in keys(app)


def test_what_was_typed_and_cannot_be_is_told_and_stays_to_be_mended():
    app = worded(reasons(), "price", "x")
    assert "“x” is no word or phrase" in said(app)
    assert app.text_area(key="rules_words_price_en").value.endswith(", x")
    assert "rules_keep" not in keys(app)
    app = worded(reasons(), "price", "ask nora@example.org")
    assert "leave out addresses and numbers" in said(app)


def test_reasons_are_added_renamed_merged_left_out_pinned_and_deleted():
    app = reasons()
    app.text_input(key="rules_new_name").set_value("<b>Onboarding</b>")
    app.text_area(key="rules_new_words").set_value("onboard*, first week")
    pressed(app, "rules_add")
    assert app.selectbox(key="rules_theme").value == "b_onboarding_b"
    healthy(app.text_input(key="rules_name_b_onboarding_b").set_value("First days").run())
    healthy(app.toggle(key="rules_first_b_onboarding_b").set_value(True).run())
    assert "First days (always first)" in app.selectbox(key="rules_theme").options
    healthy(app.selectbox(key="rules_into_b_onboarding_b").select("learning").run())
    assert app.selectbox(key="rules_theme").value == "learning"
    healthy(app.toggle(key="rules_out_learning").set_value(True).run())
    app.selectbox(key="rules_theme").select("mobile").run()
    pressed(app, "rules_gone_mobile")
    wanted = editing.with_words(OURS, "learning", "en", ["onboard*", "first week"])
    wanted = editing.without_theme(editing.marked(wanted, "learning", excluded=True), "mobile")
    assert app.session_state["rules_draft"].rules == wanted


def test_features_get_other_names_and_those_that_no_file_names_can_be_added(sample):
    app = reasons()
    healthy(app.button_group(key="rules_view").set_value("features").run())
    sync = ("feature", "Issue sync")
    healthy(app.selectbox(key="rules_feature").select(sync).run())
    place = sample.named_features.index(sync)
    healthy(app.text_area(key=f"rules_names_{place}").set_value("Jira link, tickets").run())
    healthy(app.selectbox(key=f"rules_cue_{place}").select("never").run())
    healthy(app.selectbox(key=f"rules_of_{place}").select("integrations").run())
    app.text_input(key="rules_feature_name").set_value("Dark theme")
    pressed(app, "rules_feature_add")
    wanted = OURS.with_aliases({sync: ["Jira link", "tickets"], ("feature", "Dark theme"): ["Dark theme"]})
    wanted = editing.of_theme(editing.cued(wanted, sync, False), sync, "integrations")
    assert app.session_state["rules_draft"].rules == wanted


def test_versions_are_listed_looked_at_and_taken_back():
    app = pressed(worded(reasons(), "price", "update*"), "rules_keep")
    first = app.query_params["rules"]
    pressed(worded(app, "speed", "meeting*"), "rules_keep")
    second = app.query_params["rules"]
    healthy(app.button_group(key="rules_view").set_value("versions").run())
    pressed(app, "rules_look_1")
    assert app.query_params["rules"] == first
    assert "These are not the current rules" in said(app)
    pressed(app, "rules_current")
    assert app.query_params["rules"] == second
    pressed(app, "rules_undo")
    assert app.query_params["rules"] == first
    assert "by you: back to version 1" in said(app)
    pressed(app, "rules_undo")
    assert "rules" not in app.query_params
    assert app.button(key="rules_undo").disabled


def test_a_link_of_rules_that_are_not_there_says_so_and_shows_the_current_ones():
    app = reasons(rules="0123456789ab")
    assert "The rules that this link asks for are not kept here." in said(app)
    assert "rules" not in app.query_params
    app = pressed(worded(reasons(), "price", "update*"), "rules_keep")
    other = reasons(rules=app.query_params["rules"])
    assert "are not kept here" in said(other), "of the sample, everybody has their own"


@pytest.fixture
def one(workspace, tmp_path):
    """The id of what is kept."""
    with here() as space:
        return datasets.keep(kept.ANALYST, space, kept.landed(tmp_path / "files", **kept.FILES), "First quarter")


def test_rules_are_kept_with_the_data_and_a_link_of_earlier_ones_shows_those(one):
    app = pressed(worded(reasons(data=one), "price", "fine"), "rules_keep")
    first = app.query_params["rules"]
    assert reasons(data=one).query_params["rules"] == first, "they hold for everybody who opens it"
    pressed(worded(app, "speed", "asked"), "rules_keep")
    earlier = reasons(data=one, rules=first)
    assert "These are not the current rules" in said(earlier)
    assert earlier.query_params["rules"] == first
    now = app.query_params["rules"]
    assert pressed(earlier, "rules_current").query_params["rules"] == now
    ours = reasons(data=one, rules=OURS.version)
    assert ours.query_params["rules"] == OURS.version
    assert "Comments are read by the rules that come with the product. These are not the current rules" in said(ours)
    pressed(ours, "rules_again")
    assert "rules" not in ours.query_params
    with here() as space:
        assert [each.version for each in rules.history(kept.ANALYST, space, one)] == ["", now, first]


def test_two_who_change_the_rules_at_once_are_told(one):
    ann, ben = (worded(reasons(data=one), "price", word) for word in ("fine", "ask"))
    pressed(ann, "rules_keep")
    pressed(ben, "rules_keep")
    assert "Somebody changed the rules meanwhile." in said(ben)
    with here() as space:
        (only,) = rules.history(kept.ANALYST, space, one)
    assert only.version == ann.query_params["rules"]
    pressed(ben, "rules_keep")
    assert ben.query_params["rules"] != only.version, "who was told, and looked again, may repeat it"


def test_data_that_is_kept_takes_its_rules_along_and_other_data_has_its_own(one):
    app = pressed(worded(reasons(data=one), "price", "fine"), "rules_keep")
    app.button(key="line_sample").click().run()
    healthy(app)
    assert "rules" not in app.query_params
    assert "Comments are read by the rules that come with the product." in said(app)


def test_two_who_read_the_same_data_by_different_rules_see_their_own():
    app = pressed(worded(reasons(), "price", "update*"), "rules_keep")
    other = reasons()
    assert [_said_by(each, "Price") for each in (app.run(), other.run(), app.run())] == [0.09, 0.07, 0.09]


def _said_by(app: AppTest, reason: str) -> float:
    """The share that gives a reason, by the page's own table."""
    return table(app, "love", "nps").set_index("name")["share"][reason]


def test_viewers_see_figures_under_the_rules_of_the_data_and_can_change_none(one, monkeypatch):
    app = pressed(worded(reasons(data=one), "price", "fine"), "rules_keep")
    monkeypatch.setenv("NPS_LENS_LOGIN", "password")
    place = Path(os.environ["NPS_LENS_WORKSPACE"])
    invited(place, with_passwords=False)
    with here() as space:
        datasets.show_viewers(kept.ADMIN, space, one, "pseudonymous")
        vera = identity.Visitor(ways.by_name(Actor.SYSTEM, space, login("vera")), "veras session")
    monkeypatch.setattr(identity, "of_page", lambda: vera)
    seen = reasons(data=one)
    assert seen.query_params["rules"] == app.query_params["rules"]
    assert "Comments are read by version 1 of the rules" in said(seen)
    assert not [key for key in keys(seen) if key and key.startswith("rules_")]
    assert not [each for each in seen.expander if each.label == "Change what counts as which reason"]


def test_a_filter_by_a_reason_that_other_rules_do_not_have_is_left_out():
    app = reasons(theme="mobile", v="3")
    app.selectbox(key="rules_theme").select("mobile").run()
    pressed(app, "rules_gone_mobile")
    pressed(app, "rules_keep")
    healthy(app.run())
    assert "theme" not in app.query_params


def looked(monkeypatch, *found: Proposal) -> AppTest:
    """Somebody has looked for groups, and these were found."""
    monkeypatch.setattr(proposals, "lacks", lambda *_given, **_how: None)
    job = SimpleNamespace(over=True, result=lambda: [*found], cancel=lambda: None)
    monkeypatch.setattr(groups, "Proposing", lambda *_given, **_how: job)
    app = reasons()
    healthy(app.button_group(key="rules_view").set_value("groups").run())
    return pressed(app, "groups_look")


COLOURS = Proposal(40, 0.6, ("palette", "grey"), ("palette", "grey*", "shade"), 0.68, 0.78, ("Too <b>grey</b> for me",))


def test_a_group_becomes_a_reason_by_the_words_that_were_not_ticked_off(monkeypatch):
    app = looked(monkeypatch, COLOURS)
    assert "68% of what all these words take is of this group, 78% of the group has one." in said(app)
    assert "•  Too <b>grey</b> for me" in [text.value for text in app.main.text]
    app.multiselect(key="group_words_0").unselect("shade")
    app.text_input(key="group_name_0").set_value("Colours")
    pressed(app, "group_take_0")
    wanted = editing.with_theme(OURS, "Colours", "en", ["palette", "grey*"])
    assert app.session_state["rules_draft"].rules == wanted
    assert "would be read differently" in said(app)
    pressed(app, "rules_keep")
    assert app.query_params["rules"] == wanted.version
    assert "palette · grey" in said(app), "the other groups stay"


def test_a_group_can_give_more_words_to_a_reason_that_is_there(monkeypatch):
    app = looked(monkeypatch, COLOURS)
    app.selectbox(key="group_into_0").select("design")
    pressed(app, "group_take_0")
    wanted = editing.with_words(OURS, "design", "en", ["palette", "grey*", "shade"])
    assert app.session_state["rules_draft"].rules == wanted


def test_groups_are_of_the_comments_that_give_no_reason_and_are_forgotten_with_these(monkeypatch, sample):
    given = []
    monkeypatch.setattr(proposals, "drawn", lambda *said: given.append(said) or ([], []))
    app = looked(monkeypatch, COLOURS)
    texts, people = given[-1]
    silent = sample.select().comments().loc[lambda frame: frame["themes"].str.len() == 0, "comment"]
    assert sorted(texts) == sorted(silent.str.strip())
    assert len({*people}) == len(people) == 201
    app.session_state["groups"] = dataclasses.replace(app.session_state["groups"], comments=lambda: None)
    assert "groups_look" in keys(healthy(app.run()))
    assert app.session_state["groups"] is None


def test_where_no_groups_can_be_looked_for_the_page_says_why(one):
    app = reasons(data=one)
    healthy(app.button_group(key="rules_view").set_value("groups").run())
    assert "groups_look" not in keys(app)
    assert str(proposals.lacks([])) in said(app)
