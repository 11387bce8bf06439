"""The usage map: draw a region, see who is in it, write to them."""

import streamlit as st

from nps.charts.brush import showing
from pages.parts import show, usage_map
from pages.session import data, results

everybody = data.chosen()
chosen, panel = everybody.placed, everybody.panel
show.needs_usage(panel)
show.undated(everybody.unplaced)
usage_map.controls(chosen)
segment, features, compact = usage_map.what_to_show(panel, results.telling(chosen))
region = usage_map.start((chosen.selection.filters, segment, tuple(features), panel.measure, compact))
usage_map.draw(showing(results.usage_map(chosen, segment, tuple(features), compact), region))
if usage_map.drew_nothing():
    st.info("The rectangle holds no cell of the map. Draw it wider, or use the sliders.")
    st.stop()
show.text(f"Selected: {chosen.selection.describe(panel.measure)}")
figures, apart = st.columns([1, 2])
with figures:
    usage_map.score(chosen)
with apart:
    st.subheader("What sets them apart")
    usage_map.apart(chosen)
usage_map.numbers(chosen, segment)
show.how(chosen, "activity", "score", "interval", "share", "adjusted", "use", "apart")
st.subheader("The people")
listed, withheld = chosen.reached()
show.download(f"Download {listed:,} contacts", chosen.contacts, "contacts.csv", "download_contacts")
st.caption(f"Left out of the file, because they do not want to be contacted: {withheld:,}.")
show.people(panel.answers, "selection_people", chosen.places)
