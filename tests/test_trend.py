"""The score over time: periods, the repeat rule inside each, and where the watch went off."""

import builders
import numpy as np
import pandas as pd
import pytest

import nps
from nps.measures import clusters, score, trend

QUIET, FALLEN = [9, 9, 9, 7, 3], [3, 3, 3, 7, 9]


def answers(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """Rows of person_id, day, score, oldest first."""
    frame = pd.DataFrame(rows, columns=["person_id", "responded_at", "score"])
    return frame.assign(responded_at=pd.to_datetime(frame["responded_at"]))


def weekly(*weeks: list[int]) -> pd.DataFrame:
    """The scores of each week from Monday 6 January 2025, all on its Wednesday, each from somebody else."""
    return answers(
        *(
            (f"p{week}-{i}", f"{pd.Timestamp('2025-01-08') + pd.Timedelta(weeks=week):%Y-%m-%d}", score)
            for week, scores in enumerate(weeks)
            for i, score in enumerate(scores)
        )
    )


def test_every_month_from_the_first_answer_to_the_last():
    found = trend.by_period(
        answers(("a", "2025-01-31", 9), ("b", "2025-03-01", 3), ("c", "2025-03-31", 7)), "month", "all"
    )
    assert found["period"].tolist() == list(pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01"]))
    assert found["responses"].tolist() == [1, 0, 2]
    assert found["nps"].tolist() == pytest.approx([100, np.nan, -50], nan_ok=True)
    assert found[["low", "high"]].isna().all(axis=1).tolist() == [False, True, False]
    assert not found["alarm"].any()


@pytest.mark.parametrize(
    ("period", "begins"),
    [("day", "2025-05-07"), ("week", "2025-05-05"), ("month", "2025-05-01"), ("quarter", "2025-04-01")],
)
def test_a_period_is_shown_by_its_first_day(period, begins):
    """7 May 2025 was a Wednesday; weeks begin on Monday."""
    found = trend.by_period(answers(("a", "2025-05-07", 9)), period, "latest")
    assert found["period"].tolist() == [pd.Timestamp(begins)]


def test_the_latest_answer_counts_inside_each_period():
    rows = answers(("a", "2025-01-02", 9), ("a", "2025-01-20", 3), ("b", "2025-01-05", 9), ("a", "2025-02-01", 9))
    latest, everything = (trend.by_period(rows, "month", repeats) for repeats in ("latest", "all"))
    assert latest["responses"].tolist() == [2, 1]
    assert latest["nps"].tolist() == [0, 100]
    assert everything["responses"].tolist() == [3, 1]
    assert trend.by_period(rows, "quarter", "latest")["responses"].tolist() == [2]


def test_an_earlier_period_does_not_change_when_somebody_answers_again():
    panel = nps.load(
        builders.responses(
            person_id=["a", "b", "a"], score=[9, 9, 0], responded_at=["2025-01-05", "2025-01-06", "2025-02-05"]
        )
    )
    assert panel.select().score.responses == 2
    assert panel.select().trend("month")["nps"].tolist() == [100, -100]


def test_answers_without_a_date_are_in_no_period():
    panel = nps.load(pd.DataFrame({"person_id": ["a", "b"], "score": [9, 3]}))
    assert panel.select().trend().empty
    assert panel.select().trend().columns.tolist() == ["period", "responses", "nps", "low", "high", "alarm"]


def test_the_trend_follows_filters_and_region():
    panel = builders.panel_of([9, 3, 9, 3], [{}] * 4, role=["Admin", "Admin", "Editor", "Editor"])
    chosen = panel.select(nps.Selection(where={"role": ["Admin"]}, score=(0, 6)))
    assert chosen.trend("day")[["responses", "nps"]].values.tolist() == [[1, -100]]


def test_a_lasting_fall_raises_the_alarm_and_ordinary_weeks_do_not():
    quiet = [QUIET * 4] * 30
    assert not trend.by_period(weekly(*quiet), "week", "all")["alarm"].any()
    found = trend.by_period(weekly(*quiet, *[FALLEN * 4] * 4), "week", "all")
    assert found["alarm"].any()
    assert found.loc[found["alarm"], "period"].min() >= pd.Timestamp("2025-01-06") + pd.Timedelta(weeks=30)


def test_a_rise_raises_no_alarm():
    assert not trend.by_period(weekly(*[FALLEN * 4] * 30, *[QUIET * 4] * 10), "week", "all")["alarm"].any()


def test_without_a_week_after_the_baseline_there_is_nothing_to_watch():
    assert not trend.by_period(weekly(*[QUIET] * 13, *[FALLEN] * 13), "week", "all")["alarm"].any()


def test_an_alarm_in_the_last_week_belongs_to_the_month_of_the_last_answer():
    """The last answers are of Monday 28 July 2025; their week ends in August, which has none."""
    quiet = weekly(*[QUIET * 20] * 29)
    bad = answers(*((f"late{i}", "2025-07-28", 0) for i in range(200)))
    found = trend.by_period(pd.concat([quiet, bad], ignore_index=True), "month", "all")
    assert found["alarm"].tolist() == [False] * 6 + [True]


def test_an_unknown_period_is_refused():
    with pytest.raises(nps.InputError, match="day, week, month, quarter"):
        builders.panel_of([9], [{}]).select().trend("fortnight")


def test_a_point_of_the_rolling_score_does_not_change_when_somebody_answers_again_later():
    once = answers(("a", "2025-01-01", 0), ("b", "2025-01-02", 10))
    again = answers(("a", "2025-01-01", 0), ("b", "2025-01-02", 10), ("a", "2025-02-01", 10))
    before, after = (trend.rolling(frame, "latest").iloc[0] for frame in (once, again))
    assert before.to_dict() == after.to_dict()


def of_accounts() -> pd.DataFrame:
    """Two weeks: four people of each of two accounts in the first; strangers of three in the second."""
    rows = answers(
        *((f"a{i}", "2025-01-08", score) for i, score in enumerate([9, 9, 9, 7, 3, 3, 9, 3])),
        *((f"b{i}", "2025-01-15", score) for i, score in enumerate([9, 7, 3])),
    )
    return rows.assign(cluster=[0, 0, 0, 0, 1, 1, 1, 1, 2, 3, 4])


def test_a_point_knows_which_answers_are_of_one_account():
    """By the two accounts of the first week; the second is one of strangers."""
    found = trend.by_period(of_accounts(), "week", "all")
    first = np.array([[0, 1, 3], [3, 0, 1]])
    expected = clusters.interval(first.sum(0), clusters.of_score(first))
    assert found.loc[0, ["low", "high"]].tolist() == pytest.approx([float(bound) for bound in expected])
    assert found.loc[1, ["low", "high"]].tolist() == pytest.approx(score.interval(np.array([1, 1, 1])))
    rolling = trend.rolling(of_accounts(), "all")
    assert rolling.loc[0, ["low", "high"]].tolist() == pytest.approx(found.loc[0, ["low", "high"]].tolist())


@pytest.mark.parametrize(("a_day", "days"), [(1, 90), (3, 90), (4, 28)])
def test_a_rolling_point_holds_28_days_where_those_have_a_hundred_answers(a_day, days):
    when = pd.date_range("2025-01-01", periods=200, freq="D").repeat(a_day)
    assert trend.window(pd.DataFrame({"responded_at": when})) == days


def test_a_rolling_point_counts_what_a_filter_would_leave():
    rows = answers(("a", "2025-01-01", 0), ("b", "2025-01-02", 10), ("a", "2025-02-01", 10), ("c", "2025-04-20", 8))
    found = trend.rolling(rows, "latest").set_index("period")
    for day, row in found.iterrows():
        end = day + pd.Timedelta(days=1)
        inside = rows[(rows["responded_at"] < end) & (rows["responded_at"] >= end - pd.Timedelta(days=90))]
        assert row["responses"] == inside["person_id"].nunique()
