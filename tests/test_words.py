"""Numbers as sentences: what is rounded, what is left unsaid."""

from datetime import date

import numpy as np
import pytest

from nps.wording import words


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0%"),
        (1 / 3, "33%"),
        (0.004, "under 1%"),
        (0.006, "1%"),
        (1150 / 1155, "over 99%"),
        (1, "100%"),
        (np.nan, "—"),
    ],
)
def test_only_nobody_is_0_percent_and_only_everybody_100(share, said):
    assert words.percent(share) == said


def test_a_day_has_no_leading_zero():
    assert words.day(date(2026, 8, 3)) == "3 August 2026"
