"""Who passes the filters of a selection."""

import numpy as np
import pandas as pd

from nps.banding import NONE
from nps.joined import Joined
from nps.selection.value import Repeats, Selection
from nps.sources import InputError


def population(panel: Joined, selection: Selection) -> np.ndarray:
    """Positions in `panel.answers` of the answers that pass the filters; the region is not applied.

    Period and survey come first, then the repeat rule inside them, then the segments.
    Raises InputError for a segment that this data does not have.
    """
    answers = panel.answers
    wanted = np.ones(len(answers), bool)
    if selection.period:
        first, last = (pd.Timestamp(day) for day in selection.period)
        when = answers["responded_at"]
        wanted &= ((when >= first) & (when < last + pd.Timedelta(days=1))).to_numpy()
    if selection.survey is not None:
        wanted &= answers["survey"].fillna(NONE).isin(list(selection.survey)).to_numpy()
    positions = np.flatnonzero(wanted)
    if selection.repeats == Repeats.LATEST:
        latest = np.zeros(len(answers), positions.dtype)
        latest[panel.person[positions]] = positions  # of several, the last one stays
        positions = positions[latest[panel.person[positions]] == positions]
    for segment, values in selection.wanted:
        if segment not in panel.segments:
            raise InputError(f"This data has no segment called “{segment}”.")
        positions = positions[answers[segment].iloc[positions].isin(values).to_numpy()]
    return positions
