"""What conditions come to while they are put together: how many people, and what these answered."""

from typing import NamedTuple

import streamlit as st

import nps
from nps.measures.rules import MIN_SHOWN
from nps.selection.clauses import Who
from nps.who.built import Counted
from nps.wording import _, several, words
from pages.parts import show
from pages.session import views

NOT_USED = ("!did.", "!then.")
LITTLE = 0.005  # of the rows of use: of nobody known, and not worth a word


class Told(NamedTuple):
    """How many people conditions hold for, and the NPS of those who answered; None for too few."""

    counted: Counted
    score: tuple[float, float, float] | None


def told(panel: nps.Panel, lines: tuple[str, ...]) -> bool:
    """Say how many people they all hold for; whether that can be said."""
    try:
        found = _told(panel, lines)
    except nps.InputError as refused:
        show.problem(refused.note)
        return False
    st.text(" · ".join(_parts(found)))
    for each in _cautions(panel, lines, found.counted):
        st.caption(each)
    return True


@views.shared
def _told(panel: nps.Panel, lines: tuple[str, ...]) -> Told:
    """What they come to. Raises InputError, which is not remembered: a database may answer the next time."""
    score = panel.select(nps.Selection(who=lines)).score
    return Told(_counted(panel, lines), (score.nps, score.low, score.high) if score.responses >= MIN_SHOWN else None)


def words_of(panel: nps.Panel, line: str) -> str:
    """A condition in words; it may hold what a customer wrote."""
    (clause,) = Who.of(line)
    return str(clause.under(panel).label)


@views.shared
def _counted(panel: nps.Panel, lines: tuple[str, ...]) -> Counted:
    return panel.counted(*lines)


def people(panel: nps.Panel, lines: tuple[str, ...]) -> int | None:
    """How many people they all hold for; None where it cannot be asked."""
    try:
        return _counted(panel, lines).people
    except nps.InputError:
        return None


@views.shared
def _unknown(panel: nps.Panel) -> float:
    return panel.unknown_use()


def _parts(found: Told) -> list[str]:
    parts = [
        several("1 person", "{n} people", n=found.counted.people),
        _("{n} of them answered", n=found.counted.respondents),
    ]
    if found.score:
        nps_of, low, high = (words.points(each) for each in found.score)
        parts.append(_("NPS {nps} ({low} to {high})", nps=nps_of, low=low, high=high))
    return parts


def _cautions(panel: nps.Panel, lines: tuple[str, ...], counted: Counted) -> list[str]:
    """What is to be known of who did not do something."""
    inside, idle = counted.joined_inside, counted.no_usage
    told = []
    if inside:
        told.append(several("1 of them joined inside that time.", "{n} of them joined inside that time.", n=inside))
    if not any(mark in line for line in lines for mark in NOT_USED):
        return told
    if idle:
        told.append(several("1 of them never used anything.", "{n} of them never used anything.", n=idle))
    if (share := _unknown(panel)) >= LITTLE:
        told.append(_("{share:.0%} of the rows of use are of nobody known: “did not use” may miss them.", share=share))
    return told
