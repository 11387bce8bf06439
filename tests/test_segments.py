"""Segments: shrinkage, flags, and who is too few to be tested."""

import numpy as np
import pandas as pd
import pytest

from nps.measures import score, segments


def by_score(detractors: int, passives: int, promoters: int) -> list[int]:
    """Counts of the scores 0-10 with these groups."""
    return [detractors, 0, 0, 0, 0, 0, 0, passives, 0, promoters, 0]


def table(inside: dict[str, tuple], outside: dict[str, tuple] | None = None, *, tested: bool = True) -> pd.DataFrame:
    values = pd.Index(list(inside))
    outside = outside or dict.fromkeys(values, (0, 0, 0))
    return segments.by_value(
        values,
        np.array([by_score(*inside[value]) for value in values]),
        np.array([by_score(*outside[value]) for value in values]),
        tested=tested,
    ).set_index("value")


def test_one_row_per_value_with_its_score_and_interval():
    row = table({"Admin": (1, 2, 3), "Editor": (0, 0, 10)}).loc["Admin"]
    assert row["responses"] == 6
    assert row["nps"] == pytest.approx(100 / 3)
    assert (row["low"], row["high"]) == pytest.approx((-26.7433, 71.1877), abs=5e-5)


def test_scores_shrink_as_if_thirty_average_answers_were_added():
    """By hand: weights 30/60, 10/40; average (.5 x 100 - .25 x 100) / .75; then average + weight x (own - average)."""
    average = (0.5 * 100 + 0.25 * -100) / 0.75
    shrunk = table({"large": (0, 0, 30), "small": (10, 0, 0)})["shrunk"]
    assert shrunk["large"] == pytest.approx(average + 0.5 * (100 - average))
    assert shrunk["small"] == pytest.approx(average + 0.25 * (-100 - average))


def test_a_value_without_answers_inside_has_no_score_and_moves_no_other():
    inside = {"a": (0, 0, 30), "b": (10, 0, 0)}
    found = table(inside | {"empty": (0, 0, 0)}, dict.fromkeys([*inside, "empty"], (1, 1, 1)))
    assert found.loc["empty", ["nps", "low", "high", "shrunk", "p", "q"]].isna().all()
    assert found.loc["a", "shrunk"] == table(inside).loc["a", "shrunk"]


def test_a_value_that_nobody_has_is_left_out():
    assert table({"a": (1, 1, 1), "nobody": (0, 0, 0)}).index.tolist() == ["a"]


def test_values_are_tested_against_the_rest_not_the_whole():
    found = table({"a": (30, 50, 120), "b": (55, 60, 105)})
    assert found["p"].tolist() == pytest.approx([0.003794, 0.003794], abs=5e-7)


def test_three_values_each_against_the_two_others_corrected_together():
    counts = {"a": (2, 8, 30), "b": (20, 10, 10), "c": (10, 10, 15)}
    found = table(counts)
    rests = {name: sum(np.array(other) for key, other in counts.items() if key != name) for name in counts}
    p = [score.difference(np.array(counts[name]), rests[name]).p for name in counts]
    assert found["p"].tolist() == pytest.approx(p)
    assert found["q"].tolist() == pytest.approx(score.benjamini_hochberg(np.array(p)))
    assert found["flagged"].tolist() == (found["q"] < 0.10).tolist() == [True, True, False]


def test_fewer_than_ten_answers_are_not_tested_and_do_not_count_in_the_correction():
    found = table({"a": (0, 0, 40), "b": (40, 0, 0), "nine": (9, 0, 0)})
    assert np.isnan(found.loc["nine", "p"])
    assert not found.loc["nine", "flagged"]
    assert found.loc["a", "q"] == pytest.approx(max(found.loc["a", "p"], found.loc["b", "p"]))
    assert table({"a": (0, 0, 40), "ten": (10, 0, 0)}).loc["ten", "flagged"]


def test_the_only_value_has_no_rest_to_be_tested_against():
    assert np.isnan(table({"a": (5, 5, 10)}).loc["a", "p"])


def test_nothing_is_tested_where_the_region_cuts_scores():
    found = table({"a": (0, 0, 40), "b": (40, 0, 0)}, tested=False)
    assert found[["p", "q"]].isna().all(axis=None)
    assert not found["flagged"].any()


def test_shares_are_of_the_selection_and_of_everyone_else():
    found = table({"a": (1, 1, 1), "b": (9, 0, 0)}, {"a": (2, 2, 2), "b": (2, 0, 0)})
    assert found["share"].tolist() == [0.25, 0.75]
    assert found["share_rest"].tolist() == [0.75, 0.25]
    assert table({"a": (1, 1, 1)})["share_rest"].isna().all()


def test_practically_none_is_a_difference_surely_under_ten_points():
    """Both of 4,000 at 20 and 22 points; of 40 nobody can tell; and 60 points are not none."""
    large = table({"a": (800, 1600, 1600), "b": (780, 1560, 1660)})
    assert large["near_zero"].tolist() == [True, True]
    assert not table({"a": (8, 16, 16), "b": (8, 15, 17)})["near_zero"].any()
    assert not table({"a": (800, 1600, 1600), "b": (100, 1400, 2500)})["near_zero"].any()
    assert not table({"a": (800, 1600, 1600), "b": (780, 1560, 1660)}, tested=False)["near_zero"].any()
