"""The strongest findings of the data, in plain sentences, each a way to its page."""

import streamlit as st

from nps.wording import headlines
from pages.parts import figures, show
from pages.session import data, results
from pages.session.filters import show_selection

PAGES = {
    "segment": ("segments.py", "See the segments"),
    "change": ("segments.py", "See the segments"),
    "feature": ("features.py", "See the features"),
    "activity": ("usage_map.py", "See the map"),
    "hotspot": ("usage_map.py", "See the map"),
}
MOST = 12

chosen = data.chosen()
found = results.findings(chosen)
st.caption(
    "Everything in this view was compared: segments, features, changes over time and since events, and what the "
    "hotspots of the map are made of. Shown is what holds after correcting for all of it, the surest first. "
    "Every other filter is another look, with another chance of a false finding."
)
show.how(chosen, "finding", "difference", "adjusted", "holds")
if found.empty:
    st.info(headlines.nothing_holds(found.attrs["findable"]))
for row in found.head(MOST).itertuples():
    with st.container(border=True, key=f"finding_{row.Index}"):
        said, go = st.columns([5, 1], vertical_alignment="center")
        with said:
            show.text(headlines.of_finding(row))
            st.caption(figures.sureness(row))
        page, label = PAGES[row.kind]
        if go.button(label, key=f"open_finding_{row.Index}", on_click=show_selection, args=(row.selection,)):
            st.switch_page(page)
