"""The usage map: activity against score, linked to bars per segment value and per feature.

One concatenated Altair chart. Each row of each frame carries the centre of its cell as x (activity percentile) and y
(score), so that a single brush lights dots and adds up counts while the mouse moves, on any number of people.

Text of customers is data everywhere: field names are fixed and no expression holds a word of theirs.
"""

import altair as alt
import pandas as pd

from nps.charts.brush import INSIDE, selections, signals
from nps.charts.live_bars import live_bars
from nps.charts.palette import ACCENT, GROUPS, INK
from nps.charts.vegalite import QUIET, aggregate, calculate, caption, marks, number, text, title
from nps.joined import BANDS
from nps.selection import SCORES, STEP

MOST_DOTS = 1700  # above, cells are drawn instead of people
PLOT = {False: (324, 374), True: (240, 286)}  # width and height of the scatter in pixels, by compact
BARS = {False: 222, True: 290}  # width of the bars
MARGIN = 18  # above and below the scatter, for the names of its corners
LIT = {"condition": {"test": INSIDE, "value": 0.85}, "value": 0.25}


def usage_map(
    people: pd.DataFrame | None,
    cells: pd.DataFrame,
    segments: pd.DataFrame,
    features: pd.DataFrame,
    *,
    segment_label: str,
    compact: bool = False,
    everyone: str = "everyone else",
) -> alt.ConcatChart:
    """Scatter | segments | features, linked by the interval selection `brush`; `person` is the dot that was clicked.

    people    person, label, score, activity_label, percentile, x, y, dx, dy (jitter, -.5..5 of a cell), group;
              None, or more than `MOST_DOTS`, draws the density of the cells instead
    cells     x, y (centres), x0, x1, y0, y1 (edges), people; every cell, the empty ones too
    segments  value, x, y, n; value "" counts everybody in the cell
    features  feature, x, y, n; feature "" counts everybody in the cell
    compact   one column for phones
    everyone  who is not in the selection, in words

    Segment values and features are drawn in order of first appearance; a frame without any has no panel.
    """
    bars = [
        live_bars(segments.rename(columns={"value": "name"}), "segment_label", BARS[compact]),
        live_bars(features.rename(columns={"feature": "name"}), "'feature used'", BARS[compact]),
    ]
    return alt.concat(
        _scatter(people, cells, compact),
        *(bar for bar in bars if bar is not None),
        columns=1 if compact else 3,
        spacing=48 if compact else 16,
        params=signals(segment_label=segment_label, everyone=everyone),
        autosize="pad",
        padding={"left": 4, "top": 4, "right": 4, "bottom": 8},
        description=f"People by activity and score, and the score by {segment_label} and by feature used",
        usermeta={"embedOptions": {"renderer": "svg"}},
    )


def _scatter(people, cells, compact):
    width, height = PLOT[compact]
    dots = people is not None and len(people) <= MOST_DOTS
    hint = "Pick a range with the sliders" if compact else "Drag to select, double-click to clear"
    return alt.layer(
        _ground(cells, compact, selections(), shaded=not dots),
        _covered(cells),
        _boundaries(),
        *([_dots(people, compact)] if dots else []),
        _corners(),
        caption(hint, width),
        width=width,
        height=height,
        title=title("One dot per person" if dots else "Where people stand", width),
    )


def _at(x, y):
    """Position by activity percentile and score."""
    across = {"values": list(range(0, 101, 10)), "grid": False, "offset": MARGIN, "labelPadding": 2, "titlePadding": 8}
    up = {"values": list(range(SCORES)), "grid": False, "labelPadding": 6, "titlePadding": 8}
    return {
        "x": number(x, title="Activity percentile", scale={"domain": [0, 100], "nice": False}, axis=across),
        "y": number(y, title="Score", scale={"domain": [-0.5, 10.5], "nice": False}, axis=up),
    }


def _ground(cells, compact, params, shaded):
    """Every cell by its centre, which is what the brush reads. Shaded where no dots are: more people, more ink."""
    width, height = PLOT[compact]
    cell = {"type": "rect", "width": width / BANDS, "height": height / SCORES, "color": INK}
    if not shaded:
        return marks(cell | QUIET | {"opacity": 0}, _at("x", "y"), cells, params=params)
    said = calculate(
        said="{'People': datum.people, 'Score': datum.y, 'Activity percentile': datum.x0 + ' to ' + datum.x1}",
        aria="datum.people + ' people: percentile ' + datum.x0 + ' to ' + datum.x1 + ', score ' + datum.y",
    )
    legend = _legend(
        compact, 154, labelExpr="datum.label + (datum.index === 1 ? ' people' : '')", tickCount=3, symbolType="square"
    )
    shade = {
        "opacity": number("people", scale={"type": "sqrt", "range": [0, 1]}, legend=legend),
        "fillOpacity": LIT,
        "description": text("aria"),
    }
    cell["tooltip"] = {"expr": "datum.said"}
    return marks(cell, _at("x", "y") | shade, cells, transform=said, params=params)


def _dots(people, compact):
    """Everybody, jittered inside their cell. What a dot says is put together once, not whenever the mouse moves."""
    rows = people[["person", "label", "score", "activity_label", "percentile", "x", "y", "group"]].assign(
        dot_x=people["x"] + people["dx"] * STEP, dot_y=people["y"] + people["dy"]
    )
    said = calculate(
        said="{'Person': datum.label, 'Score': datum.score, 'Activity': datum.activity_label,"
        " 'Percentile': format(datum.percentile, '.0f')}",
        aria="datum.label + ': score ' + datum.score + ', ' + datum.activity_label",
    )
    colours = {"domain": list(GROUPS), "range": list(GROUPS.values())}
    group = text("group", scale=colours, legend=_legend(compact, 124, symbolOpacity=1))
    dot = {"type": "circle", "size": 20, "cursor": "pointer", "tooltip": {"expr": "datum.said"}}
    look = {"color": group, "opacity": LIT, "description": text("aria")}
    return marks(dot, _at("dot_x", "dot_y") | look, rows, transform=said)


def _covered(cells):
    """The cells whose centres the brush holds, as one rectangle: the region that will be stored."""
    edges = [
        {"filter": f"isArray(brush.x) && {INSIDE}"},
        aggregate([], x0="min", x1="max", y0="min", y1="max"),
        {"filter": "isValid(datum.x0)"},
    ]
    tint = {"type": "rect", "color": ACCENT, "opacity": 0.2, **QUIET}
    return marks(tint, _at("x0", "y0") | {"x2": {"field": "x1"}, "y2": {"field": "y1"}}, cells, transform=edges)


def _boundaries():
    """Hairlines between detractors, passives and promoters."""
    rule = {"type": "rule", "color": INK, "opacity": 0.3, "strokeDash": [2, 3], **QUIET}
    return marks(rule, {"y": _at("x", "y")["y"]}, pd.DataFrame({"y": [6.5, 8.5]}))


def _corners():
    """The hotspots, named outside the plot so that no dot is hidden."""
    names = {"Quiet promoters": (0, 10.5), "Heavy promoters": (100, 10.5)}
    names |= {"Quiet detractors": (0, -0.5), "Heavy detractors": (100, -0.5)}
    rows = pd.DataFrame([(name, *place) for name, place in names.items()], columns=["corner", "x", "y"])
    aside = {"align": {"expr": "datum.x > 0 ? 'right' : 'left'"}, "dy": {"expr": "datum.y > 0 ? -9 : 10"}}
    name = {"type": "text", "color": INK, "opacity": 0.65, "fontSize": 11, **aside, **QUIET}
    return marks(name, _at("x", "y") | {"text": text("corner")}, rows)


def _legend(compact, x, **how):
    """From x on the line of the title; on phones below the scatter. Vega would put it below the bars."""
    place = {"legendX": 0, "legendY": PLOT[True][1] + MARGIN + 46} if compact else {"legendX": x, "legendY": -58}
    return {
        "title": None,
        "orient": "none",
        "direction": "horizontal",
        "padding": 0,
        "labelFontSize": 12,
        **place,
        **how,
    }
