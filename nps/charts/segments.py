"""NPS of the values of a segment."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import ACCENT, INK
from nps.measures.rules import GREY_BELOW, MIN_SHOWN
from nps.wording import _, names, narrowing
from nps.wording.words import points

PALE = 0.5  # of few answers


def scores(frame: pd.DataFrame, segment: str, limit: int = 220) -> alt.LayerChart:
    """NPS and interval of each value, ranked by the shrunk score; filled where it differs from everyone else.

    Under 10 answers no NPS, under 30 faded. Frame as `Chosen.by_segment` gives it; limit: pixels for the names.
    """
    ranked = frame.sort_values("shrunk", ascending=False)
    said = map(narrowing.counted, ranked["value"].map(names.value), ranked["responses"])
    ranked = ranked.assign(value=[*said])
    shown = ranked[ranked["responses"] >= MIN_SHOWN].assign(
        sure=ranked["responses"].ge(GREY_BELOW).map({True: 1.0, False: PALE}), said=ranked["nps"].map(points)
    )
    tooltip = [
        alt.Tooltip("value:N", title=_("Value")),
        *axes.score(),
        alt.Tooltip("shrunk:Q", title=_("For ranking"), format=".0f"),
    ]
    x = {"scale": axes.zoomed(shown), "title": _("NPS"), "axis": alt.Axis(tickCount=6)}
    y = axes.down("value", ranked["value"].tolist(), limit)
    base = alt.Chart(shown).encode(y=y, tooltip=tooltip, opacity=alt.Opacity("sure:Q", scale=None))
    interval = base.mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("low:Q", **x), x2="high:Q")
    at = base.encode(x=alt.X("nps:Q", **x))
    apart = at.transform_filter("datum.flagged").mark_point(color=ACCENT, filled=True, size=120)
    alike = at.transform_filter("!datum.flagged").mark_point(color=INK, size=70, strokeWidth=2)
    figure = at.mark_text(dy=-13, color=INK, tooltip=None).encode(text="said:N", opacity=alt.value(1))
    zero = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color=INK, opacity=0.25, clip=True)
    layers = zero.encode(x=alt.X("at:Q", **x)) + interval + alike + apart + figure
    few = _(
        "NPS by {segment} with 95% intervals, n under {few} not shown", segment=names.segment(segment), few=MIN_SHOWN
    )
    return layers.properties(height=axes.height(ranked["value"]), width="container", description=few)


def shares(frame: pd.DataFrame, segment: str, limit: int = 220) -> alt.LayerChart:
    """Share of the selection with each value, and of everyone else. Frame as `Chosen.by_segment` gives it."""
    frame = frame.assign(value=frame["value"].map(names.value))
    order = frame.sort_values("share", ascending=False)["value"].tolist()
    tooltip = [
        alt.Tooltip("value:N", title=_("Value")),
        alt.Tooltip("share:Q", title=_("Of the selection"), format=".0%"),
        alt.Tooltip("share_rest:Q", title=_("Of everyone else"), format=".0%"),
        alt.Tooltip("responses:Q", title=_("People selected"), format=","),
    ]
    x = {"title": _("Share (tick: everyone else)"), "axis": alt.Axis(format="%")}
    base = alt.Chart(frame).encode(y=axes.down("value", order, limit), tooltip=tooltip)
    bars = base.mark_bar(color=ACCENT, size=14).encode(x=alt.X("share:Q", **x))
    rest = base.mark_tick(color=INK, thickness=2, size=20).encode(x=alt.X("share_rest:Q", **x))
    return (bars + rest).properties(
        height=axes.height(order),
        width="container",
        description=_("Shares by {segment}", segment=names.segment(segment)),
    )


def over_time(frame: pd.DataFrame, value: str, period: str, events: pd.DataFrame, height: int) -> alt.LayerChart:
    """One value against everyone else over time, and what people marked; under 10 answers nothing is drawn.

    frame   as `Chosen.with_and_without` gives it
    events  day, name
    """
    ordered = frame.sort_values("period").assign(label=lambda f: axes.period_labels(f["period"], period))
    periods = ordered[["period", "label"]].drop_duplicates(ignore_index=True)
    shown = ordered[ordered["responses"] >= MIN_SHOWN]
    x, up = axes.along(periods["label"]), {"title": None, "scale": axes.zoomed(shown), "axis": alt.Axis(tickCount=5)}
    tooltip = [
        alt.Tooltip("who:N", title=_("Who")),
        alt.Tooltip("label:N", title=names.step(period)),
        *axes.score(),
    ]
    called = {value: names.value(value), "": _("everyone else")}
    base = alt.Chart(shown.assign(own=shown["who"] == value, who=shown["who"].map(called))).encode(x=x, tooltip=tooltip)
    layers = []
    for own, colour, strength, dash in ((False, INK, 0.6, [4, 3]), (True, ACCENT, 1.0, [1, 0])):
        side = base.transform_filter(f"datum.own === {str(own).lower()}")
        layers += [
            side.mark_area(color=colour, opacity=0.16 * strength).encode(y=alt.Y("low:Q", **up), y2="high:Q"),
            side.mark_line(color=colour, opacity=strength, strokeWidth=2.5, strokeDash=dash).encode(
                y=alt.Y("nps:Q", **up)
            ),
            side.mark_circle(color=colour, opacity=strength, size=55).encode(y=alt.Y("nps:Q", **up)),
        ]
    layers += axes.events(periods, events, x)
    said = _("One group against everyone else over time")
    return alt.layer(*layers).properties(height=height, width="container", description=said)
