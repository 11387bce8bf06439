"""Whatever a link or a frame of a browser says, every page answers: with what it can know, or with a sentence."""

import json
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from journeys import unfold
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.session_state import SessionState, WStates
from streamlit.testing.v1 import AppTest

from nps.selection import Region, Selection, region_between, region_of_brush
from pages.parts.values import brush, clicked, row
from web import values

pytestmark = pytest.mark.timeout(300)  # whole pages
PAGES = ("overview", "usage_map", "segments", "features", "reasons", "people", "person", "accounts", "data")
NUMBERS = st.floats() | st.integers(-10, 110).map(float)
PARTS = ["selection", "brush", "person", "cells", "x", "y", "columns"]
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PARTS), inner, max_size=4),
    max_leaves=12,
)
ODD = ["", "²", "\x00", "9" * 5000, "x" * 5000, "{}", "{", "null", "<b>", "2026/05/01", "0001/01/01"]
WORDS = st.sampled_from(ODD) | st.text()
TEXTS = WORDS | JSON.map(json.dumps)
SAID = {  # what a browser fills, and with what
    "string_value": TEXTS,
    "string_array_value": st.lists(TEXTS, max_size=3),
    "double_array_value": st.lists(NUMBERS, max_size=3),
    "double_value": NUMBERS,
    "int_value": st.integers(-10, 110),
    "bool_value": st.booleans(),
}
KINDS = {kind.name: kind for kind in WidgetState.DESCRIPTOR.oneofs_by_name["value"].fields}
FIELDS = {  # what the proto of a widget is called -> the field that its browser fills
    **dict.fromkeys(("Selectbox", "Radio", "TextInput", "TextArea", "VegaLiteChart", "Dataframe"), "string_value"),
    **dict.fromkeys(("MultiSelect", "ButtonGroup", "DateInput"), "string_array_value"),
    **dict.fromkeys(("Checkbox", "Expandable"), "bool_value"),
    "Slider": "double_array_value",
    "NumberInput": "int_value",
}
NAMES = [
    *("window", "measure", "person", "data", "surveys", "activity", "score"),
    *("period", "repeats", "survey", "alike", "is.role", "is.", "utm", "used", "like", "v"),
    *("rules", "theme", "mention", "word"),
]
VALUES = st.sampled_from(["30", "90-100", "0001-01-01..9999-12-31", "9-²", "all", "together"])
PARAMETERS = st.dictionaries(st.sampled_from(NAMES), st.lists(WORDS | VALUES, max_size=2), max_size=4)
ONCE = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(autouse=True)
def workspace(tmp_path, monkeypatch):
    monkeypatch.setenv("NPS_LENS_WORKSPACE", str(tmp_path / "workspace"))


@cache
def opened(page: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages/dashboard.py"), default_timeout=120)
    unfold(app)
    return app.run().switch_page(f"{page}.py").run()


def widgets(node, found: dict[str, str]) -> dict[str, str]:
    """Widgets by id, each with the name of its proto."""
    proto = getattr(node, "proto", None)
    if getattr(proto, "id", "") and type(proto).__name__ in FIELDS:
        found[proto.id] = type(proto).__name__
    for child in getattr(node, "children", {}).values():
        widgets(child, found)
    return found


def frame(app: AppTest, widget: str, field: str, value: object) -> WidgetStates:
    """What a browser would send, with another value for one widget."""
    states = WidgetStates(widgets=[state for state in app._tree.get_widget_states().widgets if state.id != widget])
    forged = states.widgets.add(id=widget)
    if field.endswith("array_value"):
        getattr(forged, field).SetInParent()
        getattr(forged, field).data.extend(value)
    else:
        setattr(forged, field, value)
    return states


def troubles(app: AppTest) -> list[str]:
    return [problem.value for problem in app.exception]


@pytest.mark.parametrize("page", PAGES)
@ONCE
@given(place=st.integers(0, 999), said=st.fixed_dictionaries(SAID), other=st.none() | st.sampled_from([*SAID]))
def test_no_value_of_a_widget_brings_a_page_down(page, place, said, other):
    app = opened(page)
    there = sorted(widgets(app._tree, {}).items())
    widget, proto = there[place % len(there)]
    field = other or FIELDS[proto]
    app._run(frame(app, widget, field, said[field]))
    assert troubles(app) == []
    if app.title[0].value != opened(page).title[0].value or not widgets(app._tree, {}):
        opened.cache_clear()


@ONCE
@given(PARAMETERS, st.sampled_from(PAGES))
def test_no_link_brings_a_page_down(query, page):
    app = AppTest.from_file(str(ROOT / "pages/dashboard.py"), default_timeout=120)
    for name, said in query.items():
        app.query_params[name] = said
    assert troubles(app.run()) == []
    assert troubles(app.switch_page(f"{page}.py").run()) == []


@dataclass
class Choice:
    """As Streamlit keeps a choice among options."""

    formatted_option_to_option_index: dict[str, int]
    default_option_index: int = 1

    def deserialize(self, said):
        return [30, 90][self.default_option_index if said is None else self.formatted_option_to_option_index[said]]


@pytest.mark.parametrize("said", [None, "", "²", "9" * 5000, ["30 days"], 3, float("nan")])
def test_what_is_not_offered_counts_as_not_said(said):
    read = values.parser(WidgetMetadata("w", Choice({"30 days": 0, "90 days": 1}).deserialize, str, "string_value"))
    assert read(said) == 90
    assert read("30 days") == 30


@pytest.mark.parametrize("said", [float("nan"), float("inf"), "7"])
def test_what_is_no_number_counts_as_not_said(said):
    read = values.parser(WidgetMetadata("w", lambda value: None if value is None else int(value), str, "double_value"))
    assert read(said) is None
    assert read(7.0) == 7


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "string_value"])
def test_what_is_said_in_another_kind_counts_as_not_said(kind):
    opened("overview")
    told, states = WidgetMetadata("w", lambda said: said or "nothing", str, "string_value"), WStates()
    states.set_widget_metadata(replace(told, deserializer=values.parser(told)))
    other = WidgetState(id="w")
    if KINDS[kind].message_type:
        getattr(other, kind).SetInParent()
    else:
        setattr(other, kind, {str: "{", bytes: b"{"}.get(type(getattr(other, kind)), 1))
    for _ in "twice":  # Streamlit takes over the kind of what was said
        states.set_widget_from_proto(other)
        assert [*states.items()] == [("w", "nothing")]
    states.set_widget_from_proto(WidgetState(id="w", string_value="this"))
    assert states["w"] == "this"


@pytest.mark.parametrize(("field", "said"), [("int_value", 3), ("double_value", 3.0)])
def test_a_number_counts_whether_it_is_sent_as_a_whole_one_or_not(field, said):
    """Streamlit registers every field for numbers as double, and its browser sends whole numbers as such."""
    opened("overview")
    told = WidgetMetadata("w", lambda number: 1 if number is None else int(number), str, "double_value")
    states = WStates()
    states.set_widget_metadata(replace(told, deserializer=values.parser(told)))
    for _ in "twice":
        states.set_widget_from_proto(WidgetState(id="w", **{field: said}))
        assert states["w"] == 3
    states.set_widget_from_proto(WidgetState(id="w", string_value="9"))
    assert states["w"] == 1


def test_the_doors_of_every_widget_are_guarded():
    """They are Streamlit's own: when they are called otherwise, nothing is parsed any more."""
    opened("overview")
    assert SessionState.register_widget is values._register_guarded
    assert WStates.__getitem__ is values._said_of_its_kind


@given(JSON)
def test_whatever_a_chart_or_table_says_is_a_choice_or_none(said):
    assert row(said, 3) in (None, 0, 1, 2)
    assert isinstance(clicked(said), str | None)
    assert isinstance(region_of_brush(brush(said)), Region | None)


def test_what_a_chart_or_table_says_rightly_is_understood():
    assert row({"selection": {"cells": [(2, "name")]}}, 3) == 2
    assert row({"selection": {"cells": [(3, "name")]}}, 3) is None
    assert clicked({"selection": {"person": [{"person": "p1"}]}}) == "p1"
    assert region_of_brush({"x": [0, 100], "y": [7.5, 10.5]}) == Region((0, 100), (8, 10))


@given(st.tuples(NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS))
def test_a_region_between_any_bounds_on_the_scale_can_be_selected(activity, score):
    activity = [min(max(edge, 0), 100) if edge == edge else 0 for edge in activity]
    score = [min(max(bound, 0), 10) if bound == bound else 0 for bound in score]
    Selection().within(region_between(activity, score))


def test_before_the_first_period_of_the_calendar_there_is_none():
    assert Selection(period=("0001-01-01", "0001-01-05")).previous is None
    assert Selection(period=("0001-01-03", "0001-01-04")).previous == (date(1, 1, 1), date(1, 1, 2))
