"""More of what `words` says: moves, likeness, releases, and how many people to ask."""

import numpy as np

from nps.measures.likeness import Proof
from nps.measures.planner import Spread, answers, each_group, invitations
from nps.measures.release import AFTER, BEFORE, OTHERS, USERS, Effect, Release
from nps.measures.rules import MIN_CELL, MIN_PROOF, PLANNED_FROM
from nps.measures.words import percent, points, signed
from nps.spells import DAYS

REGRESSION = (
    "People who answered low tend to answer higher the next time and people who answered high lower, even if nothing "
    "changed: about half of all detractors move up on their own. Read the mean change of everybody."
)
NOT_TRIED = f"Not yet tried: fewer than {MIN_PROOF} passives answered again, so nobody knows whether it comes true."


def of_proof(proof: Proof | None) -> str:
    """Whether the rating came true, with both shares."""
    if proof is None:
        return NOT_TRIED
    came = "It came true" if proof.true else "It did not come true so far, so nobody is offered by it"
    return (
        f"{came}: of {proof.people:,} passives who answered again, {percent(proof.likelier)} of those rated likelier "
        f"became promoters, and {percent(proof.others)} of the others."
    )


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
