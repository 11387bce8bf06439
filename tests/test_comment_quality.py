"""How well comments are read: held to rows whose truth somebody wrote down.

`comments` and `mentions` were written beside the rules, by the same hand; `comments_others` and `mentions_others` by
another one, later. Rows of `comments_blind` were written before the rules were read, by who then widened them: of two
the first was never looked at again. What holds for the first set says little of comments that nobody has seen; see
docs/methods.md.
"""

import pytest

from benchmarks.checks import coding


def missed(results) -> list:
    return [result for result in results if not result.held]


def test_themes_and_sides_of_the_rows_beside_the_rules_are_found():
    assert missed(coding.own("comments", "", bound=True)) == []


@pytest.mark.parametrize("half", [0, 1])
def test_themes_and_sides_of_rows_written_before_the_rules_were_read_are_found(half):
    assert missed(coding.own("comments_blind", "", bound=True, half=half)) == []


@pytest.mark.parametrize("name", ["mentions", "mentions_others"])
def test_features_that_are_named_are_found(name):
    comments, truth = coding.labelled.named(name)
    found = coding.names(coding.read(comments, features=coding.labelled.features()))
    precision, recall, _f1 = coding.agreement(truth, found)
    assert precision >= 0.94
    assert recall >= 0.91


def test_names_in_the_sample_are_found_as_written_and_spoiled():
    assert missed(coding.sample_names()) == []


def test_agreement_counts_pairs_of_comment_and_label():
    precision, recall, f1 = coding.agreement([{"a", "b"}, {"c"}, set()], [{"a"}, {"a", "c"}, {"b"}])
    assert (precision, recall) == (2 / 4, 2 / 3)
    assert f1 == pytest.approx(2 * 2 / (4 + 3))
