"""What surveys were sent and answered, and how many people to ask, as sentences."""

import pandas as pd

from nps.measures.nonresponse import Reweighted
from nps.measures.planner import Spread, answers, each_group, invitations
from nps.measures.rules import PLANNED_FROM
from nps.measures.score import Score
from nps.wording.words import percent, points

REGRESSION = (
    "People who answered low tend to answer higher the next time and people who answered high lower, even if nothing "
    "changed: about half of all detractors move up on their own. Read the mean change of everybody."
)


def of_surveys(groups: dict[str, tuple[str, ...]], counted: tuple[str, ...] | None) -> str:
    """Which surveys are counted, where they are of different kinds."""
    named = [f"{kind} ({', '.join(names)})" for kind, names in groups.items()]
    said = f"Surveys of different kinds: {'; '.join(named)}."
    if counted is None:
        return f"{said} All are counted together, as you chose: they do not measure the same thing."
    return f"{said} Counted: {', '.join(counted)}."


def of_after_what(row: pd.Series) -> str:
    """How much more often answers come just after something than on a typical day."""
    what = row["feature"] if isinstance(row["feature"], str) else "any use at all"
    return (
        f"Answers come {row['ratio']:.1f} times as often within a day of {what} as on a typical day "
        f"({row['low']:.1f} to {row['high']:.1f}; {row['just']:,} answers, n = {row['answers']:,})."
    )


def of_reweighted(raw: Score, found: Reweighted) -> str:
    """The raw score beside the one re-weighted for activity."""
    return (
        f"In those days the score is {points(raw.nps)} "
        f"({points(raw.low)} to {points(raw.high)}, n = {raw.responses:,}); "
        f"re-weighted for activity {points(found.nps)} ({points(found.low)} to {points(found.high)}, "
        f"worth {found.n_eff:,.0f} answers)."
    )


def of_plan(margin: float, gap: float, rate: float, of: Spread) -> list[str]:
    """How many answers, and people to ask for them, give a margin; and find a difference between two groups."""
    wanted, each = answers(margin, of), each_group(gap, of)
    basis = (
        "the answers selected here"
        if of.measured
        else f"a typical survey, as fewer than {PLANNED_FROM} answers are selected"
    )
    alike = (
        f" Answers of one account are alike: it takes {of.design:.1f} times as many as if all were strangers."
        if of.design >= 1.05
        else ""
    )
    return [
        f"For a score within ± {margin:g} points, {wanted:,} answers; where {percent(rate)} answer, ask "
        f"{invitations(wanted, rate):,} people.",
        f"To find a difference of {gap:g} points between two groups 4 times in 5, {each:,} answers of each; ask "
        f"{invitations(each, rate):,} people of each.",
        f"Counted with how far apart scores lie in {basis}.{alike}",
    ]
