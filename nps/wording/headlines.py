"""What is told without being asked, as sentences: a finding, that nothing holds, an alarm of the weekly watch."""

import numpy as np

from nps.measures.alarms import Alarm
from nps.measures.findable import Findable
from nps.wording.words import day, percent, points, signed

MOST_POINTS = 100


def of_finding(found) -> str:
    """A row of the findings, by its kind: see `findings.Look`."""
    return _KINDS[found.kind](found)


def nothing_holds(findable: Findable) -> str:
    """That nothing holds, and what could have been found: never that there is nothing."""
    if np.isnan(findable.points):
        return f"Nothing can be tested in this view: its {findable.answers:,} answers are all of one account or person."
    if findable.points >= MOST_POINTS:
        return f"Nothing holds in this view: {findable.answers:,} answers are too few to find anything in."
    return (
        f"Nothing holds in this view. With {findable.answers:,} answers a group of {percent(findable.share)} would "
        f"usually be found from about {findable.points:.0f} points."
    )


def of_alarm(alarm: Alarm) -> str:
    """What the weekly watch warns of, how large it is, since when, and how much of it is who answered."""
    moved = {"fell": -1, "rose": 1}[alarm.direction] * alarm.points
    since = f"since the week of {day(alarm.began)} (n = {alarm.responses_after:,})"
    scores = f"{points(alarm.before)} (n = {alarm.responses_before:,})"
    if round(moved) <= 0:
        turned = "come back" if alarm.direction == "fell" else "gone down again"
        return f"The score {alarm.direction} and has {turned}: {scores} before, {points(alarm.after)} {since}."
    span = "" if np.isnan(alarm.low) else f" ({signed(alarm.low)} to {signed(alarm.high)})"
    mix = f" {abs(alarm.mix):.0f} of them because others answered ({alarm.mix_by})." if alarm.mix_by else ""
    return (
        f"The score {alarm.direction}, by about {moved:.0f} points{span}: "
        f"from {scores} to {points(alarm.after)} {since}.{mix}"
    )


def _of_segment(found) -> str:
    who, more = f"{found.what[:1].upper()}{found.what[1:]}", "above" if found.difference > 0 else "below"
    return (
        f"{who} {found.value} scores {abs(found.difference):.0f} points {more} everyone else "
        f"({points(found.first)} against {points(found.second)}, n = {found.n:,})."
    )


def _of_feature(found) -> str:
    more = "higher" if found.difference > 0 else "lower"
    return (
        f"Users of {found.value} score {abs(found.difference):.0f} points {more} than others who are as active "
        f"({signed(found.low)} to {signed(found.high)}, n = {found.n:,})."
    )


def _of_activity(found) -> str:
    more = "above" if found.difference > 0 else "below"
    return (
        f"The most active quarter scores {abs(found.difference):.0f} points {more} the least active quarter "
        f"({points(found.first)} against {points(found.second)}, n = {found.n:,} and {found.n_rest:,})."
    )


def _of_change(found) -> str:
    who = "The score" if found.what == "everyone" else f"The score of {found.what} {found.value}"
    moved = "rose" if found.difference > 0 else "fell"
    return (
        f"{who} {moved} {abs(found.difference):.0f} points {found.context} "
        f"({points(found.first)} against {points(found.second)} before, n = {found.n:,} and {found.n_rest:,})."
    )


def _of_hotspot(found) -> str:
    return (
        f"{found.context}: {found.what} {found.value}, {percent(found.first)} of them, "
        f"{percent(found.second)} of others as active (n = {found.n:,})."
    )


_KINDS = {
    "segment": _of_segment,
    "feature": _of_feature,
    "activity": _of_activity,
    "change": _of_change,
    "hotspot": _of_hotspot,
}
