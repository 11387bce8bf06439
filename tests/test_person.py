"""One person: who it is, what they used by day, and how they stand among people like them."""

from datetime import date
from functools import cache

import builders
import numpy as np
import pandas as pd
import pytest

import nps
from nps.chosen.person import crowd as everybodys_use
from nps.measures import directory, peers, person
from nps.measures.peers import Crowd, Peers, missed

AS_OF = date(2025, 6, 30)
ANSWERS = pd.DataFrame(
    {
        "person_id": ["ann", "ann", "bob"],
        "score": [9, 3, 10],
        "responded_at": ["2025-05-01", "2025-06-01", "2025-06-02"],
        "comment": [None, "Export crashes all the time", None],
        "role": ["Admin", "Admin", None],
    }
)
PEOPLE = pd.DataFrame(
    {
        "person_id": ["ann", "cy", "dee"],
        "name": ["Ann Arbor", "Cy Straße", None],
        "email": ["ann@nord.example", "cy@sued.example", "dee@sued.example"],
        "account_id": ["n", "s", "s"],
        "account_name": ["Nord", "Süd", "Süd"],
        "role": ["Viewer", "Admin", None],
        "joined_at": ["2025-01-01", "2025-02-01", None],
        "opted_out": ["no", "yes", "no"],
    }
)
USAGE = pd.DataFrame(
    [
        ("ann", "Export", "2024-03-01", 1, 1),
        ("ann", "Export", "2025-03-31", 2, 1),
        ("ann", "Export", "2025-04-01", 3, 5),
        ("ann", "Export", "2025-06-29", 4, 6),
        ("ann", "Board", "2025-06-29", 1, 2),
        ("cy", "Board", "2025-06-30", 1, 1),
        ("a stranger", "Board", "2025-05-01", 1, 1),
    ],
    columns=["person_id", "feature", "at", "uses", "minutes"],
)


@cache
def chosen() -> nps.Chosen:
    return nps.load(ANSWERS, USAGE, PEOPLE).select()


def test_what_the_latest_answer_says_goes_before_the_list():
    facts = chosen().person("ann").facts
    assert (facts["name"], facts["role"], facts["account"], facts["opted_out"]) == ("Ann Arbor", "Admin", "Nord", False)
    assert facts["joined_at"] == pd.Timestamp("2025-01-01")
    assert chosen().person("ann").account == "n"


def test_who_never_answered_is_known_from_the_list_and_a_stranger_by_use_alone():
    cy = chosen().person("cy")
    assert (cy.is_known, len(cy.answers), cy.facts["name"], cy.facts["opted_out"]) == (True, 0, "Cy Straße", True)
    assert cy.facts["joined_at"] == pd.Timestamp("2025-02-01")
    assert [chosen().person(who).is_known for who in ("bob", "a stranger", "nobody")] == [True, True, False]
    assert not any(chosen().person("a stranger").facts.values())


def test_a_year_of_days_is_told_and_when_somebody_was_seen_first_and_last():
    life = chosen().person("ann").life
    assert (life.first, life.last, life.as_of) == (date(2024, 3, 1), date(2025, 6, 29), AS_OF)
    assert life.days["day"].min() == pd.Timestamp("2025-03-31")
    idle = chosen().person("bob").life
    assert (idle.first, idle.last, len(idle.days)) == (None, None, 0)


def test_where_a_year_alone_is_asked_for_it_is_not_told_when_somebody_was_seen_first(monkeypatch):
    panel = nps.load(ANSWERS, USAGE, PEOPLE)
    monkeypatch.setattr(panel.who, "all_time", False)
    life = panel.select().person("ann").life
    assert (life.first, life.last) == (None, date(2025, 6, 29))
    assert panel.select().person("a stranger").is_known


def test_what_somebody_used_is_asked_once_in_a_quarter_of_an_hour(monkeypatch):
    panel, asked, now = nps.load(ANSWERS, USAGE, PEOPLE), [], [1000.0]
    ask = panel.who._life
    monkeypatch.setattr(panel.who, "_life", lambda who: asked.append(who) or ask(who))
    monkeypatch.setattr("nps.who.places.time.monotonic", lambda: now[0])
    for later in (0, 800, 200):
        now[0] += later
        assert panel.select().person("ann").life.last == date(2025, 6, 29)
    assert asked == ["ann", "ann"]


def test_features_are_told_of_91_days_and_of_the_91_before():
    rows = chosen().person("ann").features
    assert rows[["feature", "days", "before", "uses", "minutes"]].to_numpy().tolist() == [
        ["Export", 2, 1, 7, 11],
        ["Board", 1, 0, 1, 2],
    ]
    export = rows["weeks"].iloc[0]
    assert (len(export), sum(export), export[-1], export[-13], export[-14]) == (26, 3, 1, 1, 1)
    assert rows["reach"].isna().all()  # nobody has ten peers here


def test_use_lately_and_before():
    days = chosen().person("ann").days
    assert person.lately(days, AS_OF) == (2, 8.0, 13.0, 2)
    assert person.lately(days, AS_OF, before=91) == (1, 2.0, 1.0, 1)
    nothing = person.lately(days.iloc[:0], AS_OF)
    assert (nothing.days, nothing.uses) == (0, 0)
    assert np.isnan(nothing.minutes)


def test_use_by_day_and_by_week_adds_up():
    days = chosen().person("ann").days
    daily, weekly = (person.by_day(days, AS_OF, length) for length in (1, 7))
    assert daily["begins"].dt.strftime("%m-%d").tolist() == ["03-31", "04-01", "06-29"]
    assert daily[["uses", "features", "most"]].to_numpy().tolist()[-1] == [5, 2, "Export"]
    assert weekly["begins"].dt.strftime("%m-%d").tolist() == ["03-25", "04-01", "06-24"]
    assert daily["uses"].sum() == weekly["uses"].sum() == days["uses"].sum()


def test_reasons_are_those_that_comments_name():
    rows = chosen().person("ann").reasons
    assert ("feature", "Export") in {*zip(rows["what"], rows["name"], strict=True)}
    assert {*rows["answer"]} == {chosen().person("ann").answers.index[-1]}
    assert chosen().person("bob").reasons.empty


def test_use_that_is_kept_by_account_tells_nothing_of_one_person():
    usage = pd.DataFrame({"account_id": ["n"], "feature": ["Board"], "at": ["2025-06-30"]})
    one = nps.load(ANSWERS.assign(account_id="n"), usage).select().person("ann")
    assert (one.life, one.days, one.features, one.stopped, one.peers) == (None,) * 5
    assert one.is_known


def test_where_usage_is_not_at_hand_answers_are_told():
    one = builders.panel_of([9, 3], [{"Board": 1}, {}]).select().person("p0")
    assert one.is_known
    assert one.life is None
    assert one.peers is None


def test_of_answers_alone_there_is_no_use_to_tell():
    one = nps.load(ANSWERS[["person_id", "score"]]).select().person("ann")
    assert one.is_known
    assert one.life is None


def crowd(roles: str, groups: str, days: list[int], left: str = "") -> Crowd:
    """People named 0, 1, ...: each with a letter for role and group, "." where it is not known."""
    n = len(days)
    codes = [pd.Categorical([None if each == "." else each for each in text]) for text in (roles, groups)]
    ids = pd.Index([str(i) for i in range(n)])
    there = (np.array(days) > 0) & ~ids.isin([*left])
    figures = np.column_stack([days, days, days]).astype(float)
    pair = np.flatnonzero(days), np.zeros(int(np.count_nonzero(days)), int)
    names = pd.DataFrame({"kind": ["feature", "feature"], "feature": ["Board", "Export"]})
    return Crowd(ids, *codes, there, figures, pair, names)


def test_peers_share_role_and_group_else_role_else_nothing():
    days = [5, *range(1, 12)]
    same = crowd("a" * 12, "p" * 12, days)
    assert (peers.peers(same, "0", "a", "p").alike, peers.peers(same, "0", "a", "p").people) == (("role", "group"), 11)
    assert peers.peers(crowd("a" * 12, "p" * 6 + "d" * 6, days), "0", "a", "p").alike == ("role",)
    assert peers.peers(crowd("a" * 6 + "b" * 6, "p" * 12, days), "0", "a", "p").alike == ()
    assert peers.peers(same, "0", None, "p").alike == ()
    assert peers.peers(same, "0", "a", None).alike == ("role",)


def test_ten_peers_are_needed_and_idle_ones_and_who_left_are_none():
    assert peers.peers(crowd("a" * 11, "p" * 11, [1] * 11), "0", "a", "p").people == 10
    assert peers.peers(crowd("a" * 11, "p" * 11, [1] * 10 + [0]), "0", "a", "p") is None
    assert peers.peers(crowd("a" * 11, "p" * 11, [1] * 11, left="3"), "0", "a", "p") is None


def test_a_place_among_peers_is_the_share_with_less_and_half_of_the_same():
    """Ten peers with 1, 2, ..., 5, 5, ... days; own 5: four have less, two the same."""
    found = peers.peers(crowd("a" * 11, "p" * 11, [5, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9]), "0", "a", "p")
    assert found.figures.loc["days"].tolist() == [5, 5, pytest.approx(0.5)]
    assert found.reach.to_numpy().tolist() == [["feature", "Board", 1.0]]
    idle = peers.peers(crowd("a" * 10, "p" * 10, [*range(1, 11)]), "somebody idle", "a", "p")
    assert idle.figures["own"].tolist() == [0, 0, 0]
    assert idle.people == 10


def test_who_leaves_later_than_the_usage_goes_has_not_left():
    left = PEOPLE.assign(churned_at=[None, "2025-07-01", "2025-06-30"])
    usage = pd.concat([USAGE, USAGE.iloc[[-2]].assign(person_id="dee")])
    everybody = everybodys_use(nps.load(ANSWERS, usage, left))
    assert [*everybody.ids[everybody.there]] == ["a stranger", "ann", "cy"]


def test_a_crowd_counts_as_a_loop_does(sample):
    """Of some people of the sample, by their days of the last 91."""
    everybody, weekly = everybodys_use(sample), sample.weekly()
    some = [*weekly.people[:: len(weekly.people) // 12]]
    start = pd.Timestamp(weekly.as_of) - pd.Timedelta(days=90)
    days = sample.daily(some, start.date(), weekly.as_of)
    for who in some:
        own = days[days["person_id"] == who]
        place = everybody.ids.get_loc(who)
        wanted = [own["day"].nunique(), own["uses"].sum(), len(own[["kind", "feature"]].drop_duplicates())]
        assert everybody.figures[place].tolist() == wanted


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("ARBOR", ["ann"]),
        ("sued.example", ["cy", "dee"]),
        ("STRASSE", ["cy"]),
        ("süd", ["cy", "dee"]),
        ("bob", ["bob"]),
        ("Nord\nann", []),
        (" ", ["ann", "cy", "bob", "dee"]),
        ("%", []),
        (".*", []),
    ],
)
def test_anybody_is_found_by_name_address_id_or_account(words, ids):
    found, count = chosen().find(words, 10)
    assert found["person_id"].tolist() == ids
    assert count == len(ids)


def test_no_more_are_listed_than_asked_for_and_all_are_counted():
    found, count = chosen().find("", 2)
    assert (len(found), count) == (2, 4)
    assert found["answered"].tolist() == [True, False]


def test_nobody_at_all_is_found_among_nobody():
    nothing = pd.DataFrame(columns=[*directory.SEARCHED])
    found, count = directory.find(directory.directory(nothing, nothing), "a", 5)
    assert (len(found), count) == (0, 0)


def test_what_half_of_the_peers_use_and_somebody_does_not_is_missed_three_at_most():
    names = ["Boards", "Comments", "Timer", "Voting", "Export", "Share"]
    reach = pd.DataFrame({"kind": "feature", "feature": names, "reach": [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]})
    among = Peers((), 20, pd.DataFrame(), reach)
    used = pd.DataFrame({"kind": ["feature", "page"], "feature": ["Boards", "Comments"]})
    assert missed(among, used)["feature"].tolist() == ["Comments", "Timer", "Voting"]
    assert missed(among, reach[:4])["feature"].tolist() == ["Export"]
