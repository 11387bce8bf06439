"""What is claimed holds in worlds whose truth is known; and the worlds are what they say they are."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import nps
from benchmarks import simulations, worlds
from benchmarks.built import built
from benchmarks.checks.result import Result, at_least, at_most


@pytest.mark.parametrize("world", [replace(worlds.P, n=80), replace(worlds.F, n=80)], ids=["P", "F"])
def test_a_world_is_what_loading_its_frames_gives(world):
    answers, usage = worlds.frames(world, np.random.default_rng(1))
    quick, loaded = built(answers, usage), nps.load(answers, usage)
    assert set(quick.segments) == set(loaded.segments)
    for column in ("person_id", "score", "responded_at", "active_days", "uses", "features_used", "band"):
        assert quick.answers[column].tolist() == loaded.answers[column].tolist()
    assert np.array_equal(quick.cluster, loaded.cluster)
    pd.testing.assert_frame_equal(quick.select().by_feature(), loaded.select().by_feature())
    in_order = [frame.sort_values([*frame], ignore_index=True) for frame in (quick.spells, loaded.spells)]
    pd.testing.assert_frame_equal(*in_order)


def test_accounts_hold_two_people_or_more_and_a_giant_one_in_twelve():
    answers, _ = worlds.frames(replace(worlds.P, n=5000, giant=False), np.random.default_rng(1))
    sizes = answers["account_id"].value_counts()[lambda n: n > 1]
    assert 6.5 < sizes.mean() < 7.5
    giants, _ = worlds.frames(replace(worlds.P, n=5000), np.random.default_rng(1))
    assert giants["account_id"].value_counts().max() == 401


def test_a_result_holds_within_its_bound_and_not_where_nothing_could_be_measured():
    assert at_most(1, "", "", 0.1, [0, 0, 0, 0.4]).held
    assert not at_most(1, "", "", 0.1, [0, 1]).held
    assert at_least(1, "", "", 0.5, [0.5, np.nan]).held
    assert not at_least(1, "", "", 0.5, [np.nan]).held
    assert Result(1, "", "", 29, 31, 30, 1).bound == ">= 29 and <= 31"


def test_the_same_seed_draws_the_same_data_and_another_draws_other():
    def seen(seed: int) -> list[Result]:
        return list(simulations.run(2, seed, runs=3))

    first, again, other = (
        [result.seen for result in seen(seed)]
        + [worlds.draw(worlds.P, np.random.default_rng(seed)).answers["score"].sum()]
        for seed in (1, 1, 2)
    )
    assert first == again != other


SOME = {1: 200, 2: 200, 21: 100, 22: 200, 23: 100, 24: 50} | dict.fromkeys(
    (0, 3, *range(5, 10), 11, 12, *range(14, 20)), 20
)
# check -> data sets: few, of one seed; all of them and other seeds are `python -m benchmarks.simulations`


@pytest.mark.slow
@pytest.mark.parametrize("check", SOME)
def test_what_is_claimed_holds_in_some_data_sets(check):
    missed = [simulations.line(result) for result in simulations.run(check, runs=SOME[check]) if not result.held]
    assert not missed, "\n".join(missed)
