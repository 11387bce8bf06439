"""A reading in a process of its own: started, watched, ended, and nothing left of it but what is asked for."""

import atexit
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from nps.columns import Reading
from nps.intake.reading import Preview
from nps.sources import InputError, Named

LOG = logging.getLogger("nps.intake")
ROOT = Path(__file__).parents[2]
MEMORY_MB = 1536
DIED = "The file stopped the reader: it is damaged, or needs more memory than there is. Nothing of it was loaded."
CANCELLED = "Cancelled. Nothing was loaded."
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "SYSTEMROOT")  # and no password

Files = Path | Named | Sequence[Path | Named]


class Progress(NamedTuple):
    """What a worker does; the share of this step that is done; of how many rows, about; and for how many seconds."""

    step: str = "Starting"
    part: float = 0.0
    rows: int | None = None
    seconds: float = 0.0

    @property
    def left(self) -> float | None:
        """Seconds until this step is over, at the pace so far; None while that cannot be told."""
        return self.seconds * (1 - self.part) / self.part if self.part > 0.02 else None


class Job:
    """One task for a process of its own: "land" makes `folder` with checked tables, "preview" only looks.

    When nobody holds the job any more, its process and its folder go.
    """

    def __init__(
        self,
        do: str,
        given: Mapping[str, Files],
        mapping: Mapping[str, Mapping[str, str | None]] | None = None,
        *,
        memory_mb: int = MEMORY_MB,
    ) -> None:
        place = Path(tempfile.mkdtemp(prefix="reading-"))
        self.folder = place / "landed"
        self._scratch = place / "scratch"
        self._scratch.mkdir()
        self._process = _worker()
        self._heard = _Heard()
        self._end = weakref.finalize(self, _end, self._process, place)
        task = {
            "do": do,
            "given": {table: _told(files) for table, files in given.items()},
            "mapping": mapping or {},
            "folder": str(self.folder),
            "scratch": str(self._scratch),
            "memory_mb": memory_mb,
        }
        threading.Thread(target=_listen, args=(self._process, self._heard, task), daemon=True).start()

    @property
    def progress(self) -> Progress:
        """What the worker does right now."""
        return self._heard.progress

    @property
    def over(self) -> bool:
        """Whether there is a result, of whichever kind."""
        return self._heard.over.is_set()

    def wait(self, seconds: float) -> bool:
        """Whether the job is over, now or within so many seconds."""
        return self._heard.over.wait(seconds)

    def cancel(self) -> None:
        """End the process and take away whatever it wrote."""
        self._heard.answer = {"refused": CANCELLED}
        self._end()
        self._heard.over.set()

    def result(self) -> dict | None:
        """What the worker answered. Raises InputError, and then nothing is left on disk."""
        self._heard.over.wait()
        answer = self._heard.answer or {"refused": DIED}
        if "fault" in answer:
            LOG.error("A worker failed: %s", " ".join(answer["fault"]))
        if "refused" in answer:
            self._end()
            raise InputError(answer["refused"])
        shutil.rmtree(self._scratch if self.folder.exists() else self._scratch.parent, ignore_errors=True)
        return answer["done"]

    def previews(self) -> dict[str, Preview | str]:
        """Table -> its preview, or why the file is no table. Raises InputError as `result` does."""
        return {table: _preview(seen) for table, seen in self.result().items()}


class _Heard:
    """What a worker said so far; kept apart from its job, so that listening does not keep the job alive."""

    def __init__(self) -> None:
        self.progress, self.answer, self.over = Progress(), None, threading.Event()


def _listen(process: subprocess.Popen, heard: _Heard, task: dict) -> None:
    """Give the task, then hear the worker out."""
    begun = time.monotonic()
    try:
        process.stdin.write(json.dumps(task) + "\n")
        process.stdin.flush()
        for line in process.stdout:
            said = json.loads(line)
            if "step" not in said:
                heard.answer = heard.answer or said
                break
            if said["step"] != heard.progress.step:
                begun = time.monotonic()
            seconds = time.monotonic() - begun
            heard.progress = Progress(said["step"], said.get("part", 0.0), said.get("of"), seconds)
    except (OSError, ValueError):  # the worker is gone, or was ended in the middle of a line
        LOG.info("A worker ended early")
    finally:
        _stop(process)
        heard.over.set()


def _stop(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()
    with suppress(OSError):  # what it did not read any more
        process.stdin.close()
    process.stdout.close()


def _end(process: subprocess.Popen, place: Path) -> None:
    _stop(process)
    shutil.rmtree(place, ignore_errors=True)


def _told(files: Files) -> list[tuple[str, str]]:
    """Path and name of each file, for JSON."""
    files = [files] if isinstance(files, (Path, Named)) else files
    return [(str(Path(file).resolve()), file.name) for file in files]


def _preview(seen: dict) -> Preview | str:
    if "unusable" in seen:
        return seen["unusable"]
    known = Reading.restored(seen["reading"]) if seen["reading"] else None
    head = pd.DataFrame(seen["head"]["data"], columns=seen["head"]["columns"], dtype="str")
    choices = {kind: tuple(there) for kind, there in seen["choices"].items()}
    return Preview(known, seen["problem"], tuple(seen["columns"]), head, seen["export"], choices)


_SPARE: list[subprocess.Popen] = []


def _worker() -> subprocess.Popen:
    """A worker that waits for its task: the spare one, whose libraries are loaded already, where there is one."""
    ready = _SPARE.pop() if _SPARE else _started()
    prepare()
    return ready


def prepare() -> None:
    """Have a worker ready for whoever comes next."""
    if not _SPARE:
        _SPARE.append(_started())


def _started() -> subprocess.Popen:
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "nps.intake.worker"],
        cwd=ROOT,
        env={**passed_on, "MALLOC_ARENA_MAX": "2"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )


@atexit.register
def _dismiss() -> None:
    while _SPARE:
        _stop(_SPARE.pop())
