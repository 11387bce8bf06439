"""A process that does one task: its turn, what it said so far, and how whoever waits looks at it."""

import json
import subprocess
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from nps.intake import process
from nps.notes import InputError, Note, decoded, note
from nps.sources.budget import Line


class Progress(NamedTuple):
    """What a worker does; the share of this step that is done; of how many rows, about; and for how many seconds."""

    step: Note = process.STARTING
    part: float = 0.0
    rows: int | None = None
    seconds: float = 0.0

    @property
    def left(self) -> float | None:
        """Seconds until this step is over, at the pace so far; None while that cannot be told."""
        return self.seconds * (1 - self.part) / self.part if self.part > 0.02 else None


class Heard:
    """A turn, its process and what it said so far; kept apart from what others hold, so as not to keep that alive.

    workers  who else is at work, and waits
    start    makes the process once it is its turn
    alive    whether somebody still waits
    """

    def __init__(self, workers: Line, start: Callable[[], subprocess.Popen], alive: Callable[[], bool]) -> None:
        self.workers, self.start, self.alive, self.turn = workers, start, alive, workers.join()
        self.process: subprocess.Popen | None = None
        self.progress, self.answer, self.over = Progress(), None, threading.Event()
        self._starting = threading.Lock()

    def refuse(self, why: InputError) -> None:
        """End the process; this is what came of it, if nothing has yet."""
        self.answer = self.answer or {"refused": why.plain}
        self._ended()

    def _ended(self) -> None:
        with self._starting:
            self.over.set()
        if self.process:
            process.stop(self.process)
        self.workers.leave(self.turn)

    def _started(self) -> bool:
        with self._starting:
            if not self.over.is_set():
                self.process = self.start()
        return self.process is not None

    def _listen(self, task: dict) -> None:
        begun = time.monotonic()
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            said = json.loads(line)
            if "step" not in said:
                self.answer = self.answer or said
                return
            step = decoded(said["step"])
            if step != self.progress.step:
                begun = time.monotonic()
            seconds = time.monotonic() - begun
            self.progress = Progress(step, said.get("part", 0.0), said.get("of"), seconds)


class Awaited:
    """What whoever waits for a process can ask."""

    _run: Heard

    @property
    def progress(self) -> Progress:
        """What is done right now, or the place in line."""
        ahead = self._run.workers.ahead(self._run.turn)
        return Progress(note("step.waiting", ahead=ahead)) if ahead else self._run.progress

    @property
    def over(self) -> bool:
        """Whether there is a result, of whichever kind."""
        return self._run.over.is_set()

    def wait(self, seconds: float) -> bool:
        """Whether it is over, now or within so many seconds."""
        return self._run.over.wait(seconds)
