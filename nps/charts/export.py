"""Charts that leave the page: with their title, what they count and their legend on them, as SVG or PNG."""

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import pyarrow as pa

WIDTH = 720  # where a chart on the page is as wide as its column
SECONDS = 60
INK, PAPER = "#11131d", "#ffffff"
KINDS = {"svg": "image/svg+xml", "png": "image/png"}
_ONE_AT_A_TIME = Lock()


def titled(chart: dict, title: str, beneath: Sequence[str]) -> dict:
    """A chart in Vega-Lite, its frames in `datasets` as `compiled` leaves them, that stands for itself.

    beneath  lines under the title: filters, how many answers, when
    """
    named = {"text": title, "subtitle": [*beneath], "anchor": "start", "fontSize": 18, "offset": 16}
    own = {"title": {"color": INK, "subtitleColor": INK}, "axis": {"labelColor": INK, "titleColor": INK}}
    shown = {name: value for name, value in chart.items() if name not in ("usermeta", "autosize")}
    rows = {name: _rows(table) for name, table in chart.get("datasets", {}).items()}
    width = {"width": WIDTH} if chart.get("width") == "container" else {}
    look = {"config": chart.get("config", {}) | own, "background": PAPER, "padding": 16}
    return shown | width | look | {"title": named, "datasets": rows}


def drawn(charts: Sequence[dict], kind: str) -> list[bytes]:
    """Pictures of charts; kind: one of KINDS. One call at a time. Raises RuntimeError when one cannot be drawn."""
    asked = json.dumps({"kind": kind, "charts": [*charts]}, default=str)
    with _ONE_AT_A_TIME:
        command = [sys.executable, "-I", str(Path(__file__).with_name("drawing.py"))]
        done = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f"drawing: {done.returncode}")
    return [base64.b64decode(line) for line in done.stdout.split()]


def _rows(table: pa.Table | list[dict]) -> list[dict]:
    """The rows of a frame as JSON has them: moments as text."""
    return table.to_pylist() if isinstance(table, pa.Table) else table
