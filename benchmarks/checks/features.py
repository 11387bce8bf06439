"""Checks of features: badges where nothing matters and where something does, near zero, intervals in regions."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

import nps
from benchmarks import product, small_worlds, worlds
from benchmarks.checks.result import Result, Rngs, at_least, at_most
from benchmarks.worlds import NOISY, PLANTED, P

EVERY_ANSWER = nps.Selection(repeats="all")

Draw = Callable[[np.random.Generator], nps.Panel]


def number_of(features: pd.Series) -> np.ndarray:
    """7 of "Feature 07"."""
    return features.str.removeprefix("Feature ").to_numpy(int)


def counts(frame: pd.DataFrame, planted: int = 0) -> tuple[bool, float, float]:
    """Any false badge; false among all badges (0 of none); planted features that have one."""
    badge, null = frame["robust"].to_numpy(bool), number_of(frame["feature"]) >= planted
    false = badge & null
    return bool(false.any()), false.sum() / max(badge.sum(), 1), (badge & ~null).sum() / max(planted, 1)


def nothing_has_a_badge(check: int, case: str, high: float, draw: Draw, rngs: Rngs) -> Iterator[Result]:
    """Where no feature matters."""
    yield at_most(check, case, "any badge", high, [counts(draw(rng).select().by_feature())[0] for rng in rngs])


def planted_have_badges(
    check: int, case: str, fdp: float, power: float, planted: int, draw: Draw, rngs: Rngs
) -> Iterator[Result]:
    """Where the first features matter."""
    _, false, found = np.array([counts(draw(rng).select().by_feature(), planted) for rng in rngs]).T
    yield at_most(check, case, "false among badges", fdp, false)
    yield at_least(check, case, "planted with a badge", power, found)


def of(world: worlds.World) -> Draw:
    """Draws that world."""
    return lambda rng: worlds.draw(world, rng)


def of_product(world: product.World) -> Draw:
    """Draws that product."""
    return lambda rng: product.draw(world, rng)


EFFECTS = replace(NOISY, effect=0.3)
DRIFT, ROLES, BOTH = replace(NOISY, drift=1.0), replace(NOISY, role_eff=0.5), replace(NOISY, drift=1.0, role_eff=0.5)


def check_5(rngs: Rngs) -> Iterator[Result]:
    """Activity is measured with noise, nothing matters."""
    yield from nothing_has_a_badge(5, "P noisy", 0.10, of(NOISY), rngs)


def check_6(rngs: Rngs) -> Iterator[Result]:
    """The same, four features matter."""
    yield from planted_have_badges(6, "P noisy, four effects", 0.10, 0.45, PLANTED, of(EFFECTS), rngs)


def check_7(rngs: Rngs) -> Iterator[Result]:
    """Accounts think alike, a few hold many people, nothing matters."""
    yield from nothing_has_a_badge(7, "P accounts, giants", 0.10, of(P), rngs)


def check_11(rngs: Rngs) -> Iterator[Result]:
    """The score drifts, roles differ, and idle features go with them."""
    for case, world in (("drift", DRIFT), ("roles", ROLES), ("drift and roles", BOTH)):
        yield from nothing_has_a_badge(11, f"P noisy, {case}", 0.10, of(world), rngs)


def check_12(rngs: Rngs) -> Iterator[Result]:
    """The same, four features matter."""
    world = replace(BOTH, effect=0.3)
    yield from planted_have_badges(12, "P drift and roles, four effects", 0.10, 0.40, PLANTED, of(world), rngs)


def check_13(rngs: Rngs) -> Iterator[Result]:
    """The same people answer again and again, and every answer counts."""
    everyone = [small_worlds.again_and_again(rng).select(EVERY_ANSWER) for rng in rngs]
    yield at_most(13, "R, every answer", "any badge", 0.10, [counts(chosen.by_feature())[0] for chosen in everyone])
    flags = [chosen.by_segment("team")["flagged"].any() for chosen in everyone]
    yield at_most(13, "R, every answer", "any flag of a chart", 0.12, flags)


def check_14(rngs: Rngs) -> Iterator[Result]:
    """Eight idle features are mostly used together with the eight that matter."""
    draw = of_product(product.World(paired=0.7))
    yield from planted_have_badges(14, "D 70% paired, 5,000", 0.08, 0.90, product.PLANTED, draw, rngs)


def check_15(rngs: Rngs) -> Iterator[Result]:
    """Eight of forty features matter."""
    for people, power in ((5000, 0.90), (1500, 0.60)):
        draw = of_product(product.World(people=people))
        yield from planted_have_badges(15, f"D {people:,}", 0.05, power, product.PLANTED, draw, rngs)


def check_16(rngs: Rngs) -> Iterator[Result]:
    """What is called practically zero is, and is often."""
    idle = [worlds.draw(replace(NOISY, act=0.0), rng).select().by_feature()["near_zero"].mean() for rng in rngs]
    yield at_least(16, "P noisy without activity", "idle called practically zero", 0.25, idle)
    for case, draw, planted in (
        ("P noisy, four effects", of(EFFECTS), PLANTED),
        ("D 5,000", of_product(product.World()), product.PLANTED),
    ):
        frames = [draw(rng).select().by_feature() for rng in rngs]
        missed = [frame["near_zero"][number_of(frame["feature"]) < planted].mean() for frame in frames]
        yield at_most(16, case, "planted called practically zero", 0.01, missed)


def check_17(rngs: Rngs) -> Iterator[Result]:
    """The interval of a feature in a region holds the truth, which is nothing."""
    parts = {
        "upper half": nps.Selection(activity=(50, 100)),
        "upper fifth": nps.Selection(activity=(80, 100)),
        "one role": nps.Selection(where={"role": "Analyst"}),
    }
    held = {name: [] for name in parts}
    for rng in rngs:
        panel = worlds.draw(replace(P, act=0.0), rng)
        for name, selection in parts.items():
            frame = panel.select(selection).by_feature().dropna(subset=["low"])
            held[name].append(((frame["low"] <= 0) & (frame["high"] >= 0)).mean())
    for name, shares in held.items():
        yield at_least(17, f"P without activity, {name}", "intervals that hold 0", 0.93, shares)


def check_leaving(rngs: Rngs) -> Iterator[Result]:
    """Compared by who left instead of by score: no check of the list, but the same promise."""
    for case, world, power in (
        ("D 5,000, 20% leave", product.World(leaving=0.2), 0.80),
        ("D 1,000, 5% leave", product.World(people=1000, leaving=0.05), 0.0),
    ):
        frames = [product.draw(world, rng).select().by_feature("churn") for rng in rngs]
        counted = [counts(frame, product.PLANTED) for frame in frames]
        yield at_most(0, case, "false among badges", 0.10, [false for _, false, _ in counted])
        yield at_least(0, case, "planted with a badge", power, [found for _, _, found in counted])
