"""Charts in Vega-Lite as pictures, in a process of its own that ends with them: the engine in it takes 200 MB.

Reads {"kind": "svg" or "png", "charts": [Vega-Lite, ...]} and answers with a picture a line, as base64. Nothing is
fetched: a chart that asks for data of elsewhere is refused.
"""

import base64
import json
import sys

import vl_convert

SCALE = 2  # a PNG has as many pixels to the point
NOWHERE: list[str] = []


def picture(chart: dict, kind: str) -> bytes:
    """One chart drawn."""
    if kind == "png":
        return vl_convert.vegalite_to_png(chart, scale=SCALE, allowed_base_urls=NOWHERE)
    return vl_convert.vegalite_to_svg(chart, allowed_base_urls=NOWHERE).encode()


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    for each in asked["charts"]:
        sys.stdout.write(base64.b64encode(picture(each, asked["kind"])).decode() + "\n")
