"""The scale that scores were given on: taken as 0 to 10, or asked; never guessed."""

import builders
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spoken import reasoned, sentences

import nps
from nps import columns, sources, tables
from nps.literals.scores import SCALES
from nps.tables import group_of

ZERO_TO_TEN = [str(score) for score in range(11)]


def read(*cells: str | None, header: str = "score", scale: str | None = None) -> columns.Reading:
    frame = pd.DataFrame({header: [*cells]})
    return builders.uploaded(frame, lambda source, _: columns.read(source, "responses", {"scale": scale}))


def scores(*cells: str | None, scale: str | None = None) -> tuple[list[int], list[tuple[str, str]]]:
    """The scores that count, and (cell, reason) of those that do not."""
    with sources.connect() as (con, scratch):
        source = sources.materialise(
            sources.open_source(pd.DataFrame({"score": [*cells]}), "responses", con, scratch), con
        )
        found = tables.responses(source, columns.read(source, "responses", {"score": "score", "scale": scale}))
        rejected = reasoned(found.rejected)[["value", "reason"]].itertuples(index=False, name=None)
        return found.table.order_by("record").to_pandas()["score"].tolist(), list(rejected)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["1", "2", "3", "4", "5"] * 4, r"never goes above 5, so it looks like a scale of 1 to 5.*\(1-5, or 0-10"),
        (["1", "4", "6", "7"] * 5, r"goes from 1 to 7, so it looks like a scale of 1 to 7.*\(1-7, or 0-10"),
        ([str(code) for code in range(1, 12)] * 2, r"goes from 1 to 11 and never is 0, as the codes"),
        (["100", "85", "70", "7.5", "10"], r"goes up to 100, so it looks like a scale of 0 to 100"),
        (["-1", "0.33", "1", "-0.5"], r"goes from −1 to 1, as net scores and shares of many people do"),
        (["-35.9"], r"holds −35.9, as net scores and shares of many people do"),
        (["-100", "-25", "0", "50", "100"], r"goes from −100 to 100, as net scores and shares of many people do"),
        (["Promoter", "detractor", "Passive"], r"says promoter, passive or detractor, and no scores"),
        (["Promoteur", "Détracteur", "Passif"], r"says promoter, passive or detractor, and no scores"),
        (["1 - Not at all likely", "10", "5"], r"was answered from 1 to 10, as its header or a label says"),
    ],
)
def test_another_scale_is_refused_with_the_reason(cells, words):
    with pytest.raises(nps.InputError, match=words):
        read(*cells)


def test_a_whole_number_below_0_may_be_a_code_for_no_answer():
    assert scores("-99", "9", "-99", "3") == ([9, 3], [("-99", "not a whole score from 0 to 10")] * 2)


def test_a_header_that_says_1_to_10_is_believed():
    header = "On a scale from 1 to 10, how likely are you to recommend us?"
    with pytest.raises(nps.InputError, match="was answered from 1 to 10, as its header or a label says"):
        read("1", "10", "9", header=header)
    assert read("0", "10", "9", header=header).notes == ()
    assert read("1", "10", "9", header=header, scale="1-10").columns == {"score": header}


def test_one_late_answer_tells_the_scale():
    cells = ["1", "2", "3", "4", "5"] * 1_200
    with pytest.raises(nps.InputError, match="scale of 1 to 5"):
        read(*cells)
    assert sentences(read(*cells, "10").notes) == (
        "No answer in “score” is 0. If people could only choose from 1 to 10, say so.",
    )


def test_few_small_answers_are_taken_with_a_doubt():
    assert sentences(read("1", "5", "3").notes) == (
        "No answer in “score” is above 5. If people could not go up to 10, say on which scale.",
    )


def test_an_eleven_by_slip_is_held_back():
    assert scores("11", "0", "9") == ([0, 9], [("11", "not a whole score from 0 to 10")])


def test_a_scale_that_does_not_exist():
    with pytest.raises(nps.InputError, match="The scale is either 0-10 or 1-10 or"):
        read("9", scale="1-6")


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        ("0-10", {"0": 0, "10": 10, "6": 6}),
        ("1-10", {"1": 1, "10": 10, "6": 6}),
        ("1-11", {"1": 0, "11": 10, "7": 6, "10": 9}),
        ("1-5", {"5": 10, "4": 8, "3": 5, "2": 3, "1": 0}),
        ("1-7", {"7": 10, "6": 8, "5": 7, "4": 5, "3": 3, "2": 2, "1": 0}),
        ("0-100", {"100": 10, "95": 10, "94.9": 9, "85": 9, "84": 8, "65%": 7, "64": 6, "0": 0}),
        ("groups", {"Promoter": 9, "passive": 7, "DETRACTOR": 6, "Kritiker": 6, "promotor": 9, "Pasivo": 7}),
    ],
)
def test_a_chosen_scale_is_drawn_out_to_0_to_10(scale, expected):
    assert scores(*expected, scale=scale) == ([*expected.values()], [])


@pytest.mark.parametrize(
    ("scale", "cells", "reason"),
    [
        ("1-10", ["0", "10.5"], "not a whole score from 1 to 10"),
        ("1-5", ["0", "6", "ok"], "not a score from 1 to 5"),
        ("0-100", ["101", "-1"], "not a score from 0 to 100"),
        ("groups", ["9", "fan"], "not a word for a group"),
    ],
)
def test_what_is_not_on_the_chosen_scale_is_held_back(scale, cells, reason):
    fine = {"groups": "Promoter"}.get(scale, "5")
    found, rejected = scores(*[fine] * 5, *cells, scale=scale)
    assert len(found) == 5
    assert rejected == [(cell, reason) for cell in cells]


@pytest.mark.parametrize("scale", [name for name in SCALES if name not in ("0-10", "1-10")])
def test_a_chosen_scale_is_said(scale):
    cells = ["Promoter", "Detractor"] if scale == "groups" else ["1", "5"]
    assert any("score" in note for note in sentences(read(*cells, scale=scale).notes))


@given(st.integers(1, 10))
def test_on_1_to_10_the_groups_would_be_the_same_if_it_were_drawn_out(value):
    """Nine steps over ten points move no answer into another group, so nothing is lost by leaving it as it is."""
    drawn_out = int((value - 1) * 10 / 9 + 0.5)
    assert group_of(pd.Series([value]))[0] == group_of(pd.Series([drawn_out]))[0]


@pytest.mark.parametrize("cell", ["", " ", "NA", "N/A", "n.a.", "-", "–", "null", "Keine Angabe", "no answer", "NS/NR"])
def test_no_answer_is_counted_and_never_a_0(cell):
    assert scores("9", cell) == ([9], [(cell, "no score")])


def test_labels_count_by_their_number_and_are_said():
    cells = [*ZERO_TO_TEN, "Extremely likely - 10", "0 - Not at all likely"]
    assert sentences(read(*cells).notes) == (
        "In “score”, 2 cells say more than a number, as “0 - Not at all likely”; the number counts.",
    )


def test_a_score_column_that_is_half_unanswered_is_still_found():
    assert read(*["N/A"] * 30, "9", "3").columns == {"score": "score"}
