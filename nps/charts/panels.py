"""The panels of bars beside the usage map: by segment, and by feature used or by reason given."""

import altair as alt
import pandas as pd

from nps.charts.live_bars import Base, live_bars
from nps.charts.vegalite import literal, sentence
from nps.wording import _, names

FEATURES, REASONS = "features", "reasons"  # what the third panel is about


def by_segment(segments: pd.DataFrame, width: int) -> alt.LayerChart | None:
    """value, x, y, n; its title names the segment by a signal, `segment_label`."""
    shown = {value: names.value(value) for value in segments["value"].unique()}
    rows = segments.assign(name=segments["value"].map(shown))
    by = {"segment": "segment_label"}
    return live_bars(rows, (sentence(_("NPS by {segment}"), **by), sentence(_("Share by {segment}"), **by)), width)


def third(rows: pd.DataFrame, shows: str, width: int) -> alt.LayerChart | None:
    """Feature or reason, x, y, n; of reasons the shares are of whoever wrote something, whom "" counts."""
    named = rows.rename(columns={rows.columns[0]: "name"})
    if shows == REASONS:
        titles = literal(_("NPS by reason given")), literal(_("Share by reason given"))
        return live_bars(named, titles, width, Base.of_writers())
    return live_bars(named, (literal(_("NPS by feature used")), literal(_("Share by feature used"))), width)


def described(shows: str, segment: str) -> str:
    """The map with its panels, for who does not see it."""
    if shows == REASONS:
        return _("People by activity and score, and the score by {segment} and by reason given", segment=segment)
    return _("People by activity and score, and the score by {segment} and by feature used", segment=segment)
