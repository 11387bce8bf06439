"""A panel on the shelf: the same as the one that was put there, and none where anything about it differs."""

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest

from nps import Selection, shelf
from nps.chosen import passed
from nps.measures import segments

WORKED = ("tiers", "person", "cluster", "churned", "new_since")


@pytest.fixture(scope="module")
def place(sample, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shelf")
    shelf.write(sample, folder)
    return folder


@pytest.fixture
def mapped(place):
    return shelf.read(place)


def same(found: object, wanted: object) -> None:
    if isinstance(wanted, pd.DataFrame):
        pd.testing.assert_frame_equal(found, wanted)
    elif isinstance(wanted, pd.Series):
        pd.testing.assert_series_equal(found, wanted)
    elif isinstance(wanted, tuple) and hasattr(wanted, "_fields"):
        assert type(found) is type(wanted)
        for one, other in zip(found, wanted, strict=True):
            same(one, other)
    elif isinstance(wanted, np.ndarray):
        assert found.dtype == wanted.dtype
        np.testing.assert_array_equal(found, wanted)
    else:
        assert found == wanted


@pytest.mark.parametrize("name", [*shelf.FRAMES, *shelf.PLAIN, "segments", "notes", "read_at", "rules"])
def test_every_field_comes_back(mapped, sample, name):
    same(getattr(mapped, name), getattr(sample, name))


def test_what_else_a_panel_holds_comes_back(mapped, sample):
    kept = {*shelf.FRAMES, *shelf.PLAIN, "segments", "notes", "read_at", "rules", "who", "uid"}
    assert {each.name for each in fields(sample)} - kept == {"latest_positions", "pairs", "told"}
    same(mapped.latest_positions, sample.latest_positions)
    same(mapped.pairs, sample.pairs)
    for name in shelf.TOLD:
        same(getattr(mapped.told, name), getattr(sample.told, name))


@pytest.mark.parametrize("name", WORKED)
def test_what_was_worked_out_comes_back(mapped, sample, name):
    assert name in vars(mapped)
    same(getattr(mapped, name), getattr(sample, name))


def test_what_everybody_is_told_first_is_there_and_true(mapped, sample):
    main = Selection(survey=passed.main_surveys(sample))
    assert passed.main_surveys(mapped) == passed.main_surveys(sample)
    assert {"positions", "values"} <= {*passed.made(mapped, main)}
    same(passed.made(mapped, main)["values"], segments.Counts.of(sample.select(main).cube))
    same(mapped.select(main).fair(), sample.select(main).fair())
    same(mapped.select(main).by_feature(), sample.select(main).by_feature())


@pytest.mark.parametrize(
    "selection",
    [Selection(), Selection(activity=(50, 90)), Selection(score=(0, 6)), Selection(where={"role": ["Admin"]})],
)
def test_it_answers_as_the_one_that_was_put_there(mapped, sample, selection):
    found, wanted = mapped.select(selection), sample.select(selection)
    assert found.score == wanted.score
    same(found.by_feature(), wanted.by_feature())
    same(found.differences(), wanted.differences())
    for segment in sample.segments:
        same(found.by_segment(segment), wanted.by_segment(segment))
    same(found.people, wanted.people)


def test_nothing_of_it_can_be_changed_where_it_lies(mapped):
    assert not any(array.flags.writeable for array in (*mapped.pairs, mapped.latest_positions, mapped.person))


def test_no_file_is_a_panel_before_the_last_one_is_there(place, tmp_path):
    files = sorted(path for path in place.iterdir() if path.name != shelf.NAME)
    assert shelf.read(tmp_path) is None
    for file in files:
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert shelf.read(tmp_path) is None
    (tmp_path / shelf.NAME).write_bytes((place / shelf.NAME).read_bytes())
    assert shelf.read(tmp_path) is not None


@pytest.mark.parametrize("damage", ["cut", "gone", "longer"])
@pytest.mark.parametrize("name", ["answers.arrow", "pairs.answer.npy", "fair.q.npy"])
def test_a_file_that_is_not_as_it_was_written_is_no_panel(place, tmp_path, name, damage):
    for file in place.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).unlink()
    if damage != "gone":
        (tmp_path / name).write_bytes(whole[:-1] if damage == "cut" else whole + b"\0")
    assert shelf.read(tmp_path) is None


def test_what_other_code_wrote_is_no_panel(place, monkeypatch):
    monkeypatch.setattr(shelf, "code", lambda: "of another version")
    assert shelf.read(place) is None


def test_a_panel_without_use_or_dates_comes_back(tmp_path, small):
    shelf.write(small, tmp_path)
    found = shelf.read(tmp_path)
    for name in shelf.FRAMES:
        same(getattr(found, name), getattr(small, name))
    assert found.select().score == small.select().score


@pytest.fixture(params=[{"score": [9, 3, 10]}, {"score": [9, 3], "person_id": ["a", "b"], "comment": ["x", None]}])
def small(request):
    import nps

    return nps.load(pd.DataFrame(request.param))
