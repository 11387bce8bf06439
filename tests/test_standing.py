"""Use against one's own past, and how accounts stand: by hand, and against a loop."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from test_weekly import table

from nps import weekly
from nps.measures import pace, standing

BEFORE, LATELY = [40, 42, 38, 45, 41, 0, 39, 44, 43, 40, 120, 42, 41], [20, 22, 18, 24]
WEEKS = np.array([BEFORE + LATELY], float)


def test_a_holiday_and_a_spike_do_not_move_what_is_usual():
    assert pace.usual(WEEKS).item() == 41
    assert pace.now(WEEKS).item() == 21
    assert pace.ratio(pace.now(WEEKS), pace.usual(WEEKS), 1.0, 5).item() == pytest.approx(0.518072289)
    assert pace.ratio(pace.now(WEEKS), pace.usual(WEEKS), 0.8, 5).item() == pytest.approx(0.645645646)


def test_a_season_is_what_happens_to_most_where_they_are_enough_to_tell():
    assert pace.season(np.array([20.0] * 16 + [41.0] * 14), np.array([40.0] * 30), 5) == 0.5
    assert pace.season(np.array([20.0] * 16 + [41.0] * 13), np.array([40.0] * 29), 5) == 1


def test_little_use_and_a_short_past_tell_nothing():
    weeks = np.repeat(WEEKS, 4, axis=0)
    weeks[1] *= 4.9 / 41
    weeks[2, :5] = np.nan
    weeks[3, :6] = np.nan
    assert np.isnan(pace.against_past(weeks, 5)).tolist() == [False, True, False, True]


def test_what_did_not_change_seldom_seems_to_and_what_fell_by_three_quarters_nearly_always_does():
    """Poisson weeks of accounts of many sizes, with spikes, pauses that are over, and a season that all share."""
    rng = np.random.default_rng(12)
    size = rng.lognormal(2.6, 1.1, 6000)
    mean = size[:, None] * np.exp(0.2 * rng.standard_normal((6000, 17)))
    mean *= np.where(rng.random((6000, 17)) < 0.04, rng.uniform(2, 6, (6000, 17)), 1)
    paused, start = rng.random(6000) < 0.05, rng.integers(0, 11, 6000)[:, None]
    within = (np.arange(17) >= start) & (np.arange(17) < start + 3)
    mean *= np.where(paused[:, None] & within, 0, 1)
    mean[:, 13:] *= 0.7
    fell = np.arange(6000) % 10 == 0
    mean[fell, 13:] *= 0.25
    found = pace.against_past(rng.poisson(mean).astype(float), 5)
    told = ~np.isnan(found)
    assert (found[told & ~fell] < 0.5).mean() <= 0.03
    assert (found[told & fell & (size >= 8)] < 0.5).mean() >= 0.9


def at(weeks_ago: int, day: int = 0) -> str:
    return f"{pd.Timestamp('2025-06-29') - pd.Timedelta(weeks=weeks_ago, days=day):%Y-%m-%d} 10:00"


USES = [
    ("start", "feature", "Board", at(40), 1.0),
    *[("ann", "feature", "Board", at(week), 10.0) for week in range(20)],
    *[("bob", "feature", "Export", at(week), 4.0) for week in range(4, 20)],
    ("new", "feature", "Export", at(1), 1.0),
    ("new", "feature", "Board", at(1, day=2), 1.0),
    ("new", "feature", "Board", at(0), 1.0),
    ("dan", "feature", "Timer", at(2), 3.0),
    ("nobody", "feature", "Timer", at(2), 3.0),
]
WHOSE = pd.Series({"ann": "Acme", "bob": "Acme", "new": "Acme", "dan": "Duo", "idle": "Idle", "start": "Old"})
IDS = pd.Index(["Acme", "Duo", "Idle", "Old"])
JOINED = pd.to_datetime(pd.Series({"Acme": "2025-02-01", "Idle": "2025-06-01", "Duo": None, "Old": None}))


def stand(back: int = 0, keys: list[int] | None = None) -> pd.DataFrame:
    found = weekly.weekly(table(USES)).at(back)
    return standing.standing(found, standing.units(found, IDS, WHOSE, JOINED), keys and np.array(keys))


def test_how_an_account_stands_by_hand():
    acme = stand(keys=[1, 2]).loc["Acme"]
    assert acme["usual"] == 14
    assert acme["uses"] == 10.75
    assert acme["pace"] == pytest.approx(11.25 / 14.5)
    assert acme["pace_people"] == pytest.approx((1.5 + 0.5) / (2 + 0.5))
    assert acme[["before", "active", "seen", "new", "breadth", "key", "days", "weeks"]].tolist() == [
        182,
        2,
        3,
        1,
        2,
        1,
        3,
        21,
    ]


def test_nobody_chose_key_features_or_nothing_is_known_of_an_account():
    found = stand()
    assert found["key"].isna().all()
    assert found.loc["Idle", ["active", "new", "breadth", "weeks"]].tolist() == [0, 0, 0, 4]
    assert np.isnan(found.loc[["Idle", "Duo", "Old"], "pace"]).all()
    assert np.isnan(found.loc["Old", "weeks"])
    assert found["there"].all()


def test_who_came_later_was_not_there():
    assert stand(back=8)["there"].to_dict() == {"Acme": True, "Duo": False, "Idle": False, "Old": True}


@pytest.mark.parametrize("back", [0, 3, 13])
def test_nothing_after_a_week_changes_how_accounts_stood_then(back):
    day = (pd.Timestamp("2025-06-29") - pd.Timedelta(weeks=back)).date()
    cut = weekly.weekly(table(USES), date(day.year, day.month, day.day))
    then = standing.standing(cut, standing.units(cut, IDS, WHOSE, JOINED))
    pd.testing.assert_frame_equal(stand(back), then)
