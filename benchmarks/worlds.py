"""Made-up products whose truth is known, as the frames that one would load: accounts that think alike, roles, drift.

P a year of answers, F a year and a half with segments by account. Everything is drawn from one generator, so a seed
tells it all. Smaller worlds stand in `small_worlds`, the product of docs/methods.md in `product`.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

import nps
from benchmarks.built import DAY, built, names

START = pd.Timestamp("2025-01-01")
FEATURES, PLANTED = 30, 4
EFFECTS = np.array([1, 1, -1, -1])
ROLES, ROLE_SHARES = np.array(["Admin", "Analyst", "Designer", "Editor", "Viewer"]), (0.15, 0.3, 0.2, 0.25, 0.1)
PLANS, PLAN_SHARES = np.array(["Free", "Team", "Enterprise"]), (0.5, 0.35, 0.15)
REGIONS, INDUSTRIES = np.array(["East", "North", "South", "West"]), np.array([f"Industry {i}" for i in range(8)])
SCORES = np.array([4, 7, 9])


@dataclass(frozen=True)
class World:
    """What is true of a survey with an answer a person; by default nothing about any feature.

    n          people
    icc        share of what people think that their account thinks
    team       how much the teams of an account agree on what to use (logits), in every second feature
    dclust     share of how active people are that their account is
    giant      whether a few accounts hold 8% of all people each
    act        what one standard deviation of activity adds to satisfaction
    effect     what using feature 0 or 1 adds, and 2 or 3 takes away
    role_eff   how roles differ in what they think and in the use of features 10 and 11
    drift      what the whole time adds to satisfaction; features 12 and 13 are then used in one half of it only
    days       over how many days people answer
    firm       whether accounts have a plan, a region and an industry; then satisfaction is not centred and most use is
               repeated within the five days before
    together   whether the people of an account answer in one week
    gaps       what role 3 and plan 2 add to satisfaction
    """

    n: int = 2000
    icc: float = 0.3
    team: float = 1.5
    dclust: float = 0.3
    giant: bool = True
    act: float = 0.5
    effect: float = 0.0
    role_eff: float = 0.0
    drift: float = 0.0
    days: int = 365
    firm: bool = False
    together: bool = False
    gaps: tuple[float, float] = (0.0, 0.0)


P = World()
NOISY = replace(P, icc=0.0, team=0.0, dclust=0.0, giant=False)
F = replace(P, days=540, firm=True)


def draw(world: World, rng: np.random.Generator) -> nps.Panel:
    """One survey of this world."""
    return built(*frames(world, rng))


def frames(world: World, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Its answers and its usage, as one would load them."""
    account = _accounts(world, rng)
    n, firms = len(account), account.max() + 1
    drive = np.sqrt(world.dclust) * rng.normal(size=firms)[account] + np.sqrt(1 - world.dclust) * rng.normal(size=n)
    role, t = rng.choice(5, n, p=ROLE_SHARES), rng.random(n)
    if world.together:
        t = rng.random(firms)[account] * (1 - 7 / world.days) + t * 7 / world.days
    plan = rng.choice(3, firms, p=PLAN_SHARES)[account]
    used = rng.random((n, FEATURES)) < 1 / (1 + np.exp(-_logits(world, account, drive, role, t, rng)))
    felt = world.act * drive + world.effect * used[:, :PLANTED] @ EFFECTS + world.drift * t
    felt += world.role_eff * (0.6 * (role == 1) - (role == 4)) + world.gaps @ np.array([role == 3, plan == 2])
    felt += np.sqrt(world.icc) * rng.normal(size=firms)[account] + np.sqrt(1 - world.icc) * rng.normal(size=n)
    felt -= 0.0 if world.firm else np.median(felt)
    answers = pd.DataFrame(
        {
            "person_id": names("p", np.arange(n)),
            "score": SCORES[np.searchsorted([-0.55, 0.15], felt)],
            "responded_at": START + t * world.days * DAY,
            "account_id": names("a", account),
            "role": ROLES[role],
        }
    )
    if world.firm or any(world.gaps):
        answers["plan"] = PLANS[plan]
        answers["region"] = REGIONS[rng.integers(0, 4, firms)[account]]
        answers["industry"] = INDUSTRIES[rng.integers(0, 8, firms)[account]]
    return answers, _usage(world, answers, drive, used, rng)


def _accounts(world: World, rng: np.random.Generator) -> np.ndarray:
    """Each person's account (n,): sizes of two or more, mean 7; in `giant` worlds one in 50 holds 8% of all."""
    sizes = 1 + rng.geometric(1 / 6, world.n)
    if world.giant:
        sizes = np.where(rng.random(world.n) < 0.02, int(0.08 * world.n) + 1, sizes)
    return np.repeat(np.arange(world.n), sizes)[: world.n]


def _logits(
    world: World, account: np.ndarray, drive: np.ndarray, role: np.ndarray, t: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """How likely each person uses each feature, as logits (n, F)."""
    teams = rng.normal(size=(account.max() + 1, FEATURES))[account] * (np.arange(FEATURES) % 2 == 0)
    logits = rng.normal(-0.8, 0.9, FEATURES) + drive[:, None] + world.team * teams
    if world.role_eff:
        for feature, likes in ((10, 4), (11, 1)):
            logits[:, feature] = -1.5 + 0.6 * drive + 2 * (role == likes)
    if world.drift:
        for feature, half in ((12, t >= 0.5), (13, t < 0.5)):
            logits[:, feature] = np.where(half, -0.3 + 0.6 * drive, -np.inf)
    return logits


def _usage(
    world: World, answers: pd.DataFrame, drive: np.ndarray, used: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    person, feature = np.nonzero(used)
    uses = 1 + rng.poisson(np.exp(0.3 + 0.6 * drive[person]))
    usage = pd.DataFrame(
        {
            "person_id": answers["person_id"].to_numpy()[person],
            "feature": names("Feature ", feature),
            "at": answers["responded_at"].to_numpy()[person] - rng.uniform(1, 80, len(person)) * DAY,
            "uses": uses.astype(float),
        }
    )
    if not world.firm:
        return usage
    again = usage[rng.random(len(usage)) < 0.6]
    return pd.concat([usage, again.assign(at=again["at"] - rng.uniform(0, 5, len(again)) * DAY)], ignore_index=True)
