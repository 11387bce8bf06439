"""Made-up products whose truth is known, as the frames that one would load: accounts that think alike, roles, drift.

P a year of answers, F a year and a half with segments by account, W answers by week, R people who answer again and
again. Everything is drawn from one generator, so a seed tells it all.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

import nps
from nps import panel
from nps.rollups import Rollup

START, MONDAY, DAY = pd.Timestamp("2025-01-01"), pd.Timestamp("2025-01-06"), pd.Timedelta(days=1)
ACCOUNTS_SCORE = 30.0
FEATURES, PLANTED, WINDOW = 30, 4, 90
EFFECTS = np.array([1, 1, -1, -1])
ROLES, ROLE_SHARES = np.array(["Admin", "Analyst", "Designer", "Editor", "Viewer"]), (0.15, 0.3, 0.2, 0.25, 0.1)
PLANS, PLAN_SHARES = np.array(["Free", "Team", "Enterprise"]), (0.5, 0.35, 0.15)
REGIONS, INDUSTRIES = np.array(["East", "North", "South", "West"]), np.array([f"Industry {i}" for i in range(8)])
SCORES = np.array([4, 7, 9])
REJECTED = pd.DataFrame(columns=["table", "row", "column", "value", "reason"])


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


def by_week(counts: np.ndarray, groups: np.ndarray | None = None) -> nps.Panel:
    """Answers of new people each week; counts (T, 3), or (T, G, 3) of the groups called `groups` in the role."""
    counts = counts.reshape(len(counts), -1, 3)
    week, group, kind = (np.repeat(place.ravel(), counts.ravel()) for place in np.indices(counts.shape))
    answers = pd.DataFrame(
        {
            "person_id": names("p", np.arange(len(week))),
            "score": SCORES[kind],
            "responded_at": MONDAY + (7 * week + 0.5) * DAY,
        }
    )
    if groups is not None:
        answers["role"] = groups[group]
    return built(answers)


def accounts(firms: int, icc: float, rng: np.random.Generator) -> nps.Panel:
    """Answers of so many accounts that think alike: 20% detractors, 30% passives, 50% promoters in the long run."""
    account = np.repeat(np.arange(firms), 1 + rng.geometric(1 / 6, firms))
    felt = np.sqrt(icc) * rng.normal(size=firms)[account] + np.sqrt(1 - icc) * rng.normal(size=len(account))
    answers = pd.DataFrame(
        {
            "person_id": names("p", np.arange(len(account))),
            "score": SCORES[np.searchsorted([-0.841621, 0.0], felt)],
            "responded_at": START,
            "account_id": names("a", account),
        }
    )
    return built(answers)


def again_and_again(rng: np.random.Generator) -> nps.Panel:
    """World R: 300 people who answer one to forty times, none of which has to do with what they use."""
    n, features, days = 300, 20, 540
    often = rng.geometric(1 / 4, n)
    often[:10] = 40
    person = np.repeat(np.arange(n), often)
    drive = rng.normal(size=n)
    used = rng.random((n, features)) < 1 / (1 + np.exp(-(rng.normal(-0.6, 0.8, features) + drive[:, None])))
    felt = np.sqrt(0.6) * rng.normal(size=n)[person] + np.sqrt(0.4) * rng.normal(size=len(person))
    role = rng.choice(5, n, p=ROLE_SHARES)
    answers = pd.DataFrame(
        {
            "person_id": names("p", person),
            "score": SCORES[np.searchsorted([-0.6, 0.1], felt)],
            "responded_at": START + rng.uniform(0, days, len(person)) * DAY,
            "role": ROLES[role[person]],
        }
    )
    user, feature = (np.repeat(side, days // 30) for side in np.nonzero(used))
    block = np.tile(np.arange(days // 30), used.sum())
    usage = pd.DataFrame(
        {
            "person_id": names("p", user),
            "feature": names("Feature ", feature),
            "at": START + (block + rng.random(len(block))) * 30 * DAY,
            "uses": 1.0 + rng.poisson(np.exp(0.2 + 0.6 * drive[user])),
        }
    )
    return built(answers, usage)


def built(answers: pd.DataFrame, usage: pd.DataFrame | None = None) -> nps.Panel:
    """What `nps.load` makes of these frames, without reading them cell by cell; a test holds the two equal."""
    types = {"score": np.int8, "responded_at": "datetime64[us]"}
    answers = panel.ordered(answers.astype(types).assign(record=np.arange(len(answers)), survey=None))
    rollup = None if usage is None else _rolled_up(answers, usage)
    return panel.build(nps.Panel, answers, None, rollup, measure="active_days", window_days=WINDOW, rejected=REJECTED)


def _rolled_up(answers: pd.DataFrame, usage: pd.DataFrame) -> Rollup:
    """The slow, obvious rollup: every use beside every answer of its person, then those in the window."""
    asked = answers[["person_id", "responded_at"]].assign(answer=answers.index)
    joined = asked.merge(usage, on="person_id")
    ago = joined["responded_at"] - joined["at"]
    joined = joined[(ago >= 0 * DAY) & (ago < WINDOW * DAY)]
    code, known = pd.factorize(joined["feature"], sort=True)
    pairs = joined[["answer", "uses"]].assign(feature=code).groupby(["feature", "answer"], as_index=False)["uses"].sum()
    days = joined[["answer"]].assign(day=joined["at"].dt.floor("D")).drop_duplicates().groupby("answer").size()
    activity = pairs.groupby("answer")["uses"].agg(uses="sum", features_used="size").assign(active_days=days)
    named = pd.DataFrame({"kind": "feature", "feature": known})
    activity = activity.assign(minutes=np.nan).rename_axis("answer").reset_index()
    return Rollup(named, pairs[["answer", "feature", "uses"]], activity)


def names(word: str, numbers: np.ndarray) -> np.ndarray:
    """Text of one length, as “Feature 07” of 7, so that its order is that of the numbers."""
    width = len(str(numbers.max(initial=0)))
    return np.array([f"{word}{number:0{width}d}" for number in range(numbers.max(initial=0) + 1)], object)[numbers]
