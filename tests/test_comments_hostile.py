"""Comments as nobody would write them are read as comments: without an error, in a moment, and shown as they came."""

import builders
import numpy as np
import pandas as pd
import pytest

from benchmarks.checks import coding
from nps.comments import Comments, Rules, languages, proposals
from nps.comments.tokens import tokens

FEATURES = ("Search", "Bulk export")
HOSTILE = {
    "emoji": "👍👍 🙈❤️‍🔥",
    "markup": "<script>alert(1)</script> it crashes",
    "image": "![x](https://example.org/a.png) slow",
    "formula": '=HYPERLINK("https://example.org", "slow")',
    "one word": "x" * 100_000,
    "one word often": "slow " * 20_000,
    "a name often": "Search " * 20_000,
    "a name and a verb often": "Search is " * 20_000,
    "two words often": "bulk export " * 20_000,
    "a turn often": "but " * 20_000,
    "the beginning of phrases often": "no not never lost " * 5_000,
    "marks of a sentence": "." * 50_000 + "," * 50_000,
    "accents": "e" + "\u0301" * 50_000,
    "Arabic": "المنتج بطيء جدا",
    "nothing": "\x00",
    "nothing around": "\x00slow\x00",
    "our own marks": "\ue000\ue001 it \ue002 crashes",
    "from right to left": "\u202eslow\u202c",
    "a lone half": "\udc80".encode("utf-8", "replace").decode() + "slow",
}


def frames(panel):
    """All that a selection tells of what its people say."""
    chosen = panel.select()
    found = (chosen.reasons(), chosen.mentions(), chosen.words_apart(), chosen.comments(), chosen.reasons_trend())
    assert all(isinstance(frame, pd.DataFrame) for frame in found)
    return found


def panel_of(comments: list[str | None]):
    uses = [{"Search": 1, "Bulk export": 1}] * len(comments)
    return builders.panel_of([place % 11 for place in range(len(comments))], uses, comment=comments)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_comment_is_read_and_told_as_it_came(kind):
    comment = HOSTILE[kind]
    _reasons, _mentions, _words, comments, _trend = frames(panel_of([comment]))
    assert comments["comment"].tolist() == [comment]
    languages.of([comment])
    proposals.drawn([comment], ["p"])


def test_what_can_be_read_in_it_is():
    found = coding.read([*HOSTILE.values()], features=dict.fromkeys(FEATURES, ()))
    themes = dict(zip(HOSTILE, coding.themes(found), strict=True))
    assert "bugs" in themes["markup"] & themes["our own marks"]
    slow = ("image", "formula", "one word often", "nothing around", "from right to left", "a lone half")
    assert [kind for kind in slow if "speed" not in themes[kind]] == []
    silent = ("emoji", "one word", "marks of a sentence", "accents", "Arabic", "nothing", "a turn often")
    assert [kind for kind in silent if themes[kind]] == []
    names = dict(zip(HOSTILE, coding.names(found), strict=True))
    assert names["a name and a verb often"] == {"Search"}
    assert names["two words often"] == {"Bulk export"}


def test_what_is_written_beside_it_is_read_as_before():
    comments = ["It crashes", "Way too expensive", "I love the search"]
    alone = coding.read(comments)
    among = coding.read([*HOSTILE.values(), *comments])
    assert (among.sided[-3:] == alone.sided).all()
    assert (among.side[-3:] == alone.side).all()


@pytest.mark.parametrize("comments", [[], [None], ["", " \t\n", None], ["\u00a0"]])
def test_nobody_who_wrote_is_nobody_who_wrote(comments):
    panel = panel_of(comments or [None])
    reasons, mentions, words, told, _trend = frames(panel)
    assert len(panel.comments.answer) == len(told) == len(words) == 0
    assert reasons["people"].sum() == mentions["people"].sum() == 0
    assert reasons["share"].isna().all()


def test_our_marks_in_a_comment_are_blanks():
    ours, plain = (tokens([text]) for text in ("lost\ue001work\ue000 now", "lost work now"))
    assert [ours.words[number] for number in ours.word] == [plain.words[number] for number in plain.word]


def test_capitals_are_no_names_where_all_are_capitals():
    shouted = tokens(["WE SEARCH", "We Search", "10 👍", "", "ÄÖ ß", "ÄÖ"]).shouted
    assert shouted.tolist() == [True, False, False, False, False, True]


def test_a_longer_comment_is_read_no_differently():
    comment = "It crashes every week. " + "We use it on Mondays. " * 2_000
    found = Comments(np.array([0]), [comment], np.array([5.0])).coded(Rules.default(), [])
    assert coding.themes(found) == [{"bugs"}]
