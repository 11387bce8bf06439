"""A made-up product whose truth is known: how active people are decides what they use and, maybe, how they score.

Activity is normal. Each feature is adopted along a logistic curve of it, and used the more often, log-normally.
Satisfaction is activity, the effects of planted features and logistic noise, cut into detractors, passives, promoters.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.panel import MEASURES, Pairs, Panel

FEATURES, PLANTED = 40, 8
EFFECTS = np.array([0.60, 0.50, 0.43, 0.36, -0.36, -0.43, -0.50, -0.60])
DETRACTORS, PASSIVES = 0.25, 0.30
ANSWERED = pd.Timestamp("2025-01-01")
NOBODY_REJECTED = pd.DataFrame(columns=["table", "row", "column", "value", "reason"])


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


class Drawn(NamedTuple):
    """The panel, and what each feature truly adds to the score of an average person, in points (F,)."""

    panel: Panel
    truth: np.ndarray


def draw(world: World, rng: np.random.Generator) -> Drawn:
    """One survey of this world: an answer per person; the first eight features are the planted ones."""
    activity = rng.normal(size=world.people)
    used = _adopted(world, activity, rng)
    effects = np.zeros(FEATURES)
    effects[:PLANTED] = EFFECTS * world.effects
    liking = world.activity * activity + used @ effects
    felt = liking + rng.logistic(size=world.people)
    cuts = np.quantile(felt, [DETRACTORS, DETRACTORS + PASSIVES])
    scores = np.array([3, 7, 9])[np.searchsorted(cuts, felt)]
    panel, truth = _panel(scores, activity, used, world, rng), _truth(liking, used, effects, cuts)
    if world.leaving:
        stay = liking + rng.logistic(size=world.people)
        panel.answers.loc[stay < np.quantile(stay, world.leaving), "churned_at"] = ANSWERED + pd.Timedelta(days=30)
    return Drawn(panel, truth)


def _adopted(world: World, activity: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Who uses what (n, F): from 4 to 93 in 100 people, the planted features from 15 to 60."""
    reach = np.concatenate([np.tile(np.linspace(0.15, 0.60, 4), 2), np.linspace(0.04, 0.93, FEATURES - PLANTED)])
    chance = 1 / (1 + np.exp(-1.15 * np.log(reach / (1 - reach)) - 1.1 * activity[:, None]))
    used = rng.random(chance.shape) < chance
    if world.paired:
        together = rng.random((len(used), PLANTED)) < world.paired
        used[:, PLANTED : 2 * PLANTED] = np.where(together, used[:, :PLANTED], used[:, PLANTED : 2 * PLANTED])
    return used


def _truth(liking: np.ndarray, used: np.ndarray, effects: np.ndarray, cuts: np.ndarray) -> np.ndarray:
    """Expected score with each feature less without it, averaged over everybody."""

    def expected(level: np.ndarray) -> np.ndarray:
        detractor, below = (1 / (1 + np.exp(level[..., None] - cuts))).T
        return 1 - below - detractor

    without = [liking - used[:, j] * effects[j] for j in range(PLANTED)]
    gains = [100 * (expected(level + effects[j]) - expected(level)).mean() for j, level in enumerate(without)]
    return np.concatenate([gains, np.zeros(FEATURES - PLANTED)])


def _panel(scores: np.ndarray, activity: np.ndarray, used: np.ndarray, world: World, rng: np.random.Generator) -> Panel:
    feature, answer = np.nonzero(used.T)
    often = 1.5 + 1.3 * activity[answer] + rng.normal(0, 0.8, len(answer))
    often += 4.0 * world.dominant * (feature == FEATURES - 1)
    answers = pd.DataFrame({"score": scores, "band": 0, "features_used": used.sum(1), "responded_at": ANSWERED})
    answers = answers.assign(churned_at=pd.Series(pd.NaT, answers.index, "datetime64[us]"))
    known = pd.DataFrame({"kind": "feature", "feature": np.arange(FEATURES).astype(str), "users": used.sum(0)})
    return Panel(
        answers=answers,
        latest=np.arange(len(answers)),
        pairs=Pairs(answer.astype(np.int32), feature.astype(np.int32), np.ceil(np.exp(often))),
        features=known,
        segments=(),
        rejected=NOBODY_REJECTED,
        measure="uses",
        window_days=90,
        has_usage=True,
        everybody=pd.DataFrame(columns=list(MEASURES), dtype=float),
        just_before=pd.DataFrame(),
    )
