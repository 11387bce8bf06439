"""Scores of the values of a segment."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import ACCENT, INK
from nps.measures.rules import GREY_BELOW, MIN_SHOWN
from nps.wording import _, names


def scores(frame: pd.DataFrame, segment: str) -> alt.LayerChart:
    """Raw score and interval per value, ranked by the shrunk score; under 10 answers no score, under 30 faded.

    Frame as `Chosen.by_segment` gives it.
    """
    ranked = frame.sort_values("shrunk", ascending=False).assign(value=lambda known: known["value"].map(names.value))
    order = ranked["value"].tolist()
    shown = ranked[ranked["responses"] >= MIN_SHOWN].assign(
        sure=ranked["responses"].ge(GREY_BELOW).map({True: 1.0, False: 0.4}),
        mark=ranked["flagged"].map({True: _("differs"), False: ""}),
    )
    tooltip = [
        alt.Tooltip("value:N", title=_("Value")),
        *axes.score(),
        alt.Tooltip("shrunk:Q", title=_("For ranking"), format=".0f"),
    ]
    y = axes.down("value", order)
    x = {"scale": alt.Scale(domain=[-100, 100]), "title": _("NPS"), "axis": alt.Axis(tickCount=5)}
    base = alt.Chart(shown).encode(y=y, tooltip=tooltip, opacity=alt.Opacity("sure:Q", scale=None))
    interval = base.mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("low:Q", **x), x2="high:Q")
    point = base.mark_circle(color=ACCENT, size=110, opacity=1).encode(x=alt.X("nps:Q", **x))
    counted = ranked.assign(n=[_("n = {n}", n=n) for n in ranked["responses"]])[["value", "n"]]
    answers = (
        alt.Chart(counted)
        .mark_text(align="right", color=INK, opacity=0.7)
        .encode(y=y, x=alt.value("width"), text=alt.Text("n:N"))
    )
    zero = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color=INK, opacity=0.25).encode(x=alt.X("at:Q", **x))
    flag = base.transform_filter("datum.mark !== ''").mark_text(align="left", dx=8, color=INK, fontSize=11)
    flags = flag.encode(x=alt.X("high:Q", **x), text="mark:N")
    return (zero + interval + point + flags + answers).properties(
        height=axes.height(order),
        description=_(
            "NPS by {segment} with 95% intervals, n under {few} not shown",
            segment=names.segment(segment),
            few=MIN_SHOWN,
        ),
    )


def shares(frame: pd.DataFrame, segment: str) -> alt.LayerChart:
    """Share of the selection with each value, and of everyone else. Frame as `Chosen.by_segment` gives it."""
    frame = frame.assign(value=frame["value"].map(names.value))
    order = frame.sort_values("share", ascending=False)["value"].tolist()
    tooltip = [
        alt.Tooltip("value:N", title=_("Value")),
        alt.Tooltip("share:Q", title=_("Of the selection"), format=".0%"),
        alt.Tooltip("share_rest:Q", title=_("Of everyone else"), format=".0%"),
        alt.Tooltip("responses:Q", title=_("People selected"), format=","),
    ]
    y = axes.down("value", order)
    x = {"title": _("Share (tick: everyone else)"), "scale": alt.Scale(domain=[0, 1]), "axis": alt.Axis(format="%")}
    base = alt.Chart(frame).encode(y=y, tooltip=tooltip)
    bars = base.mark_bar(color=ACCENT, size=14).encode(x=alt.X("share:Q", **x))
    rest = base.mark_tick(color=INK, thickness=2, size=20).encode(x=alt.X("share_rest:Q", **x))
    return (bars + rest).properties(
        height=axes.height(order), description=_("Shares by {segment}", segment=names.segment(segment))
    )


def over_time(frame: pd.DataFrame, value: str, period: str) -> alt.LayerChart:
    """One value against everyone else over time; under 10 answers nothing. Frame as `Chosen.with_and_without` gives."""
    ordered = frame.sort_values("period").assign(label=lambda f: axes.period_labels(f["period"], period))
    shown = ordered[ordered["responses"] >= MIN_SHOWN]
    x = axes.along(ordered["label"].unique())
    tooltip = [
        alt.Tooltip("who:N", title=_("Who")),
        alt.Tooltip("label:N", title=names.step(period)),
        *axes.score(),
    ]
    called = {value: names.value(value), "": _("everyone else")}
    base = alt.Chart(shown.assign(own=shown["who"] == value, who=shown["who"].map(called))).encode(x=x, tooltip=tooltip)
    scale = alt.Scale(domain=[-100, 100])
    layers = []
    for own, colour, strength in ((False, INK, 0.45), (True, ACCENT, 1.0)):
        side = base.transform_filter(f"datum.own === {str(own).lower()}")
        shift = 5 if own else -5
        layers += [
            side.mark_rule(color=colour, opacity=0.35 * strength, strokeWidth=5, xOffset=shift).encode(
                y=alt.Y("low:Q", title=_("NPS"), scale=scale), y2="high:Q"
            ),
            side.mark_line(
                color=colour,
                opacity=strength,
                xOffset=shift,
                point=alt.OverlayMarkDef(color=colour, size=45, xOffset=shift),
            ).encode(y="nps:Q"),
        ]
    return alt.layer(*layers).properties(height=300, description=_("One group against everyone else over time"))
