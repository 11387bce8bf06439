"""A page that leaves as a file says what it counts, and holds nothing that runs."""

from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from nps import report
from nps.charts import export
from nps.report import Drawing, Figure, Heading, Listing, Words

HOSTILE = '<script>alert(1)</script>"&'
BARS = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"name": "rows 0"},
    "datasets": {"rows 0": pa.table({"role": [HOSTILE, "Admin"], "nps": [20, -4]})},
    "mark": "bar",
    "width": "container",
    "encoding": {
        "y": {"field": "role", "type": "nominal"},
        "x": {"field": "nps", "type": "quantitative"},
        "color": {"field": "role", "type": "nominal"},
    },
}


def test_a_picture_holds_title_filters_count_and_legend():
    named = export.titled(BARS, "NPS by role", ["Plan Team, n = 24"])
    svg, png = export.drawn([named], "svg")[0].decode(), export.drawn([named], "png")[0]
    assert svg.startswith("<svg")
    for words in ("NPS by role", "Plan Team, n = 24", "Admin"):
        assert f">{words}</text>" in svg
    assert "role-legend" in svg
    assert "<script" not in svg
    assert png.startswith(b"\x89PNG")


def test_a_picture_asks_for_nothing_of_elsewhere():
    elsewhere = BARS | {"data": {"url": "http://127.0.0.1:9/rows.csv"}, "datasets": {}}
    with pytest.raises(RuntimeError):
        export.drawn([export.titled(elsewhere, "Rows", [])], "svg")


def test_a_report_is_one_file_without_anything_that_runs():
    rows = pd.DataFrame({"role": [HOSTILE], "nps": [20.4], "n": [1234]})
    blocks = [
        *(Figure("NPS", "21", "+12"), Figure("Promoters", "43%"), Heading("By role"), Words(HOSTILE)),
        *(Drawing("roles", HOSTILE, BARS), Listing("roles", "Numbers", rows, {"role": "Role", "n": "Answers"})),
    ]
    page = report.page(HOSTILE, ["Plan Team"], blocks, [b"<svg/>"], date(2026, 8, 3)).decode()
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;") == 5  # title, headline, words, alt, cell
    assert page.count('<ul class="figures">') == 1
    assert "<th>Answers</th>" in page
    assert "1,234" in page
    assert "20" not in page.partition("<table>")[2].partition("</table>")[0]  # a column that is not shown
    assert "Made with NPS Lens on 3 August 2026" in page
    assert "http" not in page.replace("http-equiv", "")
