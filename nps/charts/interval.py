"""A difference with its interval as a picture so small that it fits into a cell of a table."""

from base64 import b64encode

import numpy as np
import pandas as pd

from nps.charts.palette import ACCENT

WIDTH, HEIGHT, EDGE = 130, 24, 6  # pixels
GREY = "#80869b"  # reads on white and on dark


def pictures(frame: pd.DataFrame) -> list[str | None]:
    """Addresses of SVG that hold themselves, all on one scale around 0. frame: adjusted, low, high; NaN: None."""
    widest = max(float(np.nanmax(frame[["low", "high", "adjusted"]].abs().to_numpy(), initial=1.0)), 1.0)
    rows = frame[["adjusted", "low", "high"]].itertuples(index=False)
    return [None if pd.isna(row.adjusted) else _picture(*row, widest) for row in rows]


def _picture(at: float, low: float, high: float, widest: float) -> str:
    middle = HEIGHT / 2
    zero, point, left, right = (_place(value, widest) for value in (0, at, low, high))
    span = "" if pd.isna(low) else f'<path d="M{left} {middle}H{right}" stroke="{GREY}" stroke-width="3"/>'
    shape = (
        f'<path d="M{zero} 2V{HEIGHT - 2}" stroke="{GREY}" stroke-dasharray="2 2"/>{span}'
        f'<circle cx="{point}" cy="{middle}" r="5" fill="{ACCENT}"/>'
    )
    room = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {room}>{shape}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _place(value: float, widest: float) -> float:
    """Pixels from the left."""
    half = WIDTH / 2
    return half if pd.isna(value) else round(half + value / widest * (half - EDGE), 1)
