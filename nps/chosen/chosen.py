"""Every measure of a selection."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from nps.chosen import passed, turned
from nps.chosen.of_people import OfPeople
from nps.chosen.recent import Recent
from nps.chosen.selected import UNKNOWN, Asked
from nps.joined import UNASKED
from nps.measures import (
    activity,
    alarms,
    churn,
    clusters,
    contacts,
    crossed,
    differences,
    fair,
    findings,
    headline,
    invitations,
    likeness,
    occasions,
    person,
    release,
    repeats,
    segments,
    takers,
    trend,
    use,
    verdicts,
)
from nps.measures.change import Split, split
from nps.measures.score import Difference, Score
from nps.notes import InputError, Note
from nps.selection import Region, Repeats, Selection, population


@dataclass(frozen=True, eq=False, repr=False)
class Chosen(OfPeople[Asked]):
    """A selection of a panel, and every measure of it."""

    @cached_property
    def value_figures(self) -> segments.Values:
        """Every value of every segment, as arrays: see `segments.Counts`."""
        return segments.Counts.of(self.cube).within(self.selection.region)

    def by_segment(self, segment: str) -> pd.DataFrame:
        """value, responses, nps, low, high, shrunk, share, share_rest, p, q, flagged, near_zero."""
        self._cells_of(segment)
        rows, names = segments.Counts.of(self.cube).at(self.cube, segment)
        return segments.table(names, segments.Values(*(part[rows] for part in self.value_figures)))

    def feature_figures(self, outcome: str = "score") -> verdicts.Columns:
        """Every feature, as arrays: the columns of `measures.verdicts.columns`; see `by_feature`."""
        if outcome not in self.panel.outcomes:
            raise InputError("measures.nobody_left" if outcome == "churn" else "measures.outcome")
        of_churn, region = outcome == "churn", self.selection.region
        cube = self.per_person.placed.cube.at_risk if of_churn else self.placed.cube
        lost = cube.lost if of_churn else None
        return verdicts.columns(cube, region, self.fair(outcome), use.compared(cube, region), lost)

    def by_feature(self, outcome: str = "score") -> pd.DataFrame:
        """kind, feature, the columns of `measures.verdicts.columns`, and new_since, as `panel.new_since`.

        outcome  score, or churn: among those who could still leave when they answered, each person once, who left;
                 compared in any region, also where it cuts scores. Raises InputError for what is not in `outcomes`.
        """
        columns = self.feature_figures(outcome) | {"new_since": self.panel.new_since}
        return verdicts.table(self.panel.features, columns)

    def most_used_by(self, segment: str) -> pd.DataFrame:
        """Of each feature the value of a segment with the largest share of users, and that share; see `takers.most`."""
        self._cells_of(segment)
        return takers.most(self.placed.cube, self.inside, segment)

    def fair(self, outcome: str = "score") -> fair.Fair:
        """What is sure of each feature under the filters, whatever the region."""
        return fair.of_cube((self.per_person if outcome == "churn" else self).placed.cube, outcome)

    @property
    def confounding_left(self) -> float:
        """How much of what activity explains of the scores is still in the differences of features, 0..1."""
        return self.fair().kappa

    @property
    def leavers(self) -> churn.Leavers:
        """How many of the selection left after they answered, each person once."""
        return churn.leavers(self.per_person.people)

    def users_of(self, code: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Selected answers of who used a feature (its row in `panel.features`), and of who had used it and stopped.

        Stopped: used it before an earlier answer, not before this one. By their positions in `panel.answers`.
        """
        used, stopped = (self.places[mask[self.places]] for mask in person.users_and_stopped(self.panel, code))
        return self.panel.answers.iloc[used], self.panel.answers.iloc[stopped]

    def by_activity(self) -> tuple[Score, Score, Difference]:
        """The most active quarter of the selection, the least active, and their difference."""
        most, least = (self.inside & end.cells() for end in (activity.MOST_ACTIVE, activity.LEAST_ACTIVE))
        comparable, placed = self.panel.has_usage and self.selection.region.all_scores, self.placed
        apart = placed._difference(most, least) if comparable else UNKNOWN
        return placed._score(most), placed._score(least), apart

    def trend(self, period: str = "month") -> pd.DataFrame:
        """period, responses, nps, low, high, alarm; the repeat rule applies inside each period."""
        if period not in trend.PERIODS:
            raise InputError("measures.step", steps=tuple(trend.PERIODS))
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
        return trend.sides(self.dated(segment), segment, value, period, self.selection.repeats)

    def around(self, segment: str, value: str, day: date) -> pd.DataFrame:
        """Before a day and from it on, one value against everyone else: when, responses, nps, nps_rest, points, p..."""
        return turned.around(self, segment, value, day)

    def changed(self, segment: str, before: tuple[date, date], after: tuple[date, date]) -> Split:
        """What made the score change from one period to another: who answered, and how they scored."""
        old, new = (self.during(period) for period in (before, after))
        design = clusters.of_gap(*clusters.aligned(new._grouped(), old._grouped()))
        return split(self.cube.values(segment), old._by_value(segment), new._by_value(segment), design)

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

    def explained(self, before: tuple[date, date], after: tuple[date, date]) -> pd.DataFrame:
        """Every segment, that which says most of the change from one period to another first: segment, p."""
        return turned.explained(self, before, after)

    def crossed(self, first: str, second: str) -> pd.DataFrame:
        """Two segments at once: value_a, value_b, responses, nps, low, high, shrunk."""
        return crossed.table(self.people, first, second, self.panel.cluster[self.places])

    def differences(self) -> pd.DataFrame:
        """What sets the selection apart from everyone else: what, value, share, share_rest, difference, q."""
        region, figures = self.selection.region, (self.value_figures, self.feature_figures())
        return differences.of(self.cube, region, *figures, use.compared(self.cube.placed, region))

    def findings(
        self,
        markers: Mapping[str, date] | None = None,
        tell: Callable[[float, Note], None] = lambda *_: None,
    ) -> pd.DataFrame:
        """What holds under these filters, the surest first; empty when nothing does. See `measures.findings.find`."""
        return findings.find(self.per_person.cube, self.per_person.selection, markers, tell)

    def headline(self) -> headline.Headline | None:
        """How the score last turned, and by how much; None where it did not."""
        return turned.of(self)

    def likeness(self, target: str = "Promoter") -> likeness.Likeness:
        """Who uses the product like promoters, or detractors, do; under the filters, whatever the region."""
        positions = population(self.panel, self.selection.changed(like_promoters=False))
        positions = positions[self.panel.placed[positions]]
        return likeness.likeness(self.panel, positions, target, tried=lambda: passed.came_true(self.panel))

    @property
    def recent(self) -> Recent[Asked] | None:
        """Who answered in the last window of the data, whose use is known as everybody's is.

        None where who could have answered is not known: under any filter or region, or without usage and dates.
        """
        last = self.panel.answers["responded_at"].max()
        if self.selection != Selection() or not len(self.panel.everybody) or pd.isna(last):
            return None
        period = last - pd.Timedelta(days=self.panel.window_days - 1), last
        return Recent(self.panel, self.selection.changed(period=period), self.by_use)

    def moves(self) -> pd.DataFrame:
        """Consecutive answers of a person: person_id, before, after, days. A region cuts activity only."""
        whole = self.selection.within(Region(self.selection.activity))
        return repeats.consecutive(replace(self, selection=whole).every_answer())

    def mean_change(self) -> repeats.Moved:
        """The mean of `moves`, with an interval that knows whose moves are alike."""
        moves = self.moves()
        account = pd.Series(self.panel.cluster, self.panel.answers["person_id"]).groupby(level=0).last()
        return repeats.mean_change(moves, account.reindex(moves["person_id"]).to_numpy())

    def after_what(self) -> pd.DataFrame:
        """After what people answer the chosen surveys; other filters and the region do not apply to it.

        kind, feature, answers, just, share, expected, ratio, low, high, p, q. See `measures.occasions.after_what`.
        """
        whole = population(self.panel, Selection(survey=self.selection.survey, repeats=Repeats.ALL))
        dated = self.panel.answers["responded_at"].iloc[whole].notna().sum()
        return occasions.after_what(occasions.among(self.panel.just_before, self.selection.survey), int(dated))

    def to_ask(self, on: date, suppress: Iterable[str] = ()) -> pd.DataFrame:
        """Who of the selection may be asked on a day, in random order: person, name, email, account, role, why.

        Not who answered within 90 days before or opted out. Who never answered, too, where the selection is by role and
        plan only, as nothing else is known of them.
        """
        places, unasked = self._may_be_asked(on, suppress)
        people = pd.concat([self.panel.answers.iloc[places][UNASKED].astype(object), unasked.astype(object)])
        return invitations.listed(people, str(self.selection.describe(self.panel.measure, self.panel)))

    def how_many_to_ask(self, on: date, suppress: Iterable[str] = ()) -> int:
        """How many people `to_ask` lists."""
        return sum(map(len, self._may_be_asked(on, suppress)))

    def _may_be_asked(self, on: date, suppress: Iterable[str]) -> tuple[np.ndarray, pd.DataFrame]:
        """Positions of answers, one a person, and rows of people who never answered."""
        never = invitations.never_asked(self.panel.unasked, self.selection)
        never = never[contacts.contactable(never, suppress)]
        return invitations.rested(self.panel, self.places, on, suppress), never
