"""What was decided: kept at findings and at features, changed on the roadmap, and taken along as a file."""

from datetime import date

import kept
import pytest
from journeys import headline, healthy, opened, said, table
from kept import here, landed

from nps.notes import decoded
from web import identity
from workspace.access.actor import Actor, Role
from workspace.follow_up import decisions
from workspace.follow_up.decisions import Decision
from workspace.store import datasets

pytestmark = [pytest.mark.timeout(300), pytest.mark.usefixtures("workspace")]  # whole pages

BEN = Actor("ben", Role.ANALYST)
# 240 people, the even of plan pro, who are promoters
RESPONSES = "response_id,person_id,score,date,comment\n" + "".join(
    f"r{n},c{n},{2 + n % 5 if n % 2 else 9},2026-03-{n % 28 + 1:02},\n" for n in range(240)
)
USAGE = "person_id,feature,date\n" + "".join(
    f"c{n},{feature},2026-02-{n % 28 + 1:02}\n" for n in range(240) for feature in ("Board", "Search")[: 1 + n % 2]
)
PEOPLE = "person_id,plan\n" + "".join(f"c{n},{'free' if n % 2 else 'pro'}\n" for n in range(240))


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    files = {"responses": RESPONSES, "usage": USAGE, "people": PEOPLE}
    return landed(tmp_path_factory.mktemp("read") / "files", **files)


@pytest.fixture
def one(read, workspace):
    """The id of what is kept."""
    with here() as space:
        return datasets.keep(kept.ANALYST, space, read, "First quarter")


def known(one, kind=None):
    with here() as space:
        return decisions.listed(kept.ANALYST, space, one, kind)


def decide(one, *of):
    with here() as space:
        return [decisions.keep(BEN, space, one, Decision(*each)) for each in of]


def roadmap(one, *rows, what="feature"):
    """The roadmap with these rows ticked."""
    app = opened(page="follow_up", data=one, view="roadmap", what=what)
    if rows:
        (name,) = [each.key for each in app.dataframe if (each.key or "").startswith("roadmap_")]
        app.session_state[name] = {"selection": {"rows": [*rows], "columns": [], "cells": []}}
        healthy(app.run())
    return app


def widget(app, kind, name):
    """The one widget of the page of this kind whose key ends so."""
    (found,) = [each for each in getattr(app, kind) if (each.key or "").endswith(name)]
    return found


def test_a_feature_that_is_decided_stands_on_the_roadmap(one):
    app = opened(page="features", data=one, feature="Search")
    widget(app, "selectbox", "_verdict").set_value("sunset")
    widget(app, "text_area", "_decided").set_value("Nobody who likes it uses it")
    widget(app, "date_input", "_until").set_value(date(2026, 1, 31))
    healthy(app.button(key="keep_feature").click().run())
    (row,) = known(one, "feature").to_dict("records")
    assert (row["about"], row["verdict"], row["until"]) == ("Search", "sunset", "2026-01-31")
    app = roadmap(one)
    assert headline(app) == "1 feature is on the roadmap"
    assert "1 open, 1 overdue" in said(app)
    shown = table(app, "verdict", "about", "owner", "when")
    assert shown[["verdict", "about", "owner", "when"]].to_numpy().tolist() == [["sunset", "Search", "Me", "overdue"]]


def test_a_finding_is_kept_as_it_is_told_with_what_was_decided(one):
    app = opened(page="overview", data=one)
    wanted = app.selectbox(key="finding_to_keep").value
    widget(app, "text_area", "_decided").set_value("Ask the free ones why")
    healthy(app.button(key="keep_finding").click().run())
    (row,) = known(one, "finding").to_dict("records")
    assert (row["about"], row["decided"]) == (wanted, "Ask the free ones why")
    assert str(decoded(row["told"])).startswith("Plan free: NPS ")
    app = roadmap(one, what="finding")
    assert headline(app) == "1 finding was kept"
    assert table(app, "about", "decided")["about"].tolist() == [str(decoded(row["told"]).values["told"])]


def test_a_finding_is_still_a_kept_one_after_a_refresh_and_then_and_now_are_told(one, tmp_path):
    app = opened(page="overview", data=one)
    widget(app, "text_area", "_decided").set_value("Ask the *free* ones why")
    healthy(app.button(key="keep_finding").click().run())
    (row,) = known(one, "finding").to_dict("records")
    then = str(decoded(row["told"]))
    assert f"Decided on {row['made_at'][:10]} by Me" in said(healthy(app.run()))
    assert f"On {row['made_at'][:10]}: {then}" not in said(app)
    assert f"Then: {then}\nNow: the same" in said(roadmap(one, 0, what="finding"))
    assert "Ask the *free* ones why" in [each.value for each in app.text]
    newer = RESPONSES + "".join(f"x{n},c{n},{9 if n % 6 == 1 else 1},2026-04-02,\n" for n in range(1, 240, 2))
    with here() as space:
        datasets.refresh(kept.ANALYST, space, one, landed(tmp_path / "newer", responses=newer, people=PEOPLE), 1)
    app = opened(page="overview", data=one)
    assert "Ask the *free* ones why" in [each.value for each in app.text]
    assert f"On {row['made_at'][:10]}: {then}" in [each.value for each in app.text]
    app = roadmap(one, 0, what="finding")
    assert f"Then: {then}" in said(app)
    (now,) = [each.value for each in app.text if each.value.startswith("Now: Plan free: NPS ")]
    assert now.removeprefix("Now: ") != then
    same = RESPONSES + "".join(f"x{n},c{n},{9 if n // 2 % 2 else 3},2026-04-02,\n" for n in range(240))
    with here() as space:
        datasets.refresh(kept.ANALYST, space, one, landed(tmp_path / "same", responses=same, people=PEOPLE), 2)
    assert "Now it is no more than chance." in said(roadmap(one, 0, what="finding"))


def test_a_finding_under_other_filters_is_another_one(one):
    app = opened(page="overview", data=one)
    everybody = app.selectbox(key="finding_to_keep").value
    narrowed = opened(page="overview", data=one, period="2026-03-01..2026-03-20").selectbox(key="finding_to_keep").value
    assert everybody.partition("{")[0] == narrowed.partition("{")[0]
    assert everybody != narrowed


def test_a_decision_that_was_changed_meanwhile_is_not_taken_away_and_that_is_said(one):
    board, _search = decide(one, ("feature", "Board", "x", "fix"), ("feature", "Search", "y", "watch"))
    app = roadmap(one, 0, 1)
    with here() as space:
        decisions.change(BEN, space, board, 1, decided="wait for May")
    healthy(app.button(key="remove_decided").click().run())
    assert "Somebody changed 1 of them meanwhile" in said(app)
    assert known(one)["decided"].tolist() == ["wait for May"]


def test_without_a_word_a_finding_is_not_kept_and_that_is_said(one):
    app = opened(page="overview", data=one)
    healthy(app.button(key="keep_finding").click().run())
    assert "Say what was decided" in said(app)
    assert known(one).empty


def test_what_somebody_decided_meanwhile_stays_and_that_is_said(one):
    app = opened(page="features", data=one, feature="Board")
    decide(one, ("feature", "Board", "they love it", "keep strong"))
    healthy(app.button(key="keep_feature").click().run())
    assert "Somebody changed this decision meanwhile" in said(app)
    assert "by ben" in said(app)
    assert known(one)["verdict"].tolist() == ["keep strong"]
    widget(app, "selectbox", "_verdict").set_value("promote")
    healthy(app.button(key="keep_feature").click().run())
    assert known(one)[["verdict", "decided"]].to_numpy().tolist() == [["promote", "they love it"]]


def test_one_is_changed_several_are_done_at_once_and_what_was_changed_meanwhile_is_told(one):
    board, search = decide(one, ("feature", "Board", "x", "fix"), ("feature", "Search", "y", "watch"))
    app = roadmap(one, 0)
    widget(app, "text_area", "_decided").set_value("faster")
    healthy(app.button(key="change_decided").click().run())
    app = roadmap(one, 0, 1)
    with here() as space:
        decisions.change(BEN, space, search, 1, owner="ben")
    widget(app, "button_group", "_state").set_value("done")
    healthy(app.button(key="change_decided").click().run())
    assert "Somebody changed 1 of them meanwhile" in said(app)
    rows = known(one).set_index("id")[["decided", "state", "owner"]]
    assert rows.loc[[board, search]].to_numpy().tolist() == [["faster", "done", ""], ["y", "open", "ben"]]


def test_the_roadmap_leaves_as_csv_and_markdown(one):
    decide(one, ("feature", "=Board", "a | b", "fix"))
    app = roadmap(one)
    files = {each.key: each for each in app.get("download_button")}
    assert {*files} >= {"roadmap_csv", "roadmap_markdown"}


def test_whoever_only_looks_decides_nothing_though_these_data_show_viewers_all(one, monkeypatch):
    with here() as space:
        datasets.show_viewers(kept.ADMIN, space, one, "pseudonymous")
    monkeypatch.setattr(identity, "of_page", lambda: identity.Visitor(Actor("vera", Role.VIEWER, 7), "owner"))
    for page, key in (("overview", "keep_finding"), ("features", "keep_feature")):
        app = opened(page=page, data=one, feature="Board")
        assert key not in [each.key for each in app.button]
        assert not {"Decide", "Keep as a decision"} & {each.proto.popover.label for each in app.get("popover")}


def test_data_that_are_not_kept_are_to_be_kept_first():
    app = opened(page="overview")
    assert "Decisions belong to data that are kept." in said(app)
