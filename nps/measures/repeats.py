"""People who answered more than once: how they moved, and how often they were asked (methods 1.4 and 5).

The same people twice are no two samples: what counts is the change within each person.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import score, weights
from nps.measures.rules import TOO_SOON_DAYS
from nps.tables import GROUPS, group_of

ADDED_PEOPLE, THEIR_VARIANCE = 3, 1.0


class Moved(NamedTuple):
    """Mean change within a person, in points (-200..200), over so many moves of so many people."""

    moves: int
    people: int
    points: float
    low: float
    high: float


class Asked(NamedTuple):
    """How often people answered; soon and soon_share: who answered twice within 90 days; gaps in days."""

    people: int
    answers: int
    repeated: int
    median_gap: float
    soon: int
    soon_share: float


def consecutive(answers: pd.DataFrame) -> pd.DataFrame:
    """One row per answer that follows another of the same person: person_id, before, after (scores), days.

    answers  person_id, score, responded_at; of the same moment the later row counts as later, without a date none
    """
    dated = answers.dropna(subset=["responded_at"]).sort_values("responded_at", kind="stable")
    earlier = dated.groupby("person_id")[["score", "responded_at"]].shift()
    moves = dated[["person_id"]].assign(
        before=earlier["score"],
        after=dated["score"],
        days=(dated["responded_at"] - earlier["responded_at"]) / pd.Timedelta(days=1),
    )
    return moves[earlier["responded_at"].notna()].astype({"before": int, "after": int}).reset_index(drop=True)


def movers(moves: pd.DataFrame) -> pd.DataFrame:
    """From which group to which, all nine: before, after, moves, share (of all moves), share_of_before; 0..1."""
    place = 3 * group_of(moves["before"]).codes.astype(int) + group_of(moves["after"]).codes
    counts = np.bincount(place, minlength=9)
    frame = pd.DataFrame({"before": np.repeat(GROUPS, 3), "after": np.tile(GROUPS, 3), "moves": counts})
    of_before = frame.groupby("before")["moves"].transform("sum")
    return frame.assign(share=frame["moves"] / counts.sum(), share_of_before=frame["moves"] / of_before)


def mean_change(moves: pd.DataFrame, cluster: np.ndarray | None = None) -> Moved:
    """The mean of after - before (promoter 1, passive 0, detractor -1), with its interval; NaN without two people.

    As for one score, three people are added who say nothing: a quarter detractors, half passives, a quarter promoters
    both times, unrelated, so that their changes have mean 0 and variance 1. Several moves of one person are a cluster,
    or of one account where `cluster` (a code for each move) tells accounts.
    """
    people = pd.factorize(moves["person_id"])[0]
    if moves.empty:
        return Moved(0, 0, np.nan, np.nan, np.nan)
    change = (group_of(moves["after"]).codes - group_of(moves["before"]).codes).astype(float)
    estimate = weights.estimate(change, np.ones(len(moves)), people if cluster is None else cluster)
    n = estimate.worth + ADDED_PEOPLE
    centre = estimate.worth * estimate.mean / n
    variance = (estimate.worth * estimate.square + ADDED_PEOPLE * THEIR_VARIANCE) / n - centre**2
    margin = estimate.t * np.sqrt(variance / n)
    low, high = np.clip([centre - margin, centre + margin], -2, 2)
    bounds = (np.minimum(low, estimate.mean), np.maximum(high, estimate.mean))
    return Moved(len(moves), int(people.max()) + 1, *(score.POINTS * float(x) for x in (estimate.mean, *bounds)))


def asked(answers: pd.DataFrame) -> Asked:
    """How often each person answered, whatever the survey; answers without a date have no gaps."""
    per_person, moves = answers["person_id"].value_counts(), consecutive(answers)
    soon = moves.loc[moves["days"] < TOO_SOON_DAYS, "person_id"].nunique()
    people = len(per_person)
    share = soon / people if people else np.nan
    repeated = int((per_person > 1).sum())
    return Asked(people, len(answers), repeated, float(moves["days"].median()), soon, share)
