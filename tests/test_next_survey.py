"""Whom to survey next: in the proportions of everybody, of those who were left in peace."""

import numpy as np
import pandas as pd
import pytest

from nps.measures import next_survey, planner
from nps.notes import InputError


def crowd(**sizes):
    """People by role; half of each in tier 0, half in tier 4."""
    rows = [(role, 4 * (n % 2)) for role, size in sizes.items() for n in range(size)]
    return pd.DataFrame(rows, columns=["role", "tier"])


def test_each_role_and_tier_is_drawn_as_it_is_among_everybody():
    people = crowd(admin=20, user=60, guest=20)
    told = next_survey.draw(people, np.ones(100, bool), 10, seed=1)
    assert told.strata[["role", "tier", "people", "wanted", "drawn"]].values.tolist() == [
        ["admin", 0, 10, 1, 1],
        ["admin", 4, 10, 1, 1],
        ["guest", 0, 10, 1, 1],
        ["guest", 4, 10, 1, 1],
        ["user", 0, 30, 3, 3],
        ["user", 4, 30, 3, 3],
    ]
    assert people.iloc[told.people].value_counts().to_dict() == {
        **{("user", 0): 3, ("user", 4): 3},
        **{(role, tier): 1 for role in ("admin", "guest") for tier in (0, 4)},
    }
    assert (len({*told.people}), told.short) == (10, 0)


def test_nobody_is_drawn_who_is_not_rested_and_what_is_missing_is_said():
    rested = np.arange(40) % 8 == 0  # all of tier 0
    told = next_survey.draw(crowd(user=40), rested, 20, seed=1)
    assert (sorted(told.people), told.short) == ([0, 8, 16, 24, 32], 15)
    assert told.strata[["tier", "people", "rested", "wanted", "drawn"]].values.tolist() == [
        [0, 20, 5, 10, 5],
        [4, 20, 0, 10, 0],
    ]


def test_a_seed_draws_the_same_and_another_one_others():
    first, again, other = (next_survey.draw(crowd(user=400), np.ones(400, bool), 40, seed).people for seed in (1, 1, 2))
    assert first.tolist() == again.tolist() != other.tolist()


def test_who_has_no_role_or_tier_is_a_group_of_their_own_and_wanting_more_than_there_are_draws_all():
    people = pd.DataFrame({"role": ["user", None, np.nan, "user"], "tier": [1, 1, 1, None]})
    told = next_survey.draw(people, np.ones(4, bool), 9, seed=1)
    assert told.strata[["role", "tier", "drawn"]].values.tolist() == [
        ["", 1, 2],
        ["user", next_survey.UNKNOWN, 1],
        ["user", 1, 1],
    ]
    nobody = next_survey.draw(people.iloc[:0], np.zeros(0, bool), 9, seed=1)
    assert (len(nobody.people), len(nobody.strata)) == (0, 0)


@pytest.mark.parametrize("wanted", range(12))
def test_whole_ones_add_up_to_what_is_wanted_and_stray_by_less_than_one(wanted):
    size = np.array([1, 2, 3, 7])
    quota = next_survey._shared(wanted, size)
    assert quota.sum() == wanted
    assert (np.abs(quota - wanted * size / 13) < 1).all()


def test_a_survey_is_as_large_as_its_margin_takes():
    """827 answers for 5 points (docs/methods.md); a quarter answers."""
    assert next_survey.invitations(5, 1) == planner.answers(5) == 827
    assert next_survey.invitations(5, 0.25) == 3308
    for margin, rate in ((0, 0.5), (5, 0), (5, 1.5)):
        with pytest.raises(InputError, match="margin"):
            next_survey.invitations(margin, rate)
