"""Which segment says most of a change of NPS: where who answered, or one value's own change, is least like chance."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.measures import score
from nps.measures.change import Split
from nps.measures.headline import looks
from nps.measures.turns import Turn


class Tried(NamedTuple):
    """A segment; p of the surest of what it tells, the number of its values taken into account."""

    segment: str
    p: float


def tried(turn: Turn, split: Callable[[str], Split]) -> pd.DataFrame:
    """Every segment, the surest first: the columns of `Tried`. p is 1 where nothing can be told; to put in order by.

    split  the change by a segment, as `change.split` gives it
    """
    own: dict[str, list[float]] = {}
    for segment, _value, _points, p in looks(turn):
        own.setdefault(segment, []).append(p)
    found = [Tried(name, _surest(own.get(name, []), split(name))) for name in turn.after.panel.segments]
    frame = pd.DataFrame(found, columns=list(Tried._fields))
    return frame.sort_values("p", kind="stable", ignore_index=True)


def _surest(own: list[float], split: Split) -> float:
    total = split.total
    error = (total.mix_high - total.mix_low) / (2 * score.Z)
    mix = float(score.two_sided(np.array(total.mix / error))) if error > 0 else np.nan
    each = [p * len(own) for p in own if not np.isnan(p)]
    return float(np.nanmin([1.0, mix, *each]))
