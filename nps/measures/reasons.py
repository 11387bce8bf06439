"""Which reasons people give, and which features they name: frames of shares of those who wrote something."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from nps.comments.sides import SIDES
from nps.cube import Cube
from nps.joined import Joined
from nps.measures import alarms, apart, clusters, named, score, shares, trend
from nps.measures.apart import Held
from nps.measures.named import Named
from nps.measures.rules import FEWEST_NAME, HARDLY_USED
from nps.selection import Repeats

HARDLY, NEVER = "hardly_used", "never_named"
UNTESTED = {"p": np.nan, "q": np.nan, "flagged": False}


def of_themes(cube: Cube, names: Sequence[str], inside: np.ndarray, between: str, *, scored: bool) -> pd.DataFrame:
    """One row per theme, the largest share first, last those who give no reason we know (theme ""): see `_columns`.

    names   what each theme is called
    inside  which cells (220,) are selected
    scored  whether scores may be told: not where the region cuts them
    """
    told = named.themes(cube)
    tested = _tested(cube, told.held.first(len(names)), inside, between)
    columns = _columns(cube, told, inside, scored=scored)
    columns |= {name: np.append(column, UNTESTED[name]) for name, column in tested.items()}
    frame = pd.DataFrame({"theme": [*cube.panel.coding.themes, ""], "name": [*names, ""]} | columns)
    return pd.concat([_sorted(frame[:-1]), frame[-1:]], ignore_index=True)


def of_features(cube: Cube, inside: np.ndarray, between: str, *, scored: bool) -> pd.DataFrame:
    """One row per feature, the largest share first: kind, feature, see `_columns`; and

    low_detractors, ..., high_promoters   intervals of the shares of detractors and promoters who name it
    used_by   share of the selection, writers or not, who used it in the window; NaN where no use is known
    verdict   hardly_used: three name it and hardly anybody uses it; never_named: many use it and nobody names it; ""
    """
    told = named.features(cube)
    columns = _columns(cube, told, inside, scored=scored) | _tested(cube, told.held, inside, between)
    for group in ("detractors", "promoters"):
        low, high = shares.wilson(columns[group], columns[f"of_{group}"])
        columns |= {f"low_{group}": low, f"high_{group}": high}
    columns["used_by"] = used_by = _used_by(cube, told.held.things, inside)
    columns["verdict"] = _verdicts(columns["people"], used_by, bool((named.wrote(cube) & inside[cube.cell]).any()))
    catalogue = pd.DataFrame(list(cube.panel.coding.features), columns=["kind", "feature"])
    return _sorted(catalogue.assign(**columns))


def _columns(cube: Cube, told: Named, inside: np.ndarray, *, scored: bool) -> dict[str, np.ndarray]:
    """What both frames have, (K,) each; shares are of those who wrote something.

    people, share, low, high   who of the selection names it, with Wilson's interval
    love, dislike, wish        who names it in such a clause; one may count in several
    nps, nps_low, nps_high     of those who name it; accounts as clusters
    share_rest                 of everyone else under the same filters
    detractors, promoters, of_detractors, of_promoters   how many of the selection name it, of how many
    """
    some, within = named.wrote(cube), inside[cube.cell]
    own, rest = some & within, some & ~within
    people, writers = told.held.counts(own), int(own.sum())
    low, high = shares.wilson(people, writers)
    columns = {"people": people, "share": _share(people, writers), "low": low, "high": high}
    columns |= {side: told.on(side, own) for side in SIDES[1:]}
    columns |= dict(zip(("nps", "nps_low", "nps_high"), _scores(cube, told.held, own & scored), strict=True))
    columns["share_rest"] = _share(told.held.counts(rest), int(rest.sum()))
    sides = {"detractors": own & (cube.group == 0), "promoters": own & (cube.group == 2)}
    columns |= {name: told.held.counts(side) for name, side in sides.items()}
    return columns | {f"of_{name}": np.full(len(people), side.sum()) for name, side in sides.items()}


def _share(people: np.ndarray, of: int) -> np.ndarray:
    return people / of if of else np.full(len(people), np.nan)


def _scores(cube: Cube, held: Held, people: np.ndarray) -> np.ndarray:
    """NPS, low and high of the people who hold each thing: (3, K); NaN of nobody."""
    some = np.flatnonzero(people[held.person])
    some = some[np.argsort(held.thing[some], kind="stable")]
    ends = np.cumsum(np.bincount(held.thing[some], minlength=held.things))
    each = np.split(held.person[some], ends[:-1])[: held.things]
    return np.array([_score(cube.cluster[who], cube.group[who]) for who in each]).reshape(-1, 3).T


def _score(cluster: np.ndarray, group: np.ndarray) -> tuple[float, float, float]:
    if not len(cluster):
        return np.nan, np.nan, np.nan
    (counts,) = clusters.aligned((cluster, group))
    low, high = clusters.interval(counts.sum(0), clusters.of_score(counts))
    return float(score.net(counts.sum(0))), float(low), float(high)


def _tested(cube: Cube, held: Held, inside: np.ndarray, between: str) -> dict[str, np.ndarray]:
    found = apart.compared(held, *named.groups(cube, inside, between), cube.cluster)
    return {"p": found.p, "q": found.q, "flagged": found.flagged}


def _used_by(cube: Cube, features: int, inside: np.ndarray) -> np.ndarray:
    """Features that only the rules know, and all without usage, are used by nobody knows how many."""
    people, share = (cube.placed.cells * inside).sum(), np.full(features, np.nan)
    if people and cube.panel.has_usage:
        used = (cube.placed.used * inside).sum(1) / people
        share[: len(used)] = used
    return share


def _verdicts(people: np.ndarray, used_by: np.ndarray, anybody: bool) -> np.ndarray:
    """What is at odds: a feature that several name and hardly anybody uses, or many use and nobody names."""
    known = used_by[~np.isnan(used_by)]
    often = used_by >= np.median(known) if len(known) else np.zeros(len(people), bool)
    hardly = (people >= FEWEST_NAME) & (used_by < HARDLY_USED)
    return np.where(hardly, HARDLY, np.where(anybody & (people == 0) & often, NEVER, "")).astype(object)


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values("people", ascending=False, kind="stable", ignore_index=True)


def over_time(panel: Joined, answers: pd.DataFrame, period: str) -> pd.DataFrame:
    """One row per theme, last those who give no reason we know, and period from the first answer to the last.

    answers  of the panel, as of `trend.by_period`, by their positions; of a person the latest inside each period counts

    theme, period (its first day), commenters, people, share, low, high; shares of those who wrote something
    """
    index, place, counted = alarms.batches(answers, trend.PERIODS[period], Repeats.LATEST)
    cube = Cube(panel, counted.index.to_numpy())
    held, periods = named.themes(cube).held, len(index)
    people = np.bincount(held.thing * periods + place[held.person], minlength=held.things * periods)
    commenters = np.tile(np.bincount(place[named.wrote(cube)], minlength=periods), held.things)
    low, high = shares.wilson(people, commenters)
    with np.errstate(invalid="ignore"):
        share = people / commenters
    columns = {"commenters": commenters, "people": people, "share": share, "low": low, "high": high}
    themes = np.repeat(np.array([*panel.coding.themes, ""], object), periods)
    return pd.DataFrame({"theme": themes, "period": [each.start_time for each in index] * held.things} | columns)
