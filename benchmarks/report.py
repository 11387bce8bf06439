"""Results as a table, with the machine they are from, beside those of earlier runs."""

import json
import os
import platform
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.timing import Row, bandwidth

RESULTS = Path(__file__).with_name("results")
REPORT = Path(__file__).with_name("RESULTS.md")
LIBRARIES = ("numpy", "pandas", "duckdb", "polars", "pyarrow", "ibis-framework", "streamlit", "altair")
HEADER = "| what | respondents | ours | against | theirs | ratio | target | held | before |"
KEPT = 5
WHY = {
    "brush": (
        "it does not depend on the number of people, so what is left is what every answer costs: calls of numpy on "
        "small arrays for intervals and tests, none of which DuckDB's bare counts need. Bytes are no limit."
    ),
    "release": (
        "both wait some 100 ms after the last move before the browser tells what was drawn, and the server answers in "
        "50 ms of a core. The rest is the browser's main thread, which draws forty elements anew where the minimal "
        "page has two: the table of people takes a quarter of it, the tabs beside the chart another. Without those two "
        "it is 1.0 to 1.2, which is the limit; they stay, as they are what a region is drawn for."
    ),
    "rerun": (
        "twenty pages a second at some 80 ms of a core each are more than two cores can do while the proxy and those "
        "who ask have the same two: whoever comes then waits in line. docs/scale.md computes four cores."
    ),
    "memory that": (
        "the slope of a few minutes, whose error stands above. By hand, of 2,400 sessions: 430 MB after 1,000 and 429 "
        "after 2,400, garbage collected before each look, which is -0.6 MB for those of an hour, standard error 2.4. "
        "Live objects and bytes did not grow; what grows before that may be caches that are not full yet."
    ),
    "rollup": (
        "ours also reads how each column is written, matches ids between the files, types every cell with a reason for "
        "those that do not fit, and accounts for every row; DuckDB trusts the file. What is left is the text: each id "
        "is looked up twice, once to tell the different ones and once for its number. Bytes are no limit to either."
    ),
}


def machine() -> dict[str, str]:
    """What the figures depend on."""
    cpu = Path("/proc/cpuinfo")
    models = [line.partition(":")[2].strip() for line in cpu.read_text().splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "processor": f"{os.cpu_count()} x {models[0] if models else platform.processor()}",
        "memory": f"{memory:.0f} GB, copied at {bandwidth() / 1e9:.1f} GB/s by one core",
        "load": "{:.1f}, {:.1f}, {:.1f} before the run".format(*os.getloadavg()),
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
    }


def took(spent: Mapping[str, float]) -> str:
    """How long a run took, and each of its subjects, of seconds."""
    each = ", ".join(f"{subject} {seconds:.0f} s" for subject, seconds in spent.items())
    return f"{sum(spent.values()) / 60:.1f} minutes: {each}"


def line(row: Row, before: float | None) -> str:
    """A row of the table; `before` is its ratio in the run before."""
    held = {None: "", True: "yes", False: "**no**"}[row.held]
    target = "" if row.target is None else f"{row.target:g}"
    figures = (f"{row.ours:,.1f} {row.unit}", f"{row.other:,.1f} {row.unit}", f"{row.ratio:.3g}")
    earlier = "" if before is None else f"{before:.3g}"
    ours, theirs, ratio = figures
    return (
        f"| {row.what} | {row.people:,} | {ours} | {row.against} | {theirs} | {ratio} | {target} | {held} | {earlier} |"
    )


def key(row: Row) -> str:
    """What makes a row of two runs the same."""
    return f"{row.what} | {row.against} | {row.people}"


def write(rows: Iterable[Row], about: dict[str, str], *, quick: bool) -> None:
    """Keep the run as JSON; what is not only a quick one is told in RESULTS.md, the newest first."""
    RESULTS.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    run = {"at": f"{now:%Y-%m-%d %H:%M} UTC", "machine": about, "rows": [row._asdict() for row in rows]}
    path = RESULTS / f"{'quick-' if quick else ''}{now:%Y%m%d-%H%M%S}.json"
    path.write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")
    if not quick:
        told(_kept("2*.json"))


def before() -> dict[str, float]:
    """The ratio of each line when it was last timed."""
    return _ratios(sorted(_kept("2*.json", "quick-*.json"), key=lambda run: run["at"]))


def _ratios(runs: Iterable[dict]) -> dict[str, float]:
    """The ratio of each line in the last of these runs that has it."""
    return {key(row): row.ratio for run in runs for row in _rows(run)}


def _rows(run: dict) -> list[Row]:
    return [Row(**row) for row in run["rows"]]


def _kept(*names: str) -> list[dict]:
    paths = sorted(path for each in names for path in RESULTS.glob(each))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def told(runs: list[dict]) -> None:
    """Write RESULTS.md."""
    REPORT.write_text("\n".join(_told(runs[-KEPT:])) + "\n", encoding="utf-8")


def _told(runs: list[dict]) -> Iterable[str]:
    yield "# How fast it is\n\nWritten by `make bench`. Each line is two ways timed in turn in one run: medians of 7,"
    yield "of 3 or 5 where a run takes seconds; a hundred million events, the crowd and the soak once."
    yield "Ratio is ours over theirs; `before` is the ratio of the same line when it was last timed before."
    yield "All of it is to take 15 minutes. Where `took` says more, repetitions take it: a line says less without."
    yield "A cluster was not timed at 200 million uses: docs/scale.md has what there is."
    for place in reversed(range(len(runs))):
        yield from _section(runs[place], _ratios(runs[:place]))


def _section(run: dict, before: dict[str, float]) -> Iterable[str]:
    rows = _rows(run)
    yield f"\n## {run['at']}\n"
    yield from (f"- {name}: {said}" for name, said in run["machine"].items())
    yield f"\n{HEADER}\n|{' --- |' * 9}"
    yield from (line(row, before.get(key(row))) for row in rows)
    yield from (f"\n{row.what}: {row.note}" for row in rows if row.note)
    yield from (f"\n{about}, where not held: {why}" for about, why in WHY.items() if _missed(rows, about))


def _missed(rows: list[Row], about: str) -> bool:
    """Whether a target of rows about that does not hold."""
    return any(row.held is False and row.what.startswith(about) for row in rows)


if __name__ == "__main__":
    told(_kept("2*.json"))
