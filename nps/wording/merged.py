"""What merged values are called: several months or fifths in a row, all others together."""

import pandas as pd

from nps.measures.rules import MIN_SHOWN
from nps.measures.score import Score
from nps.wording import names, overview
from nps.wording.speech import _


def of_score(people: int, measured: Score | None) -> str:
    """The sentence of the overview."""
    if measured is not None:
        return overview.of_score(measured)
    if not people:
        return _("Fewer than five people answered: nothing is shown.")
    return _("{n} people answered, too few in one of the groups to show which.", n=people)


def of_segment(frame: pd.DataFrame, segment: str) -> str:
    """From which to which NPS the values of a segment reach."""
    enough = frame[frame["responses"] >= MIN_SHOWN]
    if enough.empty:
        return _("No group has the {n} answers that NPS needs.", n=MIN_SHOWN)
    told = {"low": overview.points(enough["nps"].min()), "high": overview.points(enough["nps"].max())}
    return _("By {segment}, NPS is {low} to {high}.", segment=names.segment(segment), **told)


def value(name: str | None) -> str:
    """A value of a segment, or all others together."""
    return _("All others") if name is None else names.value(name)


def months(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Nov 25; Nov 25 – Jan 26; with those who answered nobody knows when."""
    if pd.isna(last):
        return _("No date")
    if pd.isna(first):
        return _("No date, or until {month}", month=names.month(last))
    return names.month(last) if first == last else f"{names.month(first)} – {names.month(last)}"


def fifths(first: float, last: float) -> str:
    """The least active 0% to 20%; with those whose use is not known."""
    if pd.isna(last):
        return _("Use not known")
    high = 20 * int(last) + 20
    if pd.isna(first):
        return _("Use not known, or up to {high}%", high=high)
    return _("{low}% to {high}%", low=20 * int(first), high=high)
