"""Do the measures keep their promises where the truth is known? What is claimed is held to, world by world.

`python -m benchmarks.simulations [--seed N] [--only K ...] [--runs R]` prints a table: check, bound, seen, held; the
exit code is 1 where a check does not hold. Results of one run stand in docs/methods.md.
"""

import argparse
import sys
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.checks import features, findings, said, scores, watched
from benchmarks.checks.result import Result, Rngs

SEED, RUNS, SERIES = 2026, 100, 1000
CHECKS: dict[int, tuple[Callable[[Rngs], Iterator[Result]], int]] = {
    0: (features.check_leaving, 60),
    1: (scores.check_1, SERIES),
    2: (scores.check_2, SERIES),
    3: (scores.check_3, 200),
    4: (findings.check_4, RUNS),
    5: (features.check_5, RUNS),
    6: (features.check_6, RUNS),
    7: (features.check_7, RUNS),
    8: (findings.check_8, 60),
    9: (findings.check_9, 60),
    10: (findings.check_10, 40),
    11: (features.check_11, RUNS),
    12: (features.check_12, RUNS),
    13: (features.check_13, 300),
    14: (features.check_14, RUNS),
    15: (features.check_15, RUNS),
    16: (features.check_16, RUNS),
    17: (features.check_17, RUNS),
    18: (findings.check_18, RUNS),
    19: (findings.check_19, RUNS),
    21: (scores.check_21, 500),
    22: (scores.check_22, SERIES),
    23: (said.check_23, 400),
    24: (watched.check_24, 50),
}


def run(check: int, seed: int = SEED, runs: int | None = None) -> Iterator[Result]:
    """The results of one check; each data set has a generator of its own, so that one can be looked at alone."""
    function, usual = CHECKS[check]
    yield from function([np.random.default_rng([seed, check, place]) for place in range(runs or usual)])


def line(result: Result) -> str:
    """One line of the table."""
    name = f"#{result.check}" if result.check else "-"
    said = f"{name:>4}  {result.case:<36} {result.figure:<42} {result.bound:<17} {result.seen:7.3f}"
    return f"{said}  {'yes' if result.held else 'NO':<3}  ({result.runs:,})"


def main(arguments: list[str] | None = None) -> int:
    """Print the table, line by line as it is found."""
    asked = argparse.ArgumentParser(prog="benchmarks.simulations", description=__doc__)
    asked.add_argument("--seed", type=int, default=SEED, help="of all data sets")
    asked.add_argument("--only", type=int, nargs="+", choices=CHECKS, help="numbers of checks")
    asked.add_argument("--runs", type=int, help="data sets of each check, instead of as many as it needs")
    wanted = asked.parse_args(arguments)
    held = True
    for check in wanted.only or CHECKS:
        for result in run(check, wanted.seed, wanted.runs):
            held &= result.held
            sys.stdout.write(line(result) + "\n")
            sys.stdout.flush()
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
