"""A kept dataset, opened by a process that has not seen it, and the first region answered."""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import counts
from benchmarks.timing import Row, apart, memory
from nps import shelf

MOST = 1_000.0  # milliseconds


def rows(sizes: tuple[int, ...], times: int) -> Iterator[Row]:
    """Opened and answered, against a second."""
    people = sizes[-1]
    with tempfile.TemporaryDirectory(prefix="nps-lens-bench-") as folder:
        kept = keep(Path(folder), people)
        runs = [apart("benchmarks.opening", folder) for _ in range(times)]
    opened, answered, own = (median(run[figure] for run in runs) for figure in ("opened", "answered", "own"))
    what = f"a kept dataset of {kept['pairs']:,} pairs: opened, and a region answered"
    note = f"{opened:,.0f} + {answered:,.0f} ms; {kept['mb']:,.0f} MB on disk, {own:,.0f} MB of a process's own"
    yield Row(what, "a second", people, opened + answered, MOST, 1.0, note=note)


def keep(folder: Path, people: int) -> dict[str, float]:
    """What there is of it."""
    panel = counts.product(people)
    shelf.write(panel, folder)
    return {"pairs": len(panel.pairs.answer), "mb": sum(path.stat().st_size for path in folder.iterdir()) / 1e6}


def opened(folder: Path) -> dict[str, float]:
    """Milliseconds, and MB of memory that no other process can share."""
    before, begin = memory("RssAnon"), perf_counter()
    panel = shelf.read(folder)
    there = perf_counter()
    counts.answered(panel)
    told = perf_counter()
    return {"opened": 1000 * (there - begin), "answered": 1000 * (told - there), "own": memory("RssAnon") - before}


if __name__ == "__main__":
    print(json.dumps(opened(Path(sys.argv[1]))))
