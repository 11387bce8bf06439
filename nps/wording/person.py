"""What is told of one person."""

from typing import Any

import pandas as pd

from nps.comments import Rules
from nps.daily import BEFORE, LATELY
from nps.measures.peers import Peers
from nps.wording import names, words
from nps.wording.reasons import side, theme
from nps.wording.speech import _, several


def answered(answer: Any) -> str:
    """The score and its day; answer: group, score, responded_at."""
    told = {"score": answer["score"], "group": names.group(answer["group"])}
    if pd.isna(answer["responded_at"]):
        return _("{group}: gave {score}", **told)
    return _("{group}: gave {score} on {day}", day=answer["responded_at"], **told)


def before(answer: Any, measures: list[str], days: int, dated: bool) -> str:
    """What was used before an answer; measures: what this usage can give."""
    known = [name for name in measures if pd.notna(answer[name])]
    if not known:
        return _("Use before an answer without a date is not known.")
    window = words.window(days, dated)
    told = ", ".join(names.amount(name, answer[name]) for name in known)
    if pd.isna(answer["percentile"]):
        return _("{window}: {told}", window=window, told=told)
    more = words.percent(answer["percentile"] / 100)
    return _("{window}: {told}; more active than {share} of people", window=window, told=told, share=more)


def stopped(row: Any) -> str:
    """What somebody stopped using; row: feature, days_before, last_at."""
    return several(
        "{feature}: used on 1 day of {before}, and not in the {lately} since; last on {day}",
        "{feature}: used on {n} days of {before}, and not in the {lately} since; last on {day}",
        feature=row.feature,
        n=int(row.days_before),
        day=row.last_at,
        before=BEFORE,
        lately=LATELY,
    )


def against(peers: Peers) -> str:
    """Whom somebody is set against."""
    if peers.alike == ("role", "group"):
        return several(
            "Against 1 active person of the same role and group",
            "Against {n} active people of the same role and group",
            n=peers.people,
        )
    if peers.alike:
        return several(
            "Against 1 active person of the same role", "Against {n} active people of the same role", n=peers.people
        )
    return several("Against 1 other active person", "Against {n} other active people", n=peers.people)


def not_used(feature: str, share: float) -> str:
    """What peers use, and what share of them."""
    return _("{feature} ({share} of them)", feature=feature, share=words.percent(share))


def reasons(rules: Rules, named: pd.DataFrame) -> str:
    """What somebody's comments name, with the sides; named: `Person.reasons`."""
    told = {}
    for row in named.itertuples():
        name = theme(rules, row.name) if row.what == "theme" else row.name
        told.setdefault(name, {}).update(dict.fromkeys(row.sides))
    return " · ".join(f"{name} ({', '.join(map(side, sides))})" if sides else name for name, sides in told.items())
