"""Who uses the product like a promoter, or like a detractor, and whether that can be told at all (methods 6).

An L2-penalised logistic regression on what people used before they answered. Everybody is rated by a model that saw
neither them nor their account, and the rating is shown only where it beats knowing how active they are.
"""

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.joined import Joined
from nps.measures.logistic import MOST_TRAINED, Rated, cross_validated, fitted, folded, inputs_of, rated
from nps.measures.rules import MIN_AUC, MIN_CASES, MIN_GAIN, MIN_PEOPLE, MIN_PROOF
from nps.measures.score import Z
from nps.notes import note

FIFTHS, FIFTH = 5, 20


class Hidden(Enum):
    """Why nobody is ranked, as notes."""

    NO_USAGE = note("likeness.no_usage")
    FEW = note("likeness.few", n=MIN_PEOPLE)
    ONE_SIDED = note("likeness.one_sided", n=MIN_CASES)
    WEAK = note("likeness.weak")
    NOT_TRUE = note("likeness.not_true")
    NO_BETTER = note("likeness.no_better")


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


def likeness(
    panel: Joined,
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


def came_true(panel: Joined, seed: int = 0) -> Proof | None:
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
    tried, trained = first[asked_again], first[~asked_again]
    trained = trained.sample(min(MOST_TRAINED, len(trained)), random_state=seed).sort_index()
    gave = (trained["group"] == "Promoter").to_numpy()
    if len(tried) < MIN_PROOF or _too_few(panel, len(trained), int(gave.sum())):
        return None
    inputs = inputs_of(panel, trained.index.to_numpy())
    penalty, _ = cross_validated(inputs, gave, folded(panel, trained.index.to_numpy(), seed))
    logit = fitted(inputs, gave, inputs_of(panel, tried.index.to_numpy()), (penalty,))[0]
    became = later.set_index("person_id")["group"].reindex(tried["person_id"]).eq("Promoter").to_numpy()
    likelier = logit > np.median(logit)
    return Proof(cut, len(tried), rated(became, logit), became[likelier].mean(), became[~likelier].mean())


def calibration(gave: np.ndarray, rating: np.ndarray) -> pd.DataFrame:
    """Fifths of the rating, the lowest first: fifth, people, and the share of the target, predicted and observed."""
    fifths = np.array_split(np.argsort(rating, kind="stable"), FIFTHS)
    rows = [(i, len(own), rating[own].mean(), gave[own].mean()) for i, own in enumerate(fifths, 1) if len(own)]
    return pd.DataFrame(rows, columns=["fifth", "people", "predicted", "observed"])


def _too_few(panel: Joined, people: int, cases: int) -> Hidden | None:
    if not panel.has_usage:
        return Hidden.NO_USAGE
    if people < MIN_PEOPLE:
        return Hidden.FEW
    return Hidden.ONE_SIDED if min(cases, people - cases) < MIN_CASES else None


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
