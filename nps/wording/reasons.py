"""What people wrote, in words: how many did, what sets them apart, and what each figure is of."""

from collections.abc import Iterable

import pandas as pd

from nps.comments import Rules
from nps.comments.quoted import Quoted
from nps.measures.rules import FEW_WRITERS, MIN_SHOWN, SURELY_BELOW
from nps.measures.writers import Writers
from nps.notes import note
from nps.wording import words
from nps.wording.speech import _, several

LARGE = 1_000  # people of a side, of whom a column tells the share
GROUPS = "groups"  # detractors against promoters are compared, inside the selection


def theme(rules: Rules, key: str) -> str:
    """What a theme is called; "" is what no rule knows."""
    return str(rules.theme(key).called if key else note("theme.none"))


def side(code: str) -> str:
    """Love, dislike or wish."""
    return str(note(f"side.{code}"))


def heading(code: str) -> str:
    """The same, over a column."""
    return {"love": _("Love"), "dislike": _("Dislike"), "wish": _("Wish")}[code]


def group(code: str) -> str:
    """Detractors, passives or promoters, several of them."""
    return {"Detractor": _("Detractors"), "Passive": _("Passives"), "Promoter": _("Promoters")}[code]


def headline(people: int, wrote: int, unknown: int) -> str:
    """How many wrote, and how much of it nobody's rules know."""
    if wrote < MIN_SHOWN:
        return several("1 person of {of} wrote something.", "{n} people of {of} wrote something.", n=wrote, of=people)
    share = {"share": words.percent(wrote / people), "unknown": words.percent(unknown / wrote), "of": people}
    return several(
        "1 of {of} people wrote something ({share}); {unknown} of the comments give no reason we know.",
        "{n} of {of} people wrote something ({share}); {unknown} of the comments give no reason we know.",
        n=wrote,
        **share,
    )


def of_side(people: int, of: int) -> str:
    """How many of a side, or which share of a large one."""
    return _("{n} of {of}", n=people, of=of) if of < LARGE else words.percent(people / of)


def of_part(said: int, wrote: int) -> str:
    """How many of those who wrote say what was chosen."""
    return several("1 of {of} who wrote says so.", "{n} of {of} who wrote say so.", n=said, of=wrote)


def tags(rules: Rules, quote: Quoted) -> tuple[str, ...]:
    """What a comment is about, with its sides."""
    named = [(theme(rules, key), sides) for key, sides in quote.themes]
    named += [(feature, sides) for (_kind, feature), sides in quote.features]
    return tuple(" · ".join([name, *map(side, sides)]) for name, sides in named)


def apart(row: pd.Series, name: str, between: str) -> str:
    """In how much a reason, a feature or a word sets the sides apart."""
    if between == GROUPS:
        told = {"first": int(row["detractors"]), "of_first": int(row["of_detractors"])}
        told |= {"second": int(row["promoters"]), "of_second": int(row["of_promoters"])}
        return _(
            "{name}: {first} of {of_first} detractors who wrote, {second} of {of_second} promoters.", name=name, **told
        )
    told = {"share": words.percent(row["share"]), "rest": words.percent(row["share_rest"])}
    return _("{name}: {share} of those selected who wrote, {rest} of everyone else.", name=name, **told)


def span(low: float, high: float) -> str:
    """Between which shares of 100 the true one lies."""
    return _("{low:.0f} to {high:.0f}", low=100 * low, high=100 * high)


def sure(q: float) -> str:
    """How sure a difference is that is more than chance."""
    return _("sure") if q < SURELY_BELOW else _("likely")


def of_named(row: pd.Series) -> str:
    """How many name a feature, and on which side."""
    told = {side: int(row[side]) for side in ("love", "dislike", "wish")}
    return several(
        "1 person names it: {love} in praise, {dislike} in complaint, {wish} in a wish.",
        "{n} people name it: {love} in praise, {dislike} in complaint, {wish} in a wish.",
        n=int(row["people"]),
        **told,
    )


def few_named(row: pd.Series) -> str | None:
    """The same in few words; None where nobody does."""
    if not row["people"]:
        return None
    told = [f"{int(row[code])} {side(code)}" for code in ("love", "dislike", "wish") if row[code]]
    return " · ".join([several("1 person", "{n} people", n=int(row["people"])), *told])


def sides(between: str, wrote: Writers) -> tuple[int, int]:
    """How many wrote something on the two sides that are compared."""
    return (wrote.detractors, wrote.promoters) if between == GROUPS else (wrote.selected, wrote.rest)


def little(sides: Iterable[int]) -> bool:
    """Whether a side is so small that little can be found."""
    return min(sides) < FEW_WRITERS
