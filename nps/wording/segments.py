"""What the Segments page says first: who differs, how far apart a group is, and what a change is made of."""

import numpy as np
import pandas as pd

from nps.measures.change import Split
from nps.measures.rules import CHANCE_BELOW, MIN_SHOWN
from nps.wording import names
from nps.wording.speech import _, several
from nps.wording.words import between, points, signed

LEAST = 0.5  # points, under which a part of a change is not told


def of_values(frame: pd.DataFrame) -> str:
    """How many groups differ from everyone else; frame as of `Chosen.by_segment`."""
    facts = {"n": int(frame["flagged"].sum()), "all": int((frame["responses"] > 0).sum())}
    if not facts["n"]:
        return _("No group's NPS differs from everyone else by more than chance.")
    return several(
        "NPS of 1 of {all} groups differs from everyone else.",
        "NPS of {n} of {all} groups differs from everyone else.",
        **facts,
    )


def of_made_up(people: int) -> str:
    """What the page shows of people who were chosen by their scores."""
    return several("Who 1 person selected is.", "Who {n} people selected are.", n=people)


def of_pairs(frame: pd.DataFrame) -> str:
    """From which to which NPS the pairs reach that have enough answers; frame as of `Chosen.crossed`."""
    known = frame.loc[frame["responses"] >= MIN_SHOWN, "nps"]
    if len(known) < 2:
        return _("No two pairs have the {n} answers that NPS needs.", n=MIN_SHOWN)
    ends = {"low": points(known.min()), "high": points(known.max())}
    return _("NPS of {n} pairs is between {low} and {high}.", n=len(known), **ends)


def of_gap(around: pd.DataFrame) -> str:
    """A group against everyone else before a day and since, in words of ours; around as of `Chosen.around`."""
    before, since = (None if few(row) else row["points"] for _place, row in around.iterrows())
    if before is None and since is None:
        return _("Too few answers to compare this group with everyone else.")
    if before is None:
        return _since(since)
    if since is None:
        return _before(before)
    facts = {"before": _apart(before), "since": _apart(since)}
    return _("NPS of this group: {before} everyone else before, {since} since.", **facts)


def few(row: pd.Series) -> bool:
    """Whether a side has too few answers for NPS."""
    return bool(row["responses"] < MIN_SHOWN or np.isnan(row["points"]))


def _since(apart: float) -> str:
    return _("NPS of this group: {gap} everyone else since, too few answers before.", gap=_apart(apart))


def _before(apart: float) -> str:
    return _("NPS of this group: {gap} everyone else before, too few answers since.", gap=_apart(apart))


def _apart(apart: float) -> str:
    return (
        several("1 point above", "{n} points above", n=round(abs(apart)))
        if apart > 0
        else several("1 point below", "{n} points below", n=round(abs(apart)))
    )


def beside(row: pd.Series) -> str:
    """A group against everyone else on one side of a day: by how much, and how sure that is."""
    if few(row):
        return _("too few answers")
    if row["p"] >= CHANCE_BELOW:
        return _("{points} against everyone else, no more than chance", points=signed(row["points"]))
    return _("{points} against everyone else", points=signed(row["points"]))


def of_change(split: Split) -> str:
    """How NPS moved between two periods; words of ours."""
    total = split.total
    facts = {"before": points(total.before), "after": points(total.after), "points": f"{abs(total.change):.0f}"}
    if round(total.change) == 0:
        return _("NPS is where it was: {before} before, {after} after.", **facts)
    if total.change > 0:
        return _("NPS rose {points} points: {before} before, {after} after.", **facts)
    return _("NPS fell {points} points: {before} before, {after} after.", **facts)


def of_parts(split: Split, segment: str) -> str:
    """What who answered and how they scored make up of a change, with both intervals; it names a segment."""
    total = split.total
    facts = {"segment": names.segment(segment), "mix": signed(total.mix), "rate": signed(total.rate)}
    facts |= {"mix_span": between(total.mix_low, total.mix_high), "rate_span": between(total.rate_low, total.rate_high)}
    return _(
        "By {segment}, who answered accounts for {mix} points ({mix_span}), how groups scored for {rate} "
        "({rate_span}).",
        **facts,
    )


def of_largest(split: Split) -> str | None:
    """Whose part of the change is the largest; None where that is next to nothing. It names a customer's value."""
    parts = split.parts.assign(points=split.parts["mix"] + split.parts["rate"])
    if parts.empty or not parts["points"].abs().max() >= LEAST:
        return None
    row = parts.loc[parts["points"].abs().idxmax()]
    facts = {"value": names.pooled(row["value"]), "points": signed(row["points"])}
    return _("The largest part is that of {value}: {points} points.", **facts)
