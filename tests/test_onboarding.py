"""Onboarding: when a step is taken, how many take it, where they stop, and what the landmark keeps from being told."""

import builders
import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_weekly import DIALECTS, TYPES, compiles, table

import nps
from nps import steps
from nps.measures import landmark, onboarding
from nps.steps import Onboarding, Step

EXPORT, SHARE, IMPORT = (("feature", name) for name in ("Export", "Share", "Import"))
START = pd.Timestamp("2025-01-01 12:00")


def events(*rows: tuple[str, str, str]) -> list[tuple]:
    return [(who, "feature", what, at, 1.0) for who, what, at in rows]


def taken(rows: list[tuple], *own: Step, ordered: bool = False) -> dict[tuple[str, int], str]:
    found = steps.taken(table(rows), Onboarding(own, ordered))
    return {(row.person_id, row.step): f"{row.at:%d %H}" for row in found.itertuples()}


USES = events(
    ("ann", "Export", "2025-01-02 08:00"),
    ("ann", "Export", "2025-01-02 09:00"),
    ("ann", "Share", "2025-01-03 10:00"),
    ("ann", "Export", "2025-01-04 11:00"),
    ("bob", "Share", "2025-01-05 08:00"),
    ("bob", "Import", "2025-01-06 08:00"),
)


def test_a_step_is_taken_with_its_first_use():
    assert taken(USES, Step("a", (EXPORT,)), Step("b", (EXPORT, SHARE))) == {
        **{("ann", 0): "02 08", ("ann", 1): "02 08", ("bob", 1): "05 08"}
    }


def test_a_step_of_several_uses_or_days_is_taken_with_the_last_of_them():
    several = Step("uses", (EXPORT,), 3), Step("days", (EXPORT,), 2, "days"), Step("any", (EXPORT, SHARE), 3, "days")
    assert taken(USES, *several) == {("ann", 0): "04 11", ("ann", 1): "04 11", ("ann", 2): "04 11"}
    assert taken(USES, Step("uses", (EXPORT,), 2)) == {("ann", 0): "02 09"}


def test_in_order_a_step_counts_only_after_the_one_before():
    own = Step("share", (SHARE,)), Step("export", (EXPORT,))
    assert taken(USES, *own, ordered=True) == {("ann", 0): "03 10", ("bob", 0): "05 08", ("ann", 1): "04 11"}
    assert taken(USES, *own) == {("ann", 0): "03 10", ("bob", 0): "05 08", ("ann", 1): "02 08"}


@pytest.mark.parametrize("wrong", [{"features": ()}, {"at_least": 0}, {"measure": "minutes"}, {"within_days": 0}])
def test_a_step_that_nobody_could_take_is_refused(wrong):
    with pytest.raises(nps.InputError):
        Step(**{"name": "a", "features": (EXPORT,)} | wrong)


@builders.SOME
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["Export", "Share"]), st.integers(0, 60)), max_size=14),
    st.integers(1, 3),
    st.sampled_from(["uses", "days"]),
    st.booleans(),
)
def test_steps_are_taken_as_a_loop_over_events_has_it(drawn, at_least, measure, ordered):
    rows = events(*((who, what, f"2025-01-{hour // 8 + 1:02d} {hour % 8:02d}:00") for who, what, hour in drawn))
    own = Step("a", (EXPORT,), at_least, measure), Step("b", (EXPORT, SHARE), at_least, measure)
    wanted = {}
    for who in "ab":
        mine, before = sorted((at, what) for person, _, what, at, _ in rows if person == who), ""
        for number, features in enumerate((["Export"], ["Export", "Share"])):
            seen, since = [], before if ordered else ""
            for at, what in mine:
                if what in features and at > since and (who, number) not in wanted:
                    seen.append(at if measure == "uses" else at[:10])
                    if len(seen if measure == "uses" else {*seen}) == at_least:
                        wanted[who, number] = f"{pd.Timestamp(at):%d %H}"
                        before = at
            before = before if (who, number) in wanted else "9"
    assert taken(rows or USES[:0], *own, ordered=ordered) == wanted


@pytest.mark.parametrize("dialect", DIALECTS)
def test_steps_are_told_in_every_database(dialect):
    own = Step("uses", (("feature", "o'Brien \\"), ("page", "Home")), 3), Step("days", (EXPORT,), 2, "days")
    usage, starts = ibis.table(TYPES, "usage"), ibis.table({"person_id": "string", "start": "timestamp"}, "starts")
    asked = [*steps.expressions(usage, Onboarding(own, ordered=True)), steps._early(usage, starts, 14)]
    assert [compiles(each, dialect) for each in asked] == [True] * 3


def reached(days: list[tuple[float, float]], within: int = 14) -> tuple[pd.DataFrame, Onboarding]:
    """People with the day of a step, NaN where there is none, and the days they are known for."""
    people = pd.DataFrame(days, columns=["day", "censored_at"]).assign(step=0)
    return people.assign(person_id=[f"p{i}" for i in range(len(days))]), Onboarding(
        (Step("a", (EXPORT,), 1, "uses", within),)
    )


def test_days_are_whole_ones_since_joining_and_what_came_before_is_day_none():
    own = Onboarding((Step("a", (EXPORT,)), Step("b", (SHARE,))))
    start = pd.Series({"ann": START, "bob": START + pd.Timedelta(days=9), "late": pd.Timestamp("2025-03-01")})
    found = onboarding.reached(steps.taken(table(USES), own), start, own, pd.Timestamp("2025-01-11 13:00"))
    assert found[["person_id", "step", "censored_at"]].to_numpy().tolist() == [
        *(["ann", 0, 10], ["bob", 0, 1], ["ann", 1, 10], ["bob", 1, 1])
    ]
    assert found["day"].fillna(-1).tolist() == [0, -1, 1, 0]


def test_who_joined_before_the_usage_begins_is_left_out_and_counted():
    joined = pd.Series(pd.to_datetime(["2024-12-01", "2025-01-05", None]), list("abc"))
    first = pd.Series(pd.to_datetime(["2025-01-01", "2025-02-03", "2025-01-28"]), list("abx"))
    by_joining = onboarding.started(joined, first, "joined")
    assert (by_joining.start.index.tolist(), by_joining.unknown, by_joining.early) == (["b"], 1, 1)
    by_use = onboarding.started(joined, first, "first use")
    assert (by_use.start.index.tolist(), by_use.unknown, by_use.early) == (["b"], 0, 2)


def test_the_share_in_time_is_of_all_who_join_also_of_those_who_joined_lately():
    rows, own = reached([(0, 90), (5, 90), (20, 90), (np.nan, 90), (np.nan, 6), (3, 4), (np.nan, 30), (np.nan, 30)])
    found = onboarding.table(rows, own).iloc[0]
    assert found[["people", "reached"]].tolist() == [8, 4]
    assert found["share"] == pytest.approx(1 - 7 / 8 * 6 / 7 * 5 / 6)
    assert found["low"] < found["share"] < found["high"]
    assert found["at_risk"] == 4
    assert found["median_days"] == 20


def test_people_of_one_account_are_less_sure():
    rows, own = reached([(1, 90)] * 10 + [(np.nan, 90)] * 10)
    alike = pd.Series(np.repeat(["a", "b", "c", "d"], 5), rows["person_id"])
    strangers, accounts = (onboarding.table(rows, own, whose).iloc[0] for whose in (None, alike))
    assert accounts["share"] == strangers["share"]
    assert accounts["high"] - accounts["low"] > strangers["high"] - strangers["low"]


def test_where_they_stop_is_told_of_who_had_the_time():
    own = Onboarding((Step("a", (EXPORT,)), Step("b", (SHARE,), within_days=7)))
    days = {0: [1, 2, np.nan, 15], 1: [3, 8, np.nan, 2]}
    rows = pd.concat(
        [pd.DataFrame({"person_id": list("abcd"), "step": step, "day": day}) for step, day in days.items()]
    )
    found = onboarding.stops(rows.assign(censored_at=[20, 14, 15, 30] * 2), own)
    assert found[["people", "reached", "stopped"]].to_numpy().tolist() == [[4, 2, 2], [4, 2, 1]]
    assert onboarding.stops(rows.assign(censored_at=13), own)["people"].tolist() == [0, 0]


def test_progress_of_a_person_and_of_an_account():
    rows = pd.DataFrame(
        {"person_id": list("abab"), "step": [0, 0, 1, 1], "day": [1, np.nan, np.nan, 4], "censored_at": [6, 9, 6, 9]}
    )
    own = Onboarding((Step("a", (EXPORT,)), Step("b", (SHARE,))))
    assert onboarding.progress(rows, own).loc["a"].tolist() == [1, 2, 6, 14, 0.5]
    assert onboarding.progress(rows, own, pd.Series({"a": "Acme", "b": "Acme"})).loc["Acme"].tolist() == [
        2,
        2,
        9,
        14,
        1,
    ]


def joiners(seed: int, people: int, helps: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """People who take a step after 40 days on average, and leave at .012 a day, at less once they did if it helps."""
    rng = np.random.default_rng(seed)
    known, step = rng.integers(30, 366, people), rng.exponential(40, people)
    left = rng.exponential(1 / 0.012, people)
    late = left > step
    left[late] = step[late] + rng.exponential(1 / (0.012 * (1 - helps)), late.sum())
    step[step > np.minimum(left, known)] = np.nan
    rows = pd.DataFrame({"person_id": np.arange(people), "step": 0, "day": np.floor(step), "censored_at": known})
    about = pd.DataFrame({"start": START, "left_day": np.where(left < known, np.floor(left), np.nan)})
    return rows, about.assign(role="x", plan="y", account=None)


def nothing(days: int) -> pd.DataFrame:
    return pd.DataFrame({"person_id": pd.Series(dtype=int), "kind": [], "feature": [], "uses": pd.Series(dtype=float)})


WITHIN = Onboarding((Step("a", (EXPORT,), within_days=30),))


def test_a_step_without_effect_makes_no_difference_from_the_landmark_on():
    rows, people = joiners(1, 2000, helps=0.0)
    found = landmark.by_steps(WITHIN, rows, people, nothing, "left").iloc[0]
    assert found["low"] < 0 < found["high"]
    assert not found["robust"]
    known, took = rows["censored_at"] >= 200, rows["day"].notna()
    stayed = ~(people["left_day"] < 120)
    assert stayed[known & took].mean() - stayed[known & ~took].mean() > 0.3


def test_a_step_that_halves_leaving_is_found():
    rows, people = joiners(2, 2000, helps=0.5)
    found = landmark.by_steps(WITHIN, rows, people, nothing, "left").iloc[0]
    assert found["high"] < 0
    assert found["robust"]
    took, others = (landmark.kaplan_meier.until(curve, 90)[0] for curve in landmark.curves(people, rows, 30))
    assert others - took == pytest.approx(-found["difference"], abs=0.05)


@pytest.mark.slow
def test_the_interval_of_a_step_without_effect_holds_nothing():
    found = [landmark.by_steps(WITHIN, *joiners(seed, 2000, 0.0), nothing, "left").iloc[0] for seed in range(100)]
    assert sum(each["low"] <= 0 <= each["high"] for each in found) >= 93


def test_of_who_joined_lately_the_share_is_that_of_all():
    shares = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        known, step = rng.integers(0, 61, 500), rng.exponential(40, 500)
        day = np.where(step < known, np.floor(step), np.nan)
        rows, own = reached(list(zip(day, known, strict=True)), within=30)
        shares.append(onboarding.table(rows, own)["share"].item())
    assert np.mean(shares) == pytest.approx(0.528, abs=0.02)


def test_answers_after_the_landmark_are_compared_in_points_and_use_before_it_makes_people_alike():
    """Who shares in 30 days is as pleased as others who use as much; the busy are pleased, and share."""
    rng, n = np.random.default_rng(3), 1200
    busy = rng.random(n) < 0.5
    shares = rng.random(n) < np.where(busy, 0.8, 0.2)
    pleased = rng.random(n) < np.where(busy, 0.8, 0.2)
    rows = pd.DataFrame(
        {"person_id": np.arange(n), "step": 0, "day": np.where(shares, 3.0, np.nan), "censored_at": 200}
    )
    people = pd.DataFrame(
        {"start": START, "left_day": np.nan, "role": "x", "plan": "y", "account": None}, index=range(n)
    )
    uses = pd.DataFrame({"person_id": np.arange(n), "kind": "feature", "feature": "Import", "uses": 1.0 + 20 * busy})
    uses = pd.concat([uses, uses.assign(feature="Export", uses=50.0 * shares)])
    answers = pd.DataFrame({"person_id": np.arange(n), "day": 40, "group": 2 * pleased})
    early = answers.assign(day=10, group=0)
    found = landmark.by_steps(WITHIN, rows, people, lambda _: uses, "nps", pd.concat([early, answers])).iloc[0]
    assert found["people"] + found["others"] == n
    assert found["low"] < 0 < found["high"]
    crude = 200 * (pleased[shares].mean() - pleased[~shares].mean())
    assert crude > 60


def test_of_a_step_that_nobody_took_nobody_is_told_to_have_taken_it():
    own = Onboarding((Step("a", (IMPORT,)), Step("b", (SHARE,))))
    rows = steps.taken(table(USES[:4]), own)
    found = onboarding.reached(rows, pd.Series({"ann": START}), own, pd.Timestamp("2025-01-11 13:00"))
    assert found["day"].fillna(-1).tolist() == [-1, 1]


def two_steps() -> tuple[pd.DataFrame, Onboarding]:
    """Both in time; the first alone; the first too late; neither; time left for both; time left, took the first."""
    first = [(0, 40), (3, 40), (20, 40), (np.nan, 40), (np.nan, 5), (1, 6)]
    then = [(5, 40), (np.nan, 40), (np.nan, 40), (np.nan, 40), (np.nan, 5), (np.nan, 6)]
    rows = [(f"p{i}", step, *day) for step, days in enumerate((first, then)) for i, day in enumerate(days)]
    own = Onboarding((Step("a", (EXPORT,)), Step("b", (SHARE,))))
    return pd.DataFrame(rows, columns=["person_id", "step", "day", "censored_at"]), own


@pytest.mark.parametrize(
    ("step", "which", "people"),
    [
        (0, "took", ["p5", "p0", "p1", "p2"]),
        (0, "stopped", ["p2", "p3"]),
        (0, "open", ["p4"]),
        (1, "took", ["p0"]),
        (1, "stopped", ["p1"]),
        (1, "open", ["p4", "p5"]),
    ],
)
def test_who_took_a_step_stopped_before_it_or_has_time_for_it(step, which, people):
    rows, own = two_steps()
    assert onboarding.whom(rows, own, step, which)["person_id"].tolist() == people
    assert onboarding.stops(rows, own)["stopped"].tolist() == [2, 1]


def test_people_of_no_account_are_strangers():
    rows, own = reached([(day, 40) for day in range(12)])
    alone = pd.Series(np.nan, index=rows["person_id"])
    pd.testing.assert_frame_equal(onboarding.table(rows, own, alone), onboarding.table(rows, own))


def test_a_curve_is_told_while_ten_are_watched():
    rows, own = reached([(day, 40) for day in range(12)])
    told = onboarding.curves(rows, own)
    assert told["day"].tolist() == [0, 1, 2]
    assert told["at_risk"].tolist() == [12, 11, 10]
    assert told["share"].tolist() == pytest.approx([1 / 12, 2 / 12, 3 / 12])
    assert (told["low"] < told["share"]).all()
    assert (told["share"] < told["high"]).all()
