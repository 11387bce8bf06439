"""The usage map: activity against score, linked to bars per segment value and per feature.

One concatenated Altair chart. Each row of each frame carries the centre of its cell as x (activity percentile) and y
(score), so that a single brush lights dots and adds up counts while the mouse moves, on any number of people.

Text of customers is data everywhere: field names are fixed and no expression holds a word of theirs.
"""

import altair as alt
import pandas as pd

from nps.charts.palette import ACCENT, GROUPS, INK

MOST_DOTS = 1700  # above, cells are drawn instead of people
BANDS, SCORES = 20, 11
PLOT = {False: (380, 374), True: (240, 286)}  # width and height of the scatter in pixels, by compact
BARS = {False: 244, True: 280}  # width of a panel of bars
LINE = 25  # height of one line of bars
CAPTION = 28  # pixels from the top of a plot up to its caption
MARGIN = 18  # above and below the scatter, where the names of its corners stand

NO_FINGER = "!event.sourceCapabilities || !event.sourceCapabilities.firesTouchEvents"  # a tap makes mouse events, too
DRAG = f"[mousedown[{NO_FINGER}], window:mouseup] > window:mousemove!"
DRAWN = "isArray(brush.x)"
COVERED = "datum.x >= brush.x[0] && datum.x <= brush.x[1] && datum.y >= brush.y[0] && datum.y <= brush.y[1]"
NOWHERE = (
    f"{DRAWN} && (ceil((brush.x[0] - 2.5) / 5) > floor((brush.x[1] - 2.5) / 5) || ceil(brush.y[0]) > floor(brush.y[1]))"
)


def usage_map(
    people, cells, segments, features, *, segment_label, region=None, compact=False, everyone="everyone else"
) -> alt.ConcatChart:
    """Scatter | segments | features, linked by the interval selection `brush`; `person` is the dot that was clicked.

    people    person, label, score, activity_label, percentile, x, y, dx, dy (jitter, -.5..5 of a cell), group;
              None, or more than `MOST_DOTS`, draws the density of the cells instead
    cells     x, y (centres), x0, x1, y0, y1 (edges), people; every cell, the empty ones too
    segments  value, x, y, n; value "" counts everybody in the cell
    features  feature, x, y, n; feature "" counts everybody in the cell
    region    ((activity_low, activity_high), (score_low, score_high)), activity in percentile points, or None

    Segment values and features are drawn in order of first appearance; a frame without any has no panel.
    """
    bars = [
        _bars(segments.rename(columns={"value": "name"}), "segment_label", compact),
        _bars(features.rename(columns={"feature": "name"}), "'feature used'", compact),
    ]
    return (
        alt.concat(_scatter(people, cells, region, compact), *bars, columns=1 if compact else 3, spacing=28)
        .add_params(
            alt.param(name="segment_label", value=segment_label),
            alt.param(name="everyone", value=everyone),
            alt.param(name="whole", expr="!isArray(brush.y) || (brush.y[0] <= 0 && brush.y[1] >= 10)"),
            alt.param(name="nowhere", expr=NOWHERE),
        )
        .properties(
            autosize="pad",
            padding={"left": 4, "top": 4, "right": 4, "bottom": 8},
            description=f"People by activity and score; score by {segment_label} and by feature used",
            usermeta={"embedOptions": {"renderer": "svg"}},
        )
    )


def _scatter(people, cells, region, compact):
    width, height = PLOT[compact]
    dots = people is not None and len(people) <= MOST_DOTS
    brush = alt.selection_interval(
        name="brush",
        encodings=["x", "y"],
        value=_drawn(region),
        on=DRAG,
        translate=DRAG,
        clear=f"dblclick[{NO_FINGER}]",
        zoom=False,
        mark=alt.BrushConfig(fill=ACCENT, fillOpacity=0.05, stroke=ACCENT, strokeWidth=1.5),
    )
    person = alt.selection_point(
        name="person", fields=["person"], on="click[datum && datum.person]", clear=False, toggle=False, empty=False
    )
    ground = _cells(cells, compact, shaded=not dots).add_params(brush, person)
    return alt.layer(
        ground,
        _covered(cells, 0.16 if dots else 0.25),
        _boundaries(),
        *([_dots(people, brush, compact)] if dots else []),
        _corners(),
        _caption("Pick a range with the sliders" if compact else "Drag to select, double-click to clear", width),
    ).properties(
        width=width,
        height=height,
        title=_title("One dot per person" if dots else "How many people are where", width),
    )


def _drawn(region):
    """The brush that shows a region, in the units of the axes."""
    if region is None:
        return alt.Undefined
    activity, (low, high) = region
    return {"x": list(activity), "y": [low - 0.5, high + 0.5]}


def _title(text, width):
    return alt.TitleParams(text, frame="group", anchor="start", limit=width, offset=10, fontSize=14)


def _caption(text, width):
    """One line between title and plot; a mark, because a subtitle cannot follow the brush."""
    return (
        alt.Chart(alt.Data(values=[{}]))
        .mark_text(text=text, align="left", color=INK, opacity=0.75, fontSize=12, limit=width, tooltip=None)
        .encode(x=alt.value(0), y=alt.value(-CAPTION))
    )


def _legend(compact, **how):
    """On the line of the title where there is room for it."""
    place = {"orient": "bottom"} if compact else {"orient": "none", "legendX": 168, "legendY": -58}
    return alt.Legend(direction="horizontal", symbolOpacity=1, labelFontSize=12, titleFontSize=12, **place, **how)


def _x(field):
    axis = alt.Axis(values=list(range(0, 101, 10)), grid=False, offset=MARGIN, labelPadding=2, titlePadding=8)
    return alt.X(field, title="Activity percentile", scale=alt.Scale(domain=[0, 100], nice=False), axis=axis)


def _y(field):
    axis = alt.Axis(values=list(range(SCORES)), grid=False, labelPadding=6, titlePadding=8)
    return alt.Y(field, title="Score", scale=alt.Scale(domain=[-0.5, 10.5], nice=False), axis=axis)


def _cells(cells, compact, shaded):
    """Every cell, the ground that carries the brush with x and y as its fields; shaded by people where no dots are."""
    width, height = PLOT[compact]
    shade = alt.FillOpacity(
        "people:Q",
        scale=alt.Scale(type="sqrt", range=[0, 0.9]),
        legend=_legend(compact, title="People", titleOrient="left", tickCount=3, symbolType="square"),
    )
    tooltip = [
        alt.Tooltip("people:Q", title="People", format=","),
        alt.Tooltip("y:Q", title="Score"),
        alt.Tooltip("band:N", title="Activity percentile"),
    ]
    ground = (
        alt.Chart(cells)
        .transform_calculate(band="datum.x0 + ' to ' + datum.x1")
        .mark_rect(width=width / BANDS, height=height / SCORES, color=INK, aria=shaded, tooltip=None)
        .encode(x=_x("x:Q"), y=_y("y:Q"))
    )
    return ground.encode(fillOpacity=shade, tooltip=tooltip) if shaded else ground.encode(fillOpacity=alt.value(0))


def _covered(cells, opacity):
    """The cells whose centres the brush holds, as one rectangle: the region that will be stored."""
    edges = {"x0": "min(x0)", "x1": "max(x1)", "y0": "min(y0)", "y1": "max(y1)", "cells": "count()"}
    return (
        alt.Chart(cells)
        .transform_filter(f"{DRAWN} && {COVERED}")
        .transform_aggregate(**edges)
        .transform_filter("datum.cells > 0")
        .mark_rect(color=ACCENT, opacity=opacity, aria=False, tooltip=None)
        .encode(x=_x("x0:Q"), x2="x1:Q", y=_y("y0:Q"), y2="y1:Q")
    )


def _boundaries():
    """Hairlines between detractors, passives and promoters."""
    rows = pd.DataFrame({"y": [6.5, 8.5]})
    return alt.Chart(rows).mark_rule(color=INK, opacity=0.3, strokeDash=[2, 3], aria=False, tooltip=None).encode(
        y=_y("y:Q")
    )


def _dots(people, brush, compact):
    width, height = PLOT[compact]
    columns = ["person", "label", "score", "activity_label", "percentile", "x", "y", "dx", "dy", "group"]
    return (
        alt.Chart(people[columns])
        .transform_calculate(aria="datum.label + ': score ' + datum.score + ', ' + datum.activity_label")
        .mark_circle(
            size=20,
            cursor="pointer",
            xOffset=alt.ExprRef(f"datum.dx * {width / BANDS}"),
            yOffset=alt.ExprRef(f"datum.dy * {height / SCORES}"),
        )
        .encode(
            x=_x("x:Q"),
            y=_y("y:Q"),
            color=alt.Color(
                "group:N",
                scale=alt.Scale(domain=[*GROUPS], range=[*GROUPS.values()]),
                legend=_legend(compact, title=None),
            ),
            opacity=alt.when(brush).then(alt.value(0.85)).otherwise(alt.value(0.25)),
            description="aria:N",
            tooltip=[
                alt.Tooltip("label:N", title="Person"),
                alt.Tooltip("score:Q", title="Score"),
                alt.Tooltip("activity_label:N", title="Activity"),
                alt.Tooltip("percentile:Q", title="Percentile", format=".0f"),
            ],
        )
    )


def _corners():
    """The four hotspots, named outside the plot so that no dot is hidden."""
    names = pd.DataFrame(
        [
            ("Quiet promoters", 0, 10.5),
            ("Heavy promoters", 100, 10.5),
            ("Quiet detractors", 0, -0.5),
            ("Heavy detractors", 100, -0.5),
        ],
        columns=["corner", "x", "y"],
    )
    return (
        alt.Chart(names)
        .mark_text(
            align=alt.ExprRef("datum.x > 0 ? 'right' : 'left'"),
            dy=alt.ExprRef("datum.y > 0 ? -9 : 10"),
            color=INK,
            opacity=0.65,
            fontSize=11,
            tooltip=None,
        )
        .encode(x=_x("x:Q"), y=_y("y:Q"), text="corner:N")
    )


def _bars(rows, by, compact):
    """One line per name: the score where the region holds all scores, else the share of the selection.

    rows  name, x, y, n; name "" counts everybody
    by    an expression for what the names are
    """
    width = BARS[compact]
    names = [name for name in dict.fromkeys(rows["name"]) if name]
    x = {
        "title": None,
        "scale": alt.Scale(domain=alt.ExprRef("whole ? [-100, 100] : [0, 100]"), nice=False),
        "axis": alt.Axis(
            values=alt.ExprRef("whole ? [-100, -50, 0, 50, 100] : [0, 25, 50, 75, 100]"),
            labelExpr="whole ? datum.label : datum.label + '%'",
            grid=False,
            labelPadding=2,
        ),
    }
    line = {"yOffset": 6}
    track = alt.Chart().mark_bar(size=7, color=INK, opacity=0.08, aria=False, **line)
    bar = alt.Chart().transform_filter("whole ? datum.n >= 10 : datum.n > 0").mark_bar(size=7, color=ACCENT, **line)
    interval = (
        alt.Chart()
        .transform_filter("whole && datum.n >= 10")
        .mark_rule(color=INK, strokeWidth=1.5, opacity=0.8, aria=False, **line)
    )
    rest = (
        alt.Chart()
        .transform_filter("!whole && isFinite(datum.rest)")
        .mark_tick(color=INK, thickness=2, size=11, aria=False, **line)
    )
    text = {"color": INK, "fontSize": 12, "dy": -7, "baseline": "middle"}
    return (
        alt.layer(
            track.encode(x=alt.value(0), x2=alt.value(width)),
            bar.encode(
                x=alt.X("value:Q", **x),
                x2=alt.datum(0),
                opacity=alt.condition("datum.n < 30 && whole", alt.value(0.45), alt.value(1)),
                description="aria:N",
            ),
            interval.encode(x=alt.X("low:Q", **x), x2="high:Q"),
            rest.encode(x=alt.X("rest:Q", **x)),
            alt.Chart().mark_text(align="left", limit=width - 112, **text).encode(x=alt.value(0), text="name:N", description="aria:N"),
            alt.Chart().mark_text(align="right", **text).encode(x=alt.value(width - 44), text="figure:N"),
            alt.Chart().mark_text(align="right", opacity=.65, **text).encode(x=alt.value(width), text="people:N"),
            _caption(alt.ExprRef("nowhere ? 'Nothing covered: draw wider' : whole ? 'Bar: score, line: its 95% interval' : 'Share of your selection | ' + everyone"), width),
            data=rows[["name", "x", "y", "n"]],
        )
        .encode(
            y=alt.Y("name:N", scale=alt.Scale(domain=names, padding=0), axis=None),
            tooltip=[alt.Tooltip("name:N", title="Name"), alt.Tooltip("detail:N", title="Figures"), alt.Tooltip("n:Q", title="People")],
        )
        .transform_calculate(inside=f"!{DRAWN} || ({COVERED}) ? datum.n : 0")
        .transform_calculate(pro="datum.y >= 9 ? datum.inside : 0", det="datum.y <= 6 ? datum.inside : 0")
        .transform_aggregate(n="sum(inside)", pro="sum(pro)", det="sum(det)", total="sum(n)", groupby=["name"])
        .transform_joinaggregate(selected="max(n)", everybody="max(total)")
        .transform_filter("datum.name !== ''")
        .transform_calculate(
            score="100 * (datum.pro - datum.det) / datum.n",
            t="(datum.pro - datum.det) / (datum.n + 3)",
            share="datum.selected ? 100 * datum.n / datum.selected : 0",
            rest="100 * (datum.total - datum.n) / (datum.everybody - datum.selected)",
            people="'n ' + format(datum.n, ',')",
        )
        .transform_calculate(
            e="1.959964 * sqrt(((datum.pro + datum.det + 1.5) / (datum.n + 3) - datum.t * datum.t) / (datum.n + 3))",
            value="whole ? datum.score : datum.share",
        )
        .transform_calculate(
            low="100 * max(-1, datum.t - datum.e)",
            high="100 * min(1, datum.t + datum.e)",
        )
        .transform_calculate(
            figure="nowhere || (whole && !datum.n) ? '' : !whole ? format(datum.share, '.0f') + '%' : datum.n < 10 ? 'too few' : format(datum.score, '.0f')",
            detail="!whole ? format(datum.share, '.1f') + '% of the selection, ' + format(datum.rest, '.1f') + '% of ' + everyone : datum.n < 10 ? 'too few to score' : 'score ' + format(datum.score, '.1f') + ' (' + format(datum.low, '.1f') + ' to ' + format(datum.high, '.1f') + ')'",
        )
        .transform_calculate(aria="datum.name + ': ' + datum.detail + ', n = ' + datum.n")
        .properties(
            width=width,
            height=LINE * max(1, len(names)),
            title=_title(alt.ExprRef(f"(whole ? 'Score by ' : 'Share by ') + {by}"), width),
        )
    )
