"""What is told without being asked, as sentences: a finding, that nothing holds, an alarm of the weekly watch."""

import numpy as np

from nps.measures.alarms import Alarm
from nps.measures.findable import Findable
from nps.wording import names
from nps.wording.compared import against_everyone
from nps.wording.speech import _
from nps.wording.verdicts import of_users
from nps.wording.words import between, percent, points

MOST_POINTS = 100


def of_finding(found) -> str:
    """A row of the findings, by its kind: see `findings.Look`."""
    return _KINDS[found.kind](found)


def nothing_holds(findable: Findable) -> str:
    """That nothing holds, and what could have been found: never that there is nothing."""
    answers = findable.answers
    if np.isnan(findable.points):
        return _(
            "Nothing can be tested in this view: its {answers} answers are all of one account or person.",
            answers=answers,
        )
    if findable.points >= MOST_POINTS:
        return _("Nothing holds in this view: {answers} answers are too few to find anything in.", answers=answers)
    return _(
        "Nothing holds in this view. With {answers} answers a group of {share} would usually be found from about "
        "{points:.0f} points.",
        answers=answers,
        share=percent(findable.share),
        points=findable.points,
    )


def of_alarm(alarm: Alarm) -> str:
    """What the weekly watch warns of, how large it is, since when, and how much of it is who answered."""
    moved = {"fell": -1, "rose": 1}[alarm.direction] * alarm.points
    facts = {"before": points(alarm.before), "n_before": alarm.responses_before, "moved": moved}
    facts |= {"after": points(alarm.after), "began": alarm.began, "n": alarm.responses_after}
    if round(moved) <= 0:
        return _turned(alarm.direction, facts)
    if np.isnan(alarm.low):
        said = _moved(alarm.direction, facts)
    else:
        said = _moved_surely(alarm.direction, facts | {"span": between(alarm.low, alarm.high)})
    if not alarm.mix_by:
        return said
    segment, mix = names.segment(alarm.mix_by), abs(alarm.mix)
    mixed = _("{points:.0f} of them because others answered ({segment}).", points=mix, segment=segment)
    return f"{said} {mixed}"


def _turned(direction: str, facts: dict) -> str:
    if direction == "fell":
        return _(
            "The score fell and has come back: {before} (n = {n_before}) before, {after} since the week of {began} "
            "(n = {n}).",
            **facts,
        )
    return _(
        "The score rose and has gone down again: {before} (n = {n_before}) before, {after} since the week of {began} "
        "(n = {n}).",
        **facts,
    )


def _moved(direction: str, facts: dict) -> str:
    if direction == "fell":
        return _(
            "The score fell, by about {moved:.0f} points: from {before} (n = {n_before}) to {after} since the week of "
            "{began} (n = {n}).",
            **facts,
        )
    return _(
        "The score rose, by about {moved:.0f} points: from {before} (n = {n_before}) to {after} since the week of "
        "{began} (n = {n}).",
        **facts,
    )


def _moved_surely(direction: str, facts: dict) -> str:
    if direction == "fell":
        return _(
            "The score fell, by about {moved:.0f} points ({span}): from {before} (n = {n_before}) to {after} since the "
            "week of {began} (n = {n}).",
            **facts,
        )
    return _(
        "The score rose, by about {moved:.0f} points ({span}): from {before} (n = {n_before}) to {after} since the "
        "week of {began} (n = {n}).",
        **facts,
    )


def _of_segment(found) -> str:
    return against_everyone(found.what, found.value, found.first, found.second, found.n, found.difference)


def _of_feature(found) -> str:
    return of_users(found.value, found.difference, found.low, found.high, found.n)


def _of_activity(found) -> str:
    facts = _scores(found)
    if found.difference > 0:
        return _(
            "The most active quarter scores {points:.0f} points above the least active quarter "
            "({first} against {second}, n = {n} and {n_rest}).",
            **facts,
        )
    return _(
        "The most active quarter scores {points:.0f} points below the least active quarter "
        "({first} against {second}, n = {n} and {n_rest}).",
        **facts,
    )


def _of_change(found) -> str:
    facts = _scores(found) | {"when": found.context}
    if found.value:
        return _of_own_change(found, facts)
    if found.difference > 0:
        return _(
            "The score rose {points:.0f} points {when} ({first} against {second} before, n = {n} and {n_rest}).",
            **facts,
        )
    return _(
        "The score fell {points:.0f} points {when} ({first} against {second} before, n = {n} and {n_rest}).", **facts
    )


def _of_own_change(found, facts: dict) -> str:
    facts = facts | {"segment": names.segment(found.what), "value": names.value(found.value)}
    if found.difference > 0:
        return _(
            "The score of {segment} {value} rose {points:.0f} points {when} "
            "({first} against {second} before, n = {n} and {n_rest}).",
            **facts,
        )
    return _(
        "The score of {segment} {value} fell {points:.0f} points {when} "
        "({first} against {second} before, n = {n} and {n_rest}).",
        **facts,
    )


def _scores(found) -> dict[str, object]:
    """Two scores and their difference, in points."""
    sides = {"first": points(found.first), "second": points(found.second), "n": found.n, "n_rest": found.n_rest}
    return sides | {"points": abs(found.difference)}


def _of_hotspot(found) -> str:
    return _(
        "{hotspot}: {what} {value}, {share} of them, {rest} of others as active (n = {n}).",
        hotspot=names.hotspot(found.context),
        what=names.segment(found.what),
        value=names.value(found.value),
        share=percent(found.first),
        rest=percent(found.second),
        n=found.n,
    )


def _of_reason(found) -> str:
    return _(
        "{first} of {n} detractors who wrote something gave the reason “{name}”, {second} of {n_rest} promoters.",
        name=found.context,
        **counted(found),
    )


def _of_mention(found) -> str:
    return _(
        "{first} of {n} detractors who wrote something named {name}, {second} of {n_rest} promoters.",
        name=found.value,
        **counted(found),
    )


def counted(found) -> dict[str, int]:
    """How many detractors and promoters gave a reason or named a feature, and of how many."""
    first, second = round(found.first * found.n), round(found.second * found.n_rest)
    return {"first": first, "n": found.n, "second": second, "n_rest": found.n_rest}


_KINDS = {
    "segment": _of_segment,
    "feature": _of_feature,
    "activity": _of_activity,
    "change": _of_change,
    "hotspot": _of_hotspot,
    "reason": _of_reason,
    "mention": _of_mention,
}
