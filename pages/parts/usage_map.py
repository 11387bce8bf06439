"""The usage map's controls: whatever draws the region, one place stores it."""

import pandas as pd
import streamlit as st

import nps
from nps.measures import cells, feature_words, words
from nps.selection import PRESETS, Region, preset_region, region_between, region_of_brush
from pages.parts import show, tables, values
from pages.session import data

MOST_DIFFERENCES = 6
ALIKE = "Use it like promoters"
LIKE_PROMOTERS = (
    "Only the fifth of people whose use looks most like that of promoters, rated by what they used before their latest "
    "answer; the score marks the passives among them. Everyone else: people as like promoters, with other scores."
)
NOTHING_APART = "Nothing that chance would not explain as well."


def controls(chosen: nps.Chosen) -> None:
    """Presets and sliders: all that the brush does, for the keyboard and for phones."""
    by_band = cells.by_band(chosen.cube)
    presets = {preset.name: preset_region(preset, by_band) for preset in PRESETS}
    current, alike = chosen.selection.region, chosen.selection.alike
    if not chosen.panel.like_promoters.hidden:
        presets[ALIKE] = (Region(score=(7, 8)), False)
    shown = (name for name, (region, _) in presets.items() if (region, name == ALIKE) == (current, alike))
    _follow("preset", next(shown, None))
    st.pills("Hotspots", list(presets), key="preset", on_change=_preset_picked, args=(presets,))
    if st.session_state["preset"] and presets[st.session_state["preset"]][1]:
        st.caption("Many people are equally active here, so this hotspot takes in the nearest bands that hold anybody.")
    _follow("slider_activity", current.activity)
    _follow("slider_score", current.score)
    activity, scores, clear = st.columns([5, 5, 1], vertical_alignment="bottom")
    activity.slider("Activity percentile", 0, 100, step=5, key="slider_activity", on_change=_slid)
    scores.slider("Score", 0, 10, key="slider_score", on_change=_slid)
    nothing = current.everything and not alike
    clear.button("Clear", on_click=data.clear_region, disabled=nothing, key="clear_map")
    if alike:
        st.caption(LIKE_PROMOTERS)
        st.caption(words.of_likeness(chosen.panel.like_promoters))


def _follow(control: str, value: object) -> None:
    """Show what was set elsewhere. A control that is told what it said itself would forget what is said meanwhile."""
    if st.session_state.get(control) != value:
        st.session_state[control] = value


def _preset_picked(presets: dict[str, tuple[Region, bool]]) -> None:
    name = st.session_state["preset"]
    data.set_region(presets[name][0] if name else Region(), alike=name == ALIKE)


def _slid() -> None:
    data.set_region(region_between(st.session_state["slider_activity"], st.session_state["slider_score"]))


def what_to_show(panel: nps.Panel, best: list[int]) -> tuple[str | None, list[int], bool]:
    """The segment and the features beside the map, and whether they stand below it: on phones, or on request."""
    with st.popover("What the bars show", icon=":material/tune:"):
        segment = None
        if panel.segments:
            segment = st.selectbox("Divide people by", panel.segments, key="map_segment", persist_state="session")
        labels = cells.feature_labels(panel.features)
        _follow("map_features", st.session_state.get("map_features", [])[: cells.ON_SCREEN])
        picked = st.multiselect(
            "Features",
            range(len(labels)),
            format_func=labels.__getitem__,
            key="map_features",
            placeholder="The most telling ones",
            max_selections=cells.ON_SCREEN,
            persist_state="session",
        )
        stacked = st.toggle("Bars below the map", key="map_stacked", persist_state="session")
    return segment, picked or best, stacked or data.compact()


def start(shown: tuple) -> tuple | None:
    """The region to draw on a fresh chart. The chart is fresh when what it shows changed, or who drew the region."""
    if st.session_state.get("map_shown") != shown:
        st.session_state["map_shown"] = shown
        data.redraw()
    if st.session_state.get("map_drawn") != st.session_state["generation"]:
        st.session_state["map_drawn"] = st.session_state["generation"]
        st.session_state["map_start"] = st.session_state["region"]
        st.session_state["drew_nothing"] = False
    begins = st.session_state["map_start"]
    return None if begins.everything else (begins.activity, begins.score)


def draw(chart: dict) -> None:
    """The chart; a clicked dot opens the person."""
    key = f"usage_map_{st.session_state['generation']}"
    with st.container(key="usage_map"):
        st.vega_lite_chart(chart, key=key, on_select=lambda: _brushed(key), selection_mode=["brush", "person"])
    if person := st.session_state.pop("clicked_person", None):
        data.open_person(person)


def _brushed(key: str) -> None:
    """An absent brush was not touched, an empty one was cleared, one that holds no cell selects nobody."""
    selected = st.session_state[key]
    drawn = values.brush(selected)
    if person := values.clicked(selected):
        st.session_state["clicked_person"] = person
    elif drawn is not None:
        region = region_of_brush(drawn)
        st.session_state["drew_nothing"] = region is None
        st.session_state["region"] = region or Region()


def drew_nothing() -> bool:
    """Whether a rectangle was drawn that holds no cell."""
    return st.session_state["drew_nothing"]


def numbers(chosen: nps.Chosen, segment: str | None) -> None:
    """What the bars show, for every value and every feature; counted and sent when somebody opens it."""
    if segment and (opened := st.expander("The numbers by segment", key="segment_numbers", on_change="rerun")).open:
        with opened:
            frame = _without_cut_scores(chosen, chosen.by_segment(segment))
            tables.table(tables.enough(frame), tables.NUMBER_COLUMNS, "map_segment_table")
    if (opened := st.expander("The numbers by feature", key="feature_numbers", on_change="rerun")).open:
        with opened:
            tables.features(_without_cut_scores(chosen, feature_words.told(chosen.by_feature())))


def _without_cut_scores(chosen: nps.Chosen, frame: pd.DataFrame) -> pd.DataFrame:
    """Where the region cuts scores, a score of its people says nothing."""
    if chosen.selection.region.all_scores:
        return frame
    return frame.drop(columns=["nps", "low", "high", "shrunk"], errors="ignore")


def apart(chosen: nps.Chosen) -> None:
    """In what the selected people differ from everyone else."""
    if chosen.selection.region.everything:
        st.caption("Select a region of the map, and see in what its people differ from everyone else.")
        return
    differences = chosen.apart().head(MOST_DIFFERENCES)
    show.bullet([words.of_apart(row) for _, row in differences.iterrows()] or [NOTHING_APART])
    st.caption("Only differences of at least 5 points of share that hold, corrected for the number of things compared.")
    if chosen.selection.region.all_scores:
        st.caption("Features are not compared here: activity is all that was selected, and it decides what people use.")


def score(chosen: nps.Chosen) -> None:
    """The selection's score against everyone else; where the region cuts scores, how many people they are."""
    measured = chosen.score
    if chosen.selection.region.all_scores:
        show.score("NPS of the selection", measured, key="selection_score")
        if against := words.versus(chosen.versus_rest()):
            st.caption(against)
    else:
        with st.container(key="selection_score"):
            everyone = measured.responses + chosen.rest.responses
            st.metric("People selected", f"{measured.responses:,}")
            st.caption(f"of {everyone:,}. A score among chosen scores says nothing; the bars show shares instead.")
    show.groups(measured)
