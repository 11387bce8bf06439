"""The usage map: activity against score, linked to bars per segment value and per feature.

One concatenated Altair chart. Each row of each frame carries the centre of its cell as x (activity percentile) and y
(score), so that a single brush lights dots and adds up counts while the mouse moves, on any number of people.

Text of customers is data everywhere: field names are fixed and no expression holds a word of theirs. The layers are
Vega-Lite as dicts, which Altair assembles ten times faster than its own objects.
"""

import altair as alt
import pandas as pd

from nps.charts.palette import ACCENT, GROUPS, INK

MOST_DOTS = 1700  # above, cells are drawn instead of people
TOO_FEW, FEW = 10, 30  # people behind a bar: no score below the first, a pale one below the second
BAND, BANDS, SCORES = 5, 20, 11
PLOT = {False: (380, 374), True: (240, 286)}  # width and height of the scatter in pixels, by compact
BARS = {False: 244, True: 290}  # width of a panel of bars
LINE = 25  # height of one line of bars
MARGIN, CAPTION = 18, 28  # above a plot: the names of its corners, its caption

NO_FINGER = "!event.sourceCapabilities || !event.sourceCapabilities.firesTouchEvents"  # a tap makes mouse events, too
DRAG = f"[mousedown[{NO_FINGER}], window:mouseup] > window:mousemove!"
ON_A_DOT = "event.item && event.item.datum && event.item.datum.person"
INSIDE = "inrange(datum.x, across) && inrange(datum.y, up)"  # the centre of the cell, bounds included
SIGNALS = {
    "across": "isArray(brush.x) ? brush.x : [0, 100]",
    "up": "isArray(brush.y) ? brush.y : [0, 10]",
    "whole": "up[0] <= 0 && up[1] >= 10",  # all scores are inside
    "nowhere": "ceil(across[0] / 5 - 0.5) > floor(across[1] / 5 - 0.5) || ceil(up[0]) > floor(up[1])",
}
QUIET = {"aria": False, "tooltip": None}  # a mark that says nothing of its own
LIT = {"condition": {"test": INSIDE, "value": 0.85}, "value": 0.25}


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

    Segment values and features are drawn in order of first appearance.
    """
    words = {"segment_label": segment_label, "everyone": everyone}
    return alt.concat(
        _scatter(people, cells, region, compact),
        _bars(segments.rename(columns={"value": "name"}), "segment_label", compact),
        _bars(features.rename(columns={"feature": "name"}), "'feature used'", compact),
        columns=1 if compact else 3,
        spacing=28,
        params=[alt.VariableParameter(name=name, value=value) for name, value in words.items()]
        + [alt.VariableParameter(name=name, expr=expr) for name, expr in SIGNALS.items()],
        autosize="pad",
        padding={"left": 4, "top": 4, "right": 4, "bottom": 8},
        description=f"People by activity and score, and the score by {segment_label} and by feature used",
        usermeta={"embedOptions": {"renderer": "svg"}},
    )


def _scatter(people, cells, region, compact):
    width, height = PLOT[compact]
    dots = people is not None and len(people) <= MOST_DOTS
    hint = "Pick a range with the sliders" if compact else "Drag to select, double-click to clear"
    return alt.layer(
        _cells(cells, not dots, compact, params=_selections(region)),
        _covered(cells),
        _boundaries(),
        *([_dots(people, compact)] if dots else []),
        _corners(),
        _caption(hint, width),
        width=width,
        height=height,
        title=_title("One dot per person" if dots else "People by activity and score", width),
    )


def _selections(region):
    """The brush, by mouse only: neither a finger that scrolls past nor the wheel may change it. And the click on a dot."""
    drawn = {"x": list(region[0]), "y": [region[1][0] - 0.5, region[1][1] + 0.5]} if region else alt.Undefined
    look = {"fill": ACCENT, "fillOpacity": 0.05, "stroke": ACCENT, "strokeWidth": 1.5}
    brush = {"encodings": ["x", "y"], "on": DRAG, "translate": DRAG, "clear": f"dblclick[{NO_FINGER}]", "zoom": False}
    person = {"fields": ["person"], "on": f"click[{ON_A_DOT}]", "clear": "mousedown", "toggle": False}
    return [
        alt.SelectionParameter(name="brush", value=drawn, select={"type": "interval", "mark": look, **brush}),
        alt.SelectionParameter(name="person", select={"type": "point", **person}),
    ]


def _at(x, y):
    """Position by activity percentile and score."""
    across = {"values": list(range(0, 101, 10)), "grid": False, "offset": MARGIN, "labelPadding": 2, "titlePadding": 8}
    up = {"values": list(range(SCORES)), "grid": False, "labelPadding": 6, "titlePadding": 8}
    return {
        "x": _number(x, title="Activity percentile", scale={"domain": [0, 100], "nice": False}, axis=across),
        "y": _number(y, title="Score", scale={"domain": [-0.5, 10.5], "nice": False}, axis=up),
    }


def _chart(data, mark, encoding, **how):
    return alt.Chart(data, mark=mark, encoding=alt.FacetedEncoding(**encoding), **how)


def _number(field, **how):
    return {"field": field, "type": "quantitative", **how}


def _text(field):
    return {"field": field, "type": "nominal"}


def _calculate(**fields):
    return [{"calculate": expr, "as": name} for name, expr in fields.items()]


def _cells(cells, shaded, compact, params):
    """The ground: every cell by its centre, which the brush reads. Shaded by people where there are no dots.

    Ink on the page: more people are stronger on white and on dark.
    """
    width, height = PLOT[compact]
    mark = {"type": "rect", "width": width / BANDS, "height": height / SCORES, "color": INK}
    if not shaded:
        return _chart(cells, mark=mark | QUIET | {"opacity": 0}, encoding=_at("x", "y"), params=params)
    legend = _legend(compact, 208, labelExpr="datum.label + ' people'", tickCount=3, symbolType="square")
    people = _number("people", scale={"type": "sqrt", "range": [0, 1]}, legend=legend)
    said = _calculate(
        said="{'People': datum.people, 'Score': datum.y, 'Activity percentile': datum.x0 + ' to ' + datum.x1}",
        aria="datum.people + ' people: percentile ' + datum.x0 + ' to ' + datum.x1 + ', score ' + datum.y",
    )
    return _chart(
        cells,
        transform=said,
        mark=mark | {"tooltip": {"expr": "datum.said"}},
        encoding=_at("x", "y") | {"opacity": people, "fillOpacity": LIT, "description": _text("aria")},
        params=params,
    )


def _dots(people, compact):
    """Everybody, jittered inside their cell. What a dot says is put together once, not whenever the mouse moves."""
    rows = people[["person", "label", "score", "activity_label", "percentile", "x", "y", "group"]].assign(
        dot_x=people["x"] + people["dx"] * BAND, dot_y=people["y"] + people["dy"]
    )
    said = _calculate(
        said="{'Person': datum.label, 'Score': datum.score, 'Activity': datum.activity_label,"
        " 'Percentile': format(datum.percentile, '.0f')}",
        aria="datum.label + ': score ' + datum.score + ', ' + datum.activity_label",
    )
    colours = {"domain": list(GROUPS), "range": list(GROUPS.values())}
    group = _text("group") | {"scale": colours, "legend": _legend(compact, 176, symbolOpacity=1)}
    return _chart(
        rows,
        transform=said,
        mark={"type": "circle", "size": 20, "cursor": "pointer", "tooltip": {"expr": "datum.said"}},
        encoding=_at("dot_x", "dot_y") | {"color": group, "opacity": LIT, "description": _text("aria")},
    )


def _covered(cells):
    """The cells whose centres the brush holds, as one rectangle: the region that will be stored."""
    edges = {"x0": "min", "x1": "max", "y0": "min", "y1": "max"}
    return _chart(
        cells,
        transform=[
            {"filter": f"isArray(brush.x) && {INSIDE}"},
            {"aggregate": [{"op": op, "field": edge, "as": edge} for edge, op in edges.items()], "groupby": []},
            {"filter": "isValid(datum.x0)"},
        ],
        mark={"type": "rect", "color": ACCENT, "opacity": 0.2, **QUIET},
        encoding=_at("x0", "y0") | {"x2": {"field": "x1"}, "y2": {"field": "y1"}},
    )


def _boundaries():
    """Hairlines between detractors, passives and promoters."""
    rule = {"type": "rule", "color": INK, "opacity": 0.3, "strokeDash": [2, 3], **QUIET}
    return _chart(pd.DataFrame({"y": [6.5, 8.5]}), mark=rule, encoding={"y": _at("x", "y")["y"]})


def _corners():
    """The hotspots, named outside the plot so that no dot is hidden."""
    names = {"Quiet promoters": (0, 10.5), "Heavy promoters": (100, 10.5)}
    names |= {"Quiet detractors": (0, -0.5), "Heavy detractors": (100, -0.5)}
    rows = pd.DataFrame([(name, *place) for name, place in names.items()], columns=["corner", "x", "y"])
    place = {"align": {"expr": "datum.x > 0 ? 'right' : 'left'"}, "dy": {"expr": "datum.y > 0 ? -9 : 10"}}
    text = {"type": "text", "color": INK, "opacity": 0.65, "fontSize": 11, **place, **QUIET}
    return _chart(rows, mark=text, encoding=_at("x", "y") | {"text": _text("corner")})


def _bars(rows, by, compact):
    """One line per name: its score where the region holds all scores, else its share of the selection.

    rows  name, x, y, n; name "" counts everybody
    by    expression for what the names are
    """
    width = BARS[compact]
    names = [name for name in dict.fromkeys(rows["name"]) if name]
    caption = (
        "nowhere ? 'Nothing covered: draw wider' :"
        " whole ? 'Bar: score, line: its 95% interval' : 'Share of your selection | ' + everyone"
    )
    lines = alt.layer(
        *_lines(width),
        data=rows[["name", "x", "y", "n"]],
        transform=_counts() + _figures(),
        encoding=alt.FacetedEncoding(
            y=_text("name") | {"scale": {"domain": names, "padding": 0}, "axis": None},
            tooltip=[
                _text("name") | {"title": "Name"},
                _text("said") | {"title": "Here"},
                _number("n", title="People"),
            ],
        ),
    )
    title = _title({"expr": f"(whole ? 'Score by ' : 'Share by ') + {by}"}, width)
    return alt.layer(
        lines, _caption({"expr": caption}, width), width=width, height=LINE * max(1, len(names)), title=title
    )


def _lines(width):
    """The marks of a line: name, figure and count above a track with the bar, the interval or everyone else's share."""
    track, ink = {"size": 7, "yOffset": 6}, {"color": INK, "aria": False}
    tick, text = {"type": "tick", "yOffset": 6, "size": 11, **ink}, {"type": "text", "fontSize": 12, "dy": -7, **ink}
    right = text | {"align": "right"}
    pale = {"condition": {"test": f"whole && datum.n < {FEW}", "value": 0.45}, "value": 1}
    scored, shared = [{"filter": f"whole && datum.n >= {TOO_FEW}"}], [{"filter": "!whole && isValid(datum.rest)"}]
    ends, zero = {"x": {"value": 0}, "x2": {"value": width}}, {"datum": 0}
    bar = {"x": _scale("value"), "x2": zero, "opacity": pale, "description": _text("aria")}
    return [
        _chart(alt.Undefined, {"type": "bar", "opacity": 0.08, **track, **ink}, ends),
        _chart(alt.Undefined, tick | {"opacity": 0.5, "thickness": 1}, {"x": zero}),
        _chart(alt.Undefined, {"type": "bar", "color": ACCENT, **track}, bar),
        _chart(
            alt.Undefined,
            {"type": "rule", "strokeWidth": 1.5, "opacity": 0.8, "yOffset": 6, **ink},
            {"x": _scale("low"), "x2": {"field": "high"}},
            transform=scored,
        ),
        _chart(alt.Undefined, tick | {"thickness": 2}, {"x": _scale("rest")}, transform=shared),
        _chart(
            alt.Undefined, text | {"align": "left", "limit": width - 112}, {"x": {"value": 0}, "text": _text("name")}
        ),
        _chart(alt.Undefined, right, {"x": {"value": width - 44}, "text": _text("figure")}),
        _chart(alt.Undefined, right | {"opacity": 0.65}, {"x": {"value": width}, "text": _text("people")}),
    ]


def _scale(field):
    """A score from -100 to 100, or a share in percent."""
    axis = {
        "values": {"expr": "whole ? [-100, -50, 0, 50, 100] : [0, 25, 50, 75, 100]"},
        "labelExpr": "whole ? datum.label : datum.label + '%'",
        "grid": False,
        "labelPadding": 2,
    }
    return _number(field, title=None, scale={"domain": {"expr": "whole ? [-100, 100] : [0, 100]"}}, axis=axis)


def _counts():
    """Per name, inside the brush: n, promoters - detractors (net), promoters + detractors (polar); and overall: total."""

    def sums(*fields, by):
        return {"aggregate": [{"op": "sum", "field": field, "as": field} for field in fields], "groupby": by}

    return [
        *_calculate(net="datum.y >= 9 ? datum.n : datum.y <= 6 ? -datum.n : 0", polar="abs(datum.net)", inside=INSIDE),
        sums("n", "net", "polar", by=["name", "inside"]),
        *_calculate(total="datum.n", n="datum.inside * datum.n", net="datum.inside * datum.net"),
        *_calculate(polar="datum.inside * datum.polar"),
        sums("n", "net", "polar", "total", by=["name"]),
        {
            "joinaggregate": [
                {"op": "max", "field": "n", "as": "selected"},
                {"op": "max", "field": "total", "as": "everybody"},
            ]
        },
        {"filter": "datum.name !== ''"},
    ]


def _figures():
    """What the counts say; the interval is the (3,T) of `nps.measures.score`."""
    rest = "100 * (datum.total - datum.n) / (datum.everybody - datum.selected)"
    variance = "((datum.polar + 1.5) / (datum.n + 3) - datum.middle * datum.middle) / (datum.n + 3)"
    score = f"datum.n < {TOO_FEW} ? 'too few to score' : 'score ' + format(datum.score, '.1f')"
    return _calculate(
        score="100 * datum.net / datum.n",
        middle="datum.net / (datum.n + 3)",
        margin=f"1.959964 * sqrt({variance})",
        low="100 * max(-1, datum.middle - datum.margin)",
        high="100 * min(1, datum.middle + datum.margin)",
        share="datum.selected ? 100 * datum.n / datum.selected : 0",
        rest=f"datum.everybody > datum.selected ? {rest} : null",
        value=f"!whole ? datum.share : datum.n < {TOO_FEW} ? 0 : datum.score",
        figure=f"!whole ? format(datum.share, '.0f') + '%' : "
        f"datum.n < {TOO_FEW} ? 'too few' : format(datum.score, '.0f')",
        people="'n ' + format(datum.n, datum.n < 10000 ? ',' : '.3~s')",
        said="!whole ? format(datum.share, '.1f') + '% of the selection'"
        " + (isValid(datum.rest) ? ', ' + format(datum.rest, '.1f') + '% of ' + everyone : '')"
        f" : {score} + ' (' + format(datum.low, '.1f') + ' to ' + format(datum.high, '.1f') + ')'",
        aria="datum.name + ': ' + datum.said + ', n = ' + datum.n",
    )


def _title(text, width):
    return {"text": text, "frame": "group", "anchor": "start", "limit": width, "offset": 10, "fontSize": 14}


def _caption(text, width):
    """One line between title and plot; a mark, because a subtitle cannot follow the brush."""
    mark = {
        "type": "text",
        "text": text,
        "align": "left",
        "limit": width,
        "fontSize": 12,
        "color": INK,
        "opacity": 0.75,
    }
    place = {"x": {"value": 0}, "y": {"value": -CAPTION}}
    return _chart(alt.Data(values=[{}]), mark=mark | QUIET, encoding=place)


def _legend(compact, x, **how):
    """From x on the line of the title, where there is room for it."""
    place = {"orient": "bottom"} if compact else {"orient": "none", "legendX": x, "legendY": -58}
    return {"title": None, "direction": "horizontal", "padding": 0, "labelFontSize": 12, **place, **how}
