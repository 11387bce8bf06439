"""What other rules change: which comments name a theme or a feature under them, and which do not any more."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.comments import Coding

SHOWN = 3  # comments of each kind


class Reread(NamedTuple):
    """How comments are read differently.

    of        how many there are
    comments  how many of them name another set of themes or features
    themes    theme, and see `_changes`; those that take or give up any
    features  kind, feature, and see `_changes`
    """

    of: int
    comments: int
    themes: pd.DataFrame
    features: pd.DataFrame


def reread(before: Coding, after: Coding, rows: np.ndarray) -> Reread:
    """Two codings of the same comments; rows: those of them that count, (n,)."""
    keys = tuple(dict.fromkeys([*before.themes, *after.themes]))
    features = tuple(dict.fromkeys([*before.features, *after.features]))
    wanted = np.zeros(len(before.answer), bool)
    wanted[rows] = True
    of_themes, told = _changes(*(_by_theme(coding, keys, wanted) for coding in (before, after)), len(keys))
    of_features, named = _changes(*(_by_feature(coding, features, wanted) for coding in (before, after)), len(features))
    return Reread(
        len(rows),
        len(np.union1d(told, named)),
        _named(of_themes, pd.DataFrame({"theme": keys}, dtype=object)),
        _named(of_features, pd.DataFrame(features, columns=["kind", "feature"], dtype=object)),
    )


def _by_theme(coding: Coding, keys: Sequence[str], wanted: np.ndarray) -> np.ndarray:
    """A number for each comment and theme that it names."""
    comment, theme = np.nonzero((coding.sided > 0) & wanted[:, None])
    return _codes(comment, theme, coding.themes, keys)


def _by_feature(coding: Coding, features: Sequence[Hashable], wanted: np.ndarray) -> np.ndarray:
    some = wanted[coding.named_in]
    return _codes(coding.named_in[some], coding.named[some], coding.features, features)


def _codes(comment: np.ndarray, thing: np.ndarray, own: Sequence[Hashable], every: Sequence[Hashable]) -> np.ndarray:
    place = {each: number for number, each in enumerate(every)}
    known = np.array([place[each] for each in own], np.int64)
    return comment.astype(np.int64) * len(every) + known[thing]


def _changes(before: np.ndarray, after: np.ndarray, things: int) -> tuple[pd.DataFrame, np.ndarray]:
    """One row per thing, and which comments are read differently.

    takes, gives_up  how many comments
    taken, given_up  the latest few of them, as rows of the codings
    """
    columns, comments = {}, []
    for many, few, more, less in (("takes", "taken", after, before), ("gives_up", "given_up", before, after)):
        comment, thing = np.divmod(more[~np.isin(more, less)], max(things, 1))
        columns[many] = np.bincount(thing, minlength=things)
        columns[few] = [tuple(comment[thing == each][::-1][:SHOWN].tolist()) for each in range(things)]
        comments.append(comment)
    return pd.DataFrame(columns), np.union1d(*comments)


def _named(changes: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """With the names of what changes, of what does."""
    return names.join(changes)[changes["takes"] + changes["gives_up"] > 0].reset_index(drop=True)
