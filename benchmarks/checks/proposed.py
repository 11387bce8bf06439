"""Groups of comments found by meaning: that they follow what is said, and not the language it is said in."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks import labelled
from benchmarks.checks.coding import plain
from benchmarks.checks.result import Result
from nps.comments import clusters, proposals

PER_LANGUAGE, GROUPS = 600, 7


def groups(folder: Path | None) -> Iterator[Result]:
    """Reviews of seven trades in six languages: how much a group tells of the trade, and of the language (NMI)."""
    if folder is None or not proposals.installed():
        return
    texts, trades, languages = [], [], []
    rng = np.random.default_rng(0)
    for language in labelled.LANGUAGES:
        for trade in (*labelled.SHOPS, *labelled.ELSEWHERE):
            rows = labelled.reviews(folder, language, (trade,))
            if rows is None:
                return
            some = rng.choice(len(rows.comments), PER_LANGUAGE // GROUPS, replace=False)
            texts += [rows.comments[place][: proposals.LONGEST] for place in some]
            trades, languages = [*trades, *[trade] * len(some)], [*languages, *[language] * len(some)]
    vectors = proposals.encoded(texts)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    group, _middles = clusters.spherical_kmeans(vectors, GROUPS)
    case = "groups of reviews, six languages"
    yield plain(case, "NMI with the trade", nmi(group, trades), len(texts))
    yield Result(11, case, "NMI with the language", -np.inf, 0.02, nmi(group, languages), len(texts))


def nmi(one: np.ndarray, other: list[str]) -> float:
    """Mutual information of two groupings over the mean of their entropies: 0..1."""
    second = np.unique(other, return_inverse=True)[1]
    both = np.zeros((one.max() + 1, second.max() + 1))
    np.add.at(both, (one, second), 1 / len(one))
    rows, columns = both.sum(1), both.sum(0)
    some = both > 0
    shared = (both[some] * np.log(both[some] / np.outer(rows, columns)[some])).sum()
    entropies = [-(p[p > 0] * np.log(p[p > 0])).sum() for p in (rows, columns)]
    return float(shared / np.mean(entropies))
