"""Files to a panel by processor time: `python -m benchmarks reading`, against DuckDB that copies them into tables.

`python -m benchmarks.reading FOLDER` has another checkout of this project read the same files in turn with this one:
a change of how files are read may cost a tenth at most.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks import data, report
from benchmarks.timing import Row

HERE = Path(__file__).parents[1]
SAMPLE = [HERE / "sample_data" / f"{name}.csv" for name in ("responses", "usage", "people")]
SIZES, TIMES, SLOWER = (200_000, 800_000), 5, 1.1
TIMED = """
import sys, time
{imported}
begin = time.process_time()
{read}
print(time.process_time() - begin)
"""
OURS = TIMED.format(imported="import nps", read="nps.load(*sys.argv[1:])")
COPIED = TIMED.format(
    imported="import duckdb",
    read="for path in sys.argv[1:]: duckdb.sql('CREATE OR REPLACE TABLE copied AS FROM read_csv($1)', params=[path])",
)


def spent(code: str, files: Sequence[Path], folder: Path = HERE) -> float:
    """Milliseconds of all processors that the code takes with these files, in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-c", code, *map(str, files)]
    return 1000 * float(subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout)


def compared(ways: Mapping[str, tuple[str, Path]], files: Sequence[Path], times: int) -> dict[str, float]:
    """The median of each way, all in turn."""
    runs = [{way: spent(code, files, folder) for way, (code, folder) in ways.items()} for _ in range(times)]
    return {way: float(np.median([run[way] for run in runs])) for way in ways}


def _told(
    against: str, code: str, folder: Path, sizes: Sequence[int], times: int, target: float | None
) -> Iterator[Row]:
    ways = {"ours": (OURS, HERE), "theirs": (code, folder)}
    for what, people, files in (
        ("sample data: three files", len(SAMPLE[0].read_text("utf-8").splitlines()) - 1, SAMPLE),
        *(("answers alone", people, [data.files(people).responses]) for people in sizes),
    ):
        found = compared(ways, files, times)
        yield Row(f"reading, processor time: {what}", against, people, found["ours"], found["theirs"], target)


def rows(sizes: tuple[int, ...], times: int) -> Iterator[Row]:
    """Against a copy of the same files, which is the least that reading can cost."""
    yield from _told("DuckDB: copy them into tables", COPIED, HERE, sizes, times, None)


def main() -> None:
    """Print this checkout against another."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="another checkout of this project")
    folder = parser.parse_args().folder.resolve()
    sys.stdout.write(f"{report.HEADER}\n")
    for row in _told(f"the checkout {folder.name}", OURS, folder, SIZES, TIMES, SLOWER):
        sys.stdout.write(f"{report.line(row, None)}\n")


if __name__ == "__main__":
    main()
