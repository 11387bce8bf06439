"""Figures as people write them, each with its n, its interval and what it counts."""

from datetime import date

import numpy as np

from nps.measures.churn import Leavers
from nps.measures.rules import EXCELLENT, WORLD_CLASS
from nps.measures.score import Score
from nps.selection import Repeats, Selection
from nps.wording import speech
from nps.wording.speech import _, several

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


def between(low: float, high: float) -> str:
    """The interval of a difference: +10 to +21."""
    return _("{low} to {high}", low=signed(low), high=signed(high))


def percent(share: float) -> str:
    """A share 0..1 as 34%; nobody is 0% and everybody 100%, nothing else; — when it is not known."""
    if np.isnan(share):
        return "—"
    rounded = f"{100 * share:.0f}"
    if 0 < share < 1 and rounded in ("0", "100"):
        return _("under 1%") if rounded == "0" else _("over 99%")
    return _("{n}%", n=rounded)


def day(when: date) -> str:
    """3 August 2026."""
    return speech.day(when)


def interval(score: Score) -> str:
    """Between which scores the true one lies, and from how many answers."""
    if not score.responses:
        return _("no answers")
    if np.isnan(score.low):
        return _("all from one account or person, so there is no interval; n = {n}", n=score.responses)
    low, high = points(score.low), points(score.high)
    return _("between {low} and {high} (95% interval), n = {n}", low=low, high=high, n=score.responses)


def window(days: int, dated: bool) -> str:
    """Which use counts, as a label: that of so many days before an answer, or all of it where dates are missing."""
    if not dated:
        return _("At any time, as answers or use have no dates")
    return several("In the day before the answer", "In the {n} days before the answer", n=days)


def nothing_used(days: int, dated: bool) -> str:
    """That somebody used nothing that counts."""
    if not dated:
        return _("Nothing at any time, as answers or use have no dates.")
    return several("Nothing in the day before the answer.", "Nothing in the {n} days before the answer.", n=days)


def of_active(share: float, days: int, dated: bool) -> str:
    """How many of the people who answered used anything that counts."""
    if not dated:
        return _(
            "{share} of the people who answered used something at any time, as answers or use have no dates.",
            share=percent(share),
        )
    return several(
        "{share} of the people who answered used something in the day before it.",
        "{share} of the people who answered used something in the {n} days before it.",
        share=percent(share),
        n=days,
    )


def usage_counts(share: float, days: int, dated: bool) -> str:
    """Which use counts, and how many used anything."""
    if not dated:
        return _(
            "Usage counts at any time, as answers or use have no dates; {share:.0%} of them used something.",
            share=share,
        )
    return several(
        "Usage counts in the day before an answer; {share:.0%} of them used something.",
        "Usage counts in the {n} days before an answer; {share:.0%} of them used something.",
        share=share,
        n=days,
    )


def counted(repeats: Repeats, days: int | None, dated: bool) -> str:
    """What a score counts: by which rule for repeats, and in which window use counts; None: no use is known."""
    latest = repeats == Repeats.LATEST
    if days is None:
        return _("Counts each person's latest answer.") if latest else _("Counts every answer, repeats too.")
    if not dated:
        return (
            _("Counts each person's latest answer; activity is use at any time, as answers or use have no dates.")
            if latest
            else _("Counts every answer, repeats too; activity is use at any time, as answers or use have no dates.")
        )
    if latest:
        return several(
            "Counts each person's latest answer; activity is use in the day before the answer.",
            "Counts each person's latest answer; activity is use in the {n} days before the answer.",
            n=days,
        )
    return several(
        "Counts every answer, repeats too; activity is use in the day before the answer.",
        "Counts every answer, repeats too; activity is use in the {n} days before the answer.",
        n=days,
    )


def basis(answers: int, selection: Selection, measure: str, window_days: int, dated: bool) -> str:
    """Whom the figures of a selection count, by which rule for repeats and in which window."""
    latest = selection.repeats == Repeats.LATEST
    return " ".join(
        [
            _("n = {n} answers, each person's latest.", n=answers)
            if latest
            else _("n = {n} answers, repeats too.", n=answers),
            _("Whom: {whom}.", whom=selection.describe(measure)),
            several(
                "Activity: use in the day before each answer.",
                "Activity: use in the {n} days before each answer.",
                n=window_days,
            )
            if dated
            else _("Activity: use at any time, as answers or use have no dates."),
        ]
    )


def of_undated(answers: int) -> str:
    """Who is left out of what follows because nobody knows when they answered."""
    return several(
        "1 answer has no date and is left out here.", "{n} answers have no date and are left out here.", n=answers
    )


def reading(nps: float) -> str:
    """How a score is usually read."""
    if nps >= WORLD_CLASS:
        return _("world class ({floor} and above)", floor=WORLD_CLASS)
    if nps >= EXCELLENT:
        return _("excellent ({floor} to {top})", floor=EXCELLENT, top=WORLD_CLASS)
    if nps >= 0:
        return _("good (0 to {top})", top=EXCELLENT)
    return _("more detractors than promoters (below 0)")


def of_leavers(leavers: Leavers) -> str:
    """Who left, how sure that is, and who could not be counted."""
    if not leavers.people:
        return _("Nobody here could still leave after answering.")
    text = _(
        "{left} of {people} people left after they answered: {share} ({low} to {high}).",
        left=leavers.left,
        people=leavers.people,
        share=percent(leavers.share),
        low=percent(leavers.low),
        high=percent(leavers.high),
    )
    if not leavers.gone:
        return text
    gone = _("{n} who had left before, or answered nobody knows when, are left out.", n=leavers.gone)
    return f"{text} {gone}"
