"""Figures as people write them, each with its n, its interval and what it counts."""

from datetime import date

import numpy as np

from nps.measures.churn import Leavers
from nps.measures.rules import EXCELLENT, WORLD_CLASS
from nps.measures.score import Score
from nps.selection import Repeats, Selection

MINUS = "\N{MINUS SIGN}"


def signed(points: float) -> str:
    """+21, −4 or 0; — when it is not known."""
    if np.isnan(points):
        return "—"
    rounded = round(points)
    return f"{'+' if rounded > 0 else MINUS if rounded < 0 else ''}{abs(rounded)}"


def points(value: float) -> str:
    """A score or a bound: 21, −4; — when it is not known."""
    return signed(value).removeprefix("+")


def percent(share: float) -> str:
    """A share 0..1 as 34%; nobody is 0% and everybody 100%, nothing else; — when it is not known."""
    if np.isnan(share):
        return "—"
    rounded = f"{100 * share:.0f}%"
    return {"0%": "under 1%", "100%": "over 99%"}.get(rounded, rounded) if 0 < share < 1 else rounded


def day(when: date) -> str:
    """3 August 2026."""
    return f"{when.day} {when:%B %Y}"


def interval(score: Score) -> str:
    """Between which scores the true one lies, and from how many answers."""
    if not score.responses:
        return "no answers"
    if np.isnan(score.low):
        return f"all from one account or person, so there is no interval; n = {score.responses:,}"
    return f"between {points(score.low)} and {points(score.high)} (95% interval), n = {score.responses:,}"


def before(days: int, dated: bool, what: str = "the answer") -> str:
    """Which use counts: that of so many days before an answer, and all of it where no answer has a date."""
    return f"in the {days} days before {what}" if dated else "at any time, as no answer has a date"


def basis(answers: int, selection: Selection, measure: str, window_days: int, dated: bool) -> str:
    """Whom the figures of a selection count, by which rule for repeats and in which window."""
    rule = {Repeats.LATEST: "each person's latest", Repeats.ALL: "repeats too"}[selection.repeats]
    return (
        f"n = {answers:,} answers, {rule}. Whom: {selection.describe(measure)}. "
        f"Activity: use {before(window_days, dated, 'each answer')}."
    )


def of_undated(answers: int) -> str:
    """Who is left out of what follows because nobody knows when they answered."""
    said = "1 answer has no date and is" if answers == 1 else f"{answers:,} answers have no date and are"
    return f"{said} left out here."


def reading(nps: float) -> str:
    """How a score is usually read."""
    bands = (
        (WORLD_CLASS, f"world class ({WORLD_CLASS} and above)"),
        (EXCELLENT, f"excellent ({EXCELLENT} to {WORLD_CLASS})"),
        (0, f"good (0 to {EXCELLENT})"),
    )
    return next((said for floor, said in bands if nps >= floor), "more detractors than promoters (below 0)")


def of_leavers(found: Leavers) -> str:
    """Who left, how sure that is, and who could not be counted."""
    if not found.people:
        return "Nobody here could still leave after answering."
    gone = f" {found.gone:,} who had left before, or answered nobody knows when, are left out." if found.gone else ""
    return (
        f"{found.left:,} of {found.people:,} people left after they answered: {percent(found.share)} "
        f"({percent(found.low)} to {percent(found.high)}).{gone}"
    )
