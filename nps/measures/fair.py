"""Features compared fairly under one set of filters: the differences, what is sure of them, and what explains them.

Counted once for a set of filters, over all its people: a region shows differences, what holds is told of the whole.
"""

from typing import NamedTuple

import numpy as np

from nps.cube import Cube
from nps.measures import clusters, compared, confounding, features, score, student
from nps.measures.compared import Answers
from nps.measures.features import Comparison, Counts
from nps.measures.partners import ties
from nps.measures.rules import LEAST_LEFT, MIN_SIDE, ROBUST_BELOW


class Fair(NamedTuple):
    """Of each feature (F,), on the scale of y: -1..1 for scores, 0..1 for shares who left.

    crude, by_activity   users less others; the same within tiers of activity
    difference, se, df   also for quarter, role and plan; its error with clusters, NaN with one; its degrees of freedom
    spread, t            what clusters multiply an error by; errors to each side of a 95% interval
    overlap              share of people in tiers that hold users and others
    comparable           20 people on each side, and use that quarter, role and plan do not tell
    p, q                 of the badge, see `confounding.cautious_p`; Benjamini-Hochberg over what is comparable
    explained_by         the code of a partner that takes or shares the credit, else -1; inseparable: shares it
    robust, near_zero    what holds; what is practically no difference of scores
    kappa                how much of what activity explains is still in these differences
    covariates           what they are adjusted for besides activity
    """

    crude: np.ndarray
    by_activity: np.ndarray
    difference: np.ndarray
    se: np.ndarray
    df: np.ndarray
    spread: np.ndarray
    t: np.ndarray
    overlap: np.ndarray
    comparable: np.ndarray
    p: np.ndarray
    q: np.ndarray
    explained_by: np.ndarray
    inseparable: np.ndarray
    robust: np.ndarray
    near_zero: np.ndarray
    kappa: float
    covariates: tuple[str, ...]

    @property
    def lost(self) -> np.ndarray:
        """Which differences may be those of a partner."""
        return self.explained_by >= 0


def of_cube(cube: Cube, outcome: str = "score") -> Fair:
    """Users against others who are as active, of all answers of a cube; made once.

    outcome  score, or churn: who left after answering, of those who could
    """
    return cube.once(("fair", outcome), lambda: _of_scores(cube) if outcome == "score" else _of_churn(cube))


def _of_scores(cube: Cube) -> Fair:
    return _judged(compared.of_scores(cube), features.of_scores(Counts.of(cube)), of_score=True)


def _of_churn(cube: Cube) -> Fair:
    risk = cube.at_risk
    comparison = features.of_churn(Counts.of(risk), Counts.of(risk.lost))
    return _judged(compared.of_churn(risk), comparison, of_score=False)


def _judged(answers: Answers, comparison: Comparison, *, of_score: bool) -> Fair:
    fitted = list(answers.fits())
    difference, error, w, plain = np.hstack([np.empty((4, 0)), *(fit[:4] for fit, _, _ in fitted)])
    smaller = np.array([people for _, _, each in fitted for people in each])
    design = clusters.design(_together([totals for _, totals, _ in fitted]))
    spread, df = np.sqrt(design.deff), np.maximum(design.effective - 1, 1)
    comparable = np.isfinite(comparison.z) & (smaller >= MIN_SIDE) & (w >= LEAST_LEFT * plain)
    with np.errstate(divide="ignore", invalid="ignore"):
        alone = np.fmax(error, comparison.se)
        alone = np.where(
            alone > 0, alone, np.abs(comparison.difference / comparison.z)
        )  # nobody differs from their own side
    difference, se = (np.where(comparable, of, np.nan) for of in (difference, alone * spread))
    kappa = confounding.kappa(difference, comparison.crude, se)
    figures = difference, comparison.crude, se, df, kappa
    p = confounding.cautious_p(*figures)
    q = score.benjamini_hochberg(p)
    partner = ties(answers, np.flatnonzero(q < ROBUST_BELOW), difference, comparable)
    return Fair(
        *(
            comparison.crude,
            comparison.difference,
            difference,
            se,
            df,
            spread,
            student.quantile(df),
            comparison.overlap,
            comparable,
        ),
        *(p, q, *partner, (q < ROBUST_BELOW) & (partner.explained_by < 0)),
        *(confounding.near_zero(*figures) & of_score, kappa, answers.levels.names),
    )


def _together(totals: list[clusters.Totals]) -> clusters.Totals:
    return clusters.Totals(*np.hstack([np.empty((len(clusters.Totals._fields), 0)), *totals]))
