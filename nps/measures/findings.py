"""Find: everything that holds in a dataset, the surest first, and nothing when nothing holds.

All comparisons are made on the cube and corrected together: segments, features, activity, changes, what the hotspots
of the map are made of, and what detractors and promoters say. Each person counts once, by the latest answer of each
period compared.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.cube import CELLS, Cube, by_score
from nps.measures import activity, apart, cells, clusters, fair, hotspots, named, score, segments
from nps.measures.findable import findable
from nps.measures.rules import (
    GREY_BELOW,
    MIN_WRITERS,
    OWN_BELOW,
    RECENT_DAYS,
    SMALLEST_POINTS,
    SMALLEST_SHARE,
    SURE_BELOW,
)
from nps.measures.score import Difference
from nps.measures.turns import ALL, Turn
from nps.notes import Note, note
from nps.selection import Repeats, Selection, population

UNKNOWN = Difference(np.nan, np.nan, np.nan, np.nan)
OF_SHARES = ("hotspot", "reason", "mention")


class Look(NamedTuple):
    """One comparison that was made: scores in points, shares of a hotspot 0..1, NaN where it was not possible.

    kind             segment, feature, activity, change, hotspot, reason or mention
    what, value      a segment and its value, or a feature's kind and name; "everyone" and "" for the whole score; of a
                     reason "" and the key of its theme
    context          the hotspot, since when there is a change, or what a reason is called, as a note; else ""
    first, second    what was compared; for a feature, the score of its users only; for reasons and mentions the shares
                     of detractors and of promoters, of those who wrote something
    difference       first less second, adjusted for activity for features and in hotspots; low and high its interval
    n, n_rest        answers on the two sides
    own              whether it is the group's own: a change is not when everyone else changed as much
    selection        what shows it
    """

    kind: str
    what: str
    value: str
    context: str | Note
    first: float
    second: float
    difference: float
    low: float
    high: float
    n: int
    n_rest: int
    p: float
    own: bool
    selection: Selection


def find(
    cube: Cube,
    selection: Selection,
    markers: Mapping[str, date] | None = None,
    tell: Callable[[float, Note], None] = lambda *_: None,
) -> pd.DataFrame:
    """What holds, the smallest p first: the columns of `Look`, then q; empty when nothing does.

    cube       counts under the filters of the selection, each person once
    markers    events by name with their first day: scores before it and from then on are compared, too
    tell       called with how far it is, 0..1, and what is compared next
    q          Benjamini-Hochberg over every comparison made; kept below .05, from five points (of score or share) on

    What would usually have been found is in its `attrs`: "findable", a `Findable`.
    """
    looks = pd.DataFrame(list(looked_at(cube, selection.filters, markers or {}, tell)), columns=list(Look._fields))
    looks["q"] = score.benjamini_hochberg(looks["p"])
    size, in_hotspot = looks["difference"].abs(), looks["kind"] == "hotspot"
    large = size >= np.where(looks["kind"].isin(OF_SHARES), SMALLEST_SHARE, SMALLEST_POINTS)
    holds = (looks["q"] < SURE_BELOW) & large & looks["own"].astype(bool)
    held = looks.assign(size=size, spot=looks["context"].where(in_hotspot, ""))[holds]
    held = held.sort_values(["p", "size"], ascending=[True, False], kind="stable")
    held = held.drop_duplicates(["kind", "what", "value", "spot"]).drop(columns=["size", "spot", "own"])
    held = held.reset_index(drop=True)
    held.attrs["findable"] = findable(cube, int(looks["p"].notna().sum()), SURE_BELOW)
    return held


def looked_at(
    cube: Cube,
    base: Selection,
    markers: Mapping[str, date],
    tell: Callable[[float, Note], None] = lambda *_: None,
) -> Iterator[Look]:
    """Every comparison that `find` makes."""
    tell(0.0, note("finding.groups"))
    yield from _segments(cube, base)
    tell(0.1, note("finding.times"))
    yield from _changes(cube, base, markers)
    tell(0.4, note("finding.comments"))
    yield from _said(cube, base)
    if cube.panel.has_usage:
        tell(0.5, note("finding.features"))
        yield from _features(cube.placed, base)
        yield _activity(cube.placed, base)
        tell(0.8, note("finding.hotspots"))
        yield from _hotspots(cube.placed, base)


def _segments(cube: Cube, base: Selection) -> Iterator[Look]:
    """Each value against everyone else."""
    everyone = score.counts_of(by_score(cube.cells))
    for name, by_cell in cube.segments.items():
        _, design = segments.designs(cube, name)
        for code in hotspots.telling(by_cell):
            own, value = score.counts_of(by_score(by_cell[code])), cube.values(name)[code]
            difference = clusters.difference(own, everyone - own, design.at(code))
            yield _scores(("segment", name, value, ""), own, everyone - own, difference, _narrowed(base, name, value))


def _features(cube: Cube, base: Selection) -> Iterator[Look]:
    """Users of each feature against others who are as active, by the p of the badge; not its own where a partner may
    have made it."""
    comparison, nps = fair.of_cube(cube), score.net(score.counts_of(by_score(cube.used)))
    users = cube.used.sum(1).astype(int)
    size, margin = score.POINTS * comparison.difference, score.POINTS * comparison.t * comparison.se
    columns = zip(nps, size, size - margin, size + margin, users, comparison.p, ~comparison.lost, strict=True)
    named = zip(cube.panel.features["kind"], cells.feature_labels(cube.panel.features), strict=True)
    for (kind, label), (own, *span, n, p, mine) in zip(named, columns, strict=True):
        yield Look("feature", kind, label, "", own, np.nan, *span, n, len(cube.positions) - n, p, mine, base)


def _activity(cube: Cube, base: Selection) -> Look:
    """The most active quarter against the least active."""
    shown, ends = base.within(activity.MOST_ACTIVE), activity.quarters(cube)
    difference = clusters.compared(
        *(cube.by_cluster(end.cells()) for end in (activity.MOST_ACTIVE, activity.LEAST_ACTIVE))
    )
    return _scores(("activity", "activity", "most_active", ""), *ends, difference, shown)


def _hotspots(cube: Cube, base: Selection) -> Iterator[Look]:
    """What each hotspot is made of, against people as active."""
    for spot in hotspots.made_of(cube, fair.of_cube(cube).robust):
        compared = (spot.share, spot.share_rest, spot.difference, np.nan, np.nan, spot.n, spot.n_rest, spot.p)
        yield Look("hotspot", spot.what, spot.value, spot.hotspot, *compared, spot.named, base.within(spot.region))


def _said(cube: Cube, base: Selection) -> Iterator[Look]:
    """Reasons that detractors and promoters give, and features that they name, where ten of both wrote something."""
    low, high = named.groups(cube, np.ones(CELLS, bool), named.OF_PEOPLE)
    sides = int(low.sum()), int(high.sum())
    if min(sides) < MIN_WRITERS:
        return
    rules, coding = cube.panel.rules, cube.panel.coding
    themes = [("reason", "", key, rules.theme(key).called, base.changed(theme=[key])) for key in coding.themes]
    labels = [("mention", *each, "", base.changed(mention=[f"{each[0]}:{each[1]}"])) for each in coding.features]
    for names, held in ((themes, named.themes(cube).held.first(len(themes))), (labels, named.features(cube).held)):
        found = apart.compared(held, low, high, cube.cluster)
        shares = found.first / sides[0], found.second / sides[1]
        for (*name, shown), first, second, p in zip(names, *shares, found.alike, strict=True):
            yield Look(*name, first, second, first - second, np.nan, np.nan, *sides, p, True, shown)


def _changes(cube: Cube, base: Selection, markers: Mapping[str, date]) -> Iterator[Look]:
    """Everyone's score and each segment value's, after against before."""
    for context, (before, after) in _splits(cube, base, markers).items():
        shown = base.changed(period=after)
        turn = Turn(*(_during(cube, base.changed(period=period)) for period in (after, before)))
        difference, (now, was) = turn.change(ALL, ALL)
        yield _scores(("change", "everyone", "", context), now, was, difference, shown)
        for name in cube.panel.segments:
            codes = [part.codes(name) for part in turn]
            for code, value in enumerate(cube.values(name)):
                has = [each == code for each in codes]
                difference, (now, was) = turn.change(*has)
                own = difference.p < OWN_BELOW and turn.differs(*has)
                yield _scores(
                    ("change", name, value, context), now, was, difference, _narrowed(shown, name, value), own=own
                )


def _splits(cube: Cube, base: Selection, markers: Mapping[str, date]) -> dict[Note, tuple]:
    """Since when -> (first, last) day before and after: the latest 90 and 180 days and as many before; each marker."""
    answers = population(cube.panel, base.changed(repeats=Repeats.ALL))
    when = cube.panel.answers["responded_at"].iloc[answers].dropna()
    if when.empty:
        return {}
    first, last = when.min().date(), when.max().date()
    starts = {}
    for days in RECENT_DAYS:
        begin = last - timedelta(days=days - 1)
        starts[note("finding.lately", n=days)] = max(first, begin - timedelta(days=days)), begin
    starts |= {note("finding.since", event=name): (first, day) for name, day in markers.items()}
    return {
        context: ((start, begin - timedelta(days=1)), (begin, last))
        for context, (start, begin) in starts.items()
        if start < begin <= last
    }


def _during(cube: Cube, selection: Selection) -> Cube:
    return Cube(cube.panel, population(cube.panel, selection))


def _narrowed(base: Selection, segment: str, value: str) -> Selection:
    return base.changed(where={**dict(base.where), segment: [value]})


def _scores(
    named: tuple[str, str, str, str | Note],
    first: np.ndarray,
    second: np.ndarray,
    difference: Difference,
    shown: Selection,
    *,
    own: bool = True,
) -> Look:
    """Two scores by their counts (3,); not compared with fewer than 30 answers on a side, which are shown pale."""
    sides = int(first.sum()), int(second.sum())
    difference = difference if min(sides) >= GREY_BELOW else UNKNOWN
    kind, what, value, context = named
    nps = float(score.net(first)), float(score.net(second))
    span = difference.points, difference.low, difference.high
    return Look(kind, what, str(value), context, *nps, *span, *sides, difference.p, own, shown)
