"""The usage map: activity against score, linked to bars per segment value, and per feature or reason.

One concatenated Altair chart. Each row of each frame carries the centre of its cell as x (activity percentile) and y
(score), so that a single brush lights dots and adds up counts while the mouse moves, on any number of people.

Text of customers is data everywhere: field names are fixed and no expression holds a word of theirs.
"""

from typing import NamedTuple

import altair as alt
import pandas as pd

from nps.charts import panels
from nps.charts.brush import INSIDE, selections, signals
from nps.charts.live_bars import LINE
from nps.charts.palette import ACCENT, GROUPS, INK
from nps.charts.vegalite import QUIET, aggregate, calculate, literal, marks, number, sentence, text, title
from nps.joined import BANDS
from nps.selection import SCORES, STEP
from nps.wording import _, names

MOST_DOTS = 1700  # above, cells are drawn instead of people
AROUND, AROUND_SCATTER = 112, 140  # above and below bars and scatter: titles, axes, legend
MARGIN = 18  # above and below the scatter, for the names of its corners
LIT = {"condition": {"test": INSIDE, "value": 0.85}, "value": 0.4}


class Size(NamedTuple):
    """How large it is drawn, in pixels; stacked: bars below the scatter, and no brush, as on phones."""

    width: int
    height: int
    bars: int
    beside: int = 0  # what stands beside it on the page
    stacked: bool = False


SIZES = {  # by how wide the page is, see `web.screen`
    "XL": Size(760, 560, 276, 360),
    "L": Size(500, 470, 214, 296),
    "ML": Size(400, 430, 184, 256),
    "M": Size(340, 400, 250, 250),
    "S": Size(470, 400, 470, stacked=True),
    "XS": Size(270, 290, 270, stacked=True),
}


def usage_map(
    people: pd.DataFrame | None,
    cells: pd.DataFrame,
    segments: pd.DataFrame,
    third: pd.DataFrame,
    *,
    segment_label: str,
    measure: str = "active_days",
    size: Size = SIZES["L"],
    everyone: str | None = None,
    shows: str = panels.FEATURES,
) -> alt.ConcatChart:
    """Scatter | segments | third, linked by the interval selection `brush`; `person` is the dot that was clicked.

    people    person, label, score, activity, percentile, x, y, dx, dy (jitter, -.5..5 of a cell), group;
              None, or more than `MOST_DOTS`, draws the density of the cells instead
    cells     x, y (centres), x0, x1, y0, y1 (edges), people; every cell, the empty ones too
    segments  value, x, y, n; value "" counts everybody in the cell
    third     feature or reason, x, y, n; "" counts everybody in the cell, of reasons whoever wrote something
    measure   of activity
    size      how large it is drawn
    everyone  who is not in the selection, in words; None: everyone else
    shows     what the third panel is about: one of `panels`, FEATURES or REASONS

    Segment values, features and reasons are drawn in order of first appearance; a frame without any has no panel.
    """
    segment = names.segment(segment_label)
    bars = panels.by_segment(segments, size.bars), panels.third(third, shows, size.bars)
    return alt.concat(
        _scatter(people, cells, measure, size),
        *(bar for bar in bars if bar is not None),
        columns=1 if size.stacked else 3,
        spacing=48 if size.stacked else 16,
        params=signals(segment_label=segment, everyone=everyone or _("everyone else")),
        autosize="pad",
        padding={"left": 4, "top": 4, "right": 4, "bottom": 8},
        description=panels.described(shows, segment),
        usermeta={"embedOptions": {"renderer": "svg"}},
    )


def height(size: Size, *bars: pd.DataFrame) -> int:
    """How many pixels it takes, to be kept for it before it comes; bars: the frames of what stands beside."""
    lines = [LINE * (len(frame.iloc[:, 0].unique()) - 1) + AROUND for frame in bars if len(frame)]
    scatter = size.height + AROUND_SCATTER
    return scatter + sum(lines) if size.stacked else max(scatter, *lines)


def _scatter(people, cells, measure, size):
    dots = people is not None and len(people) <= MOST_DOTS
    told = _("Pick a range above") if size.stacked else _("Drag over the dots to select people")
    return alt.layer(
        _ground(cells, size, selections(), shaded=not dots),
        _covered(cells),
        _boundaries(),
        *([_dots(people, measure, size)] if dots else []),
        _corners(),
        _count(cells, size),
        width=size.width,
        height=size.height,
        title=title(told, size.width),
    )


def _count(cells, size):
    """How many people the brush holds, and their NPS where it holds all scores: while the mouse moves, no Python."""
    held, nps = "format(datum.people, ',')", "format(100 * datum.net / datum.people, '.0f')"
    scored = sentence(_("{n} people · NPS {nps}"), n=held, nps=nps)
    counted = sentence(_("{n} people selected"), n=held)
    said = f"!datum.people ? {literal(_('Nobody here'))} : whole ? {scored} : {counted}"
    look = {"type": "text", "align": "right", "fontSize": 13, "fontWeight": "bold", "color": INK, "dy": -28, **QUIET}
    sums = [
        {"filter": INSIDE},
        *calculate(net="datum.y >= 9 ? datum.people : datum.y <= 6 ? -datum.people : 0"),
        aggregate([], people="sum", net="sum"),
        *calculate(said=said),
    ]
    return marks(look, {"x": {"value": size.width}, "y": {"value": 0}, "text": text("said")}, cells, transform=sums)


def _at(x, y):
    """Position by activity percentile and score."""
    across = {"values": list(range(0, 101, 10)), "grid": False, "offset": MARGIN, "labelPadding": 2, "titlePadding": 8}
    up = {"values": list(range(SCORES)), "grid": False, "labelPadding": 6, "titlePadding": 8}
    return {
        "x": number(x, title=_("Activity percentile"), scale={"domain": [0, 100], "nice": False}, axis=across),
        "y": number(y, title=_("Score"), scale={"domain": [-0.5, 10.5], "nice": False}, axis=up),
    }


def _ground(cells, size, params, shaded):
    """Every cell by its centre, which is what the brush reads. Shaded where no dots are: more people, more ink."""
    cell = {"type": "rect", "width": size.width / BANDS, "height": size.height / SCORES, "color": INK}
    if not shaded:
        return marks(cell | QUIET | {"opacity": 0}, _at("x", "y"), cells, params=params)
    where = {"low": "datum.x0", "high": "datum.x1"}
    aria = _("{people} people: percentile {low} to {high}, score {score}")
    facts = {
        _("People"): "datum.people",
        _("Score"): "datum.y",
        _("Activity percentile"): sentence(_("{low} to {high}"), **where),
    }
    said = calculate(said=_facts(facts), aria=sentence(aria, people="datum.people", score="datum.y", **where))
    several = sentence(_("{n} people a cell"), n="datum.label")
    legend = _legend(
        size, 0, labelExpr=f"datum.index === 1 ? {several} : datum.label", tickCount=3, symbolType="square"
    )
    shade = {
        "opacity": number("people", scale={"type": "sqrt", "range": [0, 1]}, legend=legend),
        "fillOpacity": LIT,
        "description": text("aria"),
    }
    cell["tooltip"] = {"expr": "datum.said"}
    return marks(cell, _at("x", "y") | shade, cells, transform=said, params=params)


def _facts(facts):
    """An expression for what a tooltip lists: names of ours, with an expression each."""
    return "{" + ", ".join(f"{literal(name)}: {said}" for name, said in facts.items()) + "}"


def _dots(people, measure, size):
    """Everybody, jittered inside their cell. What a dot says is put together once, not whenever the mouse moves."""
    rows = people[["person", "label", "score", "percentile", "x", "y", "group"]].assign(
        activity_label=[names.amount(measure, activity) for activity in people["activity"]],
        group=people["group"].map(names.group),
        dot_x=people["x"] + people["dx"] * STEP,
        dot_y=people["y"] + people["dy"],
    )
    parts = {"person": "datum.label", "score": "datum.score", "activity": "datum.activity_label"}
    facts = {
        _("Person"): parts["person"],
        _("Score"): parts["score"],
        _("Activity"): parts["activity"],
        _("Percentile"): "format(datum.percentile, '.0f')",
    }
    said = calculate(said=_facts(facts), aria=sentence(_("{person}: score {score}, {activity}"), **parts))
    colours = {"domain": [*map(names.group, GROUPS)], "range": list(GROUPS.values())}
    group = text("group", scale=colours, legend=_legend(size, 0, symbolOpacity=1))
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
    tint = {"type": "rect", "fill": ACCENT, "fillOpacity": 0.2, "stroke": ACCENT, "strokeWidth": 1.5, **QUIET}
    return marks(tint, _at("x0", "y0") | {"x2": {"field": "x1"}, "y2": {"field": "y1"}}, cells, transform=edges)


def _boundaries():
    """Hairlines between detractors, passives and promoters."""
    rule = {"type": "rule", "color": INK, "opacity": 0.3, "strokeDash": [2, 3], **QUIET}
    return marks(rule, {"y": _at("x", "y")["y"]}, pd.DataFrame({"y": [6.5, 8.5]}))


def _corners():
    """The hotspots, named outside the plot so that no dot is hidden."""
    places = {"quiet_promoters": (0, 10.5), "heavy_promoters": (100, 10.5)}
    places |= {"quiet_detractors": (0, -0.5), "heavy_detractors": (100, -0.5)}
    rows = [(names.hotspot(code), *place) for code, place in places.items()]
    rows = pd.DataFrame(rows, columns=["corner", "x", "y"])
    aside = {"align": {"expr": "datum.x > 0 ? 'right' : 'left'"}, "dy": {"expr": "datum.y > 0 ? -9 : 10"}}
    name = {"type": "text", "color": INK, "opacity": 0.65, "fontSize": 11, **aside, **QUIET}
    return marks(name, _at("x", "y") | {"text": text("corner")}, rows)


def _legend(size, x, **how):
    """Below the scatter, from x on. Vega would put it below the bars."""
    place = {"legendX": x, "legendY": size.height + MARGIN + 46}
    return {
        "title": None,
        "orient": "none",
        "direction": "horizontal",
        "padding": 0,
        "labelFontSize": 12,
        **place,
        **how,
    }
