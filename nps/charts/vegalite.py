"""Vega-Lite in small pieces, as dicts: Altair assembles them many times faster than its own objects."""

import re

import altair as alt
import pandas as pd
import pyarrow as pa

from nps.charts.palette import INK

# Text of axes and legends in the ink of the page, faded: Streamlit's own grey has 3.7:1 on white.
FADED = {f"{part}{what}": value for part in ("label", "title") for what, value in (("Color", INK), ("Opacity", 0.75))}
LOOK = {"axis": FADED, "legend": {"labelColor": INK, "labelOpacity": 0.75}}
QUIET = {"aria": False, "tooltip": None}  # a mark that says nothing of its own
CAPTION = 28  # pixels from the top of a plot up to the middle of its caption


def marks(mark: dict, encoding: dict, data=alt.Undefined, **how) -> alt.Chart:
    """One layer; without data it draws those of the chart around it."""
    return alt.Chart(data, mark=mark, encoding=alt.FacetedEncoding(**encoding), **how)


def compiled(chart: alt.Chart | alt.LayerChart | alt.ConcatChart) -> dict:
    """The chart in Vega-Lite, its frames as Arrow tables in its `datasets`: made once, it is shown again quickly."""
    frames = {}
    _name_frames(chart, frames)
    tables = {name: pa.Table.from_pandas(frame, preserve_index=False) for name, frame in frames.items()}
    drawn = chart.to_dict()
    return drawn | {"datasets": tables, "config": LOOK | drawn.get("config", {})}


def _name_frames(chart: alt.Chart | alt.LayerChart | alt.ConcatChart, frames: dict[str, pd.DataFrame]) -> None:
    """Put names for the frames of a chart and its parts."""
    if isinstance(chart.data, pd.DataFrame):
        name = f"rows {len(frames)}"
        frames[name], chart.data = chart.data, alt.NamedData(name)
    for part in (*getattr(chart, "layer", ()), *getattr(chart, "concat", ())):
        _name_frames(part, frames)


def number(field: str, **how) -> dict:
    """A field of numbers in a channel."""
    return {"field": field, "type": "quantitative", **how}


def text(field: str, **how) -> dict:
    """A field of names in a channel."""
    return {"field": field, "type": "nominal", **how}


def calculate(**fields: str) -> list[dict]:
    """Transforms that add fields by expressions, in order."""
    return [{"calculate": expr, "as": name} for name, expr in fields.items()]


def literal(words: str) -> str:
    """Text of ours within an expression."""
    quoted = words.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{quoted}'"


def sentence(words: str, **parts: str) -> str:
    """An expression that says a text of ours, such as "{share}% of {everyone}", with an expression in each gap."""
    pieces = re.split(r"\{(\w+)\}", words)
    return " + ".join(
        parts[piece] if place % 2 else literal(piece) for place, piece in enumerate(pieces) if piece or place % 2
    )


def aggregate(by: list[str], **operations: str) -> dict:
    """A transform to one row per group, each field under its own name."""
    return {"aggregate": [{"op": op, "field": name, "as": name} for name, op in operations.items()], "groupby": by}


def title(words: str | dict, width: int) -> dict:
    """The title of a plot; long words end in an ellipsis."""
    return {"text": words, "frame": "group", "anchor": "start", "limit": width, "offset": 10, "fontSize": 14}


def caption(words: str | dict, width: int) -> alt.Chart:
    """One line between title and plot; a mark, because a subtitle cannot follow the brush."""
    line = {
        "type": "text",
        "text": words,
        "limit": width,
        "align": "left",
        "fontSize": 12,
        "color": INK,
        "opacity": 0.75,
    }
    return marks(line | QUIET, {"x": {"value": 0}, "y": {"value": -CAPTION}}, alt.Data(values=[{}]))
