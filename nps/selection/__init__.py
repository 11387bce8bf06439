"""Who is under discussion: filters and a region, as one small value that fits into a link."""

from nps.selection.clauses import Choice, Clause
from nps.selection.population import population
from nps.selection.region import (
    GROUP_EDGES,
    PRESETS,
    SCORES,
    STEP,
    Preset,
    Region,
    cell_of,
    preset_region,
    region_between,
    region_of_brush,
)
from nps.selection.value import Repeats, Selection

__all__ = [
    "GROUP_EDGES",
    "PRESETS",
    "SCORES",
    "STEP",
    "Choice",
    "Clause",
    "Preset",
    "Region",
    "Repeats",
    "Selection",
    "cell_of",
    "population",
    "preset_region",
    "region_between",
    "region_of_brush",
]
