"""How well damaged files are read: `python -m benchmarks.pollock FOLDER [--some PATTERN]`.

FOLDER holds the public benchmark Pollock (VLDB 2023, github.com/HPI-Information-Systems/Pollock), whose measures need
the packages chardet, joblib, multiset and price-parser. Nothing of it is kept here: its files are read without any
hint, what came out is scored by its own measures, and the figures go to benchmarks/results/pollock.json.

Rows that were mended on the way count as loaded; rows held back count as lost. A header that the file has not is not
written, nor are names that NPS Lens gives itself (`column 3`, `x (2)`). An error is silent where a cell differs from
the clean file and no row was held back, nothing was noted and the file was not refused.
"""

import argparse
import csv
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import RESULTS
from nps import sources
from nps.notes import InputError

DAMAGED, REAL = "polluted_files", "survey_sample"
MOST = 10
_OWN_NAME = re.compile(r"column \d+|(?P<said>.*) \(\d+\)")


class Outcome(NamedTuple):
    """What became of a file: its score of 10, and one of exact, told, refused or silent."""

    name: str
    score: float
    kind: str


def loaded(path: Path) -> tuple[list[list[str]], bool]:
    """The rows that were read, the header first where the file has one, and whether anything was said of it.

    Raises InputError.
    """
    with sources.connect() as (con, scratch):
        source = sources.open_source(path, "given", con, scratch)
        frame = source.table.to_pandas()[list(source.columns)]
        rows = frame.astype(object).where(frame.notna(), "").to_numpy().tolist()
        numbered = any(note.code == "header.is_data" for note in source.notes)
        header = [] if numbered else [[_said(name) for name in source.columns]]
        return header + rows, bool(len(source.malformed()) or source.notes or source.ignored)


def _said(name: str) -> str:
    """A name as it stands in the file."""
    own = _OWN_NAME.fullmatch(name)
    return name if own is None else own["said"] or ""


def read(folder: Path, data: str, name: str) -> Outcome:
    """Read a file and score it by the benchmark's own measures."""
    measures, clean = _measures(folder), folder / data / "clean" / name
    try:
        rows, told = loaded(folder / data / "csv" / name)
    except InputError:
        return Outcome(name, 0.0, "refused")
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / "loaded.csv"
        with target.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)
        score = 1 + sum(measures.header_record_cell_measures_csv(clean, target))
    with clean.open(encoding="utf-8-sig", newline="") as stream:
        wanted = _cells(csv.reader(stream))
    return Outcome(name, float(score), "exact" if wanted == _cells(rows) else "told" if told else "silent")


def _cells(rows: Iterable[list[str]]) -> Counter:
    """The rows whatever their order, spaces around cells and kinds of line ends aside."""
    return Counter(tuple(cell.strip().replace("\r\n", "\n") for cell in row) for row in rows)


@cache
def _measures(folder: Path):
    """The benchmark's module of measures; equal cells are made comparable once."""
    sys.path.insert(0, str(folder))
    from pollock import metrics

    metrics.normalize_cell = cache(metrics.normalize_cell)
    return metrics


def run(folder: Path, data: str, pattern: str) -> list[Outcome]:
    """All files of the data whose name fits the pattern."""
    names = sorted(path.name for path in (folder / data / "csv").iterdir() if re.search(pattern, path.name))
    with ProcessPoolExecutor() as pool:
        return list(pool.map(partial(read, folder, data), names, chunksize=5))


def figures(damaged: list[Outcome], real: list[Outcome], weights: dict[str, float]) -> dict[str, object]:
    """What the benchmark is told by: means of 10, weighted as damages occur, and how many errors were silent."""
    file_level = [outcome for outcome in damaged if not outcome.name.startswith("row_")]
    weight = sum(weights.get(outcome.name, 0) for outcome in damaged)
    return {
        "damaged files": len(damaged),
        "simple": _mean(damaged),
        "weighted": sum(o.score * weights.get(o.name, 0) for o in damaged) / weight if weight else None,
        f"{len(file_level)} damaged as a whole": _mean(file_level),
        f"{len(real)} real files": _mean(real),
        **{f"damaged, {kind}": times for kind, times in Counter(outcome.kind for outcome in damaged).items()},
        "silent": [outcome.name for outcome in damaged if outcome.kind == "silent"],
    }


def _mean(outcomes: list[Outcome]) -> float | None:
    return sum(outcome.score for outcome in outcomes) / len(outcomes) if outcomes else None


def main() -> None:
    """Run, print the figures and keep them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pollock", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="a copy of the benchmark")
    parser.add_argument("--some", default="", metavar="PATTERN", help="only files whose name fits; nothing is kept")
    asked = parser.parse_args()
    weights = json.loads((asked.folder / "pollock_weights.json").read_text(encoding="utf-8"))
    damaged, real = (run(asked.folder, data, asked.some) for data in (DAMAGED, REAL))
    told = json.dumps(figures(damaged, real, weights), indent=1)
    sys.stdout.write(f"{told}\n")
    if not asked.some:
        (RESULTS / "pollock.json").write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
