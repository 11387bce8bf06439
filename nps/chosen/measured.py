"""Every measure of a selection."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from nps.chosen.counted import UNKNOWN
from nps.chosen.surveyed import Surveyed
from nps.cube import by_score
from nps.measures import (
    activity,
    alarms,
    apart,
    change,
    churn,
    clusters,
    crossed,
    fair,
    features,
    findings,
    likeness,
    release,
    score,
    segments,
    trend,
    use,
    verdicts,
)
from nps.measures.score import Difference, Score
from nps.sources import InputError

_NO_CHURN = (
    "Nobody is known to have left after answering: the people file tells it, with the date on which each person left."
)


NOBODY = np.zeros((1, 3), int)


@dataclass(frozen=True, eq=False)
class Chosen(Surveyed):
    """A selection of a panel, and every measure of it."""

    def by_segment(self, segment: str) -> pd.DataFrame:
        """value, responses, nps, low, high, shrunk, share, share_rest, p, q, flagged, near_zero."""
        counts = self._cells_of(segment)
        return segments.by_value(
            self.cube.values(segment),
            by_score(counts * self.inside),
            by_score(counts * ~self.inside),
            tested=self.selection.region.all_scores,
            design=segments.designs(self.cube, segment),
        )

    def by_feature(self, outcome: str = "score") -> pd.DataFrame:
        """kind, feature, the columns of `measures.verdicts.table`, and new_since, as `panel.new_since`.

        outcome  score, or churn: among those who could still leave when they answered, each person once, who left;
                 compared in any region, also where it cuts scores. Raises InputError for what is not in `outcomes`.
        """
        if outcome not in self.panel.outcomes:
            raise InputError(_NO_CHURN if outcome == "churn" else "Features are compared by score or by churn.")
        of_churn, region = outcome == "churn", self.selection.region
        cube = self.once.placed.cube.at_risk if of_churn else self.placed.cube
        selected = features.Counts.of(cube, self.inside)
        lost = features.Counts.of(cube.lost, self.inside) if of_churn else None
        return verdicts.table(
            self.panel.features,
            selected,
            features.Counts.of(cube) - selected,
            int((cube.active * self.inside).sum()),
            fair=self.fair(outcome),
            region=None if region.everything else features.inside(selected, lost, tested=of_churn or region.all_scores),
            use=use.compared(cube, region),
            lost=lost,
        ).assign(new_since=self.panel.new_since)

    def fair(self, outcome: str = "score") -> fair.Fair:
        """What is sure of each feature under the filters, whatever the region."""
        return fair.of_cube((self.once if outcome == "churn" else self).placed.cube, outcome)

    @property
    def confounding_left(self) -> float:
        """How much of what activity explains of the scores is still in the differences of features, 0..1."""
        return self.fair().kappa

    @property
    def leavers(self) -> churn.Leavers:
        """How many of the selection left after they answered, each person once."""
        return churn.leavers(self.once.people)

    def users_of(self, code: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Selected answers of who used a feature (its row in `panel.features`), and of who had used it and stopped.

        Stopped: used it before an earlier answer, not before this one.
        """
        pairs, person = self.panel.pairs, self.panel.person
        used = np.zeros(len(person), bool)
        used[pairs.answer[pairs.feature == code]] = True
        ever = pd.Series(used).groupby(person).cummax().to_numpy()
        chosen, answers = self.places, self.people
        return answers[used[chosen]].reset_index(drop=True), answers[(ever & ~used)[chosen]].reset_index(drop=True)

    def by_activity(self) -> tuple[Score, Score, Difference]:
        """The most active quarter of the selection, the least active, and their difference."""
        most, least = (self.inside & end.cells() for end in (activity.MOST_ACTIVE, activity.LEAST_ACTIVE))
        comparable, placed = self.panel.has_usage and self.selection.region.all_scores, self.placed
        apart = placed._difference(most, least) if comparable else UNKNOWN
        return placed._score(most), placed._score(least), apart

    def trend(self, period: str = "month") -> pd.DataFrame:
        """period, responses, nps, low, high, alarm; the repeat rule applies inside each period."""
        if period not in trend.PERIODS:
            raise InputError(f"The trend goes by {', '.join(trend.PERIODS)}.")
        return trend.by_period(self.dated(), period, self.selection.repeats)

    @property
    def rolling_days(self) -> int:
        """How many days each point of `rolling` holds."""
        return trend.window(self.dated())

    def rolling(self) -> pd.DataFrame:
        """The score of the last `rolling_days` at the end of each week: period, responses, nps, low, high."""
        return trend.rolling(self.dated(), self.selection.repeats, self.rolling_days)

    def alarms(self) -> pd.DataFrame:
        """When the weekly watch went off, a row for each change: the columns of `measures.alarms.Alarm`."""
        segments = self.panel.segments if self.selection.region.all_scores else ()
        return alarms.table(alarms.alarms(self.dated(*segments), self.selection.repeats, segments))

    def with_and_without(self, segment: str, value: str, period: str) -> pd.DataFrame:
        """The trend of one value of a segment and of everyone else: the columns of `trend`, and who."""
        self._cells_of(segment)
        answers = self.dated(segment)
        has = (answers[segment] == value).to_numpy()
        sides = {value: answers[has], "everyone else": answers[~has]}
        trends = [trend.by_period(part, period, self.selection.repeats).assign(who=who) for who, part in sides.items()]
        return pd.concat(trends, ignore_index=True)

    def around(self, segment: str, value: str, day: date) -> pd.DataFrame:
        """Before a day and from it on, one value against everyone else: when, responses, nps, nps_rest, points, p..."""
        start, end = self.selection.period or (date(1971, 1, 1), date(2199, 12, 31))
        halves = {"before": (start, min(day - timedelta(days=1), end)), "from then on": (max(day, start), end)}
        self._cells_of(segment)
        rows = []
        for when, (first, last) in halves.items():
            own, rest = self.during((first, last))._divided(segment, value) if first <= last else (NOBODY, NOBODY)
            counts = own.sum(0), rest.sum(0)
            facts = {"when": when, "responses": counts[0].sum(), "nps": score.net(counts[0])}
            rows.append(facts | {"nps_rest": score.net(counts[1])} | clusters.compared(own, rest)._asdict())
        return pd.DataFrame(rows)

    def _divided(self, segment: str, value: str) -> tuple[np.ndarray, np.ndarray]:
        """Counts by cluster (G, 3) of who has the value of a segment, and of everyone else."""
        cluster, group = self._grouped()
        has = (self.panel.answers[segment].iloc[self.places] == value).to_numpy()
        own, rest = clusters.aligned((cluster[has], group[has]), (cluster[~has], group[~has]))
        return own, rest

    def changed(self, segment: str, before: tuple[date, date], after: tuple[date, date]) -> change.Split:
        """What made the score change from one period to another: who answered, and how they scored."""
        old, new = (self.during(period) for period in (before, after))
        design = clusters.of_gap(*clusters.aligned(new._grouped(), old._grouped()))
        sides = (side._by_value(segment) for side in (old, new))
        return change.split(self.cube.values(segment), *sides, design)

    def release(self, feature: int | str, at: date) -> release.Release:
        """What changed with a release for who took a feature up within 90 days, and for others: no proof of a cause.

        feature  its row in `panel.features`, or its name
        at       the first day of the release; the repeat rule applies before it and from it on
        Raises InputError for a feature that this data does not have.
        """
        code, when = self.panel.feature(feature), self.dated()["responded_at"]
        day = pd.Timestamp(at).date()
        first, last = (day, day) if when.empty else (when.min().date(), when.max().date())
        found = release.of(self.panel, code, day, lambda *days: self.during(days).places, first, last)
        return (
            found if self.selection.region.all_scores else found._replace(effect=release.UNKNOWN, trend=release.UNKNOWN)
        )

    def crossed(self, first: str, second: str) -> pd.DataFrame:
        """Two segments at once: value_a, value_b, responses, nps, low, high, shrunk."""
        return crossed.table(self.people, first, second, self.panel.cluster[self.places])

    def apart(self) -> pd.DataFrame:
        """What sets the selection apart from everyone else: what, value, share, share_rest, difference, q."""
        by_segment = {name: self.by_segment(name) for name in self.panel.segments}
        compared = use.compared(self.cube.placed, self.selection.region)
        return apart.differences(self.cube, self.selection.region, by_segment, self.by_feature(), compared)

    def findings(
        self,
        markers: Mapping[str, date] | None = None,
        tell: Callable[[float, str], None] = lambda *_: None,
    ) -> pd.DataFrame:
        """What holds under these filters, the surest first; empty when nothing does. See `measures.findings.find`."""
        return findings.find(self.once.cube, self.once.selection, markers, tell)

    def standouts(self, most: int = 3, markers: Mapping[str, date] | None = None) -> pd.DataFrame:
        """What the overview says: the first of the findings, and nothing else."""
        return self.findings(markers).head(most)

    def likeness(self, target: str = "Promoter") -> likeness.Likeness:
        """Who uses the product like promoters, or detractors, do; under the filters, whatever the region."""
        positions = self.panel.positions(replace(self.selection, alike=False))
        positions = positions[self.panel.placed[positions]]
        return likeness.likeness(self.panel, positions, target, tried=lambda: self.panel.came_true)
