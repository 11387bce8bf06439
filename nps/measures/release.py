"""Before and after a release: who took a feature up against who did not, by difference in differences (methods 8).

Adopters used it within 90 days after the release, whenever they answered. What changed for them beyond what changed for
the others is no proof that the release did it: who takes up a feature is not chosen at random. So the same comparison
inside the time before stands beside it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.joined import Joined
from nps.measures import clusters, score, student
from nps.measures.rules import MIN_CELL
from nps.measures.score import Y
from nps.spells import DAYS, EPOCH, users_after

USERS, OTHERS = "users", "others"
BEFORE, AFTER = "before", "after"


class Effect(NamedTuple):
    """A difference of two differences in points, with its 95% interval, p and degrees of freedom; NaN: too few."""

    points: float
    low: float
    high: float
    p: float
    df: float


class Release(NamedTuple):
    """What changed with a release.

    cells   who, when, responses, nps: users and others, before and after
    effect  how much more the users' score changed than that of others; NaN under 30 answers in any cell
    trend   the same inside the time before: its later half against its earlier half
    observed  how many of the 90 days after the release use is known of
    """

    cells: pd.DataFrame
    effect: Effect
    trend: Effect
    observed: int

    def change(self, who: str) -> float:
        """The change of the score of users or of others, in points."""
        before, after = self.cells.set_index(["who", "when"])["nps"][[(who, BEFORE), (who, AFTER)]]
        return float(after - before)


UNKNOWN = Effect(*[np.nan] * 5)


def compared(y: np.ndarray, adopter: np.ndarray, after: np.ndarray, cluster: np.ndarray) -> Effect:
    """Difference in differences of answers (n,), UNKNOWN with under 30 answers in a cell.

    y        -1, 0 or 1
    adopter  whether the person used the feature after the release; bool
    after    whether the answer came after it; bool
    cluster  whose answers are alike, as codes
    """
    few = np.bincount(_cell(adopter, after), minlength=4).min() < MIN_CELL
    return UNKNOWN if few else difference_in_differences(y, adopter, after, cluster)


def difference_in_differences(y: np.ndarray, adopter: np.ndarray, after: np.ndarray, cluster: np.ndarray) -> Effect:
    """(m11 - m10) - (m01 - m00) with clusters: SE^2 = G / (G - 1) sum S_g^2, S_g = sum of a e over a cluster, and t.

    a = +-1 / answers of the cell, e = y less the cell's mean. Every cell has an answer. UNKNOWN with a single cluster.
    """
    cell = _cell(adopter, after)
    n = np.bincount(cell, minlength=4)
    mean = np.bincount(cell, y, minlength=4) / n
    a = np.where(adopter == after, 1.0, -1.0) / n[cell]
    e = y - mean[cell]
    code = np.unique(cluster, return_inverse=True)[1]
    groups = code.max() + 1
    if groups < 2:
        return UNKNOWN
    effect = mean[3] - mean[2] - mean[1] + mean[0]
    se = np.sqrt(groups / (groups - 1) * (np.bincount(code, a * e) ** 2).sum())
    df = np.maximum(clusters.of(code, a, e).effective - 1, 1)
    if se == 0:  # everybody of a cell answered alike: how sure that is cannot be told from them
        return UNKNOWN._replace(points=score.POINTS * float(effect), df=float(df))
    p = student.two_sided(effect / se, df)
    margin = student.quantile(df) * se
    low, high = np.clip([effect - margin, effect + margin], -4, 4)
    return Effect(*(score.POINTS * float(part) for part in (effect, low, high)), float(p), float(df))


def of(
    panel: Joined, feature: int, at: date, between: Callable[[date, date], np.ndarray], first: date, last: date
) -> Release:
    """The release of a feature (its row in `panel.features`) on a day, over answers from one day to another.

    between  positions of the answers from one day to another, both included, by the rule for repeated answers
    """
    users = users_after(panel.spells, feature, pd.Timestamp(at))
    until, middle, day = panel.spells["last"].max(), first + (at - first) / 2, timedelta(days=1)

    def sides(start: date, begin: date, end: date) -> tuple[np.ndarray, ...]:
        """y, adopter, after and cluster of the answers before a day and from it on."""
        parts = [
            between(*days) if days[0] <= days[1] else np.empty(0, int) for days in ((start, begin - day), (begin, end))
        ]
        places, after = np.concatenate(parts), np.repeat([False, True], [len(part) for part in parts])
        y = Y[panel.answers["score"].to_numpy()[places]]
        return y, np.isin(panel.person[places], users), after, panel.cluster[places]

    whole = sides(first, at, last)
    observed = 0 if pd.isna(until) else int(np.clip(until - (pd.Timestamp(at) - EPOCH).days + 1, 0, DAYS))
    return Release(cells(*whole[:3]), compared(*whole), compared(*sides(first, middle, at - day)), observed)


def cells(y: np.ndarray, adopter: np.ndarray, after: np.ndarray) -> pd.DataFrame:
    """who, when, responses and nps of the four cells."""
    cell = _cell(adopter, after)
    counts = np.bincount(3 * cell + y.astype(int) + 1, minlength=12).reshape(4, 3)
    order = [2, 3, 0, 1]
    return pd.DataFrame(
        {
            "who": [USERS, USERS, OTHERS, OTHERS],
            "when": [BEFORE, AFTER] * 2,
            "responses": counts.sum(1)[order],
            "nps": score.net(counts)[order],
        }
    )


def _cell(adopter: np.ndarray, after: np.ndarray) -> np.ndarray:
    """0 to 3: 2 for adopters, and 1 for after."""
    return 2 * np.asarray(adopter, np.int64) + after
