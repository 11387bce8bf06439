"""Accounts in words: what a list holds, what came of it, how each part of health is counted, and what is not known."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from nps.measures.lists import Record
from nps.measures.rules import HEALTH_DAYS, MIN_SHOWN, PSEUDO_RESPONDENTS, SAID_DAYS
from nps.measures.weights import Weighted
from nps.wording import words
from nps.wording.speech import _, several

Row = Mapping[str, Any]


def named(code: str) -> str:
    """A list."""
    return {
        "all": _("All"),
        "leave": _("May leave"),
        "grow": _("May grow"),
        "buy": _("Likely to buy"),
        "advocates": _("Advocates"),
        "silent": _("Nobody answered"),
        "divided": _("Divided"),
    }[code]


def headline(code: str, n: int, *, heavy: bool) -> str:
    """How many a list holds."""
    if heavy and code == "leave":
        return several(
            "1 account may leave although it was a heavy user",
            "{n} accounts may leave although they were heavy users",
            n=n,
        )
    told = {
        "leave": several("1 account may leave", "{n} accounts may leave", n=n),
        "grow": several("1 account may grow", "{n} accounts may grow", n=n),
        "buy": several("1 account is likely to buy", "{n} accounts are likely to buy", n=n),
        "advocates": several("1 advocate may be asked to speak up", "{n} advocates may be asked to speak up", n=n),
        "silent": several("Nobody answered from 1 account", "Nobody answered from {n} accounts", n=n),
        "divided": several("1 account is divided", "{n} accounts are divided", n=n),
    }
    return told[code]


def of_all(n: int, leave: int | None, silent: int) -> str:
    """How many there are, and how many of them are to be looked at."""
    accounts = several("1 account", "{n} accounts", n=n)
    if leave is None:
        return _("{accounts}; from {silent} of them nobody answered", accounts=accounts, silent=silent)
    told = {"accounts": accounts, "leave": leave, "silent": silent}
    return _("{accounts}: {leave} may leave, from {silent} nobody answered", **told)


def what(code: str) -> str:
    """What it takes to be on a list, in a sentence."""
    return {
        "all": _(
            "The lowest scores come first, as if {n} average answers were added to each account.", n=PSEUDO_RESPONDENTS
        ),
        "leave": _("Most points first, of those whose use fell most; each reason is a point or more."),
        "grow": _("Accounts whose use, people or seats grow, and for whose leaving little speaks; by revenue."),
        "buy": _("Accounts on the plans that you chose, by what is done before buying; most active people first."),
        "advocates": _("9 or 10 lately, active, wrote what is loved, and may be contacted; the most active first."),
        "silent": _("Nothing is known of what they think. The largest revenue comes first."),
        "divided": _("Three people or more answered, promoters and detractors among them."),
    }[code]


def of_record(record: Record) -> str:
    """What came of who was listed a quarter ago, and of others."""
    told = {"listed": record.listed, "left": record.listed_left}
    told |= {"others": record.others, "others_left": record.others_left}
    return _(
        "Of {listed} listed a quarter ago by these rules {left} left since; of {others} others {others_left}.", **told
    )


def answers(row: Row) -> str:
    """What an account answered: of ten people or more the NPS, of fewer how many."""
    n, detractors, promoters = (int(row[name]) for name in ("answers", "detractors", "promoters"))
    if not n:
        return ""
    if n >= MIN_SHOWN:
        low, high = words.points(row["low"]), words.points(row["high"])
        return _("NPS {nps} ({low} to {high}), {n} people", nps=words.points(row["nps"]), low=low, high=high, n=n)
    if detractors:
        return several("1 detractor", "{detractors} of {n} detractors", n=n, detractors=detractors)
    if promoters:
        return several("1 promoter", "{promoters} of {n} promoters", n=n, promoters=promoters)
    return several("1 passive", "{n} passives", n=n)


def change(pace: float) -> str:
    """Use against what is usual, as a signed share: −54%."""
    if np.isnan(pace):
        return "—"
    return _("{points}%", points=words.signed(100 * (pace - 1)))


def use(pace: float) -> str:
    """The same in a sentence."""
    if np.isnan(pace):
        return _("Too little is known of its use to tell a change")
    gap = round(100 * (pace - 1))
    if not gap:
        return _("Use is as usual")
    return _("Use is {n}% over what is usual", n=gap) if gap > 0 else _("Use is {n}% under what is usual", n=-gap)


def known(weight: float, in_play: float) -> str:
    """How much of health is known."""
    return _("{known} of {of} known", known=int(weight), of=int(in_play))


def part(code: str) -> str:
    """A part of health."""
    return {
        "use": _("Use against its past"),
        "people": _("Active people"),
        "breadth": _("Breadth of use"),
        "keys": _("Key features"),
        "answers": _("Answers"),
        "reasons": _("Trouble named"),
        "onboarding": _("Onboarding"),
        "support": _("Support"),
    }[code]


def figure(code: str, row: Row, key_features: int) -> str:
    """The raw figure of a part of health: of who is counted, and how many. row: facts."""
    size = row["seats"] if pd.notna(row["seats"]) else row["known_people"]
    told: dict[str, Callable[[], str]] = {
        "use": lambda: _("{share} of what is usual", share=words.percent(row["pace"])),
        "people": lambda: _("{n} of {of} in four weeks", n=int(row["active"]), of=int(size)),
        "breadth": lambda: several("1 feature in four weeks", "{n} features in four weeks", n=int(row["breadth"])),
        "keys": lambda: _("{n} of {of} in four weeks", n=int(row["key"]), of=key_features),
        "answers": lambda: several(
            "{y} promoters less detractors, 1 person",
            "{y} promoters less detractors, {n} people",
            y=words.signed(row["y"]),
            n=int(row["answering"]),
        ),
        "reasons": lambda: several(
            "{named} of 1 who wrote",
            "{named} of {n} who wrote",
            named=int(row["disliked"]),
            n=int(row["wrote"]),
        ),
        "onboarding": lambda: _("{share} of the steps", share=words.percent(row["onboarding"])),
        "support": lambda: several(
            "{tickets} open tickets, 1 person",
            "{tickets} open tickets, {n} people",
            tickets=f"{row['tickets']:,.0f}",
            n=int(row["known_people"]),
        ),
    }
    return told[code]()


def lacking(code: str) -> str:
    """Why a part of health is not known."""
    return {
        "use": _("how use changes: it is too little, or known for under 8 weeks"),
        "people": _("how many of its people are active: neither seats nor people are known"),
        "breadth": _("how many features are used"),
        "keys": _("use of key features: none are chosen"),
        "answers": _("what it thinks: no answer in {n} days", n=HEALTH_DAYS),
        "reasons": _("what gives trouble: no comment in {n} days", n=SAID_DAYS),
        "onboarding": _("onboarding: no steps are chosen, or it joined before the usage begins"),
        "support": _("support: no number of open tickets"),
    }[code]


def unknown(column: str) -> str:
    """What the list of accounts does not say."""
    return {
        "renewal_at": _("when it renews"),
        "revenue": _("its revenue"),
        "seats": _("how many seats it has"),
        "owner": _("who looks after it"),
    }[column]


def weighted(found: Weighted) -> tuple[str, str]:
    """A weighted score and between which it lies; a dash where too few answers tell it."""
    if found.responses < MIN_SHOWN:
        return "—", _("too few answers")
    if np.isnan(found.low):
        return words.points(found.nps), _("one account alone")
    return words.points(found.nps), _("{low} to {high}", low=words.points(found.low), high=words.points(found.high))


def renews(day: date) -> str:
    """When an account renews."""
    return _("renews on {day}", day=day)


def left(day: date) -> str:
    """When it left."""
    return _("left on {day}", day=day)


def of_health() -> str:
    """What health is, and what it is not."""
    return _(
        "A place among accounts of the same plan and size, by your weights; not a chance of leaving. If all fall "
        "together it does not move."
    )
