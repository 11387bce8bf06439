"""Made-up surveys whose truth is known: two periods, people of one account alike, answers that depend on activity."""

import numpy as np
import pandas as pd

from nps.measures import change, nonresponse, score, weights
from nps.measures.change import Total
from nps.measures.nonresponse import Reweighted
from nps.measures.weights import Weighted

DETRACTORS, PASSIVES, TRUE = 0.20, 0.30, 30.0
SHARES = np.array([[0.40, 0.30, 0.20, 0.10], [0.25, 0.30, 0.25, 0.20]])
SCORES = np.array([[45.0, 30.0, 10.0, -10.0], [50.0, 25.0, 20.0, -15.0]])
ANSWERS, ACCOUNTS, PER_ACCOUNT, ALIKE = 300, 80, 6, 0.52
USERS, RESPONSE, UNSEEN = 20_000, 0.02, 0.4


def periods(rng: np.random.Generator) -> Total:
    """The change between two periods of 300 answers, whose segments differ in share and score."""
    before, after = (
        np.array(
            [rng.multinomial(n, _groups(net)) for n, net in zip(rng.multinomial(ANSWERS, share), nets, strict=True)]
        )
        for share, nets in zip(SHARES, SCORES, strict=True)
    )
    return change.split(pd.Index(list("abcd")), before, after).total


def true_change() -> tuple[float, float]:
    """Mix and rate of those periods, in points, by definition."""
    (w0, w1), (t0, t1) = SHARES, SCORES
    reference = (w0 @ t0 + w1 @ t1) / 2
    return float((w1 - w0) @ ((t0 + t1) / 2 - reference)), float((w0 + w1) / 2 @ (t1 - t0))


def accounts(rng: np.random.Generator) -> tuple[Weighted, Weighted]:
    """The score of 80 accounts of about six people, alike in what they think: as if independent, and by account."""
    account = np.repeat(np.arange(ACCOUNTS), 1 + rng.poisson(PER_ACCOUNT - 1, ACCOUNTS))
    felt = np.sqrt(ALIKE) * rng.normal(size=ACCOUNTS)[account] + np.sqrt(1 - ALIKE) * rng.normal(size=len(account))
    y = np.searchsorted([-0.841621, 0.0], felt) - 1  # 20% detractors and 50% promoters of a standard normal
    one = np.ones(len(y))
    return weights.weighted(y, one), weights.weighted(y, one, account)


def answered(
    rng: np.random.Generator, by_activity: float, by_liking: float, liking: float
) -> tuple[float, Reweighted, float]:
    """Raw score, score re-weighted for activity, and the true one of all 20,000, of whom 2% answer.

    by_activity, by_liking  how much more often the active, and the satisfied, answer (log odds per standard deviation)
    liking                  how much activity adds to satisfaction (logits per standard deviation)
    """
    activity = rng.normal(size=USERS)
    seen = activity + UNSEEN * rng.normal(size=USERS)
    felt = liking * activity + rng.logistic(size=USERS)
    y = np.searchsorted(np.quantile(felt, [DETRACTORS, DETRACTORS + PASSIVES]), felt) - 1
    eager = np.exp(by_activity * activity + by_liking * (felt - felt.mean()) / felt.std())
    here = rng.random(USERS) < RESPONSE * eager / eager.mean()
    found = nonresponse.reweighted(y[here], seen[here], seen)
    return score.POINTS * float(y[here].mean()), found, score.POINTS * float(y.mean())


def _groups(net: float) -> list[float]:
    """Shares of the three groups with this score and 29% passives."""
    return [(0.71 - net / 100) / 2, 0.29, (0.71 + net / 100) / 2]
