"""Made-up answers whose truth is known: by week, of a few accounts, around a release, of people who answer often."""

import numpy as np
import pandas as pd

import nps
from benchmarks.built import DAY, built, names
from benchmarks.worlds import ROLE_SHARES, ROLES, SCORES, START

MONDAY, RELEASED = pd.Timestamp("2025-01-06"), START + round(0.6 * 365) * DAY
ACCOUNTS_SCORE = 30.0


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


def released(effect: float, rng: np.random.Generator) -> nps.Panel:
    """A year of answers that rise anyway; who takes “Feature 1” up is happier, and by `effect` more from then on."""
    n, firms = 1200, 150
    account, t = rng.integers(0, firms, n), rng.random(n)
    adopter = rng.normal(size=firms)[account] + rng.normal(size=n) > 0.4
    after = START + t * 365 * DAY >= RELEASED
    felt = 0.42 * t + (0.4 + effect * after) * adopter
    felt += np.sqrt(0.15) * rng.normal(size=firms)[account] + np.sqrt(0.85) * rng.normal(size=n)
    person, at = names("p", np.arange(n)), START + t * 365 * DAY
    answers = pd.DataFrame(
        {
            "person_id": person,
            "score": SCORES[np.searchsorted([-0.4, 0.3], felt)],
            "responded_at": at,
            "account_id": names("a", account),
        }
    )
    taken = pd.Series(RELEASED + rng.uniform(1, 80, adopter.sum()) * DAY)
    usage = pd.DataFrame({"person_id": person[adopter], "feature": "Feature 1", "at": taken, "uses": 1.0})
    always = pd.DataFrame({"person_id": person, "feature": "Feature 0", "at": at - DAY, "uses": 1.0})
    return built(answers, pd.concat([usage, always], ignore_index=True))


def again_and_again(rng: np.random.Generator) -> nps.Panel:
    """World R: 300 people who answer one to forty times, none of which has to do with what they use."""
    n, features, days = 300, 20, 540
    often = rng.geometric(1 / 4, n)
    often[:10] = 40
    person = np.repeat(np.arange(n), often)
    drive = rng.normal(size=n)
    used = rng.random((n, features)) < 1 / (1 + np.exp(-(rng.normal(-0.6, 0.8, features) + drive[:, None])))
    felt = np.sqrt(0.6) * rng.normal(size=n)[person] + np.sqrt(0.4) * rng.normal(size=len(person))
    team = rng.choice(5, n, p=ROLE_SHARES)
    answers = pd.DataFrame(
        {
            "person_id": names("p", person),
            "score": SCORES[np.searchsorted([-0.6, 0.1], felt)],
            "responded_at": START + rng.uniform(0, days, len(person)) * DAY,
            "team": ROLES[team[person]],
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
