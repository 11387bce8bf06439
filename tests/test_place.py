"""What people bring lies in a folder of the server's own, and goes with it, in whichever way it ends."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from conftest import ROOT

from web import place

SERVER = """
import sys, tempfile
from web.place import own_place
with own_place() as here:
    descriptor, name = tempfile.mkstemp()
    (here / "landed").mkdir()
    (here / "landed/people.parquet").write_text("Jane Doe")
    print(here, flush=True)
    sys.stdin.read()
"""


@contextmanager
def server(temporary: Path) -> Iterator[tuple[subprocess.Popen, Path]]:
    """A server that has files, and their folder."""
    command = [sys.executable, "-c", SERVER]
    environment = {"TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process, Path(process.stdout.readline().strip())
        finally:
            process.kill()


def left(temporary: Path) -> set[Path]:
    return {path for path in temporary.rglob("*") if path.is_file()}


def test_a_server_that_ends_leaves_nothing(tmp_path):
    with server(tmp_path) as (process, here):
        assert len(left(here)) == 2
        process.communicate("")
        assert not any(tmp_path.iterdir())


def test_what_a_killed_server_left_goes_at_the_next_start_and_what_a_running_one_has_stays(tmp_path):
    with ExitStack() as running:
        (killed, gone), (_, stays) = (running.enter_context(server(tmp_path)) for _ in range(2))
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert len(left(gone)) == 2
        _, new = running.enter_context(server(tmp_path))
        assert {path for path in tmp_path.iterdir() if path.is_dir()} == {stays, new}
        assert len(left(stays)) == 2


def test_only_its_owner_may_read_what_lies_there(tmp_path):
    with server(tmp_path) as (_, here):
        modes = {path: oct(path.stat().st_mode)[-3:] for path in (here, *tmp_path.rglob("*"))}
        assert {mode for path, mode in modes.items() if path.is_dir()} == {"700"}
        assert {mode for path, mode in modes.items() if path.is_file()} == {"600"}


def test_a_lock_that_leads_elsewhere_takes_nothing_with_it(tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "file").touch()
    (tmp_path / "nps-lens-x").symlink_to(mine)
    (tmp_path / "nps-lens-x.lock").symlink_to(mine / "file")
    with server(tmp_path):
        assert (mine / "file").exists()


@pytest.mark.parametrize(("mode", "said"), [(0o644, True), (0o640, True), (0o600, False)])
def test_passwords_that_others_may_read_are_said_at_start(tmp_path, monkeypatch, caplog, mode, said):
    secrets = tmp_path / "secrets.toml"
    secrets.touch()
    secrets.chmod(mode)
    monkeypatch.setattr(place, "SECRETS", [str(secrets)])
    place.warn_of_readable_secrets()
    assert ("chmod 600" in caplog.text) is said
