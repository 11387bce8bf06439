"""Some answers against others, as sentences: groups, periods, and what sets a selection apart."""

import numpy as np
import pandas as pd

from nps.measures.rules import CHANCE_BELOW, MIN_SHOWN, NEAR
from nps.measures.score import POINTS, Difference
from nps.wording import names
from nps.wording.speech import _, several
from nps.wording.words import between, percent, points

MOST_NAMED = 5


def versus(difference: Difference) -> str:
    """The selection against everyone else, when scores can be compared."""
    if np.isnan(difference.points):
        return ""
    facts = {"points": abs(round(difference.points)), "span": between(difference.low, difference.high)}
    facts["sure"] = _sureness(difference.p)
    if difference.points > 0:
        return _("{points} points above everyone else ({span}), {sure}", **facts)
    return _("{points} points below everyone else ({span}), {sure}", **facts)


def versus_previous(difference: Difference) -> str:
    """The score against the period before."""
    if np.isnan(difference.points):
        return _("Nobody answered in as many days before, so there is nothing to compare with.")
    facts = {"points": f"{abs(difference.points):.0f}", "span": between(difference.low, difference.high)}
    facts["sure"] = _sureness(difference.p)
    if difference.points > 0:
        return _("NPS was {points} points above that of as many days before ({span}): {sure}.", **facts)
    return _("NPS was {points} points below that of as many days before ({span}): {sure}.", **facts)


def _sureness(p: float) -> str:
    if np.isnan(p):
        return _("all from one account or person, so nobody can tell whether it is chance")
    return _("more than chance would explain") if p < CHANCE_BELOW else _("no more than chance would explain")


def of_around(row: pd.Series, value: str) -> str:
    """One value against everyone else, before or after a day."""
    before = row["when"] == "before"
    if np.isnan(row["points"]) or row["responses"] < MIN_SHOWN:
        few = {"n": row["responses"]}
        return (
            _("Before: too few answers ({n}).", **few) if before else _("From then on: too few answers ({n}).", **few)
        )
    facts = {"value": names.value(value), "points": abs(row["points"]), "n": row["responses"]}
    facts |= {"nps": points(row["nps"]), "rest": points(row["nps_rest"]), "sure": _sureness(row["p"])}
    facts["span"] = between(row["low"], row["high"])
    if before and row["points"] > 0:
        return _(
            "Before: NPS of {value} {points:.0f} points above everyone else "
            "({nps} against {rest}, {n} answers, {span}): {sure}.",
            **facts,
        )
    if before:
        return _(
            "Before: NPS of {value} {points:.0f} points below everyone else "
            "({nps} against {rest}, {n} answers, {span}): {sure}.",
            **facts,
        )
    if row["points"] > 0:
        return _(
            "From then on: NPS of {value} {points:.0f} points above everyone else "
            "({nps} against {rest}, {n} answers, {span}): {sure}.",
            **facts,
        )
    return _(
        "From then on: NPS of {value} {points:.0f} points below everyone else "
        "({nps} against {rest}, {n} answers, {span}): {sure}.",
        **facts,
    )


def of_apart(row: pd.Series) -> str:
    """What a selection holds more or less of than everyone else."""
    if row["is_feature"]:
        return _(
            "{feature}: used by {share} of them, by {others} of others as active",
            feature=row["value"],
            share=percent(row["share"]),
            others=percent(max(row["share"] - row["difference"], 0.0)),
        )
    return _(
        "{segment} {value}: {share} of them, {rest} of everyone else",
        segment=names.heading(row["what"]),
        value=names.value(row["value"]),
        share=percent(row["share"]),
        rest=percent(row["share_rest"]),
    )


def of_segment(name: str, frame: pd.DataFrame) -> str:
    """What a chart of one segment shows."""
    alone = frame["low"].isna() & frame["nps"].notna() & (frame["responses"] >= MIN_SHOWN)
    single = _("A group whose answers are all of one account or person has no interval and is not tested.")
    said = [_furthest(name, frame) or _("No group clearly differs from everyone else."), _alike(frame)]
    return " ".join(filter(None, [*said, single if alone.any() else ""]))


def _alike(frame: pd.DataFrame) -> str:
    """Which values are practically as everyone else."""
    alike = tuple(map(names.value, frame.loc[frame["near_zero"] & ~frame["flagged"], "value"]))
    near = {"points": POINTS * NEAR, "values": alike[:MOST_NAMED]}
    if len(alike) > MOST_NAMED:
        return several(
            "Practically as everyone else (less than {points:.0f} points away): {values} and {n} more.",
            "Practically as everyone else (less than {points:.0f} points away): {values} and {n} more.",
            n=len(alike) - MOST_NAMED,
            **near,
        )
    return _("Practically as everyone else (less than {points:.0f} points away): {values}.", **near) if alike else ""


def _furthest(segment: str, frame: pd.DataFrame) -> str:
    """The value that differs most, among those that differ."""
    flagged = frame[frame["flagged"]]
    if flagged.empty:
        return ""
    overall = np.average(frame["nps"].fillna(0), weights=frame["responses"])
    row = flagged.iloc[int((flagged["shrunk"] - overall).abs().argmax())]
    others = frame[frame["value"] != row["value"]]
    rest = np.average(others["nps"].fillna(0), weights=others["responses"])
    return against_everyone(segment, row["value"], row["nps"], rest, row["responses"])


def against_everyone(segment: str, value: str, nps: float, rest: float, n: int, apart: float | None = None) -> str:
    """A value of a segment whose score differs from everyone else's; apart: by how much, where not just by that."""
    gap = nps - rest if apart is None else apart
    facts = {"segment": names.heading(segment), "value": names.value(value), "points": abs(gap)}
    facts |= {"nps": points(nps), "rest": points(rest), "n": n}
    if gap > 0:
        return _(
            "{segment} {value}: NPS {points:.0f} points above everyone else ({nps} against {rest}, {n} answers).",
            **facts,
        )
    return _(
        "{segment} {value}: NPS {points:.0f} points below everyone else ({nps} against {rest}, {n} answers).", **facts
    )
