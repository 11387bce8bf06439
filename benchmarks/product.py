"""A made-up product whose truth is known: how active people are decides what they use and, maybe, how they score.

Activity is normal. Each feature is adopted along a logistic curve of it, and used the more often, log-normally.
Satisfaction is activity, the effects of planted features and logistic noise, cut into detractors, passives, promoters.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

import nps
from benchmarks.built import built, names

FEATURES, PLANTED = 40, 8
EFFECTS = np.array([0.60, 0.50, 0.43, 0.36, -0.36, -0.43, -0.50, -0.60])
DETRACTORS, PASSIVES = 0.25, 0.30
ANSWERED = pd.Timestamp("2025-01-01")


@dataclass(frozen=True)
class World:
    """What is true.

    activity  what one standard deviation of it adds to satisfaction (logits)
    effects   whether the planted features matter
    people    how many answer
    paired    eight features that do nothing are each coupled to a planted one: for this share of people (0..1) they
              are used exactly when that one is
    dominant  a feature that does nothing makes up most of all use
    leaving   the share of people who leave (0..1): those who like it least, with luck of their own
    """

    activity: float = 0.8
    effects: bool = True
    people: int = 5000
    paired: float = 0.0
    dominant: bool = False
    leaving: float = 0.0


def draw(world: World, rng: np.random.Generator) -> nps.Panel:
    """One survey of this world: an answer per person; the first eight features are the planted ones."""
    activity = rng.normal(size=world.people)
    used = _adopted(world, activity, rng)
    effects = np.zeros(FEATURES)
    effects[:PLANTED] = EFFECTS * world.effects
    liking = world.activity * activity + used @ effects
    felt = liking + rng.logistic(size=world.people)
    cuts = np.quantile(felt, [DETRACTORS, DETRACTORS + PASSIVES])
    answers = pd.DataFrame(
        {
            "person_id": names("p", np.arange(world.people)),
            "score": np.array([3, 7, 9])[np.searchsorted(cuts, felt)],
            "responded_at": ANSWERED,
        }
    )
    if world.leaving:
        stay = liking + rng.logistic(size=world.people)
        gone = stay < np.quantile(stay, world.leaving)
        answers["churned_at"] = pd.Series(ANSWERED + pd.Timedelta(days=30), answers.index).where(gone)
    return built(answers, _usage(activity, used, world, rng))


def _adopted(world: World, activity: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Who uses what (n, F): from 4 to 93 in 100 people, the planted features from 15 to 60."""
    reach = np.concatenate([np.tile(np.linspace(0.15, 0.60, 4), 2), np.linspace(0.04, 0.93, FEATURES - PLANTED)])
    chance = 1 / (1 + np.exp(-1.15 * np.log(reach / (1 - reach)) - 1.1 * activity[:, None]))
    used = rng.random(chance.shape) < chance
    if world.paired:
        together = rng.random((len(used), PLANTED)) < world.paired
        used[:, PLANTED : 2 * PLANTED] = np.where(together, used[:, :PLANTED], used[:, PLANTED : 2 * PLANTED])
    return used


def _usage(activity: np.ndarray, used: np.ndarray, world: World, rng: np.random.Generator) -> pd.DataFrame:
    feature, person = np.nonzero(used.T)
    often = 1.5 + 1.3 * activity[person] + rng.normal(0, 0.8, len(person))
    often += 4.0 * world.dominant * (feature == FEATURES - 1)
    return pd.DataFrame(
        {
            "person_id": names("p", person),
            "feature": names("Feature ", feature),
            "at": ANSWERED - pd.Timedelta(days=1),
            "uses": np.ceil(np.exp(often)),
        }
    )
