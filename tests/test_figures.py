"""The measures keep their promises where the truth is known: exactly for scores, by simulation for the rest."""

import numpy as np
import pytest

from benchmarks import exact, figures
from benchmarks.figures import Figure
from nps.measures import score

ERRORS = 4  # how many Monte Carlo standard errors apart two figures may lie; the expected ones have errors, too


def by_name(found) -> dict[str, Figure]:
    return {figure.figure: figure for figure in found}


def test_every_outcome_is_gone_through_once():
    counts = exact.outcomes(10)
    assert len(counts) == 66 == len({tuple(row) for row in counts})
    assert set(counts.sum(1)) == {10}
    assert exact.likelihood(counts, np.array(exact.TRUTHS)).sum(0) == pytest.approx(np.ones(7))


def test_the_test_of_all_outcomes_at_once_is_the_test_of_two():
    first, second = exact.outcomes(4), exact.outcomes(3)
    z = exact.adjusted_z(first, second)
    p = [[score.difference(one, other).p for other in second] for one in first]
    assert (np.abs(z) > score.Z).tolist() == (np.array(p) < 0.05).tolist()


@pytest.mark.parametrize("n", figures.COVERAGE)
def test_the_interval_holds_the_truth_as_often_as_it_says(n):
    for figure in figures.coverage(n):
        loose = {"minimum": 0.03, "share under .93": 0.02, "mean": 0.002}  # other points of the simplex
        assert figure.measured == pytest.approx(figure.expected, abs=loose.get(figure.figure, 6e-4)), figure


@pytest.mark.parametrize("sizes", [(10, 60), (30, 30), (30, 150), pytest.param((100, 100), marks=pytest.mark.slow)])
def test_equal_groups_rarely_differ_and_different_ones_often(sizes):
    for figure in figures.differences(*sizes):
        assert figure.measured == pytest.approx(figure.expected, abs=6e-4), figure


@pytest.mark.slow
@pytest.mark.parametrize("segments", figures.RANKED)
def test_shrunk_scores_lie_nearer_to_the_truth(segments):
    ranked = by_name(figures.ranking(*segments, runs=1000))
    for figure in ranked.values():
        assert figure.measured == pytest.approx(figure.expected, abs=ERRORS * figure.error + 0.05), figure
    assert ranked["RMSE shrunk"].measured < 0.6 * ranked["RMSE raw"].measured


@pytest.mark.slow
def test_correction_leaves_few_false_flags():
    flagged = {(figure.case, figure.figure): figure for figure in figures.flags(runs=600)}
    for figure in flagged.values():
        assert figure.measured == pytest.approx(figure.expected, abs=ERRORS * figure.error), figure
    for case in ("none differs", "half differ"):
        assert flagged[case, "q < .10, n >= 10"].measured < flagged[case, "p < .05"].measured / 2


@pytest.mark.slow
def test_intervals_of_a_change_and_of_alike_accounts_hold_the_truth():
    for figure in [*figures.changes(runs=600), *figures.clusters(runs=800)]:
        assert figure.measured == pytest.approx(figure.expected, abs=ERRORS * figure.error), figure


@pytest.mark.slow
@pytest.mark.parametrize("case", figures.UNEQUAL)
def test_weighting_for_activity_mends_what_activity_explains_and_no_more(case):
    for figure in figures.unequal_response(case, runs=100):
        assert figure.measured == pytest.approx(figure.expected, abs=ERRORS * figure.error), figure
