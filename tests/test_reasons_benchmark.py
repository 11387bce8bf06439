"""The script that measures how comments are read: it measures what it says, and does without what is not there."""

import numpy as np
import pandas as pd
import pytest

from benchmarks import labelled, made, reasons
from benchmarks.checks import coding, proposed, sample


def test_what_the_sample_says_is_what_it_is_held_to():
    assert [result for result in sample.truths() if not result.held] == []


def test_lots_are_drawn_as_often_as_asked_and_differ_in_little():
    results = [*sample.shuffled(20)]
    assert {result.runs for result in results} == {20}
    assert {result.figure for result in results if result.bound} == {"any, held", "words, held"}


def test_without_sets_of_others_ours_are_measured(capsys):
    assert reasons.main(["--only", "others", "proposals", "labelled"]) == 0
    told = capsys.readouterr().out
    assert "not looked at" in told
    assert "tweets" not in told


def test_a_folder_with_nothing_in_it_is_a_folder_without_sets(tmp_path):
    asked = reasons.Asked(tmp_path, 100, 1)
    assert [*reasons.of_others(asked), *proposed.groups(tmp_path)] == []


def test_sets_of_others_are_found_wherever_they_lie(tmp_path):
    place = tmp_path / "a" / "phone" / "en"
    place.mkdir(parents=True)
    lines = [
        "Too expensive!####[['it's price', 'Price#Price', 'negative']]",
        "Arrived####[['NULL', 'Logistics#Speed', 'positive'], ['NULL', 'Price#Price', 'negative']]",
        "no label",
    ]
    (place / "test.txt").write_text("\n".join(lines), encoding="utf-8")
    found = labelled.reviews(tmp_path, "en")
    assert found.comments == ["Too expensive!", "Arrived"]
    assert found.aspects == [{"Price#Price"}, {"Logistics#Speed", "Price#Price"}]
    assert found.tone.tolist() == ["negative", ""]
    assert labelled.reviews(tmp_path, "de") is None
    (tmp_path / "b").mkdir()
    pd.DataFrame({"text": ["@them late again", "thanks"]}).to_csv(tmp_path / "b" / "Tweets.csv")
    assert labelled.tweets(tmp_path) == ["@them late again", "thanks"]
    (tmp_path / "tweets.txt").write_text("nl\tgaat wel\nde\tgeht so\n", encoding="utf-8")
    texts, languages = labelled.of_languages(tmp_path)
    assert (texts, languages.tolist()) == (["gaat wel", "geht so"], ["nl", "de"])


def test_a_side_is_right_where_the_theme_is_and_its_comment_has_one():
    rows = labelled.Labelled(
        ["", ""], np.array([1, 9]), [{"bugs"}, {"bugs"}], [{"dislike"}, {"love", "wish"}], np.array([])
    )
    assert coding._sided(rows, coding.read(["It crashes", "It crashes"], rows.scores)) == 1


def test_mutual_information_is_one_of_equal_groupings_and_nothing_of_independent_ones():
    group = np.array([0, 0, 1, 1])
    assert proposed.nmi(group, ["b", "b", "a", "a"]) == pytest.approx(1)
    assert proposed.nmi(group, ["b", "a", "b", "a"]) == pytest.approx(0)


def test_made_comments_are_the_same_each_time_and_hold_slips():
    pool = ["It crashes every single week, unfortunately", "Too expensive"]
    comments = made.comments(pool, 500)
    assert comments == made.comments(pool, 500)
    assert len(set(comments)) > 20
    assert any("." in comment for comment in comments)
    assert any(set(comment) <= set("abcdefghijklmnopqrstuvwxyzTI ") for comment in comments)
