"""What accounts think: each by its people's answers, and all of them by those who decide and those who use."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import cluster_values, clusters, score, segments
from nps.measures.clusters import Design
from nps.measures.rules import MIN_BOTH, MIN_DIVIDED, MIN_MAKERS, MIN_SHOWN, ONE_DECIDES

COLUMNS = ["answers", "promoters", "passives", "detractors", "nps", "low", "high", "shrunk", "divided"]


class Makers(NamedTuple):
    """Those who decide against those who use, of the same accounts: points; NaN where they are too few."""

    makers_nps: float
    users_nps: float
    difference: float
    low: float
    high: float
    accounts: int


def by_account(account: np.ndarray, person: np.ndarray, group: np.ndarray, accounts: int) -> pd.DataFrame:
    """A row per account: COLUMNS. Scores in points, of accounts with ten answers or more; others are only counted.

    account, person, group  of answers (n,): codes, -1 where no account is known; several of a person are alike
    shrunk   as if 30 average answers were added, to put accounts in order
    divided  three people or more, a promoter and a detractor among them
    """
    own = account >= 0
    account, person, group = account[own], pd.factorize(person[own])[0], group[own]
    counts = clusters.counted(account, group, accounts)
    answers = counts.sum(-1)
    design = cluster_values.of_scores(cluster_values.pairs(person, group, account, accounts))
    low, high = clusters.interval(counts, Design(*(np.broadcast_to(part, accounts) for part in design)))
    shown = answers >= MIN_SHOWN
    scores = {"nps": score.net(counts), "low": low, "high": high}
    people = np.bincount(pd.unique(person * max(accounts, 1) + account) % max(accounts, 1), minlength=accounts)
    mixed = (counts[:, 0] > 0) & (counts[:, 2] > 0)
    return pd.DataFrame(
        {
            "answers": answers,
            **dict(zip(("promoters", "passives", "detractors"), counts.T[::-1], strict=True)),
            **{name: np.where(shown, values, np.nan) for name, values in scores.items()},
            "shrunk": segments.shrunk(counts),
            "divided": mixed & (people >= MIN_DIVIDED),
        }
    )


def makers_against_users(account: np.ndarray, group: np.ndarray, makes: np.ndarray) -> Makers:
    """The scores of answers by who decides, bool (n,), against those of others, where an account has both.

    The same accounts are on both sides, so what an account thinks as a whole is in neither. NaN under ten accounts
    with both, or thirty answers on a side.
    """
    both = np.intersect1d(account[makes & (account >= 0)], account[~makes & (account >= 0)])
    own = np.isin(account, both)
    sides = [(account[own & side], group[own & side]) for side in (makes, ~makes)]
    one, other = clusters.aligned(*sides) if len(both) else (np.zeros((0, 3)), np.zeros((0, 3)))
    if len(both) < MIN_BOTH or min(one.sum(), other.sum()) < MIN_MAKERS:
        return Makers(*[np.nan] * 5, len(both))
    found = clusters.compared(one, other, paired=True)
    nps = (float(score.net(side.sum(0))) for side in (one, other))
    return Makers(*nps, found.points, found.low, found.high, len(both))


def decides(revenue: pd.Series) -> str | None:
    """The account that has over 30% of all revenue, so that a score by revenue is mostly its own; None without one."""
    share = revenue / revenue.sum()
    return str(share.idxmax()) if share.max() > ONE_DECIDES else None
