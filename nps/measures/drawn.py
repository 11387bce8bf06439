"""Clusters of answers, and some of them where there are very many: enough to tell how alike their answers are."""

from typing import NamedTuple

import numpy as np

MOST, DRAWN = 100_000, 50_000
LARGE = 0.01


class Groups(NamedTuple):
    """Answers sorted by cluster.

    answer  which they are: (m,)
    begin   where each cluster begins: (G,)
    size    how many answers it has
    each    how many clusters it stands for, where some were drawn for all
    """

    answer: np.ndarray
    begin: np.ndarray
    size: np.ndarray
    each: np.ndarray


def groups(cluster: np.ndarray) -> Groups | None:
    """The clusters of answers (n,), given as codes from 0; None where none holds two."""
    size = np.bincount(cluster, minlength=1)
    if size.max() < 2:
        return None
    each = stands_for(size)
    answer = np.argsort(cluster, kind="stable")
    answer = answer[each[cluster[answer]] > 0]
    size, each = size[each > 0], each[each > 0]
    return Groups(answer, np.cumsum(size) - size, size, each)


def stands_for(size: np.ndarray) -> np.ndarray:
    """How many clusters each of these sizes stands for, 0 where it is left out.

    Up to 100,000 answers all are taken; of more, those with over 1% of them and some of the others, always the same.
    """
    small, each = np.flatnonzero(size <= LARGE * size.sum()), np.ones(len(size))
    answers = size[small].sum()
    if size.sum() <= MOST or answers <= DRAWN:
        return each
    few = np.random.default_rng(0).choice(small, max(int(len(small) * DRAWN / answers), 1), replace=False)
    each[small] = 0
    each[few] = len(small) / len(few)
    return each
