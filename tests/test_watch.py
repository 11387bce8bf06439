"""The weekly watch: one alarm for each lasting change, how large it was, and how much of it is who answered."""

import builders
import numpy as np
import pandas as pd
import pytest
from test_trend import FALLEN, QUIET, answers, weekly

import nps
from nps.measures import alarms, watch
from nps.measures.watch import Batches
from nps.wording import headlines

USUAL, LOW, HIGH = (8, 12, 20), (12, 12, 16), (16, 12, 12)
MONDAY = pd.Timestamp("2025-01-06")


def batches(*weeks: tuple[int, int, int]) -> Batches:
    """Detractors, passives, promoters of each week."""
    counts = np.array(weeks, float)
    return Batches(counts[:, 2] - counts[:, 0], counts[:, 2] + counts[:, 0], counts.sum(1))


def told(*weeks: tuple[int, int, int]) -> list[tuple]:
    return [(level.week, level.direction, level.began) for level in watch.changes(batches(*weeks))]


def test_levels_worked_by_hand():
    """Methods 4: mean .30, variance .61, spread 1; (S, n) = (10, 30), (6, 28), (2, 25), (1, 31), (3, 27)."""
    base, level, levels = watch.Baseline(1040, 0.30, 0.61, 1.0), 0.0, []
    for y, n in ((10, 30), (6, 28), (2, 25), (1, 31), (3, 27)):
        level = watch.raised(level, watch.standard(y, n, base))
        levels.append(level)
    assert levels == pytest.approx([0, 0.080721, 0.989126, 2.397803, 3.154479], abs=5e-7)


def test_one_lasting_fall_is_told_once():
    """Methods 4: 26 weeks of (8,12,20), then 30 of (12,12,16)."""
    weeks = [USUAL] * 26 + [LOW] * 30
    base = watch.usual(batches(*weeks[:26]))
    assert base == pytest.approx((1040, 0.299137105, 0.609941729, 1), abs=5e-10)
    first = [level for level in watch.levels(batches(*weeks)) if level.direction == "fell"][:5]
    assert [level.z for level in first] == pytest.approx([-1.612642163] * 5, abs=5e-10)
    assert [level.level for level in first] == pytest.approx(
        [1.112642, 2.225284, 3.337926, 4.450569, 5.563211], abs=5e-7
    )
    limits = [4.585722, 4.669871, 4.752530, 4.833775, 4.913678]
    assert [level.limit for level in first] == pytest.approx(limits, abs=5e-7)
    assert told(*weeks) == [(30, "fell", 26)]


def test_weeks_that_vary_more_than_strangers_would_are_watched_more_patiently():
    """Methods 4: accounts that answer together swing from week to week."""
    swinging = [(4, 12, 24), (12, 12, 16)] * 13
    assert watch.usual(batches(*swinging)).spread == pytest.approx(2.728180244, abs=5e-10)
    assert told(*swinging, *[LOW] * 30)[0] == (37, "fell", 26)


def test_each_of_two_falls_is_told_once():
    """Methods 4: what is usual is learned anew after the first."""
    assert told(*[USUAL] * 26, *[LOW] * 26, *[HIGH] * 26) == [(30, "fell", 26), (56, "fell", 52)]


def test_a_rise_is_the_mirror_image_of_a_fall():
    fall = [USUAL] * 28 + [LOW] * 30
    rise = [week[::-1] for week in fall]
    assert told(*rise) == [(week, "rose", began) for week, _, began in told(*fall)]


def test_a_week_without_answers_leaves_the_watch_as_it_was():
    empty = [(0, 0, 0)]
    assert told(*[USUAL] * 26, *[LOW] * 2, *empty * 3, *[LOW] * 10) == [(33, "fell", 26)]


def test_without_a_week_after_the_baseline_there_is_nothing_to_watch():
    assert told(*[USUAL] * 13, *[HIGH] * 13) == []
    assert alarms.alarms(answers(), "all") == []


def fallen(weeks_after: int, **columns) -> list[alarms.Alarm]:
    """Twenty answers a week, 60 on the scale before week 28 and -40 from then on."""
    frame = weekly(*[QUIET * 4] * 28, *[FALLEN * 4] * weeks_after)
    return alarms.alarms(frame.assign(**columns), "latest", tuple(columns))


def test_an_alarm_tells_since_when_and_by_how_much():
    """By hand: of five, three promoters and one detractor: 40; then the other way round: -40."""
    (alarm,) = fallen(12)
    assert (alarm.direction, alarm.began) == ("fell", MONDAY + pd.Timedelta(weeks=28))
    assert alarm.at > alarm.began
    assert (alarm.before, alarm.after, alarm.points) == (40, -40, -80)
    assert alarm.responses_before == 26 * 20
    assert alarm.low < -80 < alarm.high
    assert headlines.of_alarm(alarm).startswith("The score fell, by about 80 points (−92 to −66): ")
    assert headlines.of_alarm(alarm).endswith(
        f"from 40 (n = 520) to −40 since the week of 21 July 2025 (n = {alarm.responses_after})."
    )


def test_the_weeks_that_set_it_off_count_only_until_four_have_come_after():
    (early,), (late,) = fallen(4), fallen(12)
    weeks = (late.at - MONDAY).days // 7
    assert early.responses_after == 4 * 20
    assert late.responses_after == (28 + 12 - weeks - 1) * 20


def test_where_others_answered_that_is_said():
    """Plan a is at 100 and plan b at -100 all the time; b answers more often from week 28 on."""
    weeks = [[9] * 14 + [3] * 6] * 28 + [[9] * 6 + [3] * 14] * 12
    frame = weekly(*weeks)
    plan = pd.Categorical(np.where(frame["score"] == 9, "a", "b"))
    (alarm,) = alarms.alarms(frame.assign(plan=plan), "all", ("plan",))
    assert (alarm.mix, alarm.mix_by) == (pytest.approx(alarm.points), "plan")
    assert headlines.of_alarm(alarm).endswith("80 of them because others answered (plan).")
    both = pd.Categorical(np.where(np.arange(len(frame)) % 2, "a", "b"))
    (alarm,) = alarms.alarms(frame.assign(plan=both), "all", ("plan",))
    assert (np.isnan(alarm.mix), alarm.mix_by) == (True, "")


def test_a_fall_that_has_come_back_is_said_to_have():
    alarm = fallen(12)[0]._replace(points=3.0, before=40.0, after=43.0, responses_after=90)
    assert headlines.of_alarm(alarm) == (
        "The score fell and has come back: 40 (n = 520) before, 43 since the week of 21 July 2025 (n = 90)."
    )


def test_a_selection_tells_its_alarms():
    panel = nps.load(weekly(*[QUIET * 4] * 28, *[FALLEN * 4] * 12).assign(plan=["a", "b"] * 400))
    found = panel.select().alarms()
    assert found["direction"].tolist() == ["fell"]
    assert {"at", "direction", "began", "points", "mix"} <= set(found)
    none = builders.panel_of([9], [{}]).select().alarms()
    assert (len(none), none.dtypes.tolist()) == (0, found.dtypes.tolist())
