"""A reading in a process of its own: started, watched, ended, and nothing left of it but what is asked for."""

import logging
import shutil
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from nps import counting
from nps.columns import Reading
from nps.engines import Stored
from nps.intake import process
from nps.intake.heard import Awaited, Heard
from nps.intake.looking import Preview
from nps.notes import InputError, TimedOut, decoded, refusal
from nps.sources import Named
from nps.sources.budget import BUDGET, LIMITS

LOG = logging.getLogger("nps.intake")
WATCH = 0.25
CANCELLED = "job.cancelled"

Files = Path | Named | Sequence[Path | Named]
Places = Files | Stored


class Job(Awaited):
    """One task for a process of its own: "land" makes `folder` with checked tables, "preview" only looks.

    Of a database "tables" lists what there is, and "count" makes `folder` with what was counted for one window.

    more    what else the task says: the window, how ids joined before
    closed  what need not be counted again
    alive   whether somebody still waits: when not, the worker ends, and with it what it asked of a database

    It starts as soon as fewer than `Limits.workers` others are at work. When nobody holds the job any more, its process
    and its folder go.
    """

    def __init__(
        self,
        do: str,
        given: Mapping[str, Places],
        mapping: Mapping[str, Mapping[str, str | None]] | None = None,
        *,
        more: Mapping[str, object] | None = None,
        closed: counting.Closed | None = None,
        alive: Callable[[], bool] = lambda: True,
        memory_mb: int = LIMITS.memory_mb,
        seconds: float = LIMITS.seconds,
    ) -> None:
        self._run = _Run(Path(tempfile.mkdtemp(prefix="reading-")), seconds, alive)
        if closed:
            counting.write(closed, self._run.scratch)
        self.folder = self._run.place / "landed"
        self._end = weakref.finalize(self, self._run.end)
        task = {
            "do": do,
            "given": {table: _told(place) for table, place in given.items()},
            "environment": process.needed(given.values()),
            "mapping": mapping or {},
            "folder": str(self.folder),
            "memory_mb": memory_mb,
            **(more or {}),
        }
        threading.Thread(target=self._run.work, args=(task,), daemon=True).start()

    def cancel(self) -> None:
        """End the process and take away whatever it wrote."""
        self._run.refuse(InputError(CANCELLED))
        self._end()

    def result(self) -> dict | None:
        """What the worker answered. Raises InputError, and then nothing is left on disk."""
        self._run.over.wait()
        answer = self._run.answer or {"refused": InputError("job.died").plain}
        if "fault" in answer:
            LOG.error("A worker failed: %s", " ".join(answer["fault"]))
        if "refused" in answer:
            self._end()
            raise refusal(answer["refused"])
        return answer["done"]

    def previews(self) -> dict[str, Preview | InputError]:
        """Table -> its preview, or why the file is no table. Raises InputError as `result` does."""
        return {table: _preview(seen) for table, seen in self.result().items()}


class _Run(Heard):
    """A worker's turn, its process and what it said so far; kept apart from its job, so as not to keep that alive."""

    def __init__(self, place: Path, seconds: float, alive: Callable[[], bool]) -> None:
        self.place, self.scratch, self.seconds = place, place / "scratch", seconds
        self.scratch.mkdir()
        self.room = BUDGET.for_reading(place)
        super().__init__(BUDGET.workers, process.take, alive)

    def work(self, task: dict) -> None:
        """Wait for its turn, have a worker do the task, hear it out, and keep what it landed."""
        try:
            if self.workers.wait(self.turn) and self._started():
                threading.Thread(target=self._watch, daemon=True).start()
                self._listen({**task, "scratch": str(self.scratch), "disk": self.room.left})
                self._tidy()
        except InputError as too_much:
            self.refuse(too_much)
        except (OSError, ValueError):  # the worker is gone, or was ended in the middle of a line
            LOG.info("A worker ended early")
        finally:
            self._ended()
            process.prepare()

    def end(self) -> None:
        """End the worker, and take away whatever it wrote."""
        self._ended()
        shutil.rmtree(self.place, ignore_errors=True)

    def _tidy(self) -> None:
        process.stop(self.process)
        shutil.rmtree(self.scratch, ignore_errors=True)
        if any(self.place.iterdir()):
            self.room.grow(_bytes_in(self.place))
        else:
            self.place.rmdir()

    def _watch(self) -> None:
        """Its time and its disk have an end."""
        until = time.monotonic() + self.seconds
        try:
            while not self.over.wait(WATCH):
                self.room.grow(_bytes_in(self.place))
                if not self.alive():
                    raise InputError(CANCELLED)
                if time.monotonic() > until:
                    raise TimedOut("job.too_long", minutes=self.seconds / 60)
        except InputError as too_much:
            self.refuse(too_much)
        except FileNotFoundError:
            LOG.info("A worker's folder went while it was measured")


def _bytes_in(folder: Path) -> int:
    """What lies there; files may go meanwhile."""
    total = 0
    with suppress(FileNotFoundError):
        for path in folder.rglob("*"):
            total += path.lstat().st_size
    return total


def _told(files: Places) -> list[tuple[str, str, str]] | dict:
    """Path and name of each file and what is known of its bytes, or where a table is stored, for JSON."""
    if isinstance(files, Stored):
        return asdict(files)
    files = [files] if isinstance(files, (Path, Named)) else files
    return [(str(Path(file).resolve()), file.name, getattr(file, "sha256", "")) for file in files]


def _preview(seen: dict) -> Preview | InputError:
    if "unusable" in seen:
        return refusal(seen["unusable"])
    known = Reading.restored(seen["reading"]) if seen["reading"] else None
    head = pd.DataFrame(seen["head"]["data"], columns=seen["head"]["columns"], dtype="str")
    choices = {kind: tuple(there) for kind, there in seen["choices"].items()}
    columns, notes = tuple(seen["columns"]), tuple(map(decoded, seen["notes"]))
    problem = seen["problem"] and decoded(seen["problem"])
    return Preview(known, problem, columns, head, seen["export"], choices, notes, seen["others"], seen["read"])
