"""What a page begins with: how the score last turned, by how much, and whose own change it was."""

from dataclasses import replace
from datetime import date

import builders
import numpy as np
import pandas as pd
import pytest

from nps import Selection
from nps.measures.headline import Turned, sides, turned
from nps.wording.overview import of_change, of_mover

COLUMNS = ["direction", "began", "at"]


def alarms(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in ("began", "at")})


def test_changes_of_one_direction_are_one_until_it_turns():
    fell, rose, higher = (
        ("fell", "2025-01-06", "2025-01-26"),
        ("rose", "2025-05-05", "2025-05-25"),
        ("rose", "2025-09-01", "2025-09-21"),
    )
    assert turned(alarms()) is None
    assert turned(alarms(fell)) == Turned("fell", date(2025, 1, 6), date(2025, 1, 26))
    assert turned(alarms(fell, rose, higher)) == Turned("rose", date(2025, 5, 5), date(2025, 5, 25))


@pytest.mark.parametrize(
    ("last", "before", "since"),
    [
        (date(2025, 5, 31), (date(2025, 4, 8), date(2025, 5, 4)), (date(2025, 5, 5), date(2025, 5, 31))),
        (date(2025, 6, 22), (date(2025, 3, 17), date(2025, 5, 4)), (date(2025, 5, 26), date(2025, 6, 22))),
        (date(2026, 5, 5), (date(2025, 1, 1), date(2025, 5, 4)), (date(2025, 5, 26), date(2026, 5, 5))),
    ],
)
def test_as_many_days_before_as_since_and_since_the_watch_told_where_four_weeks_are(last, before, since):
    turn = Turned("rose", date(2025, 5, 5), date(2025, 5, 25))
    assert sides(turn, date(2025, 1, 1), last) == (before, since)


def test_without_days_before_there_is_nothing_to_compare():
    assert sides(Turned("rose", date(2025, 1, 1), date(2025, 1, 5)), date(2025, 1, 1), date(2025, 6, 1)) is None


def weekly(last_half: dict[str, list[int]], *, weeks: int = 60, each: int = 10):
    """A panel of two roles, `each` answers a week and role, half of 9 and half of 3, until the last half of weeks."""
    quiet = [9, 3] * (each // 2)
    scores, roles = [], []
    for week in range(weeks):
        for role in ("Admin", "Viewer"):
            scores += last_half.get(role, quiet) if week >= weeks // 2 else quiet
            roles += [role] * each
    panel = builders.panel_of(scores, [{}] * len(scores), role=roles)
    days = pd.Timestamp("2025-01-06") + pd.to_timedelta(np.arange(weeks).repeat(2 * each), unit="W")
    return replace(panel, answers=panel.answers.assign(responded_at=days.astype("datetime64[us]")))


def test_a_value_is_named_where_its_own_change_differs_from_everyone_elses():
    found = weekly({"Admin": [9] * 8 + [3] * 2}).select().headline()
    assert (found.direction, found.mover.segment, found.mover.value) == ("rose", "role", "Admin")
    assert found.points == pytest.approx(30)  # half of the answers, from 0 to 60
    assert found.mover.points == pytest.approx(30)
    assert of_mover(found) == ("People with role Admin account for 30 of these points.",)


def test_nobody_is_named_where_all_change_alike():
    risen = [9] * 8 + [3] * 2
    found = weekly({"Admin": risen, "Viewer": risen}).select().headline()
    assert found.mover is None
    assert of_change(found).startswith("NPS rose 60 points: 0 before ")


def test_a_quiet_product_has_no_headline_of_change_and_a_part_of_the_scores_neither():
    assert weekly({}).select().headline() is None
    assert weekly({"Admin": [9] * 10}).select(Selection(score=(9, 10))).headline() is None
