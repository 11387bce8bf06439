"""The usage map as a specification: what the browser is told, without a browser."""

import json

import pandas as pd
import pytest

from nps.charts import palette
from nps.charts.brush import showing
from nps.charts.usage_map import MOST_DOTS, SIZES, usage_map

HOSTILE = """<img src=http://127.0.0.1:9/x> ![hostile](http://127.0.0.1:9/y) '] || " \n\\ {{c}} ${d} datum.hostile"""
CELLS = pd.DataFrame(
    [
        (5 * band + 2.5, score, 5 * band, 5 * band + 5, score - 0.5, score + 0.5, 0)
        for band in (0, 19)
        for score in (3, 9)
    ],
    columns=["x", "y", "x0", "x1", "y0", "y1", "people"],
)


def people(names=("Ada", "Bo")):
    """One dot per name: a heavy promoter each."""
    at = {"score": 9, "activity": 12, "percentile": 99.0, "x": 97.5, "y": 9}
    jitter = {"dx": 0.25, "dy": -0.25}
    return pd.DataFrame([{"person": name, "label": name, **at, **jitter, "group": "Promoter"} for name in names])


def counts(column, names):
    return pd.DataFrame([{column: name, "x": 97.5, "y": 9, "n": 2, "deff": 1.0, "t": 1.96} for name in ["", *names]])


def drawn(dots=True, names=("Zoe", "Admin"), features=("Timer", "Board"), region=None, **how):
    """The specification of a small map."""
    shown = people() if dots is True else dots
    how = {"segment_label": "role"} | how
    chart = usage_map(shown, CELLS, counts("value", names), counts("feature", features), **how)
    return showing(chart.to_dict(), region)


def params(spec):
    return {param["name"]: param for param in spec["params"]}


def every(node, key):
    """All values under a key, at any depth."""
    found = [node[key]] if isinstance(node, dict) and key in node else []
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    return found + [value for child in children for value in every(child, key)]


def mark_types(panel):
    return [mark["type"] for mark in every(panel, "mark")]


def domains(spec):
    """The names of the lines of each panel of bars."""
    return [y["scale"]["domain"] for y in every(spec["concat"][1:], "y") if y.get("field") == "name"]


def test_three_panels_share_one_brush_and_one_clicked_person():
    spec = drawn()
    assert len(spec["concat"]) == 3
    selections = [param for param in spec["params"] if "select" in param]
    assert [(param["name"], param["select"]["type"]) for param in selections] == [
        ("brush", "interval"),
        ("person", "point"),
    ]
    assert params(spec)["brush"]["views"] == params(spec)["person"]["views"]
    assert len(params(spec)["brush"]["views"]) == 1
    assert params(spec)["person"]["select"]["fields"] == ["person"]


@pytest.mark.parametrize("dots", [True, None], ids=["dots", "density"])
def test_the_brush_reads_the_centres_of_the_cells(dots):
    spec = drawn(dots)
    (view,) = params(spec)["brush"]["views"]
    (ground,) = [layer for layer in spec["concat"][0]["layer"] if layer.get("name") == view]
    assert (ground["encoding"]["x"]["field"], ground["encoding"]["y"]["field"]) == ("x", "y")
    assert params(spec)["brush"]["select"]["encodings"] == ["x", "y"]


def test_only_a_mouse_moves_the_brush():
    brush = params(drawn())["brush"]["select"]
    assert brush["zoom"] is False
    assert brush["translate"] is False  # a drag that begins inside draws anew
    for event in [brush["on"], brush["clear"]]:
        assert "pointer" not in event
        assert "!event.sourceCapabilities.firesTouchEvents" in event
    assert brush["on"].startswith("[mousedown")


def test_without_a_region_nothing_is_drawn():
    assert "value" not in params(drawn())["brush"]


def test_a_region_is_drawn_by_its_edges():
    spec = drawn(region=((90, 100), (7, 8)))
    assert params(spec)["brush"]["value"] == {"x": [90, 100], "y": [6.5, 8.5]}


def test_people_are_dots_in_the_colours_of_their_groups():
    scatter = drawn()["concat"][0]
    (colour,) = [encoding["color"] for encoding in every(scatter, "encoding") if "color" in encoding]
    assert dict(zip(colour["scale"]["domain"], colour["scale"]["range"], strict=True)) == palette.GROUPS
    assert "circle" in mark_types(scatter)


def test_the_group_colours_mean_groups_only():
    text = json.dumps(drawn() | {"datasets": None})
    assert {text.count(colour) for colour in palette.GROUPS.values()} == {1}


def test_jitter_moves_the_dot_but_not_what_the_brush_reads():
    spec = drawn()
    (rows,) = [rows for rows in spec["datasets"].values() if "person" in rows[0]]
    assert [(row["x"], row["y"], row["dot_x"], row["dot_y"]) for row in rows] == [(97.5, 9, 98.75, 8.75)] * 2


@pytest.mark.parametrize("dots", [None, people([f"p{i}" for i in range(MOST_DOTS + 1)])], ids=["none", "many"])
def test_beyond_dots_the_cells_are_shaded(dots):
    spec = drawn(dots)
    assert "circle" not in mark_types(spec["concat"][0])
    assert [
        opacity["field"] for opacity in every(spec, "opacity") if isinstance(opacity, dict) and "field" in opacity
    ] == ["people"]
    assert max(len(rows) for rows in spec["datasets"].values()) == len(CELLS)


def test_the_most_dots_still_fit_what_streamlit_draws_for_assistive_technology():
    """Streamlit leaves SVG above 2,000 marks in one chart; the ground has 220, lines and names a few."""
    assert MOST_DOTS + 220 + 10 <= 2000
    spec = drawn()
    assert spec["usermeta"]["embedOptions"]["renderer"] == "svg"
    assert "role" in spec["description"]


def test_only_what_is_shown_leaves_the_server():
    secret = people().assign(email="ada@example.com", comment="hm")
    spec = drawn(secret, names=["Admin"])
    assert "example.com" not in json.dumps(spec)


def test_lines_stand_in_order_of_appearance():
    assert domains(drawn()) == [["Zoe", "Admin"], ["Timer", "Board"]]


def test_a_frame_without_names_has_no_panel():
    assert domains(drawn(names=())) == [["Timer", "Board"]]
    assert len(drawn(names=(), features=())["concat"]) == 1


@pytest.mark.parametrize("step", ["S", "XS"])
def test_on_narrow_screens_it_is_one_column(step):
    spec = drawn(size=SIZES[step])
    assert spec["columns"] == 1
    assert {panel["width"] for panel in spec["concat"]} == {SIZES[step].width}


@pytest.mark.parametrize(
    ("step", "room", "panels"), [("XL", 1880 - 90, 2), ("L", 1430 - 90, 2), ("ML", 1200 - 60, 2), ("M", 1000 - 60, 1)]
)
def test_it_fills_what_the_page_has_beside_the_panel_of_the_selection(step, room, panels):
    """From the first pixel of each width on, less its sides, as web/screen.css has them."""
    features = ("Timer", "Board") if panels == 2 else ()
    spec = drawn(size=SIZES[step], features=features)
    axes, gaps = 82, panels * spec["spacing"]
    width = sum(panel["width"] for panel in spec["concat"]) + axes + gaps + SIZES[step].beside
    assert 0.95 * room <= width <= room + 4


def places(node, text, path=()):
    """Where in a specification a text occurs, as keys without positions."""
    if isinstance(node, str):
        return {path} if text in node else set()
    items = (
        node.items() if isinstance(node, dict) else [(None, child) for child in node] if isinstance(node, list) else []
    )
    assert not any(text in str(key) for key, _ in items)
    return {place for key, child in items for place in places(child, text, path if key is None else (*path, key))}


def test_customer_text_is_data_never_a_field_or_an_expression():
    spec = drawn(people([HOSTILE]), [HOSTILE], [HOSTILE], segment_label=HOSTILE, everyone=HOSTILE)
    rows = [place for place in places(spec, "hostile") if place[0] == "datasets"]
    assert {place[-1] for place in rows} == {"person", "label", "name"}
    assert places(spec | {"datasets": None}, "hostile") == {
        ("description",),  # an attribute of the page, set as text
        ("params", "value"),
        ("concat", "layer", "encoding", "y", "scale", "domain"),
    }
    assert domains(spec) == [[HOSTILE], [HOSTILE]]


def test_no_tooltip_has_a_key_that_fetches_or_titles():
    """vega-tooltip loads what stands under `image` and makes a heading of `title`."""
    spec = drawn(segment_label="image")
    titles = [
        tip.get("title", tip["field"]) for tips in every(spec, "tooltip") if isinstance(tips, list) for tip in tips
    ]
    assert titles
    assert {"image", "title"}.isdisjoint(titles)
    assert "'image'" not in json.dumps(spec["concat"])


def test_every_mark_says_what_it_says():
    """Streamlit's theme gives any other mark a tooltip of its encodings, with the names of columns as keys."""
    for panel in drawn()["concat"]:
        for layer in every(panel, "mark"):
            shared = any("tooltip" in encoding for encoding in every(panel, "encoding") if "mark" not in encoding)
            assert "tooltip" in layer or shared


def test_the_page_may_forbid_evaluation():
    """Vega's interpreter has no `datum` in an event's filter; it is reached through the event."""
    for param in drawn()["params"]:
        for event in [value for value in param.get("select", {}).values() if isinstance(value, str)]:
            assert "datum" not in event.replace("event.item.datum", "")


@pytest.mark.parametrize("background", ["#ffffff", "#14161d"])
@pytest.mark.parametrize("colour", [*palette.GROUPS.values(), palette.ACCENT])
def test_colours_read_on_white_and_on_dark(colour, background):
    light, dark = sorted((luminance(colour), luminance(background)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


def luminance(colour):
    """Relative luminance of WCAG 2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
