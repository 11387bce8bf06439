"""Reading again: answers whose window closed keep their rollup, the others are rolled up anew."""

from dataclasses import replace

import pandas as pd
import pytest
import stores
from builders import responses, usage

import nps
from nps.joined import LATE_DAYS

BEFORE = responses(score=[9, 3, 7], responded_at=["2025-03-01 12:00", "2025-03-02 12:00", "2025-03-02 12:00"])
AFTER = responses(
    score=[9, 3, 7, 10], responded_at=["2025-03-01 12:00", "2025-03-02 12:00", "2025-03-02 12:00", "2025-05-01 12:00"]
)
USED = usage(
    *(("p0", feature, "2025-02-01") for feature in ("Board", "Timer")),
    *(("p1", feature, "2025-02-02") for feature in ("Timer", "Board")),
)
USED_SINCE = usage(*USED.itertuples(index=False), ("p3", "Export", "2025-04-30"), ("p1", "Board", "2025-04-30"))


def assert_read_again(again: nps.Panel, full: nps.Panel) -> None:
    """The same but for the day just before answering, which is told after a full reading only; and that is said."""
    assert again.just_before.empty
    assert str(again.notes[-1]).startswith(
        "How many respondents have usage, which of it was left out, and what people used"
    )
    stores.assert_same(again, replace(full, just_before=again.just_before, notes=again.notes))


def read_on(day: str, panel: nps.Panel) -> nps.Panel:
    return replace(panel, read_at=pd.Timestamp(day))


@pytest.mark.parametrize("measure", ["active_days", "uses", "features_used"])
def test_reading_again_gives_what_reading_everything_gives(measure):
    earlier = nps.load(BEFORE, usage=USED, measure=measure)
    again = nps.load(AFTER, usage=USED_SINCE, measure=measure, earlier=earlier)
    assert_read_again(again, nps.load(AFTER, usage=USED_SINCE, measure=measure))


def test_reading_again_without_any_new_answer_gives_the_same():
    earlier = nps.load(BEFORE, usage=USED)
    assert_read_again(nps.load(BEFORE, usage=USED, earlier=earlier), earlier)


def test_what_is_known_already_lies_by_feature_as_runs_need_it():
    earlier = nps.load(BEFORE, usage=USED)
    assert nps.load(BEFORE, usage=USED, earlier=earlier).pairs.feature.tolist() == [0, 0, 1, 1]


def test_an_answer_whose_window_closed_is_not_looked_up_again():
    earlier = nps.load(BEFORE, usage=USED)
    late = usage(*USED_SINCE.itertuples(index=False), ("p0", "Board", "2025-02-20"))
    assert nps.load(AFTER, usage=late, earlier=earlier).answers["active_days"].tolist() == [1, 1, 0, 1]
    assert nps.load(AFTER, usage=late).answers["active_days"].tolist() == [2, 1, 0, 1]


@pytest.mark.parametrize(("read_at", "active_days"), [("2025-03-03 12:00", [1, 1, 0]), ("2025-03-03 11:59", [2, 1, 0])])
def test_usage_of_an_answer_may_arrive_two_days_late(read_at, active_days):
    assert LATE_DAYS == 2
    earlier = read_on(read_at, nps.load(BEFORE, usage=USED))
    late = usage(*USED.itertuples(index=False), ("p0", "Board", "2025-02-20"))
    assert nps.load(BEFORE, usage=late, earlier=earlier).answers["active_days"].tolist() == active_days


def test_another_window_is_read_as_a_whole():
    earlier = nps.load(BEFORE, usage=USED)
    again = nps.load(BEFORE, usage=USED, window_days=10, earlier=earlier)
    assert "Nobody used anything in the 10 days before answering" in str(again.notes[-1])


def test_usage_without_dates_is_read_as_a_whole():
    totals, more = (pd.DataFrame({"person_id": ["p0"], "feature": ["Board"], "uses": [n]}) for n in (3, 5))
    earlier = nps.load(BEFORE, usage=totals, measure="uses")
    assert nps.load(BEFORE, usage=more, measure="uses", earlier=earlier).answers["uses"].tolist() == [5, 0, 0]
