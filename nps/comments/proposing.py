"""Groups of comments, looked for in a process of its own: minutes of work for which nobody else has to wait."""

import json
import os
import sys
import threading
import time
import weakref
from collections.abc import Callable, Sequence

from nps.comments import proposals
from nps.comments.proposals import Proposal
from nps.intake import process
from nps.intake.heard import Awaited, Heard
from nps.notes import InputError, Note, TimedOut, refusal
from nps.sources.budget import BUDGET, LIMITS

WATCH = 0.25
CANCELLED, DIED = "proposals.cancelled", "proposals.died"


class Proposing(Awaited):
    """Looks for groups, as `proposals.proposed` does; watched and ended as an `intake.Job` is.

    texts, people  as `proposals.drawn` gives them
    alive          whether somebody still waits: when not, the work ends
    Nothing of the comments is written anywhere. Raises InputError where there is no encoder, or too little to group.
    """

    def __init__(self, texts: Sequence[str], people: Sequence[int], alive: Callable[[], bool] = lambda: True) -> None:
        if lacking := proposals.lacks(texts):
            raise InputError(lacking.code, **lacking.values)
        self._run = _Run(alive)
        self._end = weakref.finalize(self, self._run.end)
        task = {"texts": [*texts], "people": [*map(int, people)]}
        threading.Thread(target=self._run.work, args=(task,), daemon=True).start()

    def cancel(self) -> None:
        """End it."""
        self._run.refuse(InputError(CANCELLED))

    def result(self) -> list[Proposal]:
        """The groups. Raises InputError."""
        self._run.over.wait()
        answer = self._run.answer or {"refused": InputError(DIED).plain}
        if "refused" in answer:
            raise refusal(answer["refused"])
        return [Proposal(*(tuple(each) if isinstance(each, list) else each for each in row)) for row in answer["done"]]


class _Run(Heard):
    """The process and what it said; kept apart, so as not to keep alive who asked."""

    def __init__(self, alive: Callable[[], bool]) -> None:
        super().__init__(BUDGET.workers, lambda: process.started(__spec__.name), alive)

    def work(self, task: dict) -> None:
        """Wait for its turn, and hear the process out."""
        try:
            if self.workers.wait(self.turn) and self._started():
                threading.Thread(target=self._watch, daemon=True).start()
                self._listen(task)
        except (OSError, ValueError):  # it is gone, or was ended in the middle of a line
            self.answer = self.answer or {"refused": InputError(DIED).plain}
        finally:
            self.end()

    def end(self) -> None:
        """End the process."""
        self._ended()

    def _watch(self) -> None:
        until = time.monotonic() + LIMITS.seconds
        while not self.over.wait(WATCH):
            if not self.alive():
                self.refuse(InputError(CANCELLED))
            elif time.monotonic() > until:
                self.refuse(TimedOut("proposals.too_long", minutes=LIMITS.seconds / 60))


def main() -> None:
    """Take one task from the input, and say on the output what is done and what came of it."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1) as output:
        os.dup2(2, 1)  # what a library prints is no answer
        task = json.loads(sys.stdin.readline() or "null")
        if task is None:
            return
        _be_modest()

        def tell(step: Note, part: float) -> None:
            output.write(json.dumps({"step": step.encoded, "part": part}) + "\n")

        try:
            done = {"done": proposals.proposed(task["texts"], task["people"], tell)}
        except InputError as unusable:
            done = {"refused": unusable.plain}
        output.write(json.dumps(done) + "\n")


def _be_modest() -> None:
    """Let others go first, and end when whoever asked is gone: then the input closes."""
    os.nice(10)

    def wait() -> None:
        sys.stdin.read()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    main()
