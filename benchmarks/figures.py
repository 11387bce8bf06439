"""Do the measures keep their promises where the truth is known? The figures of docs/methods.md, measured again.

`python -m benchmarks.figures` prints every figure beside the one that decided for the method, found with more runs.
`error` is one Monte Carlo standard error, 0 where every possible outcome was gone through. What is claimed from the
measures is held to by `benchmarks.simulations`.
"""

import sys
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from benchmarks import answering, exact
from benchmarks.exact import DELIGHTED, HAPPY, NEUTRAL, POLARISED, TYPICAL
from nps.measures import score, segments


class Figure(NamedTuple):
    """One figure: expected, measured, and its Monte Carlo error."""

    section: str
    case: str
    figure: str
    expected: float
    measured: float
    error: float = 0.0


COVERAGE = {
    10: (0.962, 0.958, 0.949, 0.930, 0.914, 0.932, 0.998),
    30: (0.946, 0.949, 0.953, 0.958, 0.976, 0.947, 0.968),
    100: (0.949, 0.950, 0.951, 0.962, 0.970, 0.949, 0.959),
}
WALD_COVERAGE = {
    10: (0.896, 0.867, 0.858, 0.649, 0.400, 0.871, 0.758),
    30: (0.935, 0.930, 0.914, 0.841, 0.784, 0.934, 0.924),
    100: (0.945, 0.945, 0.942, 0.930, 0.906, 0.947, 0.944),
}
ANYWHERE = {10: (0.951, 0.873, 0.07), 30: (0.951, 0.926, 0.01), 100: (0.950, 0.941, 0.00)}
SIMPLEX_POINTS = 600


def coverage(n: int) -> Iterator[Figure]:
    """How often the 95% interval of n answers holds the truth, and how often the plain Wald interval does."""
    truths = np.array(exact.TRUTHS)
    for name, interval, expected in (("(3,T)", score.interval, COVERAGE), ("Wald", exact.wald, WALD_COVERAGE)):
        for truth, wanted, found in zip(truths, expected[n], exact.coverage(n, truths, interval), strict=True):
            yield Figure("coverage", f"n={n} {_shares(truth)}", name, wanted, found)
    everywhere = exact.coverage(n, exact.simplex(SIMPLEX_POINTS))
    found = everywhere.mean(), everywhere.min(), (everywhere < 0.93).mean()
    for name, wanted, value in zip(("mean", "minimum", "share under .93"), ANYWHERE[n], found, strict=True):
        yield Figure("coverage", f"n={n} anywhere", name, wanted, value)


REJECTED = {  # sizes of the groups -> truths of the two: expected of the adjusted test, of the plain one
    (10, 60): {
        (TYPICAL, TYPICAL): (0.043, 0.095),
        (HAPPY, HAPPY): (0.041, 0.108),
        (DELIGHTED, DELIGHTED): (0.028, 0.279),
        (POLARISED, NEUTRAL): (0.059, 0.098),
    },
    (30, 150): {(DELIGHTED, DELIGHTED): (0.025, 0.103), (HAPPY, (0.15, 0.35, 0.50)): (0.546, 0.693)},
    (30, 30): {((0.20, 0.30, 0.50), (0.20, 0.30, 0.50)): (0.047, 0.059)},
    (100, 100): {(TYPICAL, TYPICAL): (0.048, 0.053), (TYPICAL, (0.25, 0.30, 0.45)): (0.440, 0.451)},
}


def differences(n1: int, n2: int) -> Iterator[Figure]:
    """How often two groups differ with p < .05: rarely where they do not, often where they do."""
    truths = REJECTED[n1, n2]
    tests = (("(3,T)", exact.adjusted_z), ("Wald", exact.wald_z))
    for place, (name, z) in enumerate(tests):
        for pair, found in zip(truths, exact.rejected(n1, n2, list(truths), z), strict=True):
            case = f"n={n1},{n2} {_shares(pair[0])} / {_shares(pair[1])}"
            yield Figure("difference", case, name, truths[pair][place], found)


RANKED = {  # segments, true spread of their scores: RMSE raw and shrunk, true score of the best by each
    (4, 15): (20.8, 11.9, 40.2, 41.0),
    (8, 15): (20.9, 11.0, 42.3, 45.5),
    (30, 15): (20.9, 10.4, 41.7, 54.6),
    (30, 5): (21.1, 6.8, 31.3, 33.8),
    (30, 0): (21.1, 6.2, 30.0, 30.0),
}


def ranking(several: int, spread: float, runs: int, seed: int = 0) -> Iterator[Figure]:
    """How far segments of 3 to 400 answers lie from their true scores, as they are and shrunk."""
    rng = np.random.default_rng(seed)
    errors, best = np.empty((runs, 2)), np.empty((runs, 2))
    for run in range(runs):
        truth = 30 + spread * rng.normal(size=several)
        counts = _answers(rng, truth)
        estimates = np.array([score.net(counts), segments.shrunk(counts)])
        errors[run] = ((estimates - truth) ** 2).mean(1)
        best[run] = truth[estimates.argmax(1)]
    case = f"{several} segments, spread {spread}"
    names = ("RMSE raw", "RMSE shrunk", "best raw", "best shrunk")
    root = np.sqrt(errors.mean(0))
    found = (*root, *best.mean(0))
    spreads = (*(errors.std(0) / (2 * root)), *best.std(0))
    for name, wanted, value, deviation in zip(names, RANKED[several, spread], found, spreads, strict=True):
        yield Figure("ranking", case, name, wanted, value, deviation / np.sqrt(runs))


def flags(runs: int, seed: int = 0) -> Iterator[Figure]:
    """False flags among 30 segments: where none differs, and where half of them do (spread 15)."""
    rng = np.random.default_rng(seed)
    some, wrong = np.empty((runs, 2)), np.empty((runs, 2))
    for run in range(runs):
        same = _flagged(_answers(rng, np.full(30, 30.0)))
        some[run] = same.any(1)
        half = _flagged(_answers(rng, 30 + np.repeat([0.0, 15.0], 15) * rng.normal(size=30)))
        wrong[run] = half[:, :15].sum(1) / np.maximum(half.sum(1), 1)
    for case, values, expected in (("none differs", some, (0.79, 0.11)), ("half differ", wrong, (0.176, 0.105))):
        for name, wanted, column in zip(("p < .05", "q < .10, n >= 10"), expected, values.T, strict=True):
            yield Figure("flags", case, name, wanted, *_mean(column))


def changes(runs: int, seed: int = 0) -> Iterator[Figure]:
    """How often the intervals of a change's two parts hold what is true."""
    rng = np.random.default_rng(seed)
    mix, rate = answering.true_change()
    totals = [answering.periods(rng) for _ in range(runs)]
    held = (
        ("mix", 0.945, [total.mix_low <= mix <= total.mix_high for total in totals]),
        ("rate", 0.956, [total.rate_low <= rate <= total.rate_high for total in totals]),
    )
    for name, wanted, values in held:
        yield Figure("change", "300 answers each", f"coverage of {name}", wanted, *_mean(values))


def clusters(runs: int, seed: int = 0) -> Iterator[Figure]:
    """How often the interval holds the truth where people of an account think alike."""
    rng = np.random.default_rng(seed)
    found = [answering.accounts(rng) for _ in range(runs)]
    for place, name, wanted in ((0, "as if independent", 0.738), (1, "by account", 0.939)):
        held = [sides[place].low <= answering.TRUE <= sides[place].high for sides in found]
        yield Figure("accounts", "80 of about 6 people", f"coverage {name}", wanted, *_mean(held))


UNEQUAL = {  # who answers -> log odds by activity, by satisfaction; activity on satisfaction; expected biases
    "the active, who like it more": ((0.66, 0.0, 0.8), (17.8, 2.9)),
    "the active": ((0.66, 0.0, 0.0), (0.0, 0.0)),
    "anybody": ((0.0, 0.0, 0.8), (0.0, 0.0)),
    "the satisfied": ((0.37, 0.37, 0.8), (30.9, 20.2)),
}


def unequal_response(case: str, runs: int, seed: int = 0) -> Iterator[Figure]:
    """How far the raw score and the one re-weighted for activity lie from that of all users, of whom 2% answer."""
    rng = np.random.default_rng(seed)
    world, expected = UNEQUAL[case]
    found = [answering.answered(rng, *world) for _ in range(runs)]
    biases = [raw - true for raw, _, true in found], [mended.nps - true for _, mended, true in found]
    for name, wanted, values in zip(("raw bias", "re-weighted bias"), expected, biases, strict=True):
        yield Figure("who answers", case, name, wanted, *_mean(values))


def _answers(rng: np.random.Generator, truth: np.ndarray) -> np.ndarray:
    """Counts (S, 3) of segments of 3 to 400 answers, log-uniform, with these true scores and 29% passives."""
    n = np.exp(rng.uniform(np.log(3), np.log(400), len(truth))).astype(int)
    net = np.clip(truth, -70, 70) / score.POINTS
    return rng.multinomial(n, np.stack([(0.71 - net) / 2, np.full(len(truth), 0.29), (0.71 + net) / 2], axis=1))


def _flagged(counts: np.ndarray) -> np.ndarray:
    """Which segments (2, S) are flagged by p < .05 whatever their size, and by the rule of the charts."""
    by_group = np.zeros((len(counts), 11), int)
    by_group[:, [0, 7, 9]] = counts
    table = segments.by_value(pd.RangeIndex(len(counts)), by_group, by_group * 0, tested=True)
    everyone = counts.sum(0)
    return np.array([[score.difference(own, everyone - own).p < 0.05 for own in counts], table["flagged"]])


def _mean(values: np.ndarray) -> tuple[float, float]:
    return float(np.mean(values)), float(np.std(values) / np.sqrt(len(values)))


def _shares(truth: tuple) -> str:
    return "/".join(f"{share:.2f}".lstrip("0") for share in truth)


def everything(scale: float = 1.0) -> Iterator[Figure]:
    """All figures; `scale` multiplies the number of runs."""
    for n in COVERAGE:
        yield from coverage(n)
    for sizes in REJECTED:
        yield from differences(*sizes)
    for several, spread in RANKED:
        yield from ranking(several, spread, int(1500 * scale))
    yield from flags(int(1000 * scale))
    yield from changes(int(1000 * scale))
    yield from clusters(int(1500 * scale))
    for case in UNEQUAL:
        yield from unequal_response(case, int(200 * scale))


if __name__ == "__main__":
    table = pd.DataFrame(everything())
    sys.stdout.write(table.to_string(index=False, float_format="{:.3f}".format) + "\n")
