"""Processes that wait for one task each: one is always started ahead, as loading its libraries takes a second."""

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from nps.engines import AUTHORITIES, Stored, environment
from nps.notes import note
from nps.sources.budget import BUDGET

WORKER = "nps.intake.worker"
ROOT = Path(__file__).parents[2]
PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "SYSTEMROOT", AUTHORITIES)  # and no password
NOBODYS = {"HOME": os.devnull}  # whose files tell no driver anything
PARTING_SECONDS = 3.0
STARTING = note("step.starting")
THRIFTY = {
    "MALLOC_ARENA_MAX": "2",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "DUCKDB_JE_MALLOC_CONF": "retain:false",
    "OPENBLAS_NUM_THREADS": "1",
}  # reserve little that is not used

_SPARE: list[subprocess.Popen] = []
_SPARING = threading.Lock()


def take() -> subprocess.Popen:
    """A worker that waits for its task: the spare one where there is one."""
    with _SPARING:
        ready = _SPARE.pop() if _SPARE else started(WORKER)
    prepare()
    return ready


def prepare() -> None:
    """Have a worker ready for whoever comes next, if that one would not have to wait."""
    with _SPARING:
        if not _SPARE and BUDGET.workers.free:
            _SPARE.append(started(WORKER))


def needed(places: Iterable[object]) -> dict[str, str]:
    """What the drivers of an administrator's connections are told of this server's environment."""
    connections = [place.connection for place in places if isinstance(place, Stored) and place.connection.trusted]
    names = {name for connection in connections for name in environment(connection)}
    return {name: os.environ[name] for name in names if name in os.environ}


def stop(process: subprocess.Popen) -> None:
    """End it, whatever it does; one that asks a database has the time to say that nobody waits any more."""
    process.terminate()
    try:
        process.wait(PARTING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    with suppress(OSError):  # what it did not read any more
        process.stdin.close()
    process.stdout.close()


def started(module: str) -> subprocess.Popen:
    """A process of ours, to be told its task on its input; it knows no password."""
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env={**passed_on, **THRIFTY, **NOBODYS},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )


@atexit.register
def dismiss() -> None:
    """End the spare one."""
    while _SPARE:
        stop(_SPARE.pop())
