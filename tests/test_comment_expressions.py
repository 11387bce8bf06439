"""Arrays read comments as regular expressions do, clause by clause: the slow, obvious way."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks import expressions, labelled, made
from benchmarks.checks import coding
from nps.comments import Rules

ROOT = Path(__file__).parents[1]
MANY = 20_000
THEMES = expressions.of_rules(Rules.default())


@pytest.fixture(scope="module")
def pool() -> list[str]:
    """What somebody wrote, or could have."""
    sample = pd.read_csv(ROOT / "sample_data/responses.csv")["comment"].dropna().unique().tolist()
    ours = [labelled.ours(name).comments for name in ("comments", "comments_others", "comments_blind")]
    return sample + [comment for comments in ours for comment in comments]


def test_twenty_thousand_comments_are_read_alike(pool):
    comments = made.comments(pool, MANY)
    scores = np.random.default_rng(0).choice([*range(11), np.nan], MANY)
    found = coding.read(comments, scores)
    themes = [expressions.themes(comment, THEMES) for comment in comments]
    sides = [expressions.sides(comment, score) - {"none"} for comment, score in zip(comments, scores, strict=True)]
    assert np.mean([one == other for one, other in zip(coding.themes(found), themes, strict=True)]) >= 0.999
    assert np.mean([one == other for one, other in zip(coding.sides(found.side), sides, strict=True)]) >= 0.999


@pytest.mark.parametrize(
    ("comment", "themes"),
    [
        ("Way too expensive", {"price"}),
        ("ES IST LANGSAM!!", {"speed"}),
        ("C’est très coûteux…", {"price"}),
        ("We lost hours of work", {"bugs"}),
        ("We lost a whole day of hard work", set()),  # ~ stands for two words at most
        ("They answer quickly. Support is great", {"support"}),
        ("It does not. Work is hard", set()),  # no phrase goes from one sentence into the next
        ("", set()),
    ],
)
def test_both_ways_find_what_one_can_find_by_eye(comment, themes):
    assert expressions.themes(comment, THEMES) == themes
    assert coding.themes(coding.read([comment])) == [themes]


@pytest.mark.parametrize(
    ("comment", "score", "sides"),
    [
        ("Easy to use, but the price is too high", 8, {"love", "dislike"}),
        ("No problems at all", 9, {"love"}),
        ("It is not easy", 8, {"dislike"}),
        ("I wish it had a dark mode", 9, {"wish"}),
        ("Great. Just great.", 1, {"dislike"}),
        ("Great. Just great.", np.nan, {"love"}),
        ("We use it on Mondays", 10, {"love"}),
        ("We use it on Mondays", 8, set()),
    ],
)
def test_both_ways_take_the_side_that_one_would(comment, score, sides):
    assert expressions.sides(comment, score) - {"none"} == sides
    assert coding.sides(coding.read([comment], np.array([score])).side) == [sides]
