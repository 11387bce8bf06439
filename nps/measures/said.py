"""What accounts, or people, said up to a day: their latest answers, and what those who wrote something named."""

import numpy as np
import pandas as pd

from nps.comments.sides import DISLIKE, LOVE
from nps.joined import Joined
from nps.measures.rules import HEALTH_DAYS, SAID_DAYS

NAMED = {"disliked": 1 << DISLIKE, "loved": 1 << LOVE}


def said(answers: pd.DataFrame, units: int, until: pd.Timestamp) -> pd.DataFrame:
    """What each unit said before a moment: a row each (U,).

    answers  unit (a code; -1: none is known), person, responded_at, score. And wrote, disliked, loved, bool: whether
             there is a comment, and one that names something that is disliked, or loved; without them nobody wrote.
             Those without a date tell nothing
    until    what comes at it, or later, is not known
    score    of the latest answer of 180 days, of two at one moment the lowest; NaN without one
    answered, promoters, detractors   answers of those days
    trouble, love   whether a comment of those days names something disliked; loved
    y, people       sum over people of the latest answer of 365 days (-1, 0, 1), and how many
    wrote, disliked different people who wrote something in 180 days, and of those who named something disliked
    """
    dated = answers[(answers["responded_at"] < until) & (answers["unit"] >= 0)]
    dated = dated.assign(**{name: dated.get(name, False) for name in ("wrote", "disliked", "loved")})
    dated = dated.sort_values(["responded_at", "score"], ascending=[True, False], kind="stable")
    lately = dated[dated["responded_at"] >= until - pd.Timedelta(days=SAID_DAYS)]
    year = dated[dated["responded_at"] >= until - pd.Timedelta(days=HEALTH_DAYS)]
    year = year.drop_duplicates(["unit", "person"], keep="last")
    y = (year["score"] >= 9).astype(int) - (year["score"] <= 6)

    def count(rows: pd.DataFrame, weights: pd.Series | None = None) -> np.ndarray:
        return np.bincount(rows["unit"], weights, minlength=units)

    each = lately.groupby(["unit", "person"], as_index=False)[["wrote", "disliked"]].any()
    return pd.DataFrame(
        {
            "score": lately.groupby("unit")["score"].last().reindex(range(units)).astype(float),
            "answered": count(lately),
            "promoters": count(lately[lately["score"] >= 9]),
            "detractors": count(lately[lately["score"] <= 6]),
            "trouble": count(lately[lately["disliked"]]) > 0,
            "love": count(lately[lately["loved"]]) > 0,
            "y": count(year, y),
            "people": count(year),
            "wrote": count(each[each["wrote"]]),
            "disliked": count(each[each["disliked"]]),
        }
    )


def coded(panel: Joined) -> pd.DataFrame:
    """Of each answer whether there is a comment, and one that names a reason or feature as disliked, or loved: wrote,
    disliked, loved; bool (N,)."""
    coding = panel.coding
    sides = np.bitwise_or.reduce(coding.sided, axis=1) if coding.sided.size else np.zeros(len(coding.answer), np.uint8)
    np.bitwise_or.at(sides, coding.named_in, coding.named_sides)
    found = np.zeros((len(panel.answers), 1 + len(NAMED)), bool)
    found[coding.answer] = np.column_stack([np.ones(len(sides)), *(sides & bit for bit in NAMED.values())]) > 0
    return pd.DataFrame(found, columns=["wrote", *NAMED])
