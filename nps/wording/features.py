"""What the Features page says: how many features tell something, what a group is, and one feature in a sentence."""

import numpy as np
import pandas as pd

from nps.measures.rules import HARDLY_USED, MIN_SIDE
from nps.selection import Region
from nps.wording import names
from nps.wording.speech import _, several
from nps.wording.words import between, percent, points

GROUPS = ("fix", "keep_strong", "promote", "rethink_or_sunset", "hardly_used", "no_clear_difference")
WHO = {(0, 6): "detractors", (7, 8): "passives", (9, 10): "promoters"}  # scores -> whom they make


def of_all(frame: pd.DataFrame, outcome: str) -> str:
    """Of how many features the difference holds; frame as of `Chosen.by_feature`."""
    facts = {"n": int(frame["robust"].sum()), "all": len(frame)}
    if not facts["n"]:
        if outcome == "churn":
            return _("Users of none of {all} features leave more or less often than others as active.", **facts)
        return _("NPS of users differs from that of others as active for none of {all} features.", **facts)
    if outcome == "churn":
        return several(
            "Users of {n} of {all} features leave more or less often than others as active.",
            "Users of {n} of {all} features leave more or less often than others as active.",
            **facts,
        )
    return several(
        "NPS of users differs from that of others as active for {n} of {all} features.",
        "NPS of users differs from that of others as active for {n} of {all} features.",
        **facts,
    )


def of_part(people: int) -> str:
    """What the page shows of a part of the map: differences, and no judgement."""
    return several(
        "What 1 person selected uses: differences, none of them judged.",
        "What {n} people selected use: differences, none of them judged.",
        n=people,
    )


def of_chosen_scores(people: int) -> str:
    """What the page shows of people who were chosen by their scores."""
    return several(
        "What 1 person selected uses more or less than others as active.",
        "What {n} people selected use more or less than others as active.",
        n=people,
    )


def group(code: str) -> str:
    """A group of features, as a label."""
    called = names.verdict(code)
    return f"{called[:1].upper()}{called[1:]}"


def of_group(code: str, outcome: str) -> str:
    """What the features of a group have in common."""
    if outcome == "churn":
        told = {
            "fix": _("Used by many, who leave more often than others as active."),
            "keep_strong": _("Used by many, who leave less often than others as active."),
            "promote": _("Used by few, who leave less often than others as active."),
            "rethink_or_sunset": _("Used by few, who leave more often than others as active."),
        }
    else:
        told = {
            "fix": _("Used by many, whose NPS is lower than that of others as active."),
            "keep_strong": _("Used by many, whose NPS is higher than that of others as active."),
            "promote": _("Used by few, whose NPS is higher than that of others as active."),
            "rethink_or_sunset": _("Used by few, whose NPS is lower than that of others as active."),
        }
    told["hardly_used"] = _("Used by under {share} of active people.", share=percent(HARDLY_USED))
    told["no_clear_difference"] = _("Differences that may be chance, activity, or those of another feature.")
    return told[code]


def of_drawn(frame: pd.DataFrame, drawn: pd.DataFrame, by: str) -> str:
    """How many features a chart draws, and why not the others."""
    left = frame[~frame.index.isin(drawn.index)]
    hardly = left["group"].eq("hardly_used")
    more, few = int((left[by].notna() & ~hardly).sum()), int((left[by].isna() & ~hardly).sum())
    parts = [_("{n} of {all} drawn", n=len(drawn), all=len(frame))]
    parts += [_("{n} comparable are not", n=more)] if more else []
    parts += [_("{n} hardly used", n=int(hardly.sum()))] if hardly.any() else []
    parts += [_("{n} with under {least} users or others", n=few, least=MIN_SIDE)] if few else []
    return "; ".join(parts)


def of_one(row: pd.Series, outcome: str) -> str:
    """The users of one feature against others as active, in words of ours; row as of `Chosen.by_feature`."""
    if np.isnan(row["adjusted"]):
        return _("Too few users, or too few others, to compare them.")
    facts = {"points": f"{abs(row['adjusted']):.0f}"}
    if row["verdict"] is not None and not row["robust"]:
        if outcome == "churn":
            return _("Its users leave about as often as others as active, as far as can be told.")
        return _("NPS of its users is about that of others as active, as far as can be told.")
    if outcome == "churn":
        if row["adjusted"] > 0:
            return _("Its users leave {points} points more often than others as active.", **facts)
        return _("Its users leave {points} points less often than others as active.", **facts)
    if row["adjusted"] > 0:
        return _("NPS of its users is {points} points higher than that of others as active.", **facts)
    return _("NPS of its users is {points} points lower than that of others as active.", **facts)


def of_interval(row: pd.Series) -> str | None:
    """Between what the difference lies, where that is known."""
    return (
        None if np.isnan(row["low"]) else _("The difference is {span} points.", span=between(row["low"], row["high"]))
    )


def of_span(low: float, high: float) -> str:
    """Between what NPS lies."""
    return _("between {low} and {high}", low=points(low), high=points(high))


def of_use(users: int, people: int, difference: float, region: Region) -> str:
    """How many of those selected use a feature, against others as active; region: which scores they gave."""
    facts = {"users": users, "people": people, "share": percent(users / max(people, 1))}
    who = WHO.get(region.score) if region.all_activity else None
    if who == "detractors":
        said = _("{users} of {people} detractors use it, {share}", **facts)
    elif who == "passives":
        said = _("{users} of {people} passives use it, {share}", **facts)
    elif who == "promoters":
        said = _("{users} of {people} promoters use it, {share}", **facts)
    else:
        said = _("{users} of {people} people selected use it, {share}", **facts)
    if np.isnan(difference):
        return f"{said}."
    others = percent(float(np.clip(users / max(people, 1) - difference, 0, 1)))
    return _("{said}; others as active {others}.", said=said, others=others)
