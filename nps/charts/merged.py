"""What viewers see: NPS of values that stand together, and over time; nothing but what is drawn travels."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import ACCENT, INK
from nps.measures.rules import MIN_SHOWN
from nps.wording import _
from nps.wording.words import points

DRAWN = ["label", "responses", "nps", "low", "high"]


def scores(frame: pd.DataFrame, limit: int = 220) -> alt.LayerChart:
    """NPS and interval of each row, in their order, none under 10 answers. Frame: DRAWN; limit: pixels for names."""
    shown = _shown(frame)
    x = {"scale": axes.zoomed(shown), "title": _("NPS"), "axis": alt.Axis(tickCount=6)}
    tooltip = [alt.Tooltip("label:N", title=_("Who")), *axes.score()]
    base = alt.Chart(shown).encode(y=axes.down("label", frame["label"].tolist(), limit), tooltip=tooltip)
    interval = base.mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("low:Q", **x), x2="high:Q")
    at = base.encode(x=alt.X("nps:Q", **x))
    dots = at.mark_circle(color=ACCENT, size=110, opacity=1)
    figure = at.mark_text(dy=-13, color=INK, tooltip=None).encode(text="said:N")
    layers = alt.layer(interval, dots, figure)
    return layers.properties(height=axes.height(frame["label"]), width="container", description=_("NPS by group"))


def over_time(frame: pd.DataFrame, height: int) -> alt.LayerChart:
    """NPS of each period with a band for its interval. Frame: DRAWN, in order."""
    shown = _shown(frame)
    up = {"title": None, "scale": axes.zoomed(shown), "axis": alt.Axis(tickCount=5)}
    tooltip = [alt.Tooltip("label:N", title=_("When")), *axes.score()]
    base = alt.Chart(shown).encode(x=axes.along(frame["label"]), tooltip=tooltip)
    y = alt.Y("nps:Q", **up)
    layers = alt.layer(
        base.mark_area(color=ACCENT, opacity=0.18).encode(y=alt.Y("low:Q", **up), y2="high:Q"),
        base.mark_line(color=ACCENT, strokeWidth=2.5).encode(y=y),
        base.mark_circle(color=ACCENT, size=64, opacity=1).encode(y=y),
    )
    return layers.properties(height=height, width="container", description=_("NPS over time"))


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    shown = frame.loc[frame["responses"] >= MIN_SHOWN, DRAWN]
    return shown.assign(said=shown["nps"].map(points))
