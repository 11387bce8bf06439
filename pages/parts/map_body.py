"""The page of the map below its filters, all of which follows the region: a release of the mouse draws this alone."""

import streamlit as st

from nps.charts.usage_map import SIZES
from pages.parts import counted, map_chart, map_controls, map_numbers, map_selected, map_shows, people
from pages.session import data, screen
from pages.session.moving import following
from pages.session.region import drew_nothing

TALL = {"XL": 656, "L": 566, "ML": 526, "M": 496, "S": 470, "XS": 560}  # pixels of the side panel


@following
def body() -> None:
    """The chart and who is selected on it, side by side where there is room; below, who they are."""
    chosen = data.chosen().placed
    everyone = chosen.panel.select(chosen.selection.filters).placed
    step = screen.step()
    how = {"vertical_alignment": "center", "height": map_controls.ROOM.get(step, 40), "border": False}
    with st.container(horizontal=True, **how):
        map_controls.hotspots(everyone)
        st.space("stretch")
        shown = map_shows.what_to_show(everyone)
    if screen.narrow():
        map_selected.panel(chosen, TALL[step])
        map_chart.draw(everyone, shown)
    else:
        chart, side = st.columns(map_chart.columns(SIZES[step], shown.panels), gap="small")
        with chart:
            map_chart.draw(everyone, shown)
        with side:
            map_selected.panel(chosen, TALL[step])
    if drew_nothing():
        return
    people.listed(chosen.panel.answers, "selection_people", chosen.places)
    map_numbers.numbers(chosen, shown.segment)
    counted.undated(chosen.unplaced)
    counted.how(chosen, "activity", "score", "interval", "share", "adjusted", "use", "apart")
