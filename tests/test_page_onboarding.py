"""Onboarding on the page of people: steps are chosen, told of, and each opens to the people behind it."""

import files
import pytest
from journeys import Files, charts, headline, healthy, opened, said, table

import nps
from nps.chosen.watching import Watching
from nps.steps import Onboarding, Step
from pages.session import keys, watching

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages
BOARD, INVITE = ("feature", "Board"), ("feature", "Invite")
TWO = Onboarding((Step("Opens a board", (BOARD,), within_days=7), Step("Invites", (INVITE,), within_days=14)))
MANY = 24


@pytest.fixture
def product(tmp_path):
    """24 people who joined on 2 March; all opened a board on the next day, every third invited a week later, every
    sixth left in June; the usage goes from 1 March to 30 June."""
    ids = [f"p{n:02d}" for n in range(MANY)]
    used = [(who, "Board", "2025-03-03") for who in ids] + [(who, "Invite", "2025-03-10") for who in ids[::3]]
    used += [("somebody else", "Board", "2025-03-01"), (ids[0], "Board", "2025-06-30")]
    people = [(who, f"Name {who}", "2025-03-02", "2025-06-01" if n % 6 == 1 else "") for n, who in enumerate(ids)]
    answers = [(who, n % 11, "2025-04-20") for n, who in enumerate(ids[: MANY // 2])]
    tables = {
        "responses": (("person_id", "score", "date"), answers),
        "usage": (("person_id", "feature", "at"), used),
        "people": (("person_id", "name", "joined_at", "churned_at"), people),
    }
    return Files(tmp_path, {name: files.table(*each) for name, each in tables.items()})


@pytest.fixture
def app(product, monkeypatch):
    """The view, with the two steps kept for these data."""
    kept = {"now": Watching(onboarding=TWO)}
    monkeypatch.setattr(watching, "_settings", lambda: kept["now"])

    def keep(now: Watching) -> None:
        keys.WATCHING.take()
        kept["now"] = now

    monkeypatch.setattr(watching, "_keep", keep)
    return opened(product, page="people", view="onboarding")


def test_steps_are_told_with_who_takes_them_and_where_newcomers_stop(app):
    assert headline(app) == "24 newcomers; 33% take the last step in time"
    told = table(app, "step", "median_days")
    assert told[["step", "share", "reached"]].to_numpy().tolist() == [["Opens a board", 1, 24], ["Invites", 0.33, 8]]
    assert told["median_days"].tolist()[0] == 2  # on the second day
    assert table(app, "stopped")["stopped"].tolist() == [0, 16]
    assert "Who takes a step is not chosen at random." in said(app)
    assert charts(app) == 1  # ten are needed on either side for another


def test_a_step_opens_to_the_newcomers_behind_it(app):
    app.selectbox(key="onboarding_step").select("Invites")
    listed = table(healthy(app.run()), "person_id", "censored_at")
    assert len(listed) == 16
    assert not {*listed["person_id"]} & {"p00", "p03"}
    healthy(app.button_group(key="onboarding_whom").set_value("took").run())
    listed = table(app, "person_id", "censored_at")
    assert (len(listed), {*listed["day"]}, listed["name"].iloc[0]) == (8, {9}, "Name p00")
    assert dict(app.query_params)["whom"] == "took"
    healthy(app.button(key="onboarding_filter").click().run())
    assert [str(choice.values[0]) for choice in app.session_state["people"]] == ["did.feature:Invite;uses:1-;joined:14"]


def test_steps_are_compared_by_what_people_answer_and_by_who_leaves(app):
    compared = table(app, "others", "robust")
    assert compared["people"].tolist() == [12, 4]
    healthy(app.button_group(key="onboarding_outcome").set_value("left").run())
    assert "Who left in the 90 days after the last day of the step" in said(app)
    assert table(app, "others", "robust")[["people", "others"]].to_numpy().tolist() == [[24, 0], [8, 16]]


def test_steps_can_be_added_put_earlier_and_removed(app):
    assert "2. Invites: Invite, within 14 days" in said(app)
    healthy(app.button(key="step_up_1").click().run())
    assert table(app, "step", "median_days")["step"].tolist() == ["Invites", "Opens a board"]
    healthy(app.button(key="step_gone_0").click().run())
    assert headline(app) == "24 newcomers; 100% take the step in time"
    app.multiselect(key="step_features").select(INVITE)
    app.number_input(key="step_least").set_value(2)
    healthy(app.button(key="add_step").click().run())
    assert "2. Invite: Invite, 2 uses or more, within 14 days" in said(app)
    app.multiselect(key="step_features").select(INVITE)
    healthy(app.button(key="add_step").click().run())
    assert "Another step is called “Invite” already." in said(app)


def test_days_can_be_counted_from_the_first_use_and_steps_in_their_order(app):
    app.selectbox(key="steps_start").select("first use")
    healthy(app.run())
    assert headline(app) == "Nobody’s beginning is in the usage."
    assert "25 were seen in the first 28 days of the usage, and may have begun before." in said(app)
    app.selectbox(key="steps_start").select("joined")
    app.toggle(key="steps_ordered").set_value(True)
    assert headline(healthy(app.run())).startswith("24 newcomers")
    assert "onboarding_filter" not in {button.key for button in app.button}


def test_where_nobody_chose_steps_one_can_be_chosen(product):
    app = opened(product, page="people", view="onboarding")
    assert headline(app) == "Which steps do newcomers take?"
    app.multiselect(key="step_features").select(BOARD)
    app.text_input(key="step_name").input("<b>First</b> board")
    healthy(app.button(key="add_step").click().run())
    assert headline(app) == "24 newcomers; 100% take the step in time"
    assert "1. <b>First</b> board: Board, within 14 days" in said(app)


def test_without_usage_nothing_can_be_chosen(tmp_path):
    alone = Files(tmp_path, {"responses": files.table(("person_id", "score"), [(f"p{n}", n % 11) for n in range(20)])})
    app = opened(alone, page="people", view="onboarding")
    assert str(nps.InputError("who.no_usage")) in said(app)
    assert not [each for each in app.multiselect if not each.key.startswith("builder_")]


def test_where_use_is_kept_by_account_accounts_are_the_newcomers(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "_settings", lambda: Watching(onboarding=TWO))
    ids = [f"a{n:02d}" for n in range(12)]
    used = [(who, "Board", "2025-03-03") for who in ids] + [(ids[0], "Invite", "2025-03-10")]
    tables = {
        "responses": (("person_id", "account_id", "score", "date"), [(f"p{a}", a, 9, "2025-06-01") for a in ids]),
        "usage": (("account_id", "feature", "at"), [*used, ("b", "Board", "2025-03-01"), ("b", "Board", "2025-06-30")]),
        "people": (("account_id", "joined_at"), [(who, "2025-03-02") for who in ids]),
    }
    product = Files(tmp_path, {name: files.table(*each) for name, each in tables.items()})
    app = opened(product, page="people", view="onboarding", step="Invites")
    assert headline(app) == "12 newcomers; 8% take the last step in time"
    assert len(table(app, "person_id", "censored_at")) == 11
    assert "onboarding_contacts" not in {button.key for button in app.get("download_button")}
    person = opened(product, page="person", person="pa00")
    assert "steps taken" not in said(person)
    assert charts(person) == 2  # when they answered, and what their account used before


def test_a_person_shows_how_far_they_are(app, product):
    app = opened(product, page="person", person="p01")
    assert "1 of 2 steps taken" in said(app)
    assert "✓  Opens a board: on day 2" in said(app)
    assert "○  Invites: not taken" in said(app)
