"""The brush of the usage map, and the signals by which everything on it follows the mouse.

A row is inside by the centre of its cell, x and y, bounds included; nothing drawn is everybody. Every expression here
and around it must run in Vega's interpreter, which a content security policy without `unsafe-eval` asks for.
"""

import altair as alt

INSIDE = "inrange(datum.x, across) && inrange(datum.y, up)"
SIGNALS = {
    "across": "isArray(brush.x) ? brush.x : [0, 100]",
    "up": "isArray(brush.y) ? brush.y : [0, 10]",
    "whole": "up[0] <= 0 && up[1] >= 10",  # all scores are inside, so that a score of the selection means something
    "nowhere": "ceil(across[0] / 5 - 0.5) > floor(across[1] / 5 - 0.5) || ceil(up[0]) > floor(up[1])",
}
_MOUSE = "!event.sourceCapabilities || !event.sourceCapabilities.firesTouchEvents"  # a tap makes mouse events, too
_DRAG = f"[mousedown[{_MOUSE}], window:mouseup] > window:mousemove!"
_DOT = "event.item && event.item.datum && event.item.datum.person"


def signals(**words: str) -> list[alt.VariableParameter]:
    """`SIGNALS` for a chart, and words for its expressions to say: as values, never inside an expression."""
    said = [alt.VariableParameter(name=name, value=word) for name, word in words.items()]
    return said + [alt.VariableParameter(name=name, expr=expr) for name, expr in SIGNALS.items()]


def selections() -> list[alt.SelectionParameter]:
    """`brush`, and `person`, the dot of the last click, which the next press of the mouse forgets.

    Neither a finger that scrolls past nor the wheel changes the brush.
    """
    look = {"fillOpacity": 0, "strokeOpacity": 0}  # what it covers is drawn instead
    drag = {"on": _DRAG, "translate": False, "clear": f"dblclick[{_MOUSE}]", "zoom": False}
    brush = {"type": "interval", "encodings": ["x", "y"], "mark": look, **drag}
    person = {"type": "point", "fields": ["person"], "on": f"click[{_DOT}]", "clear": "mousedown", "toggle": False}
    return [
        alt.SelectionParameter(name="brush", select=brush),
        alt.SelectionParameter(name="person", select=person),
    ]


def showing(spec: dict, region: tuple[tuple[int, int], tuple[int, int]] | None) -> dict:
    """A chart in Vega-Lite whose brush begins at a region.

    region  (activity_low, activity_high) in percentile points, (score_low, score_high); None draws nothing
    """
    if region is None:
        return spec
    activity, (low, high) = region
    begins = {"value": {"x": list(activity), "y": [low - 0.5, high + 0.5]}}
    return spec | {"params": [param | begins if param["name"] == "brush" else param for param in spec["params"]]}
