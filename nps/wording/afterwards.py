"""What came of accounts, after what they used or named: what goes with it, and what cannot be told."""

import pandas as pd

from nps.measures.rules import MIN_SIDE
from nps.measures.score import POINTS
from nps.notes import note
from nps.wording.words import between, percent


def goes_with(row: pd.Series, outcome: str, what: str) -> str:
    """One thing that holds, as a sentence; row: name and `goes_with.COLUMNS`; what: feature or reason."""
    side = "less" if row["difference"] < 0 else "more"
    told = {"name": row["name"], "points": abs(round(POINTS * row["difference"])), "span": span(row)}
    counts = {name: int(row[name]) for name in ("happened", "accounts", "others_happened", "others")}
    return str(note(f"after.{outcome}.{what}.{side}", **told, also=(note("after.counted", **counts),)))


def span(row: pd.Series) -> str:
    """The interval of a difference, in points."""
    return between(POINTS * row["low"], POINTS * row["high"])


def share(happened: int, accounts: int) -> str:
    """To how many of so many it happened: 4% (12 of 300)."""
    if not accounts:
        return "—"
    return str(note("after.share", share=percent(happened / accounts), n=int(happened), of=int(accounts)))


def nothing(compared: int, findable: float) -> str:
    """That none of so many holds, and what would have been found."""
    return str(note("after.nothing", n=compared, points=round(POINTS * findable)))


def too_few(what: str) -> str:
    """Why nothing of it is compared."""
    return str(note(f"after.too_few.{what}", least=MIN_SIDE))
