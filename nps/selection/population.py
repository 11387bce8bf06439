"""Who passes the filters of a selection."""

import numpy as np

from nps.joined import Joined
from nps.selection.value import Repeats, Selection


def population(panel: Joined, selection: Selection) -> np.ndarray:
    """Positions in `panel.answers` of the answers that pass the filters; the region is not applied.

    What narrows answers (period, survey) comes first, then the repeat rule inside them, then what narrows people.
    Raises InputError for what this data does not have, as a segment, and where nobody can be told to be like promoters.
    """
    passing = np.ones(len(panel.answers), bool)
    for clause in selection.clauses:
        if not clause.of_people:
            passing &= clause.passes(panel)
    positions = np.flatnonzero(passing)
    if selection.repeats == Repeats.LATEST:
        latest = np.zeros(len(panel.answers), positions.dtype)
        latest[panel.person[positions]] = positions  # of several, the last one stays
        positions = positions[latest[panel.person[positions]] == positions]
    for clause in selection.clauses:
        if clause.of_people:
            positions = positions[clause.passes(panel)[positions]]
    return positions
