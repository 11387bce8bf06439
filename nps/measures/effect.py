"""Whether a campaign worked: the next answer of whom it wrote to against those it did not, never before against after.

Who is written to for a low score answers higher next time whatever anybody does: chance made part of that score low
(regression to the mean). So the others have to have begun alike: held back at random, or of the same score, fifth of
activity and wait (methods, "Did a campaign work?").
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import score
from nps.measures.rules import MIN_ARM, WAIT_DAYS
from nps.weekly import WEEK, Weekly

CONTACT, HELD_BACK = "contact", "held back"
AT_RANDOM, ALIKE = "at random", "alike"
FIFTH, WHOLE, WEEKS = 20, 100, 4
PASSIVES, PROMOTERS = 7, 9


class Effect(NamedTuple):
    """How much higher something is of whom was written to, with standard error and 95% interval; NaN: nobody can tell.

    n, others    people of each side in strata with two of both
    covered      the share (0..1) of whom was written to, of all that could count, that these are; NaN with nobody
    own, theirs  the means of both sides that it is the difference of
    """

    points: float
    se: float
    low: float
    high: float
    n: int
    others: int
    covered: float
    own: float
    theirs: float

    @property
    def told(self) -> bool:
        """Whether there are enough of both to tell."""
        return min(self.n, self.others) >= MIN_ARM

    @property
    def worked(self) -> bool:
        """Whether it is higher by more than chance would explain."""
        return self.told and self.low > 0


class Outcome(NamedTuple):
    """What came of a campaign; `way` says whom it is compared with: AT_RANDOM or ALIKE.

    limited   whether these others are of the selection that the campaign was made of
    effect    of the next answer, in points
    again     of the share that answered again, in percent
    moved_up  of these, of the share that is in a higher group than before, in percent
    people    who is compared: person_id, written_to (bool), stratum (code)
    """

    way: str
    limited: bool
    effect: Effect
    again: Effect
    moved_up: Effect
    people: pd.DataFrame


class Use(NamedTuple):
    """Active days a week and person in so many whole weeks before and after, and how much more they changed."""

    weeks: int
    before: Effect
    after: Effect
    change: Effect


def compared(value: np.ndarray, written_to: np.ndarray, stratum: np.ndarray) -> Effect:
    """Mean of whom was written to less that of others of the same stratum, weighted by the first, over strata with
    two of both: SE^2 = sum w^2 (s1^2 / n1 + s2^2 / n2) / (sum w)^2, s^2 with n - 1.

    value       of each, as -100, 0 or 100 of the next answer; (n,)
    written_to  bool (n,)
    stratum     as codes (n,)
    """
    code = np.unique(stratum, return_inverse=True)[1]
    size = code.max(initial=-1) + 1
    (n1, mean1, variance1), (n2, mean2, variance2) = (
        _moments(value[side], code[side], size) for side in (written_to, ~written_to)
    )
    both = (n1 > 1) & (n2 > 1)
    w, n, others = n1[both], int(n1[both].sum()), int(n2[both].sum())
    covered = float(n / written_to.sum()) if written_to.any() else np.nan
    if not n:
        return Effect(*[np.nan] * 4, n, others, covered, np.nan, np.nan)
    own, theirs = (float(w @ mean[both] / n) for mean in (mean1, mean2))
    se, points = float(np.sqrt(w**2 @ (variance1 / n1 + variance2 / n2)[both]) / n), own - theirs
    return Effect(points, se, points - score.Z * se, points + score.Z * se, n, others, covered, own, theirs)


def outcome(
    answers: pd.DataFrame, members: pd.DataFrame, began: datetime, eligible: Iterable[str] | None = None
) -> Outcome:
    """What came of a campaign that began at a moment.

    answers   of everybody: person_id, score, responded_at (UTC), percentile, opted_out
    members   person_id, arm, contacted_at; where any is held back, all of the other arm stand against these, whether
              they were reached or not, as chance divided them so
    eligible  ids of who else might have been in it; None: whoever answered before and did not opt out
    """
    people = _followed(answers, began)
    arm = people["person_id"].map(members.set_index("person_id")["arm"])
    if (members["arm"] == HELD_BACK).any():
        way, counts, stratum = AT_RANDOM, arm.notna(), np.zeros(len(people), int)
    else:
        reached = people["person_id"].isin(members.loc[members["contacted_at"].notna(), "person_id"])
        others = arm.isna() & ~people["opted_out"]
        others &= True if eligible is None else people["person_id"].isin({*eligible})
        way, counts = ALIKE, (reached | others) & people["score"].notna()
        stratum = people.groupby(["score", "tier"], dropna=False).ngroup().to_numpy()
    limited = way == ALIKE and eligible is not None
    people = people.assign(written_to=arm == CONTACT, stratum=stratum)[counts.to_numpy(bool)]
    then = people.dropna(subset="next")
    waited = then if way == AT_RANDOM else then.assign(stratum=then.groupby(["stratum", "wait"]).ngroup())
    both = waited.dropna(subset="score")
    up = _sign(both["next"]) > _sign(both["score"])
    effect, again = _of(waited, score.POINTS * _sign(waited["next"])), _of(people, WHOLE * people["next"].notna())
    whom = people[["person_id", "written_to", "stratum"]]
    return Outcome(way, limited, effect, again, _of(both, WHOLE * up), whom.reset_index(drop=True))


def use(weekly: Weekly, people: pd.DataFrame, began: datetime) -> Use | None:
    """How active both sides were in up to four whole weeks before a moment and as many after it; None where no whole
    week is known of both. Whoever is not known to have used anything was not active.

    weekly  by person
    people  as an `Outcome` has them
    """
    if weekly.as_of is None or weekly.active.empty:
        return None
    gone = (pd.Timestamp(weekly.as_of) - _naive(began)).days
    since, last = (gone + 1) // WEEK, gone // WEEK + 1  # whole weeks since; the first, counted back, wholly before
    weeks = int(min(WEEKS, since, weekly.active["week"].max() + 1 - last))
    if weeks < 1:
        return None
    place = weekly.people.get_indexer(people["person_id"])
    before, after = (
        _days(weekly.active, len(weekly.people), range(first, first + weeks))[place] for first in (last, since - weeks)
    )
    return Use(weeks, *(_of(people, value) for value in (before, after, after - before)))


def _of(people: pd.DataFrame, value: np.ndarray | pd.Series) -> Effect:
    return compared(np.asarray(value, float), people["written_to"].to_numpy(bool), people["stratum"].to_numpy())


def _days(active: pd.DataFrame, size: int, weeks: range) -> np.ndarray:
    """Days with use, a week, of each; none of whoever has no place: (size + 1,)."""
    counts = active[active["week"].isin(weeks)]
    return np.bincount(counts["person"], counts["days"], minlength=size + 1) / len(weeks)


def _followed(answers: pd.DataFrame, began: datetime) -> pd.DataFrame:
    """A row per person: person_id, opted_out, score and tier of the last answer up to then, next, wait; NaN without."""
    moment = _naive(began)
    dated = answers.dropna(subset=["responded_at"]).sort_values("responded_at", kind="stable")
    later = dated["responded_at"] > moment
    first = dated[~later].drop_duplicates("person_id", keep="last").set_index("person_id")
    then = dated[later].drop_duplicates("person_id").set_index("person_id")
    people = dated[["person_id", "opted_out"]].drop_duplicates("person_id", keep="last").set_index("person_id")
    days = (then["responded_at"] - moment).dt.days
    people["score"], people["next"] = first["score"], then["score"]
    people["tier"] = (first["percentile"] // FIFTH).clip(upper=WHOLE // FIFTH - 1)
    people["wait"] = pd.Series(np.searchsorted(WAIT_DAYS, days, side="right"), then.index)
    return people.reset_index()


def _naive(moment: datetime) -> pd.Timestamp:
    """A moment as panels write them down: UTC, without saying so."""
    stamp = pd.Timestamp(moment)
    return stamp.tz_convert(UTC).tz_localize(None) if stamp.tzinfo else stamp


def _sign(scores: pd.Series) -> np.ndarray:
    """-1, 0 or 1 of each; 0 where there is none."""
    scores = scores.to_numpy(float)
    return (scores >= PROMOTERS).astype(float) - (scores < PASSIVES)


def _moments(value: np.ndarray, code: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How many, their mean and variance with n - 1, by code: (size,) each; NaN where there are too few."""
    n = np.bincount(code, minlength=size)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(code, value, minlength=size) / n
        squares = np.bincount(code, (value - mean[code]) ** 2, minlength=size)
        return n, mean, np.where(n > 1, squares / (n - 1), np.nan)
