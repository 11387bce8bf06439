"""The map: what it shows, and what is drawn on it."""

import pandas as pd
import streamlit as st

import nps
from nps.charts import usage_map as charts
from nps.charts.brush import showing
from nps.charts.panels import FEATURES
from nps.charts.vegalite import compiled
from nps.measures import cells
from nps.selection import region_of_brush
from nps.wording import _, reasons
from pages.parts import show, values
from pages.parts.map_shows import Shown
from pages.session import keys, links, region, screen, views

GAP, AXES = 16, 82  # pixels between the panels; of what stands around the scatter


@views.shared
def _chart(everyone: nps.Chosen, shown: Shown, step: str) -> tuple[dict, int]:
    """The chart, and its height in pixels."""
    cube = everyone.cube
    dots, ground = cells.dots(cube, charts.MOST_DOTS), cells.grid(cube)
    bars = cells.of_segment(cube, shown.segment), _third(everyone, shown)
    size = charts.SIZES[step]
    how = {"measure": everyone.panel.measure, "size": size, "shows": shown.third}
    chart = charts.usage_map(dots, ground, *bars, segment_label=shown.segment or "", **how)
    return compiled(chart), charts.height(size, *bars)


def _third(everyone: nps.Chosen, shown: Shown) -> pd.DataFrame:
    if shown.third == FEATURES:
        return cells.of_features(everyone.cube, list(shown.features))
    codes, keys_ = cells.reasons_worth_showing(everyone.cube), [*everyone.panel.coding.themes, ""]
    return cells.of_reasons(everyone.cube, codes, [reasons.theme(everyone.panel.rules, keys_[code]) for code in codes])


def columns(size: charts.Size, panels: int) -> list[int]:
    """How wide the chart is and what stands beside it, in pixels."""
    return [size.width + panels * (size.bars + GAP) + AXES, size.beside]


def draw(everyone: nps.Chosen, shown: Shown) -> None:
    """The chart with the region on it; a clicked dot opens the person."""
    step = screen.step()
    begins = region.start((everyone.selection, shown, everyone.panel.measure, everyone.panel.rules.version, step))
    drawn = None if begins.everything else (begins.activity, begins.score)
    chart, height = _chart(everyone, shown, step)
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
