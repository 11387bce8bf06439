"""The panel: every answer with its own usage before it, in memory. Made once; from here on, numpy and pandas."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps import accounts, banding, spells
from nps.columns import derived
from nps.counting import Closed
from nps.fields import FIELDS
from nps.rollups import Rollup
from nps.tables import group_of

BANDS = 20
UNASKED = ["person_id", "name", "email", "account", "account_id", "role", "plan", "opted_out"]
LATE_DAYS = 2  # usage that arrives later than so many days after it happened is not looked for again
GRID = 4096
MEASURES = {
    "active_days": "Active days",
    "minutes": "Minutes",
    "uses": "Number of uses",
    "features_used": "Features used",
}


class Pairs(NamedTuple):
    """Who used what: three arrays of one length, one entry per (answer, feature); by feature, so that each is a run."""

    answer: np.ndarray
    feature: np.ndarray
    uses: np.ndarray

    def runs(self, features: int) -> list[slice]:
        """Where each feature's entries are: small enough for the processor's cache, whatever the number of pairs."""
        edges = np.searchsorted(self.feature, np.arange(features + 1, dtype=self.feature.dtype))
        return [slice(start, end) for start, end in pairwise(edges)]


class Tiers(NamedTuple):
    """Strata of activity (methods 3.2): how many; each answer's; each pair's without the pair's own feature.

    cuts, volume  where strata meet, and the activity of each answer that they cut: the sum of log(1 + uses)
    """

    count: int
    full: np.ndarray
    loo: np.ndarray
    cuts: np.ndarray
    volume: np.ndarray


@dataclass(frozen=True, eq=False)
class Panel:
    """The analysed people.

    answers   every accepted answer, oldest first: person_id, score, group, responded_at, comment, survey, activity,
              percentile, band, active_days, uses, minutes, features_used, what is known of the person, segments...
    latest    positions in `answers` of each person's latest answer: the respondents
    pairs     what each answer's person used in the window before it
    features  kind, feature, users (respondents who used it); the row number is the feature's code
    rejected  table, row (line of the file), column, value, reason
    everybody the measures of activity of each person active in the window before the last answer, whoever answered
    just_before  survey, kind, feature, just, expected, variance: use in the last day before answers, see `rollups`
    spells    when whoever answered used what, see `nps.spells`; empty where use has no dates
    unasked   who is in the people file and never answered: UNASKED
    notes     sentences about how the files were read
    read_at   when the usage was read (UTC)
    keys      how ids were joined, see `nps.keys`
    report    what came of every row and what looks odd, as `nps.quality` describes it
    """

    answers: pd.DataFrame
    latest: np.ndarray
    pairs: Pairs
    features: pd.DataFrame
    segments: tuple[str, ...]
    rejected: pd.DataFrame
    measure: str
    window_days: int
    has_usage: bool
    everybody: pd.DataFrame
    just_before: pd.DataFrame
    spells: pd.DataFrame = field(default_factory=spells.nothing)
    unasked: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=UNASKED))
    notes: tuple[str, ...] = field(default=())
    read_at: pd.Timestamp | None = None
    keys: str = "exact"
    report: pd.DataFrame | None = None

    @property
    def respondents(self) -> pd.DataFrame:
        """Each person's latest answer, as `answers` has it."""
        return self.answers.iloc[self.latest].reset_index(drop=True)

    @cached_property
    def tiers(self) -> Tiers:
        """Cut points are quantiles of log activity over the respondents; K = clip(n // 25, 5, 20) (methods 3.2).

        Activity is rounded to 9 decimals: cuts tie with people's own activity, and the order of a sum must not decide.
        """
        answer, _, uses = self.pairs
        runs = self.pairs.runs(len(self.features))
        total = np.zeros(len(self.answers))
        for run in runs:
            np.add.at(total, answer[run], np.log1p(uses[run]))
        total = total.round(9)
        known = total[self.latest[self.placed[self.latest]]]
        strata = int(np.clip(len(known) // 25, 5, 20))
        cuts = np.unique(np.quantile(known, np.arange(1, strata) / strata) if len(known) else [])
        loo = np.empty(len(answer), np.int8)
        for run in runs:
            loo[run] = below(cuts, np.round(total[answer[run]] - np.log1p(uses[run]), 9))
        return Tiers(len(cuts) + 1, below(cuts, total), loo, cuts, total)

    @cached_property
    def person(self) -> np.ndarray:
        """A number for each answer's person, as text is slow to tell apart: (N,)."""
        return pd.factorize(self.answers["person_id"])[0]

    @cached_property
    def cluster(self) -> np.ndarray:
        """A number for each answer's account, else its person: whose answers are alike (methods 2.1). (N,)."""
        return accounts.clusters(self.answers["account_id"].fillna(self.answers["account"]), self.person)

    @cached_property
    def placed(self) -> np.ndarray:
        """Per answer, whether its person's use before it is known: not where it has no date and use has. bool (N,)."""
        return ~(self.has_usage & self.answers["features_used"].isna().to_numpy())

    @cached_property
    def group(self) -> np.ndarray:
        """Each answer's group: detractor 0, passive 1, promoter 2. (N,)."""
        scores = self.answers["score"].to_numpy()
        return (scores >= 7).astype(np.int64) + (scores >= 9)

    @cached_property
    def left(self) -> np.ndarray:
        """Per answer, whether its person left after it: see `left_after`."""
        return left_after(self.answers)

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """What features can be compared by: churn only where some respondents left after answering and some stayed."""
        known = self.left[self.latest]
        return ("score", "churn") if (known == 0).any() and (known == 1).any() else ("score",)

    @cached_property
    def period(self) -> tuple[date, date] | None:
        """The first and the last day with an answer; None when the answers have no dates."""
        first, last = self.answers["responded_at"].min(), self.answers["responded_at"].max()
        return None if pd.isna(last) else (first.date(), last.date())

    @property
    def dated(self) -> bool:
        """Whether any answer has a date."""
        return self.period is not None

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The measures of activity that this usage can give."""
        return tuple(name for name in MEASURES if self.has_usage and self.answers[name].notna().any())

    def measured(self, measure: str) -> "Panel":
        """The same panel with another measure of activity on the x axis."""
        if measure == self.measure:
            return self
        return replace(self, answers=_with_activity(self.answers, measure, self.latest), measure=measure)


def below(cuts: np.ndarray, values: np.ndarray) -> np.ndarray:
    """How many of the sorted cuts, at most 100, lie below each value: `np.searchsorted`, ten times as fast on millions.

    A grid tells the cuts in lower squares, which are below; only those in the value's own square are looked at.
    """
    if len(cuts) == 0:
        return np.zeros(len(values), np.int8)
    scale = GRID / max(cuts[-1] - cuts[0], 1e-9)

    def square(numbers: np.ndarray) -> np.ndarray:
        return np.clip((numbers - cuts[0]) * scale, -1, GRID + 1).astype(np.int16) + 1

    places = np.bincount(square(cuts), minlength=GRID + 3)
    found = (np.cumsum(places) - places).astype(np.int8).take(square(values))
    bounds = np.append(cuts, np.inf)
    for _ in range(places.max()):
        found += bounds.take(found) < values
    return found


def left_after(answers: pd.DataFrame) -> np.ndarray:
    """1.0 who left after the answer, 0.0 who is not known to have left, NaN who had left before or at a time unknown.

    answers  responded_at, churned_at (UTC; a date without a time counts from its midnight)
    """
    left = pd.to_datetime(answers["churned_at"])
    return np.where(left.isna(), 0.0, np.where(left > answers["responded_at"], 1.0, np.nan))


def continued(earlier: Panel | None, window_days: int) -> Panel | None:
    """A panel of the same sources that can be read on from: of the same window, with dated usage, where any is new."""
    if earlier is None or earlier.read_at is None or earlier.window_days != window_days or not earlier.has_usage:
        return None
    return None if earlier.answers["active_days"].isna().all() else earlier


def closed(earlier: Panel) -> Closed:
    """What an earlier panel of the same sources and window knows of answers LATE_DAYS old when its usage was read."""
    late = earlier.answers["responded_at"] > earlier.read_at - pd.Timedelta(days=LATE_DAYS)
    old = earlier.answers[~late & earlier.answers["responded_at"].notna()].assign(old=lambda rows: rows.index)
    old = old[["old", "person_id", "responded_at", *MEASURES]].drop_duplicates(["person_id", "responded_at"])
    pairs = pd.DataFrame(earlier.pairs._asdict()).rename(columns={"answer": "old"})
    return Closed(old, pairs, earlier.features[["kind", "feature"]])


def build(
    kind: type["Panel"],
    answers: pd.DataFrame,
    people: pd.DataFrame | None,
    rollup: Rollup | None,
    *,
    measure: str,
    window_days: int,
    rejected: pd.DataFrame,
    notes: tuple[str, ...] = (),
    read_at: pd.Timestamp | None = None,
    keys: str = "exact",
    report: pd.DataFrame | None = None,
) -> Panel:
    """Answers (numbered oldest first), people and their usage as one panel of this kind."""
    if rollup is not None and rollup.pairs.empty:
        when = f" in the {window_days} days before answering" if answers["responded_at"].notna().any() else ""
        notes += (f"Nobody used anything{when}: do both files name people alike?",)
        rollup = None
    answers, others = _with_people(answers, people)
    latest = np.flatnonzero(~answers["person_id"].duplicated(keep="last"))
    segments = pd.DataFrame(_segments(answers, others), index=answers.index)
    answers = pd.concat([answers.drop(columns=[*others, *segments], errors="ignore"), segments], axis=1)
    answers = _with_usage(answers.assign(group=group_of(answers["score"])), rollup)
    pairs, features = _pairs(rollup, latest, len(answers))
    if rollup is not None and answers[measure].isna().all():
        notes += (f"The usage does not tell {MEASURES[measure].lower()}; activity counts uses instead.",)
        measure = "uses"
    return kind(
        answers=_with_activity(answers, measure, latest),
        latest=latest,
        pairs=pairs,
        features=features,
        segments=tuple(segments),
        rejected=rejected,
        measure=measure,
        window_days=window_days,
        has_usage=rollup is not None,
        everybody=_everybody(rollup),
        just_before=_just_before(rollup),
        unasked=_unasked(answers, people),
        spells=spells.nothing() if rollup is None or rollup.spells is None else rollup.spells,
        notes=notes,
        read_at=read_at,
        keys=keys,
        report=report,
    )


def _with_people(answers: pd.DataFrame, people: pd.DataFrame | None) -> tuple[pd.DataFrame, list[str]]:
    """Answers with what is known of each person; what the answer itself says goes first. And the unknown columns.

    Who opted out anywhere has opted out.
    """
    known = answers.assign(opted_out=answers["opted_out"].fillna(False) if "opted_out" in answers else False)
    if people is not None:
        by = next(name for name in ("person_id", "account_id", "account") if name in people)
        joined = answers[[by]].merge(people, on=by, how="left", validate="many_to_one")
        for column in joined.columns.drop(by):
            if column != "opted_out":
                known[column] = known[column].fillna(joined[column]) if column in known else joined[column]
        if "opted_out" in joined:
            known["opted_out"] |= joined["opted_out"].fillna(False).astype(bool)
    if known["opted_out"].any():
        known["opted_out"] = known.groupby("person_id")["opted_out"].transform("any")
    fields = {*FIELDS["responses"], *FIELDS["people"]}
    known = known.assign(**dict.fromkeys(sorted(fields - {*known})))
    others = [column for column in known if column not in fields]
    return known.astype({"opted_out": bool}), others


def _unasked(answers: pd.DataFrame, people: pd.DataFrame | None) -> pd.DataFrame:
    people = people if people is not None and "person_id" in people else pd.DataFrame(columns=UNASKED)
    known = people[~people["person_id"].isin(answers["person_id"])]
    opted_out = known["opted_out"].fillna(False).astype(bool) if "opted_out" in known else False
    return known.reindex(columns=UNASKED).assign(opted_out=opted_out).reset_index(drop=True)


def _with_usage(answers: pd.DataFrame, rollup: Rollup | None) -> pd.DataFrame:
    """All measures of activity: 0 for who used nothing, NaN for what the usage does not tell.

    Where use and other answers have dates, it tells nothing of answers without one.
    """
    if rollup is None:
        return answers.assign(**dict.fromkeys(MEASURES, np.nan))
    known = rollup.activity.set_index("answer")[list(MEASURES)].astype(float)
    told = [name for name in MEASURES if known[name].gt(0).any()]
    filled = known.reindex(range(len(answers)))[told].fillna(0.0)
    undated = answers["responded_at"].isna()
    if "active_days" in told and not undated.all():
        filled[undated.to_numpy()] = np.nan
    return answers.assign(**dict.fromkeys(MEASURES, np.nan) | {name: filled[name].to_numpy() for name in told})


def _with_activity(answers: pd.DataFrame, measure: str, latest: np.ndarray) -> pd.DataFrame:
    """Activity by this measure, its percentile against the respondents, and its band.

    percentile = 100 x (share of respondents with less + half the share with the same);
    band = min(19, (20 x (2 x less + same)) // (2 x n)), in integers, so that the 90th percentile is an edge.
    """
    activity = answers[measure].to_numpy(float)
    known = activity[latest]
    known = np.sort(np.nan_to_num(known) if np.isnan(known).all() else known[~np.isnan(known)])
    less = np.searchsorted(known, np.nan_to_num(activity), side="left")
    same = np.searchsorted(known, np.nan_to_num(activity), side="right") - less
    n = max(len(known), 1)
    percentile = np.where(np.isnan(activity), np.nan, 100 * (less + same / 2) / n)
    band = np.minimum(BANDS - 1, (BANDS * (2 * less + same)) // (2 * n))
    return answers.assign(activity=activity, percentile=percentile, band=band)


def _everybody(rollup: Rollup | None) -> pd.DataFrame:
    known = None if rollup is None else rollup.everybody
    return pd.DataFrame(columns=list(MEASURES), dtype=float) if known is None else known[list(MEASURES)].astype(float)


def _just_before(rollup: Rollup | None) -> pd.DataFrame:
    columns = ["survey", "kind", "feature", "just", "expected", "variance"]
    known = None if rollup is None else rollup.just_before
    return (
        pd.DataFrame(columns=columns) if known is None else known[columns].sort_values(columns[:3], ignore_index=True)
    )


def _pairs(rollup: Rollup | None, latest: np.ndarray, answers: int) -> tuple[Pairs, pd.DataFrame]:
    """Who used what, and how many respondents used each feature."""
    if rollup is None:
        empty = np.empty(0, np.int32)
        return Pairs(empty, empty, np.empty(0)), pd.DataFrame({"kind": [], "feature": [], "users": []}).astype(
            {"kind": str, "feature": str}
        )
    rows, names = rollup.pairs, rollup.names
    pairs = Pairs(rows["answer"].to_numpy(np.int32), rows["feature"].to_numpy(np.int32), rows["uses"].to_numpy(float))
    is_latest = np.zeros(answers, bool)
    is_latest[latest] = True
    users = np.bincount(pairs.feature[is_latest[pairs.answer]], minlength=len(names))
    return pairs, names.assign(users=users)


def _segments(answers: pd.DataFrame, others: list[str]) -> dict[str, pd.Categorical]:
    """What people can be divided by: role, plan, then every other column that tells something, as it is or in bands."""
    told = [name for name in others if not derived.why(name, answers[name], answers["score"])]
    columns = {name: answers[name] for name in ("role", "plan", *told)}
    columns |= {"account": answers["account"], "revenue band": answers["revenue"], "joined": answers["joined_at"]}
    found = {name: banding.bands(cells) for name, cells in columns.items() if not banding.is_identifier(name)}
    return {name: bands for name, bands in found.items() if bands is not None}
