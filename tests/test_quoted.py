"""Comments in pieces as they were written: the words that made a rule are marked, whatever letters they have."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps.comments import Comments, Rules
from nps.comments.quoted import EVERYTHING, About, places, quoted
from nps.comments.tokens import tokens

FEATURES = [("feature", "Issue sync"), ("feature", "AI summary"), ("feature", "Export")]


def read(text, about=EVERYTHING, score=3.0):
    comments = Comments.of(pd.DataFrame({"comment": [text], "score": [score]}))
    (found,) = quoted(comments, comments.coded(Rules.default(), FEATURES), [0], about)
    return found


def marked(text, about=EVERYTHING):
    """The words that are marked stand in «»."""
    return "".join(f"«{text}»" if mark else text for text, mark in read(text, about).pieces)


def test_what_names_a_theme_or_a_feature_is_marked_as_it_was_written():
    assert marked("It CRASHES every week, Issue-Sync too.") == "It «CRASHES» every week, «Issue-Sync» too."
    assert marked("Die App stürzt ständig ab!") == "Die App «stürzt» ständig ab!"
    assert marked("Ça plante toujours, trop cher.") == "Ça «plante» toujours, trop «cher»."


def test_only_what_is_asked_for_is_marked_where_something_is():
    text = "Issue sync crashes, and support never answers."
    assert marked(text, About(themes=["bugs"])) == "Issue sync «crashes», and support never answers."
    assert (
        marked(text, About(features=[("feature", "Issue sync")])) == "«Issue sync» crashes, and support never answers."
    )
    assert marked(text, About(words=["Never answers"])) == "Issue sync crashes, and support «never answers»."


def test_letters_that_become_longer_when_folded_move_nothing():
    assert marked("ẞẞẞ ŒŒ ﬃﬃ İİ: it crashes") == "ẞẞẞ ŒŒ ﬃﬃ İİ: it «crashes»"
    assert marked("cafe\u0301 crashes") == "caf\xe9 «crashes»"  # a letter with its accent in one


def test_an_abbreviation_with_stops_is_found():
    assert marked("The A.I. summary is great") == "The «A.I. summary» is great"


def test_themes_and_features_come_with_their_sides():
    found = read("Issue sync crashes. Templates are great.", score=5.0)
    assert ("bugs", ("dislike",)) in found.themes
    assert found.features == ((("feature", "Issue sync"), ("dislike",)),)


def test_who_wrote_nothing_has_no_quote():
    comments = Comments.of(pd.DataFrame({"comment": ["Fine", None, "  "], "score": [9, 9, 9]}))
    found = quoted(comments, comments.coded(Rules.default(), FEATURES), [2, 1, 0])
    assert [each is None for each in found] == [True, True, False]


@pytest.mark.parametrize(
    "text", ["\0 crashes", "\ue000 crashes", "<script>crashes</script>", "![x](y) crashes", "🦊 crashes"]
)
def test_hostile_text_is_kept_as_it_is(text):
    found = read(text)
    assert "".join(piece for piece, _mark in found.pieces) == text.strip()
    assert [piece for piece, mark in found.pieces if mark] == ["crashes"]


@given(st.text(max_size=60))
def test_pieces_are_the_comment_again_and_every_word_that_is_found_stands_there(text):
    text = unicodedata.normalize("NFC", text)
    found = tokens([text])
    spelled = [found.spelled[number] for number in found.written]
    for word, place in zip(spelled, places(text, spelled), strict=True):
        if place:
            assert "".join(sign for sign in text[slice(*place)] if sign.isalnum()) == "".join(
                sign for sign in word if sign.isalnum()
            )
    if text.strip():
        assert "".join(piece for piece, _mark in read(text).pieces) == text.strip()
