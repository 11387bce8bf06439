"""What clusters do to the difference of two shares, of many things at once: only who holds a thing is looked at."""

from typing import NamedTuple

import numpy as np

from nps.measures import clusters
from nps.measures.clusters import Design, Totals


class People(NamedTuple):
    """People on two sides: side 0 or 1, and cluster as codes from 0; (n,) each, both sides with somebody."""

    side: np.ndarray
    cluster: np.ndarray

    @property
    def sizes(self) -> np.ndarray:
        """How many of each cluster stand on each side: (G, 2)."""
        return np.bincount(2 * self.cluster + self.side, minlength=2 * (self.cluster.max() + 1)).reshape(-1, 2)


def of_gaps(people: People, person: np.ndarray, thing: np.ndarray, things: int) -> Design:
    """The design of the difference of the shares that hold each thing: (K,).

    person, thing  who holds what, each pair once: places in `people`, codes from 0

    As of any contrast a is 1 / n of one side and -1 / n of the other, e is holding it less the share of the own side.
    """
    sizes = people.sizes.astype(float)
    if sizes.sum(1).max() < 2:
        return Design(*(np.broadcast_to(part, things) for part in clusters.STRANGERS))
    n = sizes.sum(0)
    weight = np.array([1.0, -1.0]) / n
    held = np.bincount(2 * thing + people.side[person], minlength=2 * things).reshape(-1, 2)
    share = held / n
    spread = held * (1 - share)
    ones = Pairs.of(people, person, thing, sizes)
    squares = {"ee": spread.sum(1), "aeae": spread @ weight**2}
    squares |= {"e2": ones.squared(share, np.ones(2)), "ae2": ones.squared(share, weight)}
    return clusters.design(Totals(**_of_sides(sizes, weight), **squares))


class Pairs(NamedTuple):
    """Clusters that hold a thing, a row for each pair: how many hold it and how many there are, by side (P, 2).

    products  sums over all clusters of how many stand on one side times how many on one side: (2, 2)
    """

    thing: np.ndarray
    held: np.ndarray
    size: np.ndarray
    products: np.ndarray

    @classmethod
    def of(cls, people: People, person: np.ndarray, thing: np.ndarray, sizes: np.ndarray) -> "Pairs":
        code = thing * len(sizes) + people.cluster[person]
        distinct, place = np.unique(code, return_inverse=True)
        held = np.bincount(2 * place + people.side[person], minlength=2 * len(distinct)).reshape(-1, 2)
        of, cluster = np.divmod(distinct, len(sizes))
        return cls(of, held, sizes[cluster], sizes.T @ sizes)

    def squared(self, share: np.ndarray, weight: np.ndarray) -> np.ndarray:
        """Over all clusters the squared sums of weight * e, per thing: (K,); share (K, 2), weight (2,).

        A cluster that does not hold it has minus what is expected of it: that is added up for all of them at once.
        """
        own, expected = self.held @ weight, (self.size * share[self.thing]) @ weight
        more = np.bincount(self.thing, own * own - 2 * own * expected, minlength=len(share))
        weighted = share * weight
        return more + np.einsum("ki,ij,kj->k", weighted, self.products, weighted)


def _of_sides(sizes: np.ndarray, weight: np.ndarray) -> dict[str, float]:
    """What `Totals` needs that is the same for every thing."""
    n, a, aa = sizes.sum(1), sizes @ weight, sizes @ weight**2
    more = np.maximum(a * a - aa, 0)
    sums = {"clusters": n > 0, "n": n, "pairs": n * (n - 1), "a2": a * a, "aa": aa, "more": more}
    sums |= {"aa2": aa * aa, "aa_more": aa * more, "more2": more * more}
    return {name: part.sum() for name, part in sums.items()}
