"""Who uses each feature most: the value of a segment with the largest share of users, where that is more than chance.

Among values with 30 people and more. Of each feature one value is tested against everyone else, as many times over as
values could have been it; people of one account count as alike (methods 2.1), and all features are corrected together.
"""

import numpy as np
import pandas as pd

from nps.banding import NONE
from nps.cube import Cube
from nps.measures import clusters, drawn, score, shares
from nps.measures.clusters import Design
from nps.measures.rules import GREY_BELOW, SURE_BELOW


def most(cube: Cube, inside: np.ndarray, segment: str) -> pd.DataFrame:
    """One row per feature: value, and its share of users 0..1; None and NaN where nobody uses it more than chance.

    inside  which cells (220,) hold the people in question
    """
    places = cube.positions[inside[cube.cell]]
    code = np.full(len(cube.panel.answers), -1)
    code[places] = cube.panel.answers[segment].cat.codes.to_numpy()[places]
    values, features = cube.values(segment), len(cube.panel.features)
    people = np.bincount(code[places], minlength=len(values))
    large = (people >= GREY_BELOW) & (people < len(places)) & (values.astype(str) != NONE)
    if not large.any():
        return pd.DataFrame({"value": pd.Series([None] * features, dtype=object), "share": np.nan})
    users = _users(cube, code, features, len(values))
    share = users / np.maximum(people, 1)
    first = np.where(large, share, -1).argmax(1)
    row = np.arange(features)
    z = _pooled(users[row, first], people[first], users.sum(1), len(places))
    level = SURE_BELOW / large.sum()
    p = shares.p(z, level, lambda feature: _design(cube, places, code, feature, int(first[feature])))
    holds = (score.benjamini_hochberg(np.minimum(p * large.sum(), 1)) < SURE_BELOW) & (z > 0)
    named = np.where(holds, values.astype(str).to_numpy(object)[first], None)
    return pd.DataFrame({"value": pd.Series(named, dtype=object), "share": np.where(holds, share[row, first], np.nan)})


def _users(cube: Cube, code: np.ndarray, features: int, values: int) -> np.ndarray:
    """Users of each feature by value: (F, V)."""
    own = code[cube.panel.pairs.answer]
    known = own >= 0
    place = cube.panel.pairs.feature[known].astype(np.int64) * values + own[known]
    return np.bincount(place, minlength=features * values).reshape(features, values)


def _pooled(users: np.ndarray, people: np.ndarray, all_users: np.ndarray, everybody: int) -> np.ndarray:
    """Z of the share of users among some people against everyone else's; NaN where nobody or everybody uses it."""
    others = everybody - people
    pooled = all_users / everybody
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = users / people - (all_users - users) / others
        return gap / np.sqrt(pooled * (1 - pooled) * (1 / people + 1 / others))


def _design(cube: Cube, places: np.ndarray, code: np.ndarray, feature: int, value: int) -> Design:
    """What accounts do to the difference of two shares: a is having the value less its mean, e what is left of use."""
    groups = drawn.groups(pd.factorize(cube.panel.cluster[places])[0])
    if groups is None:
        return clusters.STRANGERS
    among = places[groups.answer]
    uses = np.zeros(len(code))
    uses[cube.panel.pairs.answer[cube.panel.pairs.feature == feature]] = 1
    has, uses = (code[among] == value).astype(float), uses[among]
    a = has - has.mean()
    e = uses - uses.mean() - (a @ uses) / max(a @ a, 1e-12) * a
    cluster = np.repeat(np.arange(len(groups.size)), groups.size)
    return clusters.design(clusters.totals(clusters.summed(cluster, a, e), groups.each))
