"""Revenue that may go: by hand."""

import numpy as np
import pytest

from nps.measures import stake
from nps.measures.shares import wilson

AMOUNTS, CHANCE = np.array([100.0, 50, 10, 10]), np.array([0.3, 0.1, 0.5, 0.05])


def test_what_a_model_expects_to_go_by_hand():
    found = stake.foretold(AMOUNTS, CHANCE)
    assert found.expected == pytest.approx(40.5)
    assert found.sd == pytest.approx(48.525766)
    assert (found.low, found.middle, found.high) == (0, 10, 110)


def test_it_is_the_same_whenever_it_is_asked():
    assert stake.foretold(AMOUNTS, CHANCE) == stake.foretold(AMOUNTS, CHANCE)


def test_revenue_that_is_not_known_is_left_out():
    unknown = np.append(AMOUNTS, np.nan)
    assert stake.revenue(unknown) == stake.Revenue(4, 170, 100 / 170)
    assert stake.foretold(unknown, np.append(CHANCE, 0.9)).expected == pytest.approx(40.5)
    assert np.isnan(stake.revenue(np.array([np.nan])).largest)


def test_without_a_model_the_past_share_is_taken_of_accounts_that_are_enough():
    expected, low, high = stake.by_past_share(AMOUNTS, 6, 30)
    assert expected == pytest.approx(34)
    assert (low, high) == pytest.approx(tuple(170 * bound for bound in wilson(6, 30)))
    assert np.isnan(stake.by_past_share(AMOUNTS, 6, 29)).all()
