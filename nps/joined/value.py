"""Every answer with its own usage before it, in memory. Made once; from here on, numpy and pandas."""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from typing import Any, Self
from uuid import uuid4

import numpy as np
import pandas as pd

from nps import accounts, spells
from nps.comments import Rules
from nps.joined import activity, people, since
from nps.joined.accounts import Accounts, Told
from nps.joined.activity import MEASURES
from nps.joined.commented import Commented
from nps.joined.pairs import Pairs, Tiers, below, paired
from nps.joined.worked import Worked
from nps.notes import InputError, Note, note
from nps.rollups import Rollup
from nps.tables import group_of
from nps.who.places import Place


@dataclass(frozen=True, eq=False, repr=False)
class Joined(Commented, Worked):
    """The analysed people: what they answered, what they use, and what else is known of them.

    answers   every accepted answer, oldest first: person_id, score, group, responded_at, comment, survey, activity,
              percentile, band, active_days, uses, minutes, features_used, what is known of the person, segments...
    latest_positions  where in `answers` of each person's latest answer: the respondents
    pairs     what each answer's person used in the window before it
    features  kind, feature, users (respondents who used it); the row number is the feature's code
    segments  the columns of `answers` that people can be divided by
    rejected  table, row (line of the file), column, value, reason
    measure   of activity on the x axis: active_days, minutes, uses or features_used
    window_days  usage counts when it lies at most so many days before the answer
    has_usage whether any use is known
    everybody the measures of activity of each person active in the window before the last answer, whoever answered
    just_before  survey, kind, feature, just, expected, variance: use in the last day before answers, see `rollups`
    spells    when whoever answered used what, see `nps.spells`; empty where use has no dates
    told      what accounts and people are known by, see `joined.accounts`
    unasked   who is in the people file and never answered: UNASKED
    notes     what there is to tell of how the files were read
    read_at   when the usage was read (UTC)
    keys      how ids were joined, see `nps.keys`
    report    what came of every row and what looks odd, as `nps.quality` describes it
    rules     what comments are read by
    who       where all of the usage lies, to be asked who did what; None where it is not at hand
    uid       tells panels apart, whatever they hold; never the same again
    """

    answers: pd.DataFrame
    latest_positions: np.ndarray
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
    unasked: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=people.UNASKED))
    told: Told = field(default_factory=Told.nothing)
    notes: tuple[Note, ...] = field(default=())
    read_at: pd.Timestamp | None = None
    keys: str = "exact"
    report: pd.DataFrame | None = None
    rules: Rules = field(default_factory=Rules.default)
    who: Place | None = None
    uid: str = field(default_factory=lambda: uuid4().hex, init=False)

    @property
    def respondents(self) -> pd.DataFrame:
        """Each person's latest answer, as `answers` has it."""
        return self.answers.iloc[self.latest_positions].reset_index(drop=True)

    @property
    def accounts(self) -> Accounts:
        """What is known of accounts."""
        return self.told.accounts

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
        respondents = total[self.latest_positions[self.placed[self.latest_positions]]]
        strata = int(np.clip(len(respondents) // 25, 5, 20))
        cuts = np.unique(np.quantile(respondents, np.arange(1, strata) / strata) if len(respondents) else [])
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
    def churned(self) -> np.ndarray:
        """Per answer, whether its person left after it: see `churned_after`."""
        return people.churned_after(self.answers)

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """What features can be compared by: churn only where some respondents left after answering and some stayed."""
        churned = self.churned[self.latest_positions]
        return ("score", "churn") if (churned == 0).any() and (churned == 1).any() else ("score",)

    @cached_property
    def period(self) -> tuple[date, date] | None:
        """The first and the last day with an answer; None when the answers have no dates."""
        first, last = self.answers["responded_at"].min(), self.answers["responded_at"].max()
        return None if pd.isna(last) else (first.date(), last.date())

    @property
    def dated(self) -> bool:
        """Whether any answer has a date."""
        return self.period is not None

    @property
    def windowed(self) -> bool:
        """Whether use counts in the days before an answer: neither all answers nor all uses lack a date."""
        return self.dated and (not self.has_usage or "active_days" in self.measures)

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The measures of activity that this usage can give."""
        return tuple(name for name in MEASURES if self.has_usage and self.answers[name].notna().any())

    def feature(self, feature: int | str) -> int:
        """The row in `features` of a feature given by that or by its name; raises InputError where there is none."""
        rows = self.features.index[self.features["feature"] == feature] if isinstance(feature, str) else [feature]
        if len(rows) != 1 or rows[0] not in self.features.index:
            raise InputError("selection.feature", name=feature)
        return int(rows[0])

    def first_used(self, feature: int) -> date | None:
        """The first day on which somebody who answered used it; None where that may be before what is known."""
        return since.first_used(self.spells, feature)

    @cached_property
    def new_since(self) -> pd.Series:
        """For each row of `features` the first day of use where that is after the first quarter of the data, else NaT.

        Whatever is newer than the oldest answers gets the credit of any rise since (docs/methods.md).
        """
        when = self.answers["responded_at"]
        early = (when < when.min() + pd.Timedelta(days=spells.DAYS)).to_numpy()
        return since.new_since(self.spells, self.features.index, self.pairs.feature[early[self.pairs.answer]])

    def measured(self, measure: str) -> Self:
        """The same panel with another measure of activity on the x axis."""
        if measure == self.measure:
            return self
        answers = activity.with_activity(self.answers, measure, self.latest_positions)
        return self.as_written(replace(self, answers=answers, measure=measure))

    def __getstate__(self) -> dict[str, Any]:
        """The fields alone, to be pickled: what was worked out of them can be again. `who` may hold a password."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "who"}

    @classmethod
    def of(
        cls,
        answers: pd.DataFrame,
        listed: pd.DataFrame | None,
        rollup: Rollup | None,
        *,
        measure: str,
        window_days: int,
        rejected: pd.DataFrame,
        accounts: pd.DataFrame | None = None,
        notes: tuple[Note, ...] = (),
        read_at: pd.Timestamp | None = None,
        keys: str = "exact",
        report: pd.DataFrame | None = None,
    ) -> Self:
        """Answers (numbered oldest first), what is known of people and of accounts, and usage, as one panel."""
        if rollup is not None and rollup.pairs.empty:
            dated = answers["responded_at"].notna().any()
            notes += (note("joined.nobody_used", n=window_days) if dated else note("joined.nobody_ever_used"),)
            rollup = None
        asked, others = people.joined(answers, listed, accounts)
        answers, segments = people.divided(asked, others)
        latest = np.flatnonzero(~answers["person_id"].duplicated(keep="last"))
        answers = activity.with_usage(answers.assign(group=group_of(answers["score"])), rollup)
        if rollup is not None and answers[measure].isna().all():
            notes += (note(f"joined.no_{measure}"),)
            measure = "uses"
        pairs, features = paired(rollup, latest, len(answers))
        return cls(
            answers=activity.with_activity(answers, measure, latest),
            latest_positions=latest,
            pairs=pairs,
            features=features,
            segments=segments,
            rejected=rejected,
            measure=measure,
            window_days=window_days,
            has_usage=rollup is not None,
            everybody=activity.everybody(rollup),
            just_before=activity.just_before(rollup),
            unasked=people.never_answered(answers, listed),
            told=Told.of(asked, listed, accounts),
            spells=spells.nothing() if rollup is None or rollup.spells is None else rollup.spells,
            notes=notes,
            read_at=read_at,
            keys=keys,
            report=report,
        )
