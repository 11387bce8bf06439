"""The map: draw a region, see who is in it and what sets them apart, write to them."""

import streamlit as st

from nps.charts.usage_map import SIZES
from pages.parts import counted, map_chart, map_controls, map_numbers, map_selected, map_shows, people
from pages.session import data, screen, stopped
from pages.session.region import drew_nothing

TALL = {"XL": 656, "L": 566, "ML": 526, "M": 496, "S": 470, "XS": 560}  # pixels of the side panel

chosen = data.chosen().placed
everyone = chosen.panel.select(chosen.selection.filters).placed
counted.needs_usage(chosen.panel)
step = screen.step()
with st.container(horizontal=True, vertical_alignment="center", height=map_controls.ROOM.get(step, 40), border=False):
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
    stopped.stop()
people.listed(chosen.panel.answers, "selection_people", chosen.places)
map_numbers.numbers(chosen, shown.segment)
counted.undated(chosen.unplaced)
counted.how(chosen, "activity", "score", "interval", "share", "adjusted", "use", "apart")
