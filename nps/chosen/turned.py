"""The headline of a selection, from its measures."""

from typing import Any

from nps.cube import Cube
from nps.measures import headline
from nps.measures.headline import Days, Headline


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
