"""Reading in a process of its own: the same panel as in this one, all or nothing, with a limit, and to be stopped."""

import dataclasses
import gzip
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import builders
import files
import numpy as np
import pandas as pd
import pytest
import stores
from conftest import wait_until
from pandas.testing import assert_frame_equal, assert_series_equal

import nps
from nps import intake, lens, sources
from nps.intake.process import THRIFTY
from nps.joined import closed
from nps.sources.budget import Budget, Limits

pytestmark = pytest.mark.timeout(300)  # workers are nice, and wait for whoever is not


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    """Where jobs work, and nothing else."""
    folder = tmp_path / "jobs"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def left(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file()]


def large(tmp_path: Path, rows: int = 400_000) -> Path:
    """Usage that takes a while to read."""
    line = "person-{0},Feature {0},2026-03-01T12:00:00Z,2\n"
    content = "person_id,feature,at,uses\n" + "".join(line.format(n % 997) for n in range(rows))
    return builders.write(tmp_path, content, "usage.csv")


def running(job: intake.Job) -> subprocess.Popen:
    """Its worker, once its turn has come."""
    wait_until(lambda: job._run.process, "the worker is started")
    return job._run.process


@pytest.fixture
def budget(monkeypatch) -> Callable[..., Budget]:
    """Has jobs follow other limits."""

    def used(**limits) -> Budget:
        made = Budget(Limits(**limits))
        monkeypatch.setattr(intake.job, "BUDGET", made)
        monkeypatch.setattr(intake.process, "BUDGET", made)
        return made

    return used


def test_a_worker_lands_what_load_would_give(tmp_path, place):
    given = files.saved(tmp_path, files.product())
    before = pd.Timestamp.now("UTC").tz_localize(None)
    job = intake.Job("land", given)
    job.result()
    after = pd.Timestamp.now("UTC").tz_localize(None)
    made = lens.panel_of_folder(job.folder, 30)
    assert_same_panel(made, nps.load(**given, window_days=30))
    assert before <= made.read_at <= after
    assert lens.panel_of_folder(job.folder).read_at == made.read_at
    assert {path.name for path in left(place)} == {
        *("responses.parquet", "usage.parquet", "people.parquet"),
        *("rejected.parquet", "report.parquet", "manifest.json"),
    }


def test_ids_that_are_the_same_but_for_their_writing_are_kept_as_such(tmp_path, place):
    answers = "person_id,score,date\n" + "".join(f"P{n},{n},2026-03-01\n" for n in range(9))
    usage = "person_id,feature,at\n" + "".join(f"p{n} ,Search,2026-02-01\n" for n in range(9))
    given = {"responses": builders.write(tmp_path, answers, "a.csv"), "usage": builders.write(tmp_path, usage, "u.csv")}
    job = intake.Job("land", given, {"keys": "normalised"})
    job.result()
    made = lens.panel_of_folder(job.folder)
    assert made.keys == "normalised"
    assert_same_panel(made, nps.load(**given, mapping={"keys": "normalised"}))


def assert_same_panel(made: nps.Panel, wanted: nps.Panel) -> None:
    """Equal in every field, but for the moment of reading, and where the usage lies."""
    for name in {each.name for each in dataclasses.fields(nps.Panel)} - {"uid", "read_at", "who"}:
        one, other = getattr(made, name), getattr(wanted, name)
        if name == "spells":  # of a person in any order: kept usage lies in another one than the file's
            one, other = (each.sort_values([*each.columns], ignore_index=True) for each in (one, other))
        if isinstance(one, pd.DataFrame):
            assert_frame_equal(one, other, obj=name)
        elif name in ("latest_positions", "pairs"):
            np.testing.assert_equal(one, other)
        elif name == "told":
            assert_frame_equal(one.accounts.table, other.accounts.table, obj=name)
            assert_series_equal(one.accounts.whose, other.accounts.whose, obj=name)
        else:
            assert one == other, name


def test_a_worker_previews_as_this_process_does(tmp_path, place):
    given = files.saved(tmp_path, {**files.product(), "people": b"\x89PNG\r\n\x1a\n"})
    seen = intake.Job("preview", given).previews()
    wanted = nps.preview(given["usage"], "usage")
    assert seen["usage"].reading == wanted.reading
    assert_frame_equal(seen["usage"].head, wanted.head, check_dtype=False)
    assert str(seen["people"]).startswith("This is an image")


def test_a_worker_is_told_what_people_call_their_files(tmp_path, place):
    given = [
        sources.Named(builders.write(tmp_path, f"person_id,score\np{month},{score}\n", f"upload-{month}"), month)
        for month, score in {"march.csv": "9", "april.csv": "none"}.items()
    ]
    job = intake.Job("land", {"responses": given})
    job.result()
    assert lens.panel_of_folder(job.folder).rejected[["file", "row"]].values.tolist() == [["april.csv", 2]]


@pytest.mark.parametrize("kind", [stores.duckdb_file, stores.sqlite_file, stores.parquet_folder])
def test_a_worker_counts_in_a_database_what_load_would_give(kind, tmp_path, place):
    given = kind(tmp_path)
    job = intake.Job("count", given, more={"window_days": 30, "before": None})
    job.result()
    stores.assert_same(lens.panel_of_folder(job.folder, 30), nps.load(**given, window_days=30))
    assert "usage.parquet" not in {path.name for path in left(place)}


def test_a_worker_goes_on_from_what_was_counted_before(tmp_path, place):
    given = stores.duckdb_file(tmp_path)
    earlier = nps.load(**given)
    more = {"window_days": 90, "before": earlier.keys}
    job = intake.Job("count", given, stores.mapping(), more=more, closed=closed(earlier))
    job.result()
    made, wanted = lens.panel_of_folder(job.folder), nps.load(**given, mapping=stores.mapping(), earlier=earlier)
    assert_frame_equal(made.answers, wanted.answers)
    assert made.notes == wanted.notes


def test_a_worker_lists_and_previews_the_tables_of_a_database(tmp_path, place):
    given = stores.sqlite_file(tmp_path)
    assert intake.Job("tables", {"usage": given["usage"]}).result() == ["people", "responses", "usage"]
    seen = intake.Job(
        "preview", {**given, "people": stores.only(given, people="DROP TABLE people")["people"]}
    ).previews()
    assert seen["usage"].reading == nps.preview(given["usage"], "usage").reading
    assert str(seen["people"]).startswith("Only a SELECT can be used here")
    assert not any(place.iterdir())


def test_a_job_whose_visitor_has_left_ends_and_goes(tmp_path, place):
    job = intake.Job("land", {"usage": large(tmp_path)}, alive=lambda: False)
    with pytest.raises(nps.InputError, match="Cancelled"):
        job.result()
    assert left(place) == []


def test_a_preview_leaves_nothing(tmp_path, place):
    job = intake.Job("preview", files.saved(tmp_path, files.product()))
    assert job.previews().keys() == {"responses", "usage", "people"}
    assert not any(place.iterdir())


def test_what_cannot_be_used_is_refused_in_one_sentence_and_leaves_nothing(tmp_path, place):
    half = gzip.compress(os.urandom(200_000).hex().encode())[:50_000]
    job = intake.Job("land", {"responses": builders.write(tmp_path, half, "half.csv.gz")})
    with pytest.raises(nps.InputError, match="cut off"):
        job.result()
    assert left(place) == []


def test_a_file_that_needs_too_much_memory_is_refused_and_leaves_nothing(tmp_path, place):
    job = intake.Job("land", {"usage": large(tmp_path)}, memory_mb=300)
    with pytest.raises(nps.InputError, match="takes more memory than"):
        job.result()
    assert left(place) == []


def test_a_worker_that_is_killed_leaves_nothing(tmp_path, place):
    job = intake.Job("land", {"usage": large(tmp_path)})
    wait_until(lambda: job.over or "usage" in str(job.progress.step), "the worker has begun")
    os.kill(job._run.process.pid, signal.SIGKILL)
    with pytest.raises(nps.InputError, match="stopped the reader"):
        job.result()
    assert left(place) == []


def test_cancelling_ends_the_worker_and_frees_the_disk(tmp_path, place):
    job = intake.Job("land", {"usage": large(tmp_path)})
    wait_until(lambda: job.over or left(place), "the worker has written something")
    assert not job.over
    job.cancel()
    assert left(place) == []
    assert job._run.process.poll() is not None
    with pytest.raises(nps.InputError, match="Cancelled"):
        job.result()


def test_a_job_that_nobody_holds_ends_and_goes(tmp_path, place):
    job = intake.Job("land", {"usage": large(tmp_path)})
    process = running(job)
    del job
    wait_until(lambda: process.poll() is not None, "the worker is gone")
    assert left(place) == []


def test_a_worker_says_what_it_does_and_about_how_many_rows_there_are(tmp_path, place):
    job, told = intake.Job("land", {"usage": large(tmp_path)}), set()
    while not job.wait(0.01):
        told.add(job.progress)
    job.result()
    assert {"Reading the usage file", "Checking the usage"} <= {str(progress.step) for progress in told}
    assert all(0 <= progress.part <= 1 for progress in told)
    about = [progress.rows for progress in told if str(progress.step) == "Reading the usage file"]
    assert about == pytest.approx([400_000] * len(about), rel=0.05)


def test_a_worker_gets_no_secret_of_the_server(tmp_path, place, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "swordfish")
    intake.process.dismiss()  # it was started before
    job = intake.Job("land", {"usage": large(tmp_path)})
    environment = Path(f"/proc/{running(job).pid}/environ").read_bytes()
    job.cancel()
    assert b"swordfish" not in environment
    assert b"HOME=/dev/null" in environment


def test_who_has_to_wait_is_told_the_place_in_line_and_comes_next(tmp_path, place, budget):
    budget(workers=1)
    given = files.saved(tmp_path, files.product())
    first = intake.Job("land", {"usage": large(tmp_path)})
    second, third = intake.Job("preview", given), intake.Job("preview", given)
    assert [str(job.progress.step)[-16:] for job in (second, third)] == ["number 1 in line", "number 2 in line"]
    assert second._run.process is None
    second.cancel()
    assert str(third.progress.step).endswith("number 1 in line")
    first.cancel()
    assert third.previews().keys() == {"responses", "usage", "people"}
    assert left(place) == []


def test_a_reading_that_takes_too_long_is_ended_and_leaves_nothing(tmp_path, place):
    job = intake.Job("land", {"usage": large(tmp_path)}, seconds=0.5)
    with pytest.raises(nps.InputError, match=r"more than .* minutes, so it was ended"):
        job.result()
    assert job._run.process.poll() is not None
    assert left(place) == []


def test_a_reading_that_fills_the_disk_is_ended_and_gives_it_back(tmp_path, place, budget):
    limits = budget(reading_bytes=4 * 1024**2)
    packed = builders.write(tmp_path, gzip.compress(large(tmp_path).read_bytes()), "usage.csv.gz")
    job = intake.Job("land", {"usage": packed})
    with pytest.raises(nps.InputError, match=r"can be written for this|no room left"):
        job.result()
    assert left(place) == []
    del job
    assert limits.for_reading(place).left == 4 * 1024**2


def test_the_kernel_holds_a_workers_memory_and_its_files(tmp_path, place):
    job = intake.Job("land", {"usage": large(tmp_path)}, memory_mb=700)
    limits = Path(f"/proc/{running(job).pid}/limits")
    wait_until(lambda: str(700 * 1024**2) in limits.read_text(), "its memory is limited")
    file_size = next(line for line in limits.read_text().splitlines() if line.startswith("Max file size"))
    job.cancel()
    assert int(file_size.split()[3]) <= Limits.reading_bytes


LETS_GO = """
import duckdb
from pathlib import Path
with duckdb.connect() as con:
    con.execute("SET threads = 2; SET memory_limit = '200MB'")
    for _ in range(2):
        con.execute("CREATE OR REPLACE TABLE t AS SELECT md5(n::VARCHAR) FROM range(2_000_000) numbers(n) ORDER BY 1")
print(Path("/proc/self/status").read_text().partition("VmData:")[2].split()[0])
"""


def test_what_a_worker_lets_go_of_is_reserved_no_more():
    """The kernel's limit on its memory counts what is reserved, too."""
    ran = [sys.executable, "-c", LETS_GO]
    reserved = subprocess.run(ran, env={**os.environ, **THRIFTY}, check=True, capture_output=True, text=True).stdout
    assert int(reserved) < 200_000  # kB


def test_a_worker_ends_with_its_server_even_in_the_middle_of_a_long_step(tmp_path, place):
    """The server is gone when its end of the pipe closes; the step is one that lets no other thread run."""
    busy = "from nps.intake import worker; import re; worker._end_with_the_server(); print(1, flush=True); {}"
    code = busy.format("re.match('(a+)+$', 'a' * 40 + 'b')")
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            process.stdout.readline()
            process.stdin.close()
            assert process.wait(20) != 0
        finally:
            process.kill()
