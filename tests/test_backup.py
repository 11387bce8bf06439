"""A backup, and a workspace made of one."""

import tarfile
import threading

import kept
import pytest
from kept import ADMIN, ANALYST, FILES, landed

from nps.notes import InputError
from workspace import backup
from workspace.store import datasets, markers
from workspace.store.database import open_workspace


@pytest.fixture
def root(tmp_path):
    with open_workspace(tmp_path / "workspace") as space:
        datasets.keep(ANALYST, space, landed(tmp_path / "files", **FILES), "Q1")
    return tmp_path / "workspace"


def backed_up(root, file):
    with open_workspace(root) as space:
        backup.backup(ADMIN, space, file)
    return file


def test_a_restored_backup_is_what_was_backed_up(root, tmp_path):
    copy = backed_up(root, tmp_path / "copy.tar")
    backup.restore(ADMIN, copy, tmp_path / "again")
    with open_workspace(root) as space, open_workspace(tmp_path / "again") as other:
        assert kept.rows(other, "Q1", "responses") == kept.rows(space, "Q1", "responses")
        assert [row["did"] for row in other.db.table("audit").rows] == ["keep", "restore"]
    assert kept.left_over(tmp_path / "again") == kept.left_over(root) == set()


def test_nobody_else_on_the_machine_can_read_either(root, tmp_path):
    copy = backed_up(root, tmp_path / "copy.tar")
    backup.restore(ADMIN, copy, tmp_path / "again")
    files = [copy, *(path for path in (tmp_path / "again").rglob("*") if path.is_file())]
    assert [path.name for path in files if path.stat().st_mode & 0o077] == []


def test_every_damaged_byte_of_what_is_kept_is_found_and_nothing_is_made(root, tmp_path):
    whole = backed_up(root, tmp_path / "copy.tar").read_bytes()
    with tarfile.open(tmp_path / "copy.tar") as tar:
        files = [(member.offset_data, member.size) for member in tar if member.size]
    for place, size in files:
        for byte in (place, place + size // 2, place + size - 1):
            damaged = bytearray(whole)
            damaged[byte] ^= 1
            (tmp_path / "damaged.tar").write_bytes(damaged)
            with pytest.raises(InputError, match="damaged"):
                backup.restore(ADMIN, tmp_path / "damaged.tar", tmp_path / "never")
            assert [path.name for path in tmp_path.iterdir() if path.name.startswith("never")] == []


@pytest.mark.parametrize("content", [b"", b"not a backup", b"\0" * 20_000])
def test_what_is_no_backup_is_refused(tmp_path, content):
    (tmp_path / "copy.tar").write_bytes(content)
    with pytest.raises(InputError, match="damaged"):
        backup.restore(ADMIN, tmp_path / "copy.tar", tmp_path / "never")
    assert not (tmp_path / "never").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "../outside"},
        {"name": "/tmp/outside"},
        {"name": "link", "type": tarfile.SYMTYPE, "linkname": "/etc/passwd"},
        {"name": "hard", "type": tarfile.LNKTYPE, "linkname": "workspace.db"},
        {"name": "device", "type": tarfile.CHRTYPE},
        {"name": "workspace.db"},
    ],
    ids=str,
)
def test_a_backup_puts_files_into_its_own_folder_and_nothing_else(root, tmp_path, wrong):
    copy = backed_up(root, tmp_path / "copy.tar")
    with tarfile.open(copy, "a") as tar:
        member = tarfile.TarInfo()
        for name, value in wrong.items():
            setattr(member, name, value)
        tar.addfile(member)
    with pytest.raises(InputError, match="damaged"):
        backup.restore(ADMIN, copy, tmp_path / "never")
    assert not [path for path in (tmp_path / "outside", tmp_path / "never") if path.exists()]


def test_nothing_that_is_there_is_written_over(root, tmp_path):
    copy = backed_up(root, tmp_path / "copy.tar")
    with pytest.raises(InputError, match="Name a new file"):
        backed_up(root, copy)
    with pytest.raises(InputError, match="Name a new folder"):
        backup.restore(ADMIN, copy, root)


def test_a_backup_made_while_people_write_holds_what_they_had_written_before_it(root, tmp_path):
    over, written = threading.Event(), []

    def write():
        with open_workspace(root) as space:
            while not over.is_set():
                markers.add_marker(ANALYST, space, "shop", kept.DAY, f"event {len(written) % 150}")
                written.append(1)

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    copies = [backed_up(root, tmp_path / f"copy{n}.tar") for n in range(3)]
    over.set()
    for writer in writers:
        writer.join()
    for copy in copies:
        backup.restore(ADMIN, copy, tmp_path / copy.stem)
        kept.state(tmp_path / copy.stem)
    assert written
