"""Checks of what sets groups apart in what they say: silent where nothing does, also where accounts think alike."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

import nps
from benchmarks.checks.result import Result, Rngs, at_least, at_most
from nps.cube import CELLS, Cube
from nps.measures import apart, named
from nps.measures.apart import Held

SAMPLE = Path(__file__).parents[2] / "sample_data"
FEW = 20  # people against all others
ACCOUNTS = ((150, 3), (40, 12), (20, 20))  # how many, of how many people
POWER = {100: 0.0, 200: 0.45, 400: 0.95}  # people a side -> how often a word of 7% : 0% has to be found
IDLE = 10


def check_23(rngs: Rngs) -> Iterator[Result]:
    """Groups that are drawn by lot say nothing; accounts that think alike say nothing; a rare word is found."""
    cube = nps.load(*(SAMPLE / f"{name}.csv" for name in ("responses", "usage", "people"))).select().cube
    families, sizes = _families(cube), [int(side.sum()) for side in named.groups(cube, np.ones(CELLS, bool), "groups")]
    said = [any(_flagged(families, *_lots(cube, rng, *sizes), cube.cluster)) for rng in rngs]
    yield at_most(23, f"the sample, {sizes[0]} : {sizes[1]} by lot", "any flag", 0.10, said)
    words = {"words": families["words"]}
    said = [any(_flagged(words, *_lots(cube, rng, FEW, None), cube.cluster)) for rng in rngs]
    yield at_most(23, f"the sample, {FEW} : all others by lot", "any word flagged", 0.05, said)
    for accounts, people in ACCOUNTS:
        said = [apart.compared(*alike(rng, accounts, people)).flagged.any() for rng in rngs]
        yield at_most(23, f"{accounts} accounts of {people} think alike", "any flag", 0.10, said)
    for people, least in POWER.items():
        found = [_finds(families["words"], np.flatnonzero(named.wrote(cube)), people, rng) for rng in rngs]
        yield at_least(23, f"a word of 7% : 0%, {people} a side", "found", least, found)


def alike(rng: np.random.Generator, accounts: int, people: int) -> tuple[Held, np.ndarray, np.ndarray, np.ndarray]:
    """Accounts that score alike, and alike hold ten things that have nothing to do with scores: as `apart.compared`."""
    account = np.repeat(np.arange(accounts), people)
    felt = rng.normal(size=accounts)[account] + 0.7 * rng.normal(size=len(account))
    likely = rng.normal(size=(accounts, IDLE))[account] + 0.7 * rng.normal(size=(len(account), IDLE))
    person, thing = np.nonzero(likely > 1.3)
    return Held(person, thing, IDLE), felt < 0, felt >= 0, account


def _families(cube: Cube) -> dict[str, Held]:
    return {"themes": named.themes(cube).held, "features": named.features(cube).held, "words": named.terms(cube)}


def _lots(cube: Cube, rng: np.random.Generator, first: int, second: int | None) -> np.ndarray:
    """So many of those who wrote, and so many others, all of them without a number: bool (2, N)."""
    groups = np.zeros((2, len(cube.positions)), bool)
    mixed = rng.permutation(np.flatnonzero(named.wrote(cube)))
    groups[0, mixed[:first]] = groups[1, mixed[first : second and first + second]] = True
    return groups


def _flagged(families: Mapping[str, Held], first: np.ndarray, second: np.ndarray, cluster: np.ndarray) -> list[bool]:
    return [bool(apart.compared(held, first, second, cluster).flagged.any()) for held in families.values()]


def _finds(words: Held, writers: np.ndarray, people: int, rng: np.random.Generator) -> bool:
    """Whether a word that 7% of one side write and nobody of the other is found among those of the sample."""
    table = np.zeros((writers[-1] + 1, words.things + 1), bool)
    table[words.person, words.thing] = True
    drawn = table[rng.choice(writers, 2 * people)]
    first = np.arange(2 * people) < people
    drawn[:, -1] = first & (rng.random(2 * people) < 0.07)
    held = Held(*np.nonzero(drawn), drawn.shape[1])
    return bool(apart.compared(held, first, ~first, np.arange(2 * people)).flagged[-1])
