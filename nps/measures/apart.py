"""What more of one group of people write than of another: each thing compared exactly, a family corrected together."""

from typing import NamedTuple

import numpy as np

from nps.measures import cluster_shares, score, shares
from nps.measures.cluster_shares import People
from nps.measures.exact import mid_p, z_of
from nps.measures.rules import FEWEST_HOLD, REASON_BELOW


class Held(NamedTuple):
    """Who of n people holds which of K things, each pair once: places (P,), codes (P,)."""

    person: np.ndarray
    thing: np.ndarray
    things: int

    def first(self, things: int) -> "Held":
        """Of so many of the things, the first ones, alone."""
        kept = self.thing < things
        return Held(self.person[kept], self.thing[kept], things)

    def counts(self, people: np.ndarray) -> np.ndarray:
        """How many of some people, bool (n,), hold each thing: (K,)."""
        return np.bincount(self.thing[people[self.person]], minlength=self.things)


class Apart(NamedTuple):
    """A family of things compared, (K,) each: how many of either group hold it.

    p, q     exact, as if nobody were alike, and corrected (Benjamini-Hochberg); NaN for what is not compared
    alike    p once people of one account are taken together, where it is under .05 without that
    flagged  whether q is under .05 either way
    """

    first: np.ndarray
    second: np.ndarray
    p: np.ndarray
    q: np.ndarray
    alike: np.ndarray
    flagged: np.ndarray


def compared(held: Held, first: np.ndarray, second: np.ndarray, cluster: np.ndarray) -> Apart:
    """Two groups without anybody in common, bool (n,) each; cluster: whose answers are alike, codes (n,).

    Compared is what 5 people or more hold, but not all.
    """
    one, other = held.counts(first), held.counts(second)
    p = mid_p(one, int(first.sum()), other, int(second.sum()))
    p[one + other < FEWEST_HOLD] = np.nan
    q = score.benjamini_hochberg(p)
    alike, wanted = p.copy(), np.flatnonzero(p < REASON_BELOW)
    if len(wanted):
        alike[wanted] = _alike(held, wanted, first, second, cluster, p[wanted])
    sure = score.benjamini_hochberg(alike) < REASON_BELOW
    return Apart(one, other, p, q, alike, (q < REASON_BELOW) & sure)


def _alike(
    held: Held, wanted: np.ndarray, first: np.ndarray, second: np.ndarray, cluster: np.ndarray, p: np.ndarray
) -> np.ndarray:
    """The p of the things wanted with clusters, NaN with a single one: see `shares.p`."""
    among = np.flatnonzero(first | second)
    place, number = np.full(len(first), -1), np.full(held.things, -1)
    place[among], number[wanted] = np.arange(len(among)), np.arange(len(wanted))
    kept = (place[held.person] >= 0) & (number[held.thing] >= 0)
    people = People(second[among].astype(int), np.unique(cluster[among], return_inverse=True)[1])
    design = cluster_shares.of_gaps(people, place[held.person[kept]], number[held.thing[kept]], len(wanted))
    return shares.p(z_of(p), np.inf, design.at)
