"""Who uses the product like a promoter, or like a detractor, and whether that can be told at all (methods 6).

An L2-penalised logistic regression on what people used before they answered. Everybody is rated by a model that saw
neither them nor their account, and the rating is shown only where it beats knowing how active they are.
"""

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures.score import Z
from nps.panel import Panel

FOLDS = 5
PENALTIES = (200.0, 50.0, 10.0, 1.0)
MIN_PEOPLE, MIN_SIDE, MIN_PROOF = 200, 50, 30
MIN_AUC, MIN_GAIN = 0.60, 0.01
MOST_FEATURES, MOST_TRAINED = 200, 10_000
FIFTHS, FIFTH = 5, 20


class Hidden(Enum):
    """Why nobody is ranked, in words."""

    NO_USAGE = "Without usage nobody can be compared by it."
    FEW = "Fewer than 200 people answered: too few to tell who is like whom."
    ONE_SIDED = "Fewer than 50 people on one side: too few to tell the two sides apart."
    WEAK = "Both sides use much the same things: use does not tell who is like whom."
    NOT_TRUE = "The rating did not come true when passives answered again, so nobody is offered by it."
    NO_BETTER = "What people use tells no more than how active they are; the list goes by activity alone."


class Rated(NamedTuple):
    """How often the rating puts somebody of the target above somebody else (AUC, 0..1), and its standard error."""

    auc: float
    se: float


class Likeness(NamedTuple):
    """Who is how much like the target, and how far to trust it.

    people, cases     answers compared, and how many of them the target gave
    usage, activity   cross-validated AUC of the whole model, and of the same model on activity alone
    penalty           the lambda with the smallest cross-validated log-loss
    calibration       by fifths of the rating: fifth, people, predicted, observed (0..1)
    hidden            why nobody is ranked; None when they are
    ranking           answers with `likeness` (0..1), the likeliest first: passives for "Promoter", active people who
                      are no promoters for "Detractor". By activity alone: a fifth of them, likeness NaN. Else empty
    alike             person_id of the fifth with the highest rating, whatever they answered; empty where hidden
    """

    target: str
    people: int
    cases: int
    usage: Rated
    activity: Rated
    penalty: float
    calibration: pd.DataFrame
    hidden: Hidden | None
    ranking: pd.DataFrame
    alike: pd.Series


class Proof(NamedTuple):
    """What passives answered later: how many, AUC, and which share (0..1) of each half rose to promoter.

    The model knows answers before `cut` only, and nobody who is rated; the later answer came after it.
    """

    cut: pd.Timestamp
    people: int
    usage: Rated
    likelier: float
    others: float

    @property
    def true(self) -> bool:
        """Whether those rated likelier rose more often than chance would have them."""
        return self.usage.auc - Z * self.usage.se > 0.5


class Inputs(NamedTuple):
    """What the model sees: log(1 + uses) as pairs (row, column, value), then log(1 + active days, 1 + uses): (n, 2)."""

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
        """The whole matrix: (n, width + 2)."""
        matrix = np.zeros((len(self.activity), self.width + 2))
        matrix[self.row, self.column] = self.value
        matrix[:, self.width :] = self.activity
        return matrix

    def weighted(self, weights: np.ndarray) -> np.ndarray:
        """The matrix times weights (width + 2,) without making it: (n,)."""
        sums = np.bincount(self.row, self.value * weights[self.column], len(self.activity))
        return sums + self.activity @ weights[self.width :]


def likeness(
    panel: Panel,
    positions: np.ndarray,
    target: str = "Promoter",
    seed: int = 0,
    tried: Callable[[], Proof | None] = lambda: None,
) -> Likeness:
    """Rate the answers at these positions by how much their people use the product like the target's.

    target  "Promoter" or "Detractor"
    seed    of the folds; people of one account stand in one fold
    tried   whether the rating of promoters came true; None where that was not tried. Asked where it would be shown
    """
    answers = panel.answers.iloc[positions]
    gave = (answers["group"] == target).to_numpy()
    sides = len(answers), int(gave.sum())
    if too_few := _too_few(panel, *sides):
        unknown = Rated(np.nan, np.nan)
        nobody = answers.head(0).assign(likeness=np.nan)
        nothing = unknown, unknown, np.nan, calibration(gave[:0], np.zeros(0)), too_few
        return Likeness(target, *sides, *nothing, nobody, nobody["person_id"])
    inputs, folds = inputs_of(panel, positions), folded(panel, positions, seed)
    penalty, logit = cross_validated(inputs, gave, folds)
    _, of_activity = cross_validated(inputs._replace(row=inputs.row[:0], width=0), gave, folds)
    usage, activity = rated(gave, logit), rated(gave, of_activity)
    rating = 1 / (1 + np.exp(-logit))
    hidden = verdict(usage.auc, activity.auc)
    if hidden is None and target == "Promoter" and (proof := tried()) and not proof.true:
        hidden = Hidden.NOT_TRUE
    by_activity = hidden is Hidden.NO_BETTER or (hidden is Hidden.NOT_TRUE and activity.auc >= MIN_AUC)
    ranking = _ranking(answers.assign(likeness=rating), target, hidden, by_activity=by_activity)
    top = np.array_split(np.argsort(rating, kind="stable"), FIFTHS)[-1]
    alike = answers["person_id"].iloc[top[:0] if hidden else top]
    return Likeness(target, *sides, usage, activity, penalty, calibration(gave, rating), hidden, ranking, alike)


def verdict(usage: float, activity: float) -> Hidden | None:
    """Whether the AUC of usage is worth showing, given that of activity alone."""
    if max(usage, activity) < MIN_AUC:
        return Hidden.WEAK
    return Hidden.NO_BETTER if usage < activity + MIN_GAIN else None


def came_true(panel: Panel, seed: int = 0) -> Proof | None:
    """Whether passives rated like promoters became promoters; None with under 30 of them, or too few to learn from.

    Split by time, at the median date of the answers that follow a passive one.
    """
    answers = panel.answers.reset_index(drop=True)
    answers = answers[answers["responded_at"].notna()]
    previous = answers.groupby("person_id")["group"].shift()
    cut = answers.loc[previous == "Passive", "responded_at"].median()
    before, after = answers["responded_at"] < cut, answers["responded_at"] >= cut
    first, later = (answers[side].drop_duplicates("person_id", keep="last") for side in (before, after))
    asked_again = (first["group"] == "Passive") & first["person_id"].isin(later["person_id"])
    tried, known = first[asked_again], first[~asked_again]
    known = known.sample(min(MOST_TRAINED, len(known)), random_state=seed).sort_index()
    gave = (known["group"] == "Promoter").to_numpy()
    if len(tried) < MIN_PROOF or _too_few(panel, len(known), int(gave.sum())):
        return None
    inputs = inputs_of(panel, known.index.to_numpy())
    penalty, _ = cross_validated(inputs, gave, folded(panel, known.index.to_numpy(), seed))
    logit = fitted(inputs, gave, inputs_of(panel, tried.index.to_numpy()), (penalty,))[0]
    became = later.set_index("person_id")["group"].reindex(tried["person_id"]).eq("Promoter").to_numpy()
    likelier = logit > np.median(logit)
    return Proof(cut, len(tried), rated(became, logit), became[likelier].mean(), became[~likelier].mean())


def inputs_of(panel: Panel, positions: np.ndarray) -> Inputs:
    """What was used before the answers at these positions; of many features the 200 that most people use."""
    most = np.argsort(-panel.features["users"].to_numpy(), kind="stable")[:MOST_FEATURES]
    column = np.full(len(panel.features), -1)
    column[most] = np.arange(len(most))
    pairs = panel.pairs
    kept = column[pairs.feature] >= 0
    activity = np.log1p(np.nan_to_num(panel.answers[["active_days", "uses"]].to_numpy(float)))
    whole = Inputs(pairs.answer[kept], column[pairs.feature[kept]], np.log1p(pairs.uses[kept]), len(most), activity)
    return whole.at(positions)


def folded(panel: Panel, positions: np.ndarray, seed: int) -> np.ndarray:
    """Fold 0-4 of each answer: by account, or person where none is known; by person where there are under five."""
    code, groups = pd.factorize(panel.cluster[positions])
    if len(groups) < FOLDS:
        code, groups = pd.factorize(panel.person[positions])
    return np.random.default_rng(seed).permutation(len(groups))[code] % FOLDS


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


def calibration(gave: np.ndarray, rating: np.ndarray) -> pd.DataFrame:
    """Fifths of the rating, the lowest first: fifth, people, and the share of the target, predicted and observed."""
    fifths = np.array_split(np.argsort(rating, kind="stable"), FIFTHS)
    rows = [(i, len(own), rating[own].mean(), gave[own].mean()) for i, own in enumerate(fifths, 1) if len(own)]
    return pd.DataFrame(rows, columns=["fifth", "people", "predicted", "observed"])


def _too_few(panel: Panel, people: int, cases: int) -> Hidden | None:
    if not panel.has_usage:
        return Hidden.NO_USAGE
    if people < MIN_PEOPLE:
        return Hidden.FEW
    return Hidden.ONE_SIDED if min(cases, people - cases) < MIN_SIDE else None


def _ranking(answers: pd.DataFrame, target: str, hidden: Hidden | None, *, by_activity: bool) -> pd.DataFrame:
    """Whom to look at, the likeliest first; by activity alone the fifth that is most like the target."""
    passive, active = answers["group"] == "Passive", answers["features_used"] > 0
    eligible = answers[passive if target == "Promoter" else active & (answers["group"] != "Promoter")]
    if hidden is None:
        return eligible.sort_values("likeness", ascending=False, kind="stable", ignore_index=True)
    gave = (answers["group"] == target).to_numpy()
    rising = rated(gave, answers["activity"].to_numpy()).auc >= 0.5
    end = eligible["percentile"] >= 100 - FIFTH if rising else eligible["percentile"] <= FIFTH
    simple = eligible[end & by_activity].assign(likeness=np.nan)
    return simple.sort_values("activity", ascending=not rising, kind="stable", ignore_index=True)
