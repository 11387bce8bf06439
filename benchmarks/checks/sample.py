"""What the sample's people say: figures that hold while the rules are ours, and what chance alone would show."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

import nps
from benchmarks.checks.result import Result
from nps.measures import apart, named
from nps.selection import Selection

SAMPLE = Path(__file__).parents[2] / "sample_data"
FEATURES = {"Issue sync": (12, 0), "Bulk export": (11, 0), "Templates": (0, 27), "AI summary": (0, 27)}
THEMES = {"bugs": (31, 14), "updates": (13, 4), "support": (17, 9), "signin": (8, 0), "reporting": (6, 0)}
ROUNDS, FEW = 400, 20
CORNER = Selection(activity=(50, 100), score=(0, 6))


@cache
def panel() -> nps.Panel:
    """The sample."""
    return nps.load(*(SAMPLE / f"{table}.csv" for table in ("responses", "usage", "people")))


def truths() -> Iterator[Result]:
    """What is flagged of detractors and promoters, and what a corner of the map says."""
    everybody = panel().select()
    found, named_ = everybody.reasons(), everybody.mentions()
    yield exactly("the sample", "people who wrote", 563, int(named.wrote(everybody.cube).sum()))
    yield exactly("the sample", "no theme", 201, int(found["people"].iloc[-1]))
    yield exactly("the sample", "features flagged", len(FEATURES), int(named_["flagged"].sum()))
    for key, expected, frame, column in (
        *((key, wanted, found, "theme") for key, wanted in THEMES.items()),
        *((key, wanted, named_, "feature") for key, wanted in FEATURES.items()),
    ):
        row = frame.set_index(column).loc[key]
        for group, wanted in zip(("detractors", "promoters"), expected, strict=True):
            yield exactly(f"the sample, {key}", group, wanted, int(row[group]))
        yield Result(1, f"the sample, {key}", "q", -np.inf, 0.05, float(row["q"]), 1)
    corner = panel().select(CORNER).reasons().set_index("theme")
    yield exactly("its corner, bugs", "people of 31", 15, int(corner.loc["bugs", "people"]))
    yield exactly("its corner, support", "people of 31", 8, int(corner.loc["support", "people"]))


def exactly(case: str, figure: str, wanted: float, seen: float) -> Result:
    """A figure that must be this one."""
    return Result(1, case, figure, wanted, wanted, seen, 1)


def shuffled(rounds: int = ROUNDS) -> Iterator[Result]:
    """How often groups drawn by lot differ in anything: as many as detractors and promoters, and a few and the rest."""
    for few, case in ((0, "detractors and promoters by lot"), (FEW, f"{FEW} by lot against the rest")):
        flagged = _flagged(rounds, few)
        for family in ("themes", "features", "words"):
            yield Result(2, case, family, -np.inf, np.inf, flagged[family] / rounds, rounds)
        bounds = {"any": 0.1, "words": 0.05}
        family = "words" if few else "any"
        yield Result(2, case, f"{family}, held", -np.inf, bounds[family], flagged[family] / rounds, rounds)


def _flagged(rounds: int, few: int) -> Counter:
    cube, rng, found = panel().select().cube, np.random.default_rng(5), Counter()
    families = {"themes": named.themes(cube).held, "features": named.features(cube).held, "words": named.terms(cube)}
    low, high = named.groups(cube, np.ones(220, bool), named.OF_PEOPLE)
    among = np.flatnonzero(named.wrote(cube) if few else low | high)
    for _ in range(rounds):
        first, second = np.zeros((2, len(low)), bool)
        mixed, size = rng.permutation(among), few or int(low.sum())
        first[mixed[:size]] = second[mixed[size:]] = True
        told = {
            name for name, held in families.items() if apart.compared(held, first, second, cube.cluster).flagged.any()
        }
        found.update([*told, *(["any"] if told else [])])
    return found
