"""Who will leave, by a model of who left before: shown only where it foretold better than the rule.

Each snapshot is foretold by a model of those alone whose outcome was known by then. What is told of it, hits by fifth,
calibration and the test, is of such forecasts; the model of all that is known by now tells who is likely today.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import logistic, paired
from nps.measures.likeness import FIFTHS, calibration
from nps.measures.paired import Contest
from nps.measures.rules import BETTER_Z, MIN_AUC, MIN_FORETOLD, MIN_LEARNED
from nps.measures.score import Z
from nps.measures.shares import wilson
from nps.measures.signals import HORIZON, SIGNS, Snapshot, signs
from nps.notes import Note, note

UNKNOWN = "no_"  # before the name of a signal: whether that is not known
REASONS = 3


class Model(NamedTuple):
    """A ridge logistic regression on signals: what it multiplies them by, their means and spreads: (K,).

    names  of signals, or UNKNOWN and the name of one
    """

    names: tuple[str, ...]
    mean: np.ndarray
    spread: np.ndarray
    beta: np.ndarray
    intercept: float

    def contributions(self, signals: pd.DataFrame) -> np.ndarray:
        """What each adds to the log odds of each account, against a mean one: (n, K)."""
        return self.beta * standard(columns(signals, self.names), self.mean, self.spread)

    def probability(self, signals: pd.DataFrame) -> np.ndarray:
        """Of each account: (n,)."""
        return 1 / (1 + np.exp(-(self.intercept + self.contributions(signals).sum(1))))

    def reasons(self, signals: pd.DataFrame) -> list[tuple[Note, ...]]:
        """What adds most to each account's log odds, at most three, as notes: (n,)."""
        added = self.contributions(signals)
        places = np.argsort(-added, axis=1, kind="stable")[:, :REASONS]
        return [
            tuple(note(f"signal.{self._told(place)}") for place in row if own[place] > 0)
            for row, own in zip(places, added, strict=True)
        ]

    def _told(self, place: int) -> str:
        """The name of a signal; where the odds rise with what lowers those of leaving, of its other side."""
        name = self.names[place]
        return f"not.{name}" if SIGNS.get(name, 0) * self.beta[place] < 0 else name


class WatchModel(NamedTuple):
    """Whether a model is worth showing, and how well it and the rule foretold.

    why_not      why it is not; None when it is
    missing      how many more accounts would have to leave before it can be told
    outcomes     of accounts that were foretold, how many left
    tested       AUC of model and rule, z of the difference
    fifths       by "model" and "rule": by, fifth (5: the likeliest), accounts, left, share, low, high, lift
    calibration  fifth, people, predicted, observed
    model        of all that is known; None where it is not shown
    """

    why_not: Note | None
    missing: int
    outcomes: int
    tested: Contest
    fifths: pd.DataFrame
    calibration: pd.DataFrame
    model: Model | None

    @property
    def shown(self) -> bool:
        """Whether it is."""
        return self.why_not is None


def watch_model(snapshots: Sequence[Snapshot], outcome: str = "churn", seed: int = 0) -> WatchModel:
    """The model of who leaves, or grows, and whether it is to be shown.

    snapshots  in any order; those that are not over yet are neither learned from nor foretold
    outcome    churn or expansion: what each signal may do to its odds
    """
    over = sorted((each for each in snapshots if each.week >= HORIZON), key=lambda each: -each.week)
    asked = signs(outcome), seed
    told = [(each, rating) for each in over if (rating := _foretold(each, over, *asked)) is not None]
    outcomes, every = (sum(int(each.left.sum()) for each in some) for some in ([each for each, _ in told], over))
    tested = paired.tested([paired.compared(each.left, rating, each.order) for each, rating in told])
    missing = max(0, MIN_FORETOLD - outcomes, MIN_LEARNED + MIN_FORETOLD - every)
    why_not = verdict(missing, tested, outcome)
    rated = np.concatenate([rating for _, rating in told]) if told else np.empty(0)
    left = np.concatenate([each.left for each, _ in told]) if told else np.empty(0, bool)
    orders = {"model": told, "rule": [(each, each.order) for each, _ in told]}
    fifths = pd.concat([by_fifth(pairs).assign(by=by) for by, pairs in orders.items()], ignore_index=True)
    model = None if why_not else fitted(over, *asked)
    return WatchModel(why_not, missing, outcomes, tested, fifths, calibration(left, rated), model)


def verdict(missing: int, tested: Contest, outcome: str = "churn") -> Note | None:
    """Why a model is not shown: too few outcomes, no better than chance, no better than the rule."""
    if missing:
        return note(f"model.{outcome}.few", n=missing)
    if not (tested.first >= MIN_AUC and tested.first - Z * tested.first_se > 0.5):
        return note(f"model.{outcome}.weak")
    return None if tested.z > BETTER_Z else note(f"model.{outcome}.no_better")


def by_fifth(ordered: Sequence[tuple[Snapshot, np.ndarray]]) -> pd.DataFrame:
    """Fifths of the order in each snapshot, the least likely first: fifth, accounts, left, share, low, high, lift."""
    split = [(each.left, np.array_split(np.argsort(order, kind="stable"), FIFTHS)) for each, order in ordered]
    rows = []
    for fifth in range(FIFTHS):
        accounts = sum(len(parts[fifth]) for _, parts in split)
        rows.append((fifth + 1, accounts, sum(int(left[parts[fifth]].sum()) for left, parts in split)))
    table = pd.DataFrame(rows, columns=["fifth", "accounts", "left"])
    low, high = wilson(table["left"].to_numpy(), table["accounts"].to_numpy())
    share, every = table["left"] / table["accounts"], table["left"].sum() / max(table["accounts"].sum(), 1)
    return table.assign(share=share, low=low, high=high, lift=share / every)


def fitted(snapshots: Sequence[Snapshot], signs: Mapping[str, int], seed: int = 0) -> Model:
    """A model of these snapshots. A signal whose sign is against what it is looked at for is left out."""
    signals = pd.concat([each.signals for each in snapshots], ignore_index=True)
    left = np.concatenate([each.left for each in snapshots])
    code, accounts = pd.factorize(np.concatenate([each.account for each in snapshots]))
    names = _telling(signals, tuple(signs))
    matrix, _, _ = _standard(columns(signals, names))
    folds = logistic.shared_out(code, len(accounts), seed)
    penalty, _ = logistic.cross_validated(logistic.inputs(matrix), left, folds)
    while True:
        matrix, mean, spread = _standard(columns(signals, names))
        beta = logistic.logistic(matrix, left, penalty)
        against = {name for name, slope in zip(names, beta[1:], strict=True) if signs.get(name, 0) * slope < 0}
        if not against:
            return Model(names, mean, spread, beta[1:], float(beta[0]))
        names = tuple(name for name in names if name.removeprefix(UNKNOWN) not in against)


def columns(signals: pd.DataFrame, names: Sequence[str]) -> np.ndarray:
    """Signals, and whether some are not known: (n, K); NaN where one is not."""
    parts = [
        signals[name.removeprefix(UNKNOWN)].isna() if name.startswith(UNKNOWN) else signals[name] for name in names
    ]
    return np.column_stack([np.empty((len(signals), 0)), *(part.to_numpy(float) for part in parts)])


def standard(matrix: np.ndarray, mean: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """In spreads from the mean; what is not known is at the mean."""
    return np.nan_to_num((matrix - mean) / spread)


def _standard(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    mean, spread = np.nanmean(matrix, 0), np.nanstd(matrix, 0)
    return standard(matrix, mean, spread), mean, spread


def _telling(signals: pd.DataFrame, names: Sequence[str]) -> tuple[str, ...]:
    """Signals that are not the same for everybody, and UNKNOWN of those that some do not have."""
    with_unknown = [name for own in names for name in (own, UNKNOWN + own)]
    spread = {name: columns(signals, [name])[:, 0] for name in with_unknown}
    return tuple(name for name, values in spread.items() if len(np.unique(values[~np.isnan(values)])) > 1)


def _foretold(snapshot: Snapshot, over: Sequence[Snapshot], signs: Mapping[str, int], seed: int) -> np.ndarray | None:
    """Probabilities (n,) by a model of what was over by then; None where under 20 had left."""
    known = [each for each in over if each.week - HORIZON >= snapshot.week]
    if sum(int(each.left.sum()) for each in known) < MIN_LEARNED:
        return None
    return fitted(known, signs, seed).probability(snapshot.signals)
