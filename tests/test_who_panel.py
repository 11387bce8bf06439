"""Who did what, asked of panels: as a filter, while building, and wherever the usage lies."""

import pickle
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import builders
import ibis
import numpy as np
import pandas as pd
import pytest
import stores

import nps
from nps import intake, lens, sources
from nps.selection.clauses.who import Who, counted
from nps.steps import Onboarding, Step
from nps.who import cached
from nps.who.built import Counted, Shelved
from nps.who.metric import Metric
from nps.who.tables import said
from nps.who.text import parsed
from nps.who.values import Did
from nps.who.where import Brought, Database, Folder

PEOPLE = pd.DataFrame(
    {
        "person_id": ["ann", "bea", "cid", "dan", "eve"],
        "joined_at": ["2025-01-01", "2025-02-25", None, "2025-01-10", "2025-01-20"],
        "plan": ["Pro", "Pro", "Free", None, "Free"],
        "account_id": ["n", "n", "s", "s", None],
    }
)
USAGE = builders.usage(
    ("ann", "Export", "2025-01-03"),
    ("ann", "Export", "2025-01-05"),
    ("ann", "Share", "2025-02-20"),
    ("bea", "Boards", "2025-02-26"),
    ("cid", "Export", "2025-02-27"),
    ("cid", "Share", "2025-03-01"),
    ("eve", "Boards", "2025-01-20"),
    ("nobody we know", "Export", "2025-02-27"),
)
ANSWERS = pd.DataFrame(
    {
        "person_id": ["ann", "ann", "bea", "dan", "a stranger"],
        "score": [9, 3, 10, 5, 7],
        "responded_at": [
            "2025-01-04 12:00",
            "2025-02-21 12:00",
            "2025-02-28 12:00",
            "2025-02-01 12:00",
            "2025-02-01 12:00",
        ],
        "comment": ["love the export", "full of bugs", "nice", None, "bugs"],
    }
)


@cache
def panel() -> nps.Panel:
    return nps.load(ANSWERS, USAGE, PEOPLE)


def passing(*lines: str, **more) -> list[str]:
    """Whose answers pass, oldest first."""
    return panel().select(nps.Selection(who=lines, **more)).people["person_id"].tolist()


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("did.feature:Export;uses:1-", ["ann"]),
        ("did.*;uses:1-", ["ann", "bea"]),
        ("did.*;days:3-", ["ann"]),
        ("did.*;days:4-", []),
        ("!did.*;uses:1-", ["dan"]),
        ("did.*;uses:0-2", ["dan", "bea"]),
        ("did.feature:Export,feature:Share;uses:1-;last:10", ["ann"]),
        ("did.feature:Export,feature:Share;uses:1-;last:9", []),
        ("did.feature:Export;uses:2-;joined:14", ["ann"]),
        ("then.feature:Export,feature:Share;60", ["ann"]),
        ("then.feature:Share,feature:Export;60", []),
        ("then.feature:Export,feature:Share;46", ["ann"]),
        ("then.feature:Export,feature:Share;45", []),
        ("answered.9-10", ["ann", "bea"]),
        ("answered.9-10;last:30", ["bea"]),
        ("named.bugs", ["ann"]),
        ("named.bugs.love", []),
        ("named.=full of", ["ann"]),
        ("named.feature:Export", ["ann"]),
        ("named.feature:Export.love", ["ann"]),
        ("named.feature:Export.dislike", []),
        ("is.plan:Pro", ["ann", "bea"]),
        ("is.plan:%28none%29", ["dan"]),
        ("account.any.did.feature:Share;uses:1-", ["dan", "ann", "bea"]),
        ("account.all.did.*;uses:1-", ["ann", "bea"]),
        ("account.51.did.feature:Share;uses:1-", []),
        ("account.any.named.bugs", ["ann", "bea"]),
        ("did.feature:Boards;uses:1-|is.plan:%28none%29", ["dan", "bea"]),
    ],
)
def test_it_filters_people(line, who):
    """By the latest answer of each; `a stranger` is in no list of people, and so in no set and no other set."""
    assert passing(line) == who


def test_a_window_before_the_answer_is_asked_of_the_answer_that_counts():
    exported = "did.feature:Export;uses:1-;before:30"
    assert passing(exported) == []
    assert passing(exported, repeats="all") == ["ann"]
    assert passing("did.feature:Share;uses:1-;before:30") == ["ann"]
    assert passing(f"!{exported}", repeats="all") == ["dan", "ann", "bea"]


def test_of_several_conditions_all_hold_and_other_filters_narrow_too():
    assert passing("is.plan:Pro", "did.feature:Boards;uses:1-") == ["bea"]
    assert passing("is.plan:Pro", score=(0, 6)) == ["ann"]
    one = nps.Selection(who="is.plan:Pro").changed(who=["is.plan:Pro", "did.*;uses:1-"])
    assert len(one.of(Who)) == 1


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ((), Counted(5, 0, 1, 3)),
        ("did.*;uses:1-", Counted(4, 0, 0, 2)),
        ("!did.feature:Export;uses:1-;joined:14", Counted(4, 1, 1, 2)),
        ("!did.feature:Export;uses:1-;last:30", Counted(4, 1, 1, 3)),
        ("!did.feature:Export;uses:1-;from:2025-01-15_2025-03-01", Counted(4, 2, 1, 3)),
        ("did.feature:Export;uses:0-0;last:30", Counted(4, 1, 1, 3)),
        ("!answered.0-10", Counted(2, 0, 0, 0)),
        ("did.feature:Export;uses:1-;before:30", Counted(1, 0, 0, 1)),
    ],
)
def test_while_building_it_says_how_many_there_are_and_who_had_less_time(line, expected):
    assert counted(panel(), line) == expected


def test_a_link_holds_conditions_and_says_its_version():
    asked = nps.Selection(who=["did.feature:Export;uses:1-", Did((("feature", "A.b; c"),))])
    assert asked.to_query() == {"who": ["did.feature:A%2Eb%3B c;uses:1-", "did.feature:Export;uses:1-"], "v": ["4"]}
    assert nps.Selection.from_query(asked.to_query()) == asked
    three = [f"did.feature:{name};uses:1-" for name in ("A", "B", "C")]
    assert len(nps.Selection.from_query({"who": three, "v": ["4"]}).of(Who)[0].terms) == 3


def test_a_link_with_a_broken_condition_is_not_guessed_at():
    with pytest.raises(nps.InputError, match="could not be read"):
        nps.Selection.from_query({"who": ["did.feature:Export"], "v": ["4"]})


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("did.feature:Chat;uses:1-", "no feature called “Chat”"),
        ("then.feature:Export,page:Export;7", "no feature called “Export”"),
        ("named.feature:Chat.love", "no feature called “feature:Chat”"),
        ("is.team:Blue", "no segment called “team”"),
        ("did.*;uses:1-;team=Blue", "no column “team”"),
        ("did.*;uses:1-;at=2025-01-01", "no column “at”"),
        ("did.*;uses:1-;minutes=soon", "“soon” is no value of “minutes”"),
        ("saved.k3f9~2", "Nothing is saved as “k3f9”"),
        ("named.nothing", "No reason is called “nothing”"),
    ],
)
def test_what_this_data_does_not_have_is_refused_and_never_an_empty_set(line, told):
    with pytest.raises(nps.InputError, match=told):
        passing(line)
    assert not nps.Selection(who=line).of(Who)[0].fits(panel())


def test_conditions_that_are_too_long_for_a_link_are_to_be_saved_first():
    many = [f"did.feature:{'x' * 190}{n};uses:1-" for n in range(10)]
    with pytest.raises(nps.InputError, match="save them under a name"):
        nps.Selection(who=many)


def test_what_was_saved_stands_for_its_conditions(monkeypatch):
    known = {("k3f9", 2): ("is.plan:Pro", "!did.feature:Boards;uses:1-")}

    def saved(wanted):
        return Shelved("Pros without boards", tuple(map(parsed, known[wanted.id, wanted.version])))

    monkeypatch.setattr(panel().who, "saved", saved)
    assert passing("saved.k3f9~2") == ["ann"]
    assert passing("!saved.k3f9~2") == ["dan", "bea"]
    assert counted(panel(), "saved.k3f9~2").people == 1
    asked = nps.Selection(who="!saved.k3f9~2")
    assert str(asked.describe("minutes", panel())) == "not: in the set “Pros without boards”"
    assert str(asked.describe("minutes")) == "not: in the set “k3f9”"  # who does not see the data knows the id only


def test_it_says_whom_it_means():
    asked = nps.Selection(who=["!did.feature:Export;uses:1-;joined:14", "named.bugs.dislike"], score=(0, 6))
    assert str(asked.describe("minutes")) == (
        "score 0 to 6; did not use Export within 14 days of joining; says: Bugs and reliability (dislike)"
    )


# --- where the usage lies -------------------------------------------------------------------------------------------

PRODUCT = (
    "!did.feature:Board;uses:2-;last:60",
    "then.feature:Board,feature:Timer;7|is.role:%28none%29",
    "did.*;days:2-;before:30",
)


@cache
def expected(folder: Path) -> list[tuple]:
    return asked(nps.load(**stores.csv_files(folder)))


def asked(panel: nps.Panel) -> list[tuple]:
    conditions = [(counted(panel, line), panel.select(nps.Selection(who=line)).places.tolist()) for line in PRODUCT]
    weeks = panel.weekly()
    days = panel.daily([*weeks.people[:2]], date(2020, 1, 1), weeks.as_of)
    steps = Onboarding((Step("any", tuple(zip(weeks.names["kind"], weeks.names["feature"], strict=True))),))
    taken = panel.newcomers(replace(steps, start="first use")).reached
    names = weeks.names["feature"].to_numpy()[weeks.used["feature"]]
    by_week = weeks.used.assign(person=weeks.people[weeks.used["person"]], feature=names)
    frames = (by_week, days.drop(columns="minutes"), taken)
    return [*conditions, *(frame.sort_values([*frame.columns[:4]]).to_numpy().tolist() for frame in frames)]


def test_a_file_of_a_database_is_asked_where_it_lies(tmp_path):
    found = nps.load(**stores.sqlite_file(tmp_path))
    assert type(found.who) is Database
    assert asked(found) == expected(tmp_path)


def test_what_was_landed_is_asked_in_its_folder(tmp_path):
    with sources.connect() as (con, scratch):
        intake.land(stores.csv_files(tmp_path), {}, con, scratch).write(tmp_path / "landed")
    found = lens.panel_of_folder(tmp_path / "landed")
    assert type(found.who) is Folder
    assert asked(found) == expected(tmp_path)


def test_what_was_counted_in_its_database_is_asked_there_by_whoever_knows_where_that_is(tmp_path):
    given = stores.duckdb_file(tmp_path)
    with sources.connect() as (con, scratch), nps.engines.attach(given) as attached:
        landed, _ = intake.land(attached, {}, con, scratch).count(90)
        landed.write(tmp_path / "counted")
    assert lens.panel_of_folder(tmp_path / "counted").who is None
    assert asked(lens.panel_of_folder(tmp_path / "counted", stored=given)) == expected(tmp_path)


def test_where_the_usage_is_not_at_hand_nobody_guesses():
    away = replace(panel(), who=None)
    with pytest.raises(nps.InputError, match="the usage is not at hand"):
        away.select(nps.Selection(who="is.plan:Pro")).places  # noqa: B018 - asking is what fails


def test_without_usage_people_can_still_be_told_by_what_they_are_and_answered():
    alone = nps.load(ANSWERS, None, PEOPLE)
    assert alone.select(nps.Selection(who="is.plan:Pro")).people["person_id"].tolist() == ["ann", "bea"]
    assert counted(alone, "!answered.9-10") == Counted(3, 0, 3, 1)
    assert counted(alone, "answered.0-10;last:30").people == 3  # before the last answer, as nothing else has a date
    with pytest.raises(nps.InputError, match="no usage"):
        counted(alone, "did.*;uses:1-")


def test_answers_alone_can_still_be_asked_what_was_answered():
    alone = nps.load(ANSWERS)
    assert alone.select(nps.Selection(who="!answered.9-10")).people["person_id"].tolist() == ["dan", "a stranger"]
    assert (alone.who.askable(), alone.unknown_use()) == (((), ()), 0)


def test_columns_that_conditions_can_be_about_and_what_stands_in_them():
    assert panel().who.askable() == (("plan",), ())
    assert panel().who.values("people", "plan") == ["(none)", "Free", "Pro"]


def test_the_share_of_use_that_is_of_nobody_known_is_told():
    """One row of eight is a stranger's; of nine in a file one says nobody's name."""
    assert panel().unknown_use() == 1 / 8
    nameless = pd.concat([USAGE, USAGE.head(1).assign(person_id=None)])
    assert nps.load(ANSWERS, nameless, PEOPLE).unknown_use() == 2 / 9


def test_use_of_an_account_is_that_of_each_of_its_people():
    answers = ANSWERS.assign(account_id=["n", "n", "n", "s", None])
    usage = pd.DataFrame({"account_id": ["n", "n", "s"], "feature": ["Export", "Boards", "Boards"], "at": "2025-01-15"})
    found = nps.load(answers, usage)
    assert found.select(nps.Selection(who="did.feature:Export;uses:1-")).people["person_id"].tolist() == ["ann", "bea"]


def test_a_panel_that_is_handed_on_does_not_tell_where_its_data_lies():
    assert panel().who is not None
    assert pickle.loads(pickle.dumps(panel())).who is None


# --- what is kept ---------------------------------------------------------------------------------------------------


def test_the_same_question_about_the_same_data_is_asked_once(monkeypatch):
    place, opened, real = copy(panel().who), [], Brought.opened
    monkeypatch.setattr(Brought, "opened", lambda place: opened.append(place) or real(place))
    place.version = "another"
    mine = replace(panel(), who=place)
    for line in ["is.plan:Pro", "!is.plan:Pro"] * 3:
        mine.select(nps.Selection(who=line)).places  # noqa: B018 - asking is what is counted
        mine.made.cache_clear()
    assert opened == [place, place]  # it, and everybody


def test_what_was_asked_for_longest_ago_goes_first():
    kept, made = cached.Latest(most=80), []

    def make(name):
        return lambda: made.append(name) or np.zeros(10, np.int32)

    for name in ("a", "b", "a", "c", "a", "b"):
        kept.get(name, make(name))
    assert made == ["a", "b", "c", "b"]
    assert kept.bytes == 80


# --- over time ------------------------------------------------------------------------------------------------------


def followed(line: str) -> dict[tuple[str, str], tuple]:
    rows = panel().followed(Metric.of(line))
    return {
        (f"{row.period:%b %d}", row.value): (row.people, row.number if row.number == row.number else None)
        for row in rows.itertuples()
    }


def test_a_metric_is_asked_of_each_month():
    """Of use from 3 January to 1 March, January is not whole; in February ann, bea and cid used something."""
    assert followed("people/month//did.*;uses:1-") == {("Feb 01", ""): (3, 3)}
    assert followed("share/month//did.feature:Export;uses:1-") == {("Feb 01", ""): (1, pytest.approx(100 / 3))}
    assert followed("uses/month//is.plan:Pro") == {("Feb 01", ""): (2, 1)}
    assert followed("uses/month//did.feature:Export,feature:Share;uses:1-") == {("Feb 01", ""): (2, 1)}
    assert followed("nps/month//is.plan:Pro,%28none%29") == {("Feb 01", ""): (3, pytest.approx(-100 / 3))}


def test_a_metric_tells_of_how_many_its_number_is():
    """In February ann, bea and cid used something: ann is the only one who used Share."""
    shared = panel().followed(Metric.of("share/month//did.feature:Share;uses:1-"))
    assert shared[["people", "of"]].to_numpy().tolist() == [[1, 3]]
    assert panel().followed(Metric.of("nps/month//answered.0-10"))["of"].tolist() == [3]


def test_yes_and_no_are_told_as_conditions_name_them():
    told = ibis.memtable(pd.DataFrame({"trial": pd.array([True, None, False], "boolean")}))
    assert sorted(told.select(said=said(told.trial))["said"].to_pandas()) == ["(none)", "false", "true"]


def test_a_metric_is_told_apart_by_what_people_are():
    assert followed("people/month/plan/did.*;uses:1-") == {
        ("Feb 01", "(none)"): (0, 0),
        ("Feb 01", "Free"): (1, 1),
        ("Feb 01", "Pro"): (2, 2),
    }
    assert followed("share/month/plan/is.plan:Pro")["Feb 01", "(none)"] == (0, None)


def test_weeks_are_whole_and_end_on_sunday():
    weeks = followed("people/week//did.*;uses:1-")
    assert [*weeks] == [(f"{day:%b %d}", "") for day in pd.date_range("2025-01-06", "2025-02-17", freq="7D")]
    assert weeks["Jan 20", ""] == (1, 1)
    assert followed("people/week//did.*;uses:1-;last:14")["Jan 27", ""] == (1, 1)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("money/week//did.*;uses:1-", "A metric is one of people, share, uses, nps"),
        ("people/day//did.*;uses:1-", "by week, month"),
        ("people/week", "needs a condition"),
        ("people/week//did.*;uses:1-;before:30", "not about single answers"),
        ("people/week//saved.a~1", "the conditions themselves"),
    ],
)
def test_a_metric_that_cannot_be_followed_is_refused(line, told):
    with pytest.raises(nps.InputError, match=told):
        Metric.of(line)


def test_a_metric_is_a_line_and_a_sentence():
    line = "share/week/plan%2Fold/!did.feature:A%2FB;uses:1-/is.plan:Pro"
    assert str(Metric.of(line)) == line
    assert str(Metric.of(line).told) == "% of active people a week: did not use A/B; Plan: Pro, by plan/old"
