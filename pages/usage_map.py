"""The usage map: draw a region, see who is in it, write to them."""

import streamlit as st

from nps.wording import _, several
from pages.parts import map_chart, map_controls, map_selected, people, show
from pages.session import data, results
from pages.session.region import drew_nothing

everybody = data.chosen()
chosen, panel = everybody.placed, everybody.panel
show.needs_usage(panel)
show.undated(everybody.unplaced)
map_controls.controls(chosen)
segment, features, compact = map_chart.what_to_show(panel, results.telling(chosen))
shown = (chosen.selection.filters, segment, tuple(features), panel.measure, compact)
map_chart.draw(results.usage_map(chosen, segment, tuple(features), compact), shown)
if drew_nothing():
    st.info(_("The rectangle holds no cell of the map. Draw it wider, or use the sliders."))
    st.stop()
show.text(_("Selected: {who}", who=chosen.selection.describe(panel.measure)))
figures, apart = st.columns([1, 2])
with figures:
    map_selected.score(chosen)
with apart:
    st.subheader(_("What sets them apart"))
    map_selected.apart(chosen)
map_selected.numbers(chosen, segment)
show.how(chosen, "activity", "score", "interval", "share", "adjusted", "use", "apart")
st.subheader(_("The people"))
listed, withheld = chosen.reached()
label = several("Download {n} contact", "Download {n} contacts", n=listed)
show.download(label, chosen.contacts, "contacts.csv", "download_contacts")
st.caption(_("Left out of the file, because they do not want to be contacted: {n}.", n=withheld))
people.listed(panel.answers, "selection_people", chosen.places)
