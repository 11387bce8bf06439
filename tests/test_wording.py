"""Texts are written in English where they are used, and spoken in the language of whoever reads."""

from datetime import date

import pytest

from nps.notes import Note, TooLarge, decoded, note
from nps.wording import _, language, several, speak
from nps.wording.sentences import PARTS, SENTENCES


def test_values_are_filled_in_as_people_write_them():
    assert _("{rows} rows of {file} since {day}", rows=1234, file="a {b}.csv", day=date(2026, 8, 3)) == (
        "1,234 rows of a {b}.csv since 3 August 2026"
    )
    assert _("{share:.0%} chose {names}", share=0.256, names=("Team", "Pro")) == "26% chose Team, Pro"


def test_one_and_many_have_their_own_text():
    assert [several("1 row", "{n} rows", n=n) for n in (0, 1, 2000)] == ["0 rows", "1 row", "2,000 rows"]


def test_the_pseudo_language_marks_what_is_ours_and_nothing_of_the_customers():
    with speak("en-XA"):
        assert _("**Rows** of `x` in {file} :material/home:", file="mine") == "**Ŕöŵš** öƒ `x` îñ mine :material/home:"
        assert several("1 row", "{n} rows", n=2) == "2 ŕöŵš"


def test_names_of_ours_in_a_sentence_are_spoken_and_those_of_customers_are_not():
    told = note("file.note", file="Export.csv", told=note("export.recognised", export="Qualtrics export"))
    with speak("en-XA"):
        assert str(told) == "Export.csv: Ŕéçöĝñîšéð åš Ǫûåļţŕîçš éẋþöŕţ."


@pytest.mark.parametrize(("wanted", "spoken"), [("xx", "en"), ("en-GB", "en"), ("en-XA", "en-XA"), ("", "en")])
def test_a_language_that_nobody_wrote_is_english(wanted, spoken):
    with speak(wanted):
        assert language() == spoken
    assert language() == "en"


@pytest.mark.parametrize(
    "told",
    [
        Note("a.b"),
        note("a.b", rows=2, share=0.5, name="{x} “y”", missing=None, day=date(2026, 8, 3), names=("a", "b")),
        note("a.b", reason=note("c.d", rows=1), several=(note("e"), note("f", n=2))),
    ],
)
def test_notes_can_be_kept_as_a_line_of_text(told):
    assert decoded(told.encoded) == told
    assert "\n" not in told.encoded


def test_what_is_told_with_a_note_comes_after_it():
    told = note("quoted", name="a", also=(note("table.usage"), note("and", one=note("quoted", name="b"), other=2)))
    assert str(told) == "“a” usage “b” and 2"
    assert decoded(told.encoded) == told


def test_every_code_has_one_sentence():
    assert len(SENTENCES) == sum(len(part.SENTENCES) for part in PARTS)


def test_a_refusal_can_be_handed_to_another_process():
    import pickle

    refused = pickle.loads(pickle.dumps(TooLarge("a.b", rows=3)))
    assert (type(refused), refused.note) == (TooLarge, note("a.b", rows=3))
