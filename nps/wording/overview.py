"""The sentence that a page begins with."""

from typing import NamedTuple

import numpy as np

from nps.measures.headline import Headline
from nps.measures.rules import CHANCE_BELOW, MIN_SHOWN, SURELY_BELOW
from nps.measures.score import Difference, Score
from nps.notes import Note, note
from nps.wording import names
from nps.wording.headlines import counted
from nps.wording.narrowing import short_day
from nps.wording.speech import _, several
from nps.wording.words import percent, points, signed


def of_change(found: Headline) -> str:
    """How the score last turned, and by how much."""
    told = {"before": points(found.nps_before), "after": points(found.nps_after), "day": found.began}
    told["amount"] = f"{abs(found.points):.0f}"
    if found.direction == "rose":
        return _("NPS rose {amount} points: {before} before {day}, {after} since.", **told)
    return _("NPS fell {amount} points: {before} before {day}, {after} since.", **told)


def of_mover(found: Headline) -> tuple[str, ...]:
    """Who accounts for a part of it, if anybody does; it holds words of a customer."""
    if found.mover is None or round(found.mover.points) == 0:
        return ()
    part = {
        "segment": names.segment(found.mover.segment),
        "value": names.value(found.mover.value),
        "part": f"{abs(found.mover.points):.0f}",
    }
    return (_("People with {segment} {value} account for {part} of these points.", **part),)


def against(found: Headline) -> str:
    """What a change beside a figure is against."""
    return _("since {day}", day=short_day(found.began))


def of_shares(before: float, after: float) -> str:
    """A change of a share, in points."""
    return _("{points} points", points=signed(100 * (after - before)))


def of_span(found: Headline) -> str:
    """How sure the amount is."""
    if np.isnan(found.low):
        return _("All answers are of one account or person, so nobody can tell how sure that is.")
    return _("The change is between {low} and {high} points.", low=signed(found.low), high=signed(found.high))


def of_score(measured: Score) -> str:
    """The score where nothing is known to have changed."""
    if measured.responses < MIN_SHOWN:
        return several(
            "1 answer: too few for NPS, which needs {least}.",
            "{n} answers: too few for NPS, which needs {least}.",
            **{"n": measured.responses, "least": MIN_SHOWN},
        )
    return _("NPS is {nps}, from {answers} answers.", nps=points(measured.nps), answers=measured.responses)


class Badge(NamedTuple):
    """What a finding is about: in a word, an icon, and whether it asks for a decision."""

    words: str
    icon: str
    act: bool


def badge(found) -> Badge:
    """Of a row of the findings, see `findings.Look`."""
    rose = found.difference > 0
    if found.kind == "feature":
        return Badge(_("Keep strong"), "favorite", True) if rose else Badge(_("Fix"), "build", True)
    if found.kind == "change":
        return Badge(_("Rose"), "trending_up", False) if rose else Badge(_("Fell"), "trending_down", False)
    if found.kind == "segment":
        return Badge(_("Segment"), "groups", False)
    if found.kind in ("reason", "mention"):
        return Badge(_("Comments"), "forum", False)
    return Badge(_("Use"), "scatter_plot", False)


def by_activity(apart: Difference) -> str:
    """The most active quarter against the least active."""
    if np.isnan(apart.points):
        return _("Too few answers to compare heavy with light users.")
    gap = f"{abs(apart.points):.0f}"
    if apart.p >= CHANCE_BELOW:
        return _("NPS of heavy and of light users differ by no more than chance.")
    if apart.points > 0:
        return _("NPS of heavy users is {gap} points higher.", gap=gap)
    return _("NPS of heavy users is {gap} points lower.", gap=gap)


def first_of(found) -> Note:
    """A finding in a line: who, which way, how much. See `findings.Look`."""
    facts = {"points": abs(found.difference), "value": names.value(found.value), "segment": names.heading(found.what)}
    facts |= {"when": found.context, "name": found.context, "hotspot": names.hotspot(found.context)}
    facts["share"] = percent(found.first)
    kind = "total" if found.kind == "change" and not found.value else found.kind
    return Note(f"first.{kind}.{'more' if found.difference > 0 else 'less'}", facts)


def figures_of(found) -> Note:
    """What a finding rests on, and how sure it is: sure where 1 of 100 such findings may be chance, else likely."""
    sure = note("first.sure") if found.q < SURELY_BELOW else note("first.likely")
    facts = {"n": int(found.n), "sure": sure}
    if found.kind == "hotspot":
        return note("first.of_spot", **facts, first=percent(found.first), second=percent(found.second))
    if found.kind in ("reason", "mention"):
        return note("first.of_sides", **facts | counted(found))
    if found.kind == "feature":
        return note("first.of_users", **facts, low=signed(found.low), high=signed(found.high))
    scores = {"first": points(found.first), "second": points(found.second), "n_rest": int(found.n_rest)}
    return note("first.of_scores", **facts, **scores)


def kept_of(found) -> Note:
    """A finding with its figures, as whoever keeps it saw it."""
    return note("first.kept", told=first_of(found), figures=figures_of(found))
