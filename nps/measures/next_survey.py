"""Whom to survey next: who was left in peace for a while, in the proportions of role and activity of everybody.

Sized by `planner`: so many answers for a margin, so many invitations for so many answers.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import planner
from nps.measures.followed_up import IDLE
from nps.measures.planner import TYPICAL, Spread
from nps.notes import InputError

UNKNOWN = IDLE - 1


class Drawn(NamedTuple):
    """Whom to ask.

    people  positions of who was drawn, in an order that tells nothing: (d,)
    strata  role, tier, people, rested, wanted, drawn: a row for each of both, of which drawn may be fewer than wanted
            where too few are rested
    """

    people: np.ndarray
    strata: pd.DataFrame

    @property
    def short(self) -> int:
        """How many fewer these are than were wanted."""
        return int((self.strata["wanted"] - self.strata["drawn"]).sum())


def invitations(margin: float, rate: float, of: Spread = TYPICAL, people: int | None = None) -> int:
    """How many people to ask so that a score is known to plus or minus a margin in points.

    rate  the share (0..1, above 0) of those asked that answers
    Raises InputError for a margin or a rate that is none.
    """
    if not (margin > 0 and 0 < rate <= 1):
        raise InputError("survey.size")
    return planner.invitations(planner.answers(margin, of, people), rate)


def draw(people: pd.DataFrame, rested: np.ndarray, wanted: int, seed: int) -> Drawn:
    """So many of those who are rested, each role and tier in proportion to how many of all people it holds.

    people  role, tier (fifth of activity, or IDLE); who has none is a group of their own
    rested  who may be asked: bool (n,), as no contact rule removes them
    seed    of the draw; the same draws the same
    """
    known = pd.DataFrame({"role": people["role"].astype(object), "tier": people["tier"].astype(float)})
    known = known.fillna({"role": "", "tier": UNKNOWN}).reset_index(drop=True)
    group = known.groupby(["role", "tier"], sort=True).ngroup().to_numpy()
    size = np.bincount(group)
    there = np.bincount(group[rested], minlength=len(size))
    quota = _shared(min(wanted, len(known)), size)
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(known))
    order = order[rested[order]]
    place = pd.Series(group[order]).groupby(group[order]).cumcount().to_numpy()
    drawn = order[place < quota[group[order]]]
    strata = known.assign(group=group).drop_duplicates("group").sort_values("group").drop(columns="group")
    counts = {"people": size, "rested": there, "wanted": quota, "drawn": np.minimum(quota, there)}
    return Drawn(drawn, strata.assign(**counts).reset_index(drop=True))


def _shared(wanted: int, size: np.ndarray) -> np.ndarray:
    """A number in proportion to these sizes, in whole ones: the largest remainders get what is left over."""
    exact = wanted * size / max(size.sum(), 1)
    whole = np.floor(exact).astype(int)
    left = wanted - whole.sum()
    whole[np.argsort(whole - exact, kind="stable")[:left]] += 1
    return whole
