"""Words and pairs that set comments apart: which are terms, in which order they come, and which only repeat another."""

import builders
import numpy as np
import pytest

from nps.comments import terms
from nps.comments.tokens import tokens
from nps.measures import keyness
from nps.measures.apart import Held


def terms_of(*comments: str) -> dict[str, list[int]]:
    """Each term with the comments that hold it."""
    found = terms.terms(tokens(comments), 5)
    return {text: found.comment[found.term == number].tolist() for number, text in enumerate(found.texts)}


def test_terms_are_words_and_neighbours_that_five_comments_hold():
    comments = [f"The sync lost my {thing}" for thing in ("board", "notes", "board", "board", "board", "board")]
    assert terms_of(*comments) == {
        "sync": [*range(6)],
        "lost": [*range(6)],
        "board": [0, 2, 3, 4, 5],
        "the sync": [*range(6)],
        "sync lost": [*range(6)],
        "lost my": [*range(6)],
        "my board": [0, 2, 3, 4, 5],
    }


def test_a_comment_that_says_it_five_times_says_it_once():
    assert terms_of("sync, sync, sync, sync, sync") == {"sync": [0]}


def test_no_pair_reaches_over_a_mark_or_holds_two_stop_words():
    found = terms_of(*["Of the sync. Board, timer; search"] * 5)
    assert set(found) == {"sync", "the sync", "board", "timer", "search"}


def test_numbers_and_words_of_two_letters_are_no_terms():
    assert set(terms_of(*["2026 UI sync 15"] * 5)) == {"sync", "ui sync"}


def test_words_that_tell_a_side_are_no_stop_words():
    assert {"the", "und", "avec", "para"} <= terms.stop_words()
    assert not {"not", "never", "great", "problem", "cher", "falta", "nicht", "pas"} & terms.stop_words()


def test_the_order_is_that_of_the_log_odds():
    """Monroe, Colaresi and Quinn 2008, with c = sqrt(370); worked out by hand for the first."""
    z = keyness.log_odds(np.array([12, 0, 31]), 127, np.array([0, 27, 14]), 243)
    assert z == pytest.approx([2.82737, -2.90255, 4.62258], abs=1e-5)
    c = 370**0.5
    prior = c * 12 / 370
    odds = np.log((12 + prior) / (127 + c - 12 - prior)) - np.log(prior / (243 + c - prior))
    spread = 1 / (12 + prior) + 1 / prior + 1 / (127 + c - 12 - prior) + 1 / (243 + c - prior)
    assert z[0] == pytest.approx(odds / spread**0.5)


def held(*holders: list[int]) -> Held:
    return Held(np.concatenate(holders), np.repeat(range(len(holders)), [*map(len, holders)]), len(holders))


def shown(texts: list[str], holders: list[list[int]], z: list[float], flagged: list[bool]) -> list[str]:
    rows = keyness.shown(held(*holders), np.array(texts, object), np.array(z), np.array(flagged), 20)
    return [texts[row] for row in rows]


def test_what_only_repeats_a_term_is_dropped():
    """“told” stands beside “update” in four of its five comments, “again” in three."""
    texts = ["update", "told", "again", "idle"]
    holders = [[0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 9], [0, 1, 2, 10, 11], [12]]
    assert shown(texts, holders, [3.0, -2.5, 2.0, 9.0], [True, True, True, False]) == ["update", "again"]


def test_of_two_that_tell_as_much_the_longer_is_shown():
    assert shown(["sync", "issue sync"], [[0, 1, 2], [0, 1, 2]], [2.0, 2.0], [True, True]) == ["issue sync"]


def test_thirty_are_shown():
    flagged = [True] * 40
    holders = [[number % 20] for number in range(40)]
    assert len(shown([f"w{number}" for number in range(40)], holders, [1.0] * 40, flagged)) == 20
    apart = [[number] for number in range(40)]
    rows = keyness.shown(held(*apart), np.array(["w"] * 40, object), np.arange(40.0), np.array(flagged), 40)
    assert rows == [*range(39, 9, -1)]


def test_what_sets_groups_apart_is_counted_by_people():
    texts = ["The update broke it"] * 12 + ["Quite fine so far"] * 28 + ["Lovely so far"] * 40
    panel = builders.panel_of([3] * 40 + [9] * 40, [{"Boards": 1}] * 80, comment=texts)
    found = panel.select().words_apart().set_index("term")
    assert found.loc["update broke", ["people", "people_rest"]].tolist() == [12, 0]
    assert found.loc["update broke", ["share", "share_rest"]].tolist() == [0.3, 0.0]
    assert found.loc["lovely so", "z"] < 0 < found.loc["update broke", "z"]
    assert panel.select().words_apart("rest").empty
