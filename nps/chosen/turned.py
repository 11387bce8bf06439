"""What changed for a selection, from its measures: the headline, who moved with it, and around a day."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from nps.cube import Cube
from nps.measures import change, clusters, headline
from nps.measures import explained as tried_segments
from nps.measures.headline import Days, Headline
from nps.measures.turns import Turn


def of(chosen: Any) -> Headline | None:
    """How the score of a `Chosen` last turned; None where it did not, or where the region cuts scores."""
    alarms = chosen.alarms() if chosen.selection.region.all_scores else None
    if alarms is None or (turn := headline.turned(alarms)) is None:
        return None
    when = chosen.dated()["responded_at"]
    if (days := headline.sides(turn, when.min().date(), when.max().date())) is None:
        return None

    def during(period: Days) -> Cube:
        return Cube(chosen.panel, chosen.during(period).places)

    def part(segment: str, value: str) -> float:
        parts = chosen.changed(segment, *days).parts.set_index("value")
        return float(parts.loc[value, ["mix", "rate"]].sum()) if value in parts.index else 0.0

    return headline.of(turn, days, during, part)


def explained(chosen: Any, before: Days, after: Days) -> pd.DataFrame:
    """Every segment of a `Chosen`, that which says most of the change from one period to another first: segment, p."""
    turn = Turn(*(Cube(chosen.panel, chosen.during(period).places) for period in (after, before)))
    return tried_segments.tried(turn, lambda segment: chosen.changed(segment, before, after))


def around(chosen: Any, segment: str, value: str, day: date) -> pd.DataFrame:
    """Before a day and from it on, one value of a segment against everyone else: see `change.around`."""
    chosen._cells_of(segment)

    def divided(first: date, last: date) -> tuple[np.ndarray, np.ndarray]:
        asked = chosen.during((first, last))
        has = (chosen.panel.answers[segment].iloc[asked.places] == value).to_numpy()
        cluster, group = asked._grouped()
        own, rest = clusters.aligned((cluster[has], group[has]), (cluster[~has], group[~has]))
        return own, rest

    return change.around(divided, day, chosen.selection.period)
