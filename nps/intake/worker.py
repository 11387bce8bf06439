"""The process that opens the files of strangers: niced, with a limit on its memory, and gone when nobody asks for it.

It reads one task as a line of JSON on its input and answers with lines of JSON on its output: what it does and how far
it is, and last what came of it. Whatever a file does to it, the server sees these lines and what is in the folder.
"""

import contextlib
import errno
import json
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa

from nps import counting, engines, sources
from nps.columns import SAMPLE_ROWS
from nps.engines import Stored
from nps.intake import looking, reading
from nps.intake.checking import Tell
from nps.intake.manifest import of_files, of_stored
from nps.intake.process import STARTING
from nps.notes import InputError, Note, TooLarge, note
from nps.sources import Named
from nps.sources.budget import NO_ROOM

with contextlib.suppress(ImportError):  # Windows has no such limits
    import fcntl
    import resource

TICK = 0.25
MOST_NAMES = 10_000


def main() -> None:
    """Take one task, do it, say what came of it."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1) as output:
        os.dup2(2, 1)  # what a library prints is no answer
        task = json.loads(sys.stdin.readline() or "null")
        if task is None:
            return
        say = _Speaker(output)
        _limit(task["memory_mb"], task["disk"])
        if any(isinstance(place, dict) for place in task["given"].values()):
            _end_with_a_word()
        else:
            _end_with_the_server()
        tempfile.tempdir = task["scratch"]
        os.environ.update(task["environment"], HOME=task["scratch"])
        try:
            say(done={"land": _land, "preview": _preview, "tables": _tables, "count": _count}[task["do"]](task, say))
        except InputError as unusable:
            say(refused=unusable.plain)
        except Exception as fault:
            if short := _what_is_short(fault):
                say(refused=short.plain)
                return
            places = [f"{where.filename}:{where.lineno}" for where in traceback.extract_tb(fault.__traceback__)]
            say(
                refused=InputError("worker.fault").plain, fault=[type(fault).__name__, *places]
            )  # a message may quote a customer


def _what_is_short(fault: Exception) -> TooLarge | None:
    """What to say of a fault that comes of a limit."""
    if isinstance(fault, OSError) and fault.errno in (errno.EFBIG, errno.ENOSPC, errno.EDQUOT):
        return TooLarge(NO_ROOM)
    lacks = isinstance(fault, (MemoryError, duckdb.OutOfMemoryException, pa.ArrowMemoryError))
    lacks = lacks or (isinstance(fault, RuntimeError) and "new thread" in str(fault))
    return TooLarge("worker.no_memory") if lacks else None


def _limit(memory_mb: int, disk: int) -> None:
    """Be nice, and the first to go when the machine runs out of memory. The kernel holds the limits, between two looks.

    Its limit counts what is reserved, some hundred megabytes more than what is in use.
    """
    os.nice(10)
    if "resource" in globals():
        resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * 1024**2,) * 2)
        resource.setrlimit(resource.RLIMIT_FSIZE, (disk,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):  # not on this system
        Path("/proc/self/oom_score_adj").write_text("1000")


def _end_with_the_server() -> None:
    """When the server is gone, its end of the pipe closes; where the kernel says so, that ends a long step, too."""

    def wait() -> None:
        sys.stdin.read()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
    if "fcntl" in globals():
        fcntl.fcntl(sys.stdin, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(sys.stdin, fcntl.F_SETFL, fcntl.fcntl(sys.stdin, fcntl.F_GETFL) | os.O_ASYNC)  # SIGIO ends it


def _end_with_a_word() -> None:
    """When the server is gone or ends this, databases are told that nobody waits any more for what they were asked."""
    heard, told = os.pipe()
    os.set_blocking(told, False)
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)

    def end_after(ending: Callable[[], object]) -> None:
        ending()
        engines.stop_all()
        os._exit(1)

    for ending in (sys.stdin.read, lambda: os.read(heard, 1)):
        threading.Thread(target=end_after, args=(ending,), daemon=True).start()


class _Speaker:
    """Writes one line of JSON at a time, from whichever thread."""

    def __init__(self, output) -> None:
        self.output, self.lock = output, threading.Lock()

    def __call__(self, **message) -> None:
        with self.lock:
            self.output.write(json.dumps(message) + "\n")


def _land(task: dict, say: _Speaker) -> None:
    """Checked tables and their report, in a folder that appears when all of it is there."""
    folder = Path(task["folder"])
    unfinished = folder.with_suffix(".unfinished")
    with _connected(task, say) as (con, scratch, tell):
        given = {table: _files(place) for table, place in task["given"].items()}
        origins = {table: of_files(files) for table, files in given.items()}
        landed = reading.land(given, task["mapping"], con, scratch, tell, origins=origins)
        tell(note("step.writing"), None)
        landed.write(unfinished)
    unfinished.rename(folder)


def _tables(task: dict, _: "_Speaker") -> list[str]:
    """The names of the tables of a database."""
    (place,) = task["given"].values()
    return engines.table_names(Stored.restored(place).connection)[:MOST_NAMES]


def _count(task: dict, say: _Speaker) -> None:
    """The tables of databases and what was counted there, in a folder that appears when all of it is there."""
    folder = Path(task["folder"])
    unfinished = folder.with_suffix(".unfinished")
    closed = counting.read(counting.Closed, Path(task["scratch"]))
    places = {table: Stored.restored(stored) for table, stored in task["given"].items()}
    with _connected(task, say) as (con, scratch, tell), engines.attach(places) as given:
        origins = {table: of_stored(place) for table, place in places.items()}
        landed = reading.land(given, task["mapping"], con, scratch, tell, task["before"], origins)
        tell(note("step.counting"), None)
        landed, _ = landed.count(task["window_days"], closed)
        tell(note("step.writing"), None)
        landed.write(unfinished)
    unfinished.rename(folder)


def _files(places: list[tuple[str, str, str]]) -> Named | list[Named]:
    """The files of a table, of which the task tells path, name and what is known of the bytes."""
    files = [Named(Path(path), name, sha256) for path, name, sha256 in places]
    return files[0] if len(files) == 1 else files


def _preview(task: dict, say: _Speaker) -> dict:
    """Table -> its preview as JSON, or the problem with the file."""
    found = {}
    for table, told in task["given"].items():
        try:
            given = {table: Stored.restored(told) if isinstance(told, dict) else _files(told)}
            with _connected(task, say) as (con, scratch, tell), engines.attach(given, SAMPLE_ROWS) as places:
                seen = looking.look(places[table], table, task["mapping"].get(table), con, scratch, tell)
        except InputError as unusable:
            found[table] = {"unusable": unusable.plain}
        else:
            head = json.loads(seen.head.astype("string").to_json(orient="split", index=False))
            told = {"problem": seen.problem and seen.problem.encoded, "notes": [each.encoded for each in seen.notes]}
            found[table] = seen._asdict() | told | {"reading": seen.reading and seen.reading.kept(), "head": head}
    return found


@contextlib.contextmanager
def _connected(task: dict, say: _Speaker) -> Iterator[tuple[ibis.BaseBackend, Path, Callable[..., None]]]:
    """A watched connection, its folder, and how to tell what is being done.

    DuckDB puts on disk what does not fit into half of the limit; Python and the buffers have the rest.
    """
    with sources.connect() as (con, scratch), _watched(con, say) as tell:
        con.raw_sql(f"SET memory_limit='{int(task['memory_mb']) // 2}MB'")
        con.raw_sql(f"SET max_temp_directory_size='{int(task['disk'])}B'")
        yield con, scratch, tell


@contextlib.contextmanager
def _watched(con: ibis.BaseBackend, say: _Speaker) -> Iterator[Tell]:
    """Say what is being done, and four times a second how far DuckDB is with it."""
    con.raw_sql("SET enable_progress_bar=true")
    over, step = threading.Event(), {"step": STARTING.encoded}

    def tell(doing: Note, rows: int | None = None) -> None:
        step.update(step=doing.encoded, of=rows)
        say(**step)

    def tick() -> None:
        while not over.wait(TICK):
            say(**step, part=max(con.con.query_progress(), 0.0) / 100)

    watcher = threading.Thread(target=tick, daemon=True)
    watcher.start()
    try:
        yield tell
    finally:
        over.set()
        watcher.join()


if __name__ == "__main__":
    main()
