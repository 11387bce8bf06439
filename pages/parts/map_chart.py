"""The map: what it shows, and what is drawn on it."""

import streamlit as st

import nps
from nps.charts import usage_map as charts
from nps.charts.brush import showing
from nps.charts.vegalite import compiled
from nps.measures import cells
from nps.selection import region_of_brush
from nps.wording import _
from pages.parts import choose, show, values
from pages.session import keys, links, region, screen, views

GAP, AXES = 16, 82  # pixels between the panels; of what stands around the scatter
SEGMENT, FEATURES = "segment", "features"


@views.shared
def _telling(everyone: nps.Chosen) -> list[int]:
    """The features most worth showing."""
    return cells.worth_showing(everyone.by_feature())


@views.shared
def _chart(everyone: nps.Chosen, segment: str | None, features: tuple[int, ...], step: str) -> tuple[dict, int]:
    """The chart, and its height in pixels."""
    cube = everyone.cube
    dots, ground = cells.dots(cube, charts.MOST_DOTS), cells.grid(cube)
    bars = cells.of_segment(cube, segment), cells.of_features(cube, list(features))
    size = charts.SIZES[step]
    how = {"measure": everyone.panel.measure, "size": size}
    chart = charts.usage_map(dots, ground, *bars, segment_label=segment or "", **how)
    return compiled(chart), charts.height(size, *bars)


@views.shared
def _labels(panel: nps.Panel) -> list[str]:
    return cells.feature_labels(panel.features)


def what_to_show(everyone: nps.Chosen) -> tuple[str | None, tuple[int, ...]]:
    """The segment and the features beside the map; where there is room for one, which."""
    panel, segment = everyone.panel, None
    with st.popover(_("What the bars show"), icon=":material/bar_chart:", type="tertiary"):
        if panel.segments:
            segment = choose.segment(_("Divide people by"), panel.segments, "map_segment")
        labels = _labels(panel)
        keys.MAP_FEATURES.follow([name for name in keys.MAP_FEATURES.get() if name in labels][: cells.ON_SCREEN])
        picked = st.multiselect(
            *(_("Features"), labels),
            key=keys.MAP_FEATURES.name,
            placeholder=_("The most telling ones"),
            max_selections=cells.ON_SCREEN,
            persist_state="session",
        )
        one = _one() if screen.step() == "M" else None
    features = () if one == SEGMENT else tuple(map(labels.index, picked) if picked else _telling(everyone))
    return (None if one == FEATURES else segment), features


def _one() -> str:
    return choose.choice(_("Beside the map"), {FEATURES: _("Features"), SEGMENT: _("Segment")}, key="map_panel")


def columns(size: charts.Size, panels: int) -> list[int]:
    """How wide the chart is and what stands beside it, in pixels."""
    return [size.width + panels * (size.bars + GAP) + AXES, size.beside]


def draw(everyone: nps.Chosen, segment: str | None, features: tuple[int, ...]) -> None:
    """The chart with the region on it; a clicked dot opens the person."""
    step = screen.step()
    begins = region.start((everyone.selection, segment, features, everyone.panel.measure, step))
    drawn = None if begins.everything else (begins.activity, begins.score)
    chart, height = _chart(everyone, segment, features, step)
    chart = showing(chart, drawn)
    says = region.chart()
    how = {"on_select": lambda: _brushed(says), "selection_mode": ["brush", "person"]}
    with st.container(key="usage_map", border=False, height=height):
        show.chart("map", _("People by activity and score"), chart, says.name, **how)


def _brushed(says: keys.Key) -> None:
    """An absent brush was not touched, an empty one was cleared, one that holds no cell selects nobody."""
    drawn = values.brush(says.get())
    if person := values.clicked(says.get()):
        links.go_to_person(person)
    elif drawn is not None:
        region.brushed(region_of_brush(drawn))
