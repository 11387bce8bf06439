"""What is looked at to tell who will leave: signals of what was known at some day, of dated rows alone.

What is only known as of today (plan, revenue, seats, owner, renewal, how many people) is no signal: it may have been
set by what came later.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures.pace import WEEKS

GAP, HORIZON, QUARTER = 4, 17, 13  # weeks: left out after a snapshot; to the end of what is foretold; between snapshots
SIGNS = {"pace": -1, "people": -1, "breadth": -1, "keys": -1, "active": -1, "score": -1, "trouble": 1, "age": 0}
OUTCOMES = {"churn": "churned_at", "expansion": "expanded_at"}


class Snapshot(NamedTuple):
    """Accounts as they stood so many weeks ago, and what came of them.

    week     counted back from the end of the data
    account  a number for each, the same in every snapshot: (n,)
    signals  SIGNS, NaN where one is not known: (n, S)
    order    that of the rule, the larger the sooner: (n,)
    left     whether they left, or grew, in (week - 4, week - 17]: bool (n,); of what is not over yet nothing is known
    """

    week: int
    account: np.ndarray
    signals: pd.DataFrame
    order: np.ndarray
    left: np.ndarray


def signals(facts: pd.DataFrame, keys: int, mean: float) -> pd.DataFrame:
    """The signals of facts (`standing` and `said` of one day): the columns of SIGNS, by row.

    keys  how many key features there are
    mean  of all scores up to that day
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return pd.DataFrame(
            {
                "pace": np.log(facts["pace"]),
                "people": np.log(facts["pace_people"]),
                "breadth": np.log1p(facts["breadth"]),
                "keys": facts["key"] / keys if keys else np.nan,
                "active": facts["active"] / facts["seen"].where(facts["seen"] > 0),
                "score": facts["score"] - mean,
                "trouble": facts["trouble"].astype(float),
                "age": np.log1p(facts["weeks"]),
            }
        ).replace([np.inf, -np.inf], np.nan)


def signs(outcome: str) -> dict[str, int]:
    """What a rule would have each signal do to the odds of an outcome: 1 raise, -1 lower them, 0 either."""
    return {name: sign if outcome == "churn" else -sign for name, sign in SIGNS.items()}


def after(happened: pd.Series, until: pd.Timestamp) -> tuple[np.ndarray, np.ndarray]:
    """Who is at stake at a moment, and to whom of those it happens in the weeks that are foretold: bool (U,) each.

    happened  when each left, or grew; NaT who has not
    Not at stake is to whom it had happened by then, or does in the four weeks after: that had been decided.
    """
    gap, end = (until + pd.Timedelta(weeks=weeks) for weeks in (GAP, HORIZON))
    gone = (happened < gap).to_numpy(bool)
    return ~gone, ~gone & (happened < end).to_numpy(bool)


def snapshot(
    week: int, facts: pd.DataFrame, table: pd.DataFrame, order: np.ndarray, happened: pd.Series, until: pd.Timestamp
) -> Snapshot:
    """Accounts there at a moment, and still at stake.

    facts, table, order, happened  of the same accounts: of that day, their signals, that of the rule; see `after`
    """
    stake, left = after(happened, until)
    own = np.flatnonzero(stake & facts["there"].to_numpy(bool))
    return Snapshot(week, own, table.iloc[own].reset_index(drop=True), order[own], left[own])


def weeks(beginning: int) -> list[int]:
    """When snapshots are taken that teach, the oldest first: every 13 weeks back from the latest that is over by now.

    beginning  the week in which the usage begins; a snapshot has 17 weeks of use before it
    """
    return [*range(HORIZON, beginning - WEEKS + 1, QUARTER)][::-1]
