"""Accounts week by week: nothing that came later is looked at, what was planted is found, and every figure opens."""

from dataclasses import replace
from functools import cache

import builders
import ibis
import numpy as np
import pandas as pd
import pytest

import nps
from nps import weekly
from nps.chosen.watched import Watched
from nps.joined.accounts import Told
from nps.measures import health, lists
from nps.measures.health import Weights

LAST, WEEKS, ACCOUNTS, PEOPLE = pd.Timestamp("2025-12-31"), 90, 120, 4
FALLING, PAUSED, LEFT = range(20), range(20, 30), range(30, 60)


@cache
def usage() -> pd.DataFrame:
    """Four people an account. Use of the first 20 fell to a fifth in twelve weeks; ten had a pause that is over;
    thirty left, each after such a fall."""
    rng, week = np.random.default_rng(7), np.arange(WEEKS)
    mean = np.outer(rng.lognormal(1.5, 0.4, ACCOUNTS), np.ones(WEEKS))
    fall = np.clip(1 - 0.2 * np.arange(1, 13), 0.2, 1)
    mean[FALLING, -12:] *= fall
    mean[PAUSED, -14:-10] *= 0.05
    for account in LEFT:
        end = left_week(account)
        mean[account, end - 12 : end] *= fall
        mean[account, end:] = 0
    uses = rng.poisson(mean[:, None, :], (ACCOUNTS, PEOPLE, WEEKS))
    account, person, at = np.nonzero(uses)
    rows = {
        "person_id": [f"p{a:03d}-{p}" for a, p in zip(account, person, strict=True)],
        "kind": "feature",
        "feature": rng.choice(["Board", "Export", "Timer"], len(at)),
        "at": LAST - pd.to_timedelta(7 * (WEEKS - 1 - week[at]) + rng.integers(0, 7, len(at)), unit="D"),
        "uses": uses[account, person, at].astype(float),
    }
    return pd.DataFrame(rows)


def left_week(account: int) -> int:
    return 30 + 2 * (account - LEFT.start)


def people() -> pd.DataFrame:
    account = np.repeat(np.arange(ACCOUNTS), PEOPLE)
    ends = {each: LAST - pd.Timedelta(weeks=WEEKS - left_week(each) - 1) for each in LEFT}
    return pd.DataFrame(
        {
            "person_id": [f"p{a:03d}-{p}" for a, p in zip(account, np.tile(range(PEOPLE), ACCOUNTS), strict=True)],
            "account_id": [f"a{a:03d}" for a in account],
            "plan": np.where(account % 2, "Pro", "Basic"),
            "revenue": 100.0 * account,
            "seats": 4,
            "owner": "Kim",
            "renewal_at": LAST + pd.Timedelta(days=60),
            "churned_at": pd.to_datetime([ends.get(a) for a in account]),
        }
    )


def panel() -> nps.Panel:
    rows = people()
    asked = rows[::3]
    n, rng = len(asked), np.random.default_rng(3)
    when = LAST - pd.to_timedelta(np.sort(rng.integers(0, 500, n))[::-1], unit="D")
    columns = {"responded_at": when, "account_id": asked["account_id"].tolist(), "joined_at": [None] * n}
    return builders.panel_of(
        rng.integers(0, 11, n).tolist(), [{}] * (n - 1) + [{"Board": 1}], asked["person_id"].tolist(), **columns
    )


def watched(rows: pd.DataFrame | None = None, who: pd.DataFrame | None = None, **more) -> Watched:
    who = people() if who is None else who
    counted = weekly.weekly(ibis.memtable(usage() if rows is None else rows))
    known = replace(panel(), told=Told.of(panel().answers, who))
    return known.watched(counted, keys=(("feature", "Export"), ("feature", "Timer")), **more)


@cache
def today() -> Watched:
    return watched()


def ids(some: range) -> set[str]:
    return {f"a{each:03d}" for each in some}


def test_falls_under_way_are_listed_and_pauses_that_are_over_are_not():
    listed = {*today().watch("leave").index}
    assert len(listed & ids(FALLING)) >= 10
    assert not listed & ids(PAUSED)
    assert not listed & ids(LEFT)  # who has left already
    assert len(listed - ids(FALLING)) <= 3


def test_everybody_who_is_listed_is_so_for_a_reason_and_heavy_users_are_told():
    listed = today().watch("leave")
    assert (listed["points"] >= 3).all()
    assert listed["reasons"].map(len).min() >= 1
    assert listed["heavy"].dtype == bool
    with pytest.raises(nps.InputError):
        today().watch("winners")


def test_the_record_tells_what_came_of_the_list_of_a_quarter_ago():
    found = today().record()
    left_since = [each for each in LEFT if 0 <= WEEKS - left_week(each) - 1 < 13]
    assert found.listed_left + found.others_left == len(left_since)
    assert found.listed_left >= 2
    assert found.listed_left / found.listed > 5 * found.others_left / found.others


@pytest.mark.parametrize("week", [17, 30])
def test_no_signal_changes_when_everything_that_came_later_is_cut_off(week):
    """Also not with plan, revenue, seats, owner, renewal and the day of leaving as they are today."""
    until = today().until(week)
    who = people().assign(plan="x", revenue=1.0, seats=99, owner="Lee", renewal_at=pd.NaT)
    who["churned_at"] = who["churned_at"].where(who["churned_at"] < until)
    then = watched(usage()[usage()["at"] < until], who)
    cut = panel().answers[panel().answers["responded_at"] < until]
    then = replace(then, panel=replace(then.panel, answers=cut))
    assert then.until() == until
    now = today().signals(week)
    pd.testing.assert_frame_equal(then.signals(), now)
    assert lists.order(then.facts()).tolist() == lists.order(today().facts(week)).tolist()


def test_health_is_the_weighted_mean_of_the_parts_beside_it():
    weights = Weights(use=5, people=0)
    found = today().health(weights)
    told = found[found["health"].notna()]
    parts = told[[*health.PARTS]]
    weight = parts.notna() * np.array(weights)
    assert len(told) > 50
    assert told["health"].to_numpy() == pytest.approx(
        ((parts.fillna(0) * weight).sum(axis=1) / weight.sum(axis=1)).to_numpy()
    )
    assert found.loc[sorted(ids(LEFT)), [*health.PARTS]].isna().all(axis=None)
    assert found["use"].isna().tolist() == found["use_raw"].isna().tolist()


def test_who_falls_is_less_healthy_in_the_history_too():
    history = today().health_history(weeks=20)
    weeks = history.pivot(index="id", columns="week", values="health")[range(19, -1, -1)]
    assert len(history) == 20 * ACCOUNTS
    falling, others = sorted(ids(FALLING)), sorted(ids(range(60, ACCOUNTS)))
    assert weeks.loc[falling, 0].mean() < weeks.loc[falling, 15].mean() - 10
    told = [health.falls(weeks.to_numpy()[:, : 20 - back]) for back in range(10)]
    fell = pd.Series(np.any(told, axis=0), weeks.index)
    assert fell[falling].mean() > 0.5 > 2 * fell[others].mean()


def test_people_are_watched_like_accounts():
    found = watched(of="person")
    assert found.table.index.tolist() == sorted(people()["person_id"])
    one = found.facts().loc["p100-0"]
    assert (one["account"], one["active"], one["there"]) == ("a100", 1, True)
    assert found.health().columns[:3].tolist() == ["health", "known_weight", "in_play"]
    assert "people" not in found.health()


def test_use_that_is_kept_per_account_is_told_of_accounts():
    rows = usage().assign(person_id="a" + usage()["person_id"].str[1:4])
    by_account = weekly.weekly(ibis.memtable(rows))._replace(by="account_id")
    found, by_people = replace(today(), weekly=by_account, made={}), today()
    assert found.facts()["pace"].to_numpy() == pytest.approx(by_people.facts()["pace"].to_numpy(), nan_ok=True)
    assert found.facts().loc["a100", "active"] == 1


def test_too_few_left_for_a_model_and_it_says_so():
    found = today().watch_model()
    assert found.why_not.code == "model.churn.few"
    assert found.missing > 20
    assert today().watch_model("expansion").missing == 50
    with pytest.raises(nps.InputError):
        today().watch_model("winners")


def test_what_comments_name_speaks_for_leaving_and_for_advocates():
    wrote = ["It crashes and it is slow", "Great support, great people", "Hello there", None]
    found = builders.panel_of(
        [3, 10, 10, 9], [{"Board": 1}] * 4, comment=wrote, account_id=list("abcd"), joined_at=[None] * 4
    )
    told = found.watched(weekly.weekly(ibis.memtable(usage()), found.period[1])).facts()
    assert told["trouble"].tolist() == [True, False, False, False]
    assert told["love"].tolist() == [False, True, False, False]
    assert told[["wrote", "disliked"]].to_numpy().tolist() == [[1, 1], [1, 0], [1, 0], [0, 0]]


def test_the_numbers_of_the_rules_are_those_that_list():
    strict = lists.Rules(leave=lists.MayLeave(least=8))
    assert today().watch("leave", strict).empty
