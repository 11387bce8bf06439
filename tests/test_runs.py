"""Usage counted as whole numbers tells what the expressions tell, and words tell what rows tell."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import ibis
import pandas as pd
import pytest
from builders import few
from hypothesis import example, given
from hypothesis import strategies as st

import nps
from nps import numbered, rollups, runs, sources
from nps.rollups import Known, Rollup
from nps.sources import holding

NOON = datetime(2025, 4, 1, 12)
EDGES = [timedelta(0), *(timedelta(days=-n) for n in (1, 7, 90)), timedelta(microseconds=1), timedelta(days=20)]
MOMENTS = st.none() | st.sampled_from([NOON + edge for edge in EDGES] + [NOON - timedelta(days=90, microseconds=-1)])
MOMENTS |= st.datetimes(datetime(2024, 12, 1), datetime(2025, 8, 1))
ANSWERS = st.lists(
    st.tuples(st.sampled_from("abc"), MOMENTS, st.sampled_from(["spring", "fall"])), min_size=1, max_size=6
)
USES = st.lists(
    st.tuples(
        st.sampled_from("abcx"),
        st.sampled_from(["feature", "page"]),
        st.sampled_from(["Board", "Export"]),
        MOMENTS,
        st.sampled_from([1.0, 1.0, 2.0, 0.5]),
        st.none() | st.sampled_from([0.0, 2.5]),
    ),
    max_size=12,
)


def answered(rows: list[tuple]) -> pd.DataFrame:
    answers = pd.DataFrame(rows, columns=["person_id", "responded_at", "survey"])
    answers = answers.astype({"responded_at": "datetime64[us]"})
    answers = answers.sort_values("responded_at", na_position="first", kind="stable", ignore_index=True)
    return answers.assign(answer=answers.index)


@contextmanager
def used(rows: list[tuple]):
    frame = pd.DataFrame(rows, columns=["person_id", "kind", "feature", "at", "uses", "minutes"])
    frame = frame.astype(
        {"at": "datetime64[us]", "uses": float, "minutes": float} | dict.fromkeys(frame.columns[:3], "str")
    )
    with sources.connect() as (con, _):
        yield sources.computed(ibis.memtable(frame), con)


def told(rollup: Rollup) -> dict[str, list]:
    """What there is, but for the order where none is promised; 9 digits of numbers."""
    frames = {name: frame for name, frame in rollup._asdict().items() if frame is not None}
    rows = {name: [tuple(map(plain, row)) for row in frame.itertuples(index=False)] for name, frame in frames.items()}
    return {name: each if name in ("names", "pairs") else sorted(each, key=repr) for name, each in rows.items()}


def plain(cell: object) -> object:
    return "nothing" if pd.isna(cell) else cell if isinstance(cell, str) else round(float(cell), 9)


@few(20)
@given(ANSWERS, USES, st.sampled_from([1, 7, 90]), st.sampled_from([2, 2**20]))
@example([("a", NOON, "fall")], [], 7, 2)
@example([("a", None, "fall"), ("a", None, "spring")], [("a", "page", "Board", None, 2.0, None)], 7, 2)
@example([("b", NOON, "fall"), ("a", None, "fall")], [("a", "page", "Board", NOON, 1.0, 2.0)] * 3, 90, 2)
def test_numbers_are_counted_as_expressions_are(answers, uses, window, block):
    with used(uses) as usage, pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbered, "BLOCK", block)
        patch.setattr(numbered, "TOO_MANY", block)
        assert told(runs.before_each(answered(answers), usage, window)) == told(
            rollups.before_each(answered(answers), usage, window)
        )


@few(10)
@given(ANSWERS, USES, st.sets(st.integers(0, 5)))
def test_what_is_known_of_some_answers_is_not_counted_again(answers, uses, before):
    answers = answered(answers)
    with used(uses) as usage:
        whole = runs.before_each(answers, usage, 90)
        old = pd.Index(sorted(before & {*answers.index}))
        pairs, activity = (rows[rows["answer"].isin(old)] for rows in (whole.pairs, whole.activity))
        found = told(runs.before_each(answers, usage, 90, Known(old, Rollup(whole.names, pairs, activity))))
    expected = {name: each for name, each in told(whole).items() if name in found}
    assert found == expected


def test_of_whom_it_is_need_not_be_counted_twice():
    uses = [("a", "feature", "Board", NOON, 1.0, None), ("x", "feature", "Export", NOON, 1.0, None)]
    answers = answered([("a", NOON, "fall"), ("b", NOON, "fall")])
    with used(uses) as usage:
        users = usage.select("person_id").distinct()
        assert told(runs.before_each(answers, usage, 90, users=users)) == told(runs.before_each(answers, usage, 90))


IDS = ["7", "u0", "a@b.de", "A@B.de", "'007", '="008"', "007", " 7 ", "1.23457E+14", "n/a", "", "u0000000", "7.0"]
NAMES = ["Board", " Board", "n/a", "", "board", "7", "NULL"]
DAYS = ["2025-03-01", "2025-03-02 10:00", "n/a", "", "soon"]


def test_how_far_counting_is_can_be_heard(monkeypatch):
    monkeypatch.setattr(numbered, "BLOCK", 1)
    people, parts = "abcdefgh", []
    answers = answered([(person, NOON, "fall") for person in people])
    with used([(person, "feature", "Board", NOON, 1.0, None) for person in people]) as usage:
        counted = runs.before_each(answers, usage, 90, told=parts.append)
    assert len(counted.pairs) == 8
    assert parts == [2 / 8, 3 / 8, 4 / 8, 5 / 8, 6 / 8, 7 / 8]


def files(rows: list[tuple]) -> tuple[pd.DataFrame, pd.DataFrame]:
    answers = pd.DataFrame({"user_id": ["7", "u0", "a@b.de", "007", "u0000000"], "score": [9, 3, 8, 10, 0]})
    usage = pd.DataFrame(rows, columns=["user_id", "feature", "at"])
    return answers.assign(date="2025-04-01"), usage


@few(6)
@given(st.lists(st.tuples(*map(st.sampled_from, (IDS, NAMES, DAYS))), min_size=1, max_size=12))
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_words_tell_what_rows_tell(tmp_path_factory, kind, rows):
    answers, usage = files([("7", "Board", "2025-03-05"), ("u0", "Export", "2025-03-05"), *rows])
    place = tmp_path_factory.mktemp("files") / f"usage.{kind}"
    usage.to_csv(place, index=False) if kind == "csv" else usage.to_parquet(place)
    by_words, by_rows = (outcome(answers, place, rows_from) for rows_from in (1, 2**20))
    assert by_words == by_rows


def outcome(answers: pd.DataFrame, usage: Path, many_rows: int) -> tuple:
    """What comes of files whose words are counted from so many rows on, as plain values."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(holding, "MANY_ROWS", many_rows)
        try:
            panel = nps.load(answers, usage)
        except nps.InputError as refused:
            return (refused.plain,)
    frames = panel.report, panel.rejected, panel.answers, panel.features, pd.DataFrame(panel.pairs._asdict())
    rows = [[tuple(map(plain, map(str, row))) for row in frame.itertuples(index=False)] for frame in frames]
    return *rows, [note.plain for note in panel.notes]


def test_words_tell_of_accounts_too():
    answers = pd.DataFrame({"user_id": list("abc"), "account_id": ["one", "one", "two"], "score": [9, 3, 8]})
    usage = pd.DataFrame({"account_id": ["one", "two", "two"], "feature": ["Board", "Board", "Export"]})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(holding, "MANY_ROWS", 1)
        panel = nps.load(answers.assign(date="2025-04-01"), usage.assign(at="2025-03-01"))
    assert panel.answers.set_index("person_id")["features_used"].to_dict() == {"a": 1, "b": 1, "c": 2}


def test_rows_that_were_chosen_are_held_and_a_file_as_it_came_is_not(tmp_path):
    place = tmp_path / "usage.parquet"
    pd.DataFrame({"user_id": ["a", "b"], "feature": ["Board", "Export"]}).to_parquet(place)
    with sources.connect() as (con, scratch):
        came = sources.open_source(place, "usage", con, scratch)
        chosen = replace(came, table=came.table.filter(came.table.user_id == "b"))
        assert sources.materialise(came, con, {"user_id"}).in_place
        assert not sources.materialise(chosen, con, {"user_id"}).in_place
