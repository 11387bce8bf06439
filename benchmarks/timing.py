"""Two ways timed in turn within one run, so that whatever else the machine does slows down both."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np


class Row(NamedTuple):
    """One line of the report.

    what, against  what is timed, and the other way or size
    people         respondents
    ours, other    medians, in `unit`
    target         the most that `ratio` may be; None where the figure is only told
    """

    what: str
    against: str
    people: int
    ours: float
    other: float
    target: float | None
    unit: str = "ms"
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times the other figure ours is."""
        return self.ours / self.other

    @property
    def held(self) -> bool | None:
        """Whether the target is."""
        return None if self.target is None else self.ratio <= self.target


def in_turn(ways: Mapping[str, Callable[[], object]], times: int) -> dict[str, float]:
    """Median milliseconds of each way: all of them once, then all again, after a round that does not count."""
    spent = {name: [] for name in ways}
    for _ in range(times + 1):
        for name, way in ways.items():
            begin = perf_counter()
            way()
            spent[name].append(1000 * (perf_counter() - begin))
    return {name: float(np.median(all_spent[1:])) for name, all_spent in spent.items()}


def apart(module: str, *arguments: object) -> dict:
    """What `python -m MODULE ARGUMENTS` prints, as JSON: work in a process of its own, for its peak of memory."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])


def memory(figure: str, pid: int | str = "self") -> float:
    """MB of a process, as Linux tells them: VmRSS now, VmHWM at most, RssAnon of its own."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")  # getrusage counts what it was forked from, too
    return int(status.partition(f"{figure}:")[2].split()[0]) / 1000


def bandwidth() -> float:
    """Bytes that one core copies in a second, by the median of 7 copies of 256 MB: the roof over every pass."""
    source = np.ones(1 << 25)
    target = np.empty_like(source)
    return 2 * source.nbytes / (in_turn({"copy": lambda: np.copyto(target, source)}, 7)["copy"] / 1000)
