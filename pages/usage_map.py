"""The usage map: draw a region, see who is in it, write to them."""

import streamlit as st

from nps.charts.brush import showing
from pages import _found, _map, _shared, _show

everybody = _shared.chosen()
chosen, panel = everybody.placed, everybody.panel
_show.needs_usage(panel)
_show.undated(everybody.unplaced)
_map.controls(chosen)
segment, features, compact = _map.what_to_show(panel, _found.telling(chosen))
region = _map.start((chosen.selection.filters, segment, tuple(features), panel.measure, compact))
_map.draw(showing(_found.usage_map(chosen, segment, tuple(features), compact), region))
if _map.drew_nothing():
    st.info("The rectangle holds no cell of the map. Draw it wider, or use the sliders.")
    st.stop()
_show.text(f"Selected: {chosen.selection.describe(panel.measure)}")
figures, apart = st.columns([1, 2])
with figures:
    _map.score(chosen)
with apart:
    st.subheader("What sets them apart")
    _map.apart(chosen)
_map.numbers(chosen, segment)
_show.how(chosen, "activity", "score", "interval", "share", "adjusted", "use", "apart")
st.subheader("The people")
listed, withheld = chosen.reached()
_show.download(f"Download {listed:,} contacts", chosen.contacts, "contacts.csv", "download_contacts")
st.caption(f"Left out of the file, because they do not want to be contacted: {withheld:,}.")
_show.people(panel.answers, "selection_people", chosen.places)
