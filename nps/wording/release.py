"""What changed with a release, as sentences."""

import numpy as np

from nps.measures.release import AFTER, BEFORE, OTHERS, USERS, Effect, Release
from nps.measures.rules import MIN_CELL
from nps.spells import DAYS
from nps.wording.words import points, signed


def of_release(found: Release) -> list[str]:
    """What changed with a release, beside what was on its way before it; never that the release did it."""
    if np.isnan(found.effect.points):
        n = {(row.who, row.when): row.responses for row in found.cells.itertuples()}
        return [
            f"Too few to tell: of users {n[USERS, BEFORE]:,} answers before and {n[USERS, AFTER]:,} since, of others "
            f"{n[OTHERS, BEFORE]:,} and {n[OTHERS, AFTER]:,}; each needs {MIN_CELL}."
        ]
    effect, trend = found.effect, found.trend
    if np.isnan(trend.points):
        earlier = "Before it there are too few answers to tell whether they were on different paths already."
    else:
        earlier = f"Before it, the same comparison moved by {points(trend.points)} ({_between(trend)})."
    apart = " They were on different paths before." if trend.low > 0 or trend.high < 0 else ""
    known = f" Use is known of {found.known} of the {DAYS} days after it." if found.known < DAYS else ""
    return [
        f"Since the release users' scores changed by {points(abs(effect.points))} points "
        f"{'less' if effect.points < 0 else 'more'} than those of others "
        f"({_between(effect)}). {earlier}{apart} "
        "This does not prove that the release did it: who takes up a feature is not chosen at random.",
        f"Users: {signed(found.change(USERS))} points, others: {signed(found.change(OTHERS))}. Users are who used it "
        f"within {DAYS} days after the release.{known}",
    ]


def _between(effect: Effect) -> str:
    return "no interval" if np.isnan(effect.low) else f"{signed(effect.low)} to {signed(effect.high)}"
