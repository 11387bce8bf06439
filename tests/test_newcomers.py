"""Newcomers and whoever is watched, of panels that are loaded: the usage is asked where it lies."""

from datetime import date
from functools import cache

import builders
import pandas as pd
import pytest

import nps
from nps import weekly
from nps.notes import InputError
from nps.steps import Onboarding, Step
from nps.who import places

ANSWERS = pd.DataFrame(
    {
        "person_id": ["ann", "cy", "dee"],
        "account_id": ["n", "s", "s"],
        "account": ["Nord", "Sued", "Sued"],
        "score": [9, 10, 3],
        "responded_at": ["2025-02-01", "2025-02-02", "2025-02-03"],
    }
)
PEOPLE = pd.DataFrame(
    {
        "person_id": ["ann", "bob", "cy", "dee"],
        "email": ["ann@n.example", "bob@n.example", "cy@s.example", None],
        "account_id": ["n", "n", "s", "s"],
        "joined_at": ["2025-01-01", "2025-01-05", "2025-01-20", None],
        "opted_out": ["yes", "no", "no", "no"],
    }
)
USAGE = builders.usage(
    ("a stranger", "Board", "2024-12-31"),
    ("ann", "Invite", "2025-01-03"),
    ("bob", "Board", "2025-01-06"),
    ("cy", "Board", "2025-01-21"),
    ("ann", "Board", "2025-02-10"),
)
OWN = Onboarding((Step("Invite", (("feature", "Invite"),)), Step("Board", (("feature", "Board"),))))


@cache
def panel() -> nps.Panel:
    return nps.load(ANSWERS, USAGE, PEOPLE)


def test_steps_of_newcomers_are_asked_of_all_the_usage():
    found = panel().newcomers(OWN)
    assert found.started._asdict() | {"start": [*found.started.start.index]} == {
        "start": ["ann", "bob", "cy"],
        "unknown": 1,
        "early": 0,
    }
    days = found.reached.pivot(index="person_id", columns="step", values="day").fillna(-1)
    assert days.to_numpy().tolist() == [[2, 40], [-1, 1], [-1, 1]]
    assert found.table[["step", "people", "reached"]].to_numpy().tolist() == [["Invite", 3, 1], ["Board", 3, 3]]
    assert found.progress().loc[["ann", "bob"], "share"].tolist() == [1, 0.5]
    assert found.progress("account")["share"].to_dict() == {"n": 1, "s": 0.5}
    assert found.by_steps("left")["people"].tolist() == [0, 0]
    with pytest.raises(InputError):
        found.by_steps("revenue")


def test_everything_that_was_used_can_be_a_step():
    assert panel().who.features() == [("feature", "Board"), ("feature", "Invite")]
    with pytest.raises(InputError):
        nps.load(ANSWERS, people=PEOPLE).who.features()


@pytest.mark.parametrize("own", [OWN, Onboarding(OWN.steps, True), Onboarding(OWN.steps, False, "first use")])
def test_the_path_of_one_person_is_that_among_all(own):
    found = panel().newcomers(own)
    for who in ("ann", "bob", "cy", "dee", "a stranger", "nobody"):
        joined = found.known["joined_at"].get(who)
        path, rows = found.path(who, joined), found.reached[found.reached["person_id"] == who]
        if rows.empty:
            assert path is None
        else:
            pd.testing.assert_frame_equal(path, rows.drop(columns="person_id").reset_index(drop=True))


def test_newcomers_of_a_step_are_told_by_their_ids():
    found = panel().newcomers(OWN)
    assert found.whom(0, "took")[["person_id", "day"]].to_numpy().tolist() == [["ann", 2]]
    assert found.whom(1, "took")["person_id"].tolist() == ["cy", "bob", "ann"]
    assert found.curves.empty  # of three people nothing is drawn
    assert found.stay(0).empty
    for step, which in ((2, "took"), (0, "left")):
        with pytest.raises(InputError):
            found.whom(step, which)


def test_health_knows_the_steps_that_were_taken_by_then():
    watched = panel().watched(onboarding=OWN)
    assert watched.facts()["onboarding"].to_dict() == {"n": 1, "s": 0.5}
    assert watched.until(3) == pd.Timestamp("2025-01-21")
    assert watched.facts(3)["onboarding"].to_dict() == {"n": 1, "s": 0}
    assert panel().watched().facts()["onboarding"].isna().all()


def test_who_opted_out_or_is_suppressed_is_not_written_to():
    def asked(**more) -> list[str]:
        facts = panel().watched(**more).facts()
        return sorted(facts.index[facts["contactable"]])

    assert asked(of="person") == ["bob", "cy", "dee"]
    assert asked(of="person", suppress=["CY@s.example"]) == ["bob", "dee"]
    assert asked() == ["n", "s"]
    assert asked(suppress=["bob"]) == ["s"]


def test_weeks_are_asked_once_of_each_place(monkeypatch):
    asked = []
    monkeypatch.setattr(places.weekly, "weekly", lambda _usage: asked.append(1) or weekly.nothing())
    fresh = nps.load(ANSWERS, USAGE, PEOPLE)
    for each in (fresh, fresh, fresh.measured("uses"), fresh.select().panel):
        each.weekly()
    assert asked == [1]


def test_days_are_asked_of_the_usage():
    found = panel().daily(["ann"], date(2025, 1, 1), date(2025, 1, 31))
    assert found[["person_id", "feature", "uses"]].to_numpy().tolist() == [["ann", "Invite", 1]]


@pytest.mark.parametrize(
    ("by", "called"), [("account_id", {"n": "n", "s": "s"}), ("account", {"n": "Nord", "s": "Sued"})]
)
def test_use_that_is_kept_per_account_is_told_of_accounts_by_whatever_they_are_called(by, called):
    usage = pd.DataFrame(
        {
            by: [called["n"], called["n"], called["s"], "nobody's"],
            "feature": ["Board", "Invite", "Board", "Board"],
            "at": ["2025-01-30", "2025-01-31", "2025-01-21", "2024-12-31"],
        }
    )
    found = nps.load(ANSWERS.assign(joined_at="2025-01-15"), usage)
    assert found.weekly().by == by
    watched = found.watched(onboarding=OWN)
    assert watched.facts()[["breadth", "onboarding"]].to_numpy().tolist() == [[2, 1], [1, 0.5]]
    with pytest.raises(InputError, match="what single people use is not known"):
        found.watched(of="person")
    assert found.newcomers(OWN).by_steps("nps")["step"].tolist() == ["Invite", "Board"]
    assert found.newcomers(OWN).path("n", None) is None


def test_a_panel_whose_usage_is_not_at_hand_says_so():
    alone = builders.panel_of([9, 3], [{"Board": 1}, {}])
    assert alone.weekly() is None
    for ask in (alone.watched, lambda: alone.newcomers(OWN).table, lambda: alone.daily(["a"], *[date(2025, 1, 1)] * 2)):
        with pytest.raises(InputError) as refused:
            ask()
        assert refused.value.code == "who.not_at_hand"


def test_without_usage_there_is_nothing_by_week():
    assert nps.load(ANSWERS, people=PEOPLE).weekly().as_of is None
    assert not nps.load(ANSWERS, people=PEOPLE).watched().facts()["there"].any()
