"""What everybody together may take: room on the disk, turns of the workers. Numbers that can be checked on paper."""

import shutil
import threading
from types import SimpleNamespace

import pytest

import nps
from nps.sources import budget
from nps.sources.budget import Budget, Limits, Line

SMALL = Limits(session_bytes=400, session_files=2, reading_bytes=800, share=0.5, spare=100)


@pytest.fixture
def disk(monkeypatch) -> SimpleNamespace:
    """A disk with so much free, whatever lies there."""
    usage = SimpleNamespace(free=10_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage)
    return usage


def test_a_session_gets_so_many_bytes_in_all(disk, tmp_path):
    limits = Budget(SMALL)
    first, second = limits.for_upload(tmp_path, "me"), limits.for_upload(tmp_path, "me")
    first.grow(300)
    with pytest.raises(nps.InputError, match="are the most that can be written"):
        second.grow(101)
    second.grow(100)
    assert (first.left, limits.for_upload(tmp_path, "you").left) == (0, 400)


def test_a_session_gets_so_many_files_and_another_when_one_went(disk, tmp_path):
    limits = Budget(SMALL)
    rooms = [limits.for_upload(tmp_path, "me") for _ in range(2)]
    with pytest.raises(nps.InputError, match="2 files are the most"):
        limits.for_upload(tmp_path, "me")
    rooms.pop()
    assert limits.for_upload(tmp_path, "me").left == 400


def test_nobody_gets_more_than_stays_for_the_others(disk, tmp_path):
    disk.free = 1000
    limits = Budget(SMALL)  # half of the disk is for everybody: 500
    first = limits.for_reading(tmp_path)
    assert first.left == 250
    first.grow(250)
    disk.free -= 250
    second = limits.for_reading(tmp_path)
    assert (first.left, second.left) == (0, 125)
    with pytest.raises(nps.InputError, match="no room left"):
        second.grow(126)
    del first
    disk.free += 250
    assert second.left == 250


def test_what_stays_free_for_others_is_not_given_out(disk, tmp_path):
    disk.free = 130
    room = Budget(SMALL).for_reading(tmp_path)
    assert room.left == 30
    disk.free = 100
    with pytest.raises(nps.InputError, match="no room left"):
        room.grow(1)
    room.grow(0)


def test_nothing_is_unpacked_onto_a_disk_that_is_about_to_be_full(disk, tmp_path):
    disk.free = budget.LIMITS.spare
    budget.check_free(tmp_path / "file")
    disk.free -= 1
    with pytest.raises(nps.InputError, match="no room left"):
        budget.check_free(tmp_path / "file")


def test_so_many_work_at_once_and_the_others_come_in_their_order():
    line = Line(2)
    places = [line.join() for _ in range(5)]
    assert [line.ahead(place) for place in places] == [0, 0, 1, 2, 3]
    assert not line.free
    line.leave(places[3])
    line.leave(places[0])
    line.leave(places[0])
    assert [line.ahead(place) for place in places] == [0, 0, 0, 0, 1]
    assert line.wait(places[2])
    assert not line.wait(places[3])


def test_who_waits_is_woken_when_it_is_its_turn():
    line, came = Line(1), []
    first, second = line.join(), line.join()
    waiting = threading.Thread(target=lambda: came.append(line.wait(second)))
    waiting.start()
    assert came == []
    line.leave(first)
    waiting.join(20)
    assert came == [True]
