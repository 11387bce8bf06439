"""Checks of what is told without being asked: findings, what stands out, what sets a region apart."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

import nps
from benchmarks import worlds
from benchmarks.checks.result import Result, Rngs, at_least, at_most
from benchmarks.worlds import F, P
from nps.measures import score
from nps.tables import group_of

SAMPLE = Path(__file__).parents[2] / "sample_data"
IN_THE_SAMPLE = {"Templates", "AI summary", "Bulk export", "Issue sync", "Facilitator"}
QUIET = replace(F, icc=0.0, act=0.0, dclust=0.0, team=0.0, giant=False)
SEGMENTS = ("role", "plan", "industry")
REGIONS = {
    "top decile, 7-8": nps.Selection(activity=(90, 100), score=(7, 8)),
    "upper half, 0-6": nps.Selection(activity=(50, 100), score=(0, 6)),
    "lower half, 9-10": nps.Selection(activity=(0, 50), score=(9, 10)),
}


def check_4(rngs: Rngs) -> Iterator[Result]:
    """The scores of the sample, shuffled among its answers, say nothing; as they are they say what was planted."""
    panel = nps.load(*(SAMPLE / f"{name}.csv" for name in ("responses", "usage", "people")))
    found = panel.select().findings({})
    yield at_least(4, "the sample", "planted features and Facilitators found", 1, [_planted(found)])
    said = [len(_shuffled(panel, rng).select().findings()) > 0 for rng in rngs]
    yield at_most(4, "the sample, scores shuffled", "anything stands out", 0.10, said)


def check_8(rngs: Rngs) -> Iterator[Result]:
    """Accounts think alike, a few hold many people, only activity matters."""
    for n in (300, 2000):
        yield at_most(8, f"F accounts, giants, {n:,}", "any finding but activity", 0.10, _any_of(replace(F, n=n), rngs))


def check_9(rngs: Rngs) -> Iterator[Result]:
    """Nothing matters; or accounts think alike and answer in one week."""
    for n in (300, 2000):
        yield at_most(9, f"F of strangers, {n:,}", "any finding", 0.10, _any_of(replace(QUIET, n=n), rngs, ()))
    weeks = replace(QUIET, icc=0.15, team=1.5, together=True)
    yield at_most(9, "F, accounts in one week, 2,000", "any finding", 0.10, _any_of(weeks, rngs, ()))


def check_10(rngs: Rngs) -> Iterator[Result]:
    """Activity matters and is measured with noise, however many answer."""
    for n, share in ((2000, 1.0), (6000, 0.4), (15000, 0.2)):
        world, some = replace(QUIET, act=0.5, n=n), rngs[: max(1, round(share * len(rngs)))]
        yield at_most(10, f"F noisy, {n:,}", "any finding but activity", 0.10, _any_of(world, some))


def check_18(rngs: Rngs) -> Iterator[Result]:
    """Nothing sets the people of a region apart but what they answered."""
    panels = [worlds.draw(QUIET, rng) for rng in rngs]
    for name, region in REGIONS.items():
        told = [len(panel.select(region).differences()) > 0 for panel in panels]
        yield at_most(18, f"F of strangers, {name}", "anything sets them apart", 0.15, told)


def check_19(rngs: Rngs) -> Iterator[Result]:
    """A role and a plan that differ are found, although accounts think alike."""
    world = replace(P, giant=False, icc=0.15, act=0.0, gaps=(0.22, 0.35))
    found = [_flagged(worlds.draw(world, rng).select()) for rng in rngs]
    for segment, value, power in (("role", worlds.ROLES[3], 0.70), ("plan", worlds.PLANS[2], 0.50)):
        yield at_least(19, "P accounts", f"the {segment} found", power, [(segment, value) in flags for flags in found])


def _any_of(world: worlds.World, rngs: Rngs, but: tuple[str, ...] = ("activity",)) -> list[bool]:
    """Whether anything is found in each data set, other than of these kinds."""
    found = (worlds.draw(world, rng).select().findings({}) for rng in rngs)
    return [bool((~frame["kind"].isin(but)).any()) for frame in found]


def _planted(found: pd.DataFrame) -> float:
    """The share of what was planted in the sample that is found, whatever people say."""
    scored = found[~found["kind"].isin(["reason", "mention"])]
    return len(IN_THE_SAMPLE & {*scored["value"]}) / len(IN_THE_SAMPLE)


def _shuffled(panel: nps.Panel, rng: np.random.Generator) -> nps.Panel:
    shuffled = rng.permutation(panel.answers["score"].to_numpy())
    return replace(panel, answers=panel.answers.assign(score=shuffled, group=group_of(pd.Series(shuffled))))


def _flagged(chosen: nps.Chosen) -> set[tuple[str, str]]:
    """The segments and values that differ from everyone else, all values of three segments as one family."""
    frames = [chosen.by_segment(segment).assign(what=segment) for segment in SEGMENTS]
    every = pd.concat([frame[["what", "value", "p"]].astype({"value": "str"}) for frame in frames])
    held = every[score.benjamini_hochberg(every["p"].to_numpy(float)) < 0.05]
    return set(zip(held["what"], held["value"], strict=True))
