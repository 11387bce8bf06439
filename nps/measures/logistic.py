"""An L2-penalised logistic regression on what people used, rated by people whom it has not seen (methods 6)."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.joined import Joined

FOLDS = 5
PENALTIES = (200.0, 50.0, 10.0, 1.0)
MOST_FEATURES, MOST_TRAINED = 200, 10_000


class Rated(NamedTuple):
    """How often the rating puts somebody of the target above somebody else (AUC, 0..1), and its standard error."""

    auc: float
    se: float


class Inputs(NamedTuple):
    """What the model sees: log(1 + uses) as pairs (row, column, value), then columns that everybody has: (n, A)."""

    row: np.ndarray
    column: np.ndarray
    value: np.ndarray
    width: int
    activity: np.ndarray

    def at(self, rows: np.ndarray) -> "Inputs":
        """Only these rows, in this order."""
        place = np.full(len(self.activity), -1)
        place[rows] = np.arange(len(rows))
        kept = place[self.row] >= 0
        pairs = place[self.row[kept]], self.column[kept], self.value[kept]
        return Inputs(*pairs, self.width, self.activity[rows])

    def dense(self) -> np.ndarray:
        """The whole matrix: (n, width + A)."""
        matrix = np.zeros((len(self.activity), self.width + self.activity.shape[1]))
        matrix[self.row, self.column] = self.value
        matrix[:, self.width :] = self.activity
        return matrix

    def weighted(self, weights: np.ndarray) -> np.ndarray:
        """The matrix times weights (width + A,) without making it: (n,)."""
        sums = np.bincount(self.row, self.value * weights[self.column], len(self.activity))
        return sums + self.activity @ weights[self.width :]


def inputs_of(panel: Joined, positions: np.ndarray) -> Inputs:
    """What was used before the answers at these positions; of many features the 200 that most people use."""
    most = np.argsort(-panel.features["users"].to_numpy(), kind="stable")[:MOST_FEATURES]
    column = np.full(len(panel.features), -1)
    column[most] = np.arange(len(most))
    pairs = panel.pairs
    kept = column[pairs.feature] >= 0
    activity = np.log1p(np.nan_to_num(panel.answers[["active_days", "uses"]].to_numpy(float)))
    whole = Inputs(pairs.answer[kept], column[pairs.feature[kept]], np.log1p(pairs.uses[kept]), len(most), activity)
    return whole.at(positions)


def folded(panel: Joined, positions: np.ndarray, seed: int) -> np.ndarray:
    """Fold 0-4 of each answer: by account, or person where none is known; by person where there are under five."""
    code, groups = pd.factorize(panel.cluster[positions])
    if len(groups) < FOLDS:
        code, groups = pd.factorize(panel.person[positions])
    return shared_out(code, len(groups), seed)


def shared_out(code: np.ndarray, groups: int, seed: int) -> np.ndarray:
    """Fold 0-4 of each case by its group, a code from 0: (n,)."""
    return np.random.default_rng(seed).permutation(groups)[code] % FOLDS


def inputs(matrix: np.ndarray) -> Inputs:
    """A matrix (n, A) as what a model sees."""
    nothing = np.empty(0, np.int64)
    return Inputs(nothing, nothing, nothing.astype(float), 0, matrix)


def cross_validated(inputs: Inputs, gave: np.ndarray, folds: np.ndarray) -> tuple[float, np.ndarray]:
    """The penalty with the smallest log-loss out of fold, and its logits out of fold (n,).

    A fold is rated by a model of the others, trained on at most 10,000 of them.
    """
    logits = np.empty((len(PENALTIES), len(gave)))
    for fold in range(FOLDS):
        own, others = folds == fold, np.flatnonzero(folds != fold)
        if len(others) > MOST_TRAINED:
            others = np.random.default_rng(fold).choice(others, MOST_TRAINED, replace=False)
        logits[:, own] = fitted(inputs.at(others), gave[others], inputs.at(np.flatnonzero(own)), PENALTIES)
    loss = np.logaddexp(0, np.where(gave, -logits, logits)).mean(1)
    best = int(np.argmin(loss))
    return PENALTIES[best], logits[best]


def fitted(inputs: Inputs, gave: np.ndarray, others: Inputs, penalties: tuple[float, ...]) -> np.ndarray:
    """Logits of others (P, m) by models of these people, one per penalty, on standardised inputs."""
    matrix = inputs.dense()
    centre, spread = matrix.mean(0), matrix.std(0)
    spread[spread == 0] = 1
    matrix = (matrix - centre) / spread
    logits, beta = [], None
    for penalty in penalties:
        beta = logistic(matrix, gave, penalty, beta)
        weights = beta[1:] / spread
        logits.append(others.weighted(weights) + beta[0] - weights @ centre)
    return np.array(logits)


def logistic(matrix: np.ndarray, gave: np.ndarray, penalty: float, start: np.ndarray | None = None) -> np.ndarray:
    """Intercept and slopes that minimise log-loss + penalty / 2 x sum of squared slopes, by Newton steps (IRLS)."""
    design = np.column_stack([np.ones(len(matrix)), matrix])
    ridge = np.full(design.shape[1], penalty)
    ridge[0] = 1e-9
    beta = np.zeros(design.shape[1]) if start is None else start
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        curvature = (design * (p * (1 - p))[:, None]).T @ design
        step = np.linalg.solve(curvature + np.diag(ridge), design.T @ (gave - p) - ridge * beta)
        beta = beta + step
        if np.abs(step).max() < 1e-9:
            break
    return beta


def rated(gave: np.ndarray, rating: np.ndarray) -> Rated:
    """AUC with ties as half, and its standard error by Hanley and McNeil (1982); NaN with nobody on a side."""
    n1, n0 = int(gave.sum()), int((~gave).sum())
    if not n1 or not n0:
        return Rated(np.nan, np.nan)
    ranks = pd.Series(rating).rank().to_numpy()
    auc = (ranks[gave].sum() - n1 * (n1 + 1) / 2) / (n1 * n0)
    above, below = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    variance = (auc * (1 - auc) + (n1 - 1) * (above - auc**2) + (n0 - 1) * (below - auc**2)) / (n1 * n0)
    return Rated(float(auc), float(np.sqrt(max(variance, 0.0))))
