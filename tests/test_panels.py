"""Panels of what is kept: made once for all who look, and gone with what they were made of."""

import shutil
from datetime import UTC, datetime

import kept
import pytest
from kept import ADMIN, ANALYST, FILES, landed

from nps import lens, shelf
from workspace.privacy import erase
from workspace.store import datasets, panels
from workspace.store.database import PANELS, open_workspace

WINDOW = (90, "active_days")


@pytest.fixture
def space(tmp_path):
    with open_workspace(tmp_path / "workspace") as space:
        datasets.keep(ANALYST, space, landed(tmp_path / "read", **FILES), "Q1")
        yield space


def one(space):
    (found,) = datasets.listed(ADMIN, space)
    return found


def panel(space, window=WINDOW):
    return panels.panel(ANALYST, space, one(space), *window)


def on_the_shelf(space) -> list[str]:
    return sorted(path.name for path in (space.root / PANELS).glob("*/*"))


def test_who_looks_later_maps_what_the_first_one_made(space, monkeypatch):
    first = panel(space)
    assert on_the_shelf(space) == ["90 active_days"]
    monkeypatch.setattr(lens, "panel_of_folder", None)
    later = panel(space)
    assert later.select().score == first.select().score
    assert later.who.weekly().people.tolist() == first.who.weekly().people.tolist()
    assert {path.stat().st_mode & 0o777 for path in (space.root / PANELS).rglob("*.*")} == {0o600}


def test_what_other_code_made_is_made_again_and_replaced(space, monkeypatch):
    panel(space)
    with monkeypatch.context() as earlier:
        earlier.setattr(shelf, "code", lambda: "an earlier version")
        assert panel(space).select().score.responses == 3
    assert panel(space).select().score.responses == 3
    assert on_the_shelf(space) == ["90 active_days"]
    assert shelf.read(*(space.root / PANELS).glob("*/*")) is not None


def test_there_is_room_for_a_few_the_latest(space):
    for days in (30, 60, 90, 120):
        panel(space, (days, "active_days"))
    assert len(on_the_shelf(space)) == panels.OF_ONE
    assert "120 active_days" in on_the_shelf(space)


def test_nothing_is_put_there_where_erasing_would_lack_the_room(space, monkeypatch):
    full = shutil.disk_usage(space.root)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    assert panel(space).select().score.responses == 3
    assert on_the_shelf(space) == []
    assert kept.left_over(space.root) == set()


def test_it_makes_room_for_what_is_to_be_kept(space, tmp_path, monkeypatch):
    panel(space)
    there, usage = on_the_shelf(space), shutil.disk_usage
    free = lambda: 1000 if on_the_shelf(space) else usage(space.root).free  # noqa: E731
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage(place)._replace(free=free()))
    datasets.keep(ANALYST, space, landed(tmp_path / "other", **FILES), "Q2")
    assert there
    assert on_the_shelf(space) == []


def test_it_goes_with_the_data(space):
    panel(space)
    datasets.delete(ADMIN, space, one(space).id)
    assert on_the_shelf(space) == []
    assert kept.left_over(space.root) == set()


def test_somebody_erased_is_in_none_of_it(space):
    panel(space)
    assert kept.traces(space.root / PANELS, "customer-1", "one@customer.example")
    erase.erase(ADMIN, space, "customer-1")
    assert kept.traces(space.root, "customer-1", "one@customer.example") == []
    assert panel(space).select().score.responses == 2
    assert kept.traces(space.root, "customer-1", "one@customer.example") == []


def test_who_made_one_of_what_counts_no_more_puts_it_nowhere(space):
    before = one(space)
    panels.panel(ANALYST, space, before, *WINDOW)
    made = lens.panel_of_folder(datasets.place(ANALYST, space, before))
    erase.erase(ADMIN, space, "customer-1")
    panels._put(space, made, space.root / PANELS / before.folder / "90 active_days")
    assert on_the_shelf(space) == []
    assert kept.left_over(space.root) == set()


def test_a_backup_holds_what_counts_and_no_panels(space, tmp_path):
    import tarfile

    from workspace import backup

    panel(space)
    backup.backup(ADMIN, space, tmp_path / f"{datetime.now(UTC):%Y}.tar")
    with tarfile.open(tmp_path / f"{datetime.now(UTC):%Y}.tar") as tar:
        assert not [name for name in tar.getnames() if PANELS in name]
