"""Groups of comments found by meaning: that they follow what is said, and not the language it is said in."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks import labelled
from benchmarks.checks.coding import plain, read
from benchmarks.checks.result import Result
from nps.comments import clusters, proposals

PER_LANGUAGE, GROUPS = 600, 7


def groups(folder: Path | None) -> Iterator[Result]:
    """What groups follow, and what rules made of them take."""
    if folder is not None and proposals.installed():
        yield from of_trades(folder)
        yield from of_silent(folder)


def of_silent(folder: Path) -> Iterator[Result]:
    """Comments that give no reason we know: seconds, groups, and how good the words of these are as rules."""
    for where, texts in (("airline tweets", labelled.tweets(folder)), ("app reviews", _reviews(folder))):
        if not texts:
            continue
        silent = [text for text, named in zip(texts, read(texts).sided.any(1), strict=True) if not named]
        drawn, begin = proposals.drawn(silent, silent), time.process_time()
        if proposals.lacks(drawn[0]):
            continue
        found = proposals.proposed(*drawn)
        case, n = f"groups of silent {where}", len(drawn[0])
        yield plain(case, "seconds", time.process_time() - begin, n)
        yield plain(case, "groups shown", len(found), n)
        for figure in ("stable", "taken", "found"):
            seen = [getattr(group, figure) for group in found]
            yield plain(case, f"{figure}, least", min(seen, default=np.nan), n)
            yield plain(case, f"{figure}, most", max(seen, default=np.nan), n)


def _reviews(folder: Path) -> list[str]:
    rows = labelled.app_reviews(folder)
    return [] if rows is None else rows["review"].tolist()


def of_trades(folder: Path) -> Iterator[Result]:
    """Reviews of seven trades in six languages: how much a group tells of the trade, and of the language (NMI)."""
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
