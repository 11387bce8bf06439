"""The strongest findings of the data, in plain sentences, each a way to its page."""

import streamlit as st

from nps.wording import _, headlines
from pages.parts import figures, show
from pages.session import data, results
from pages.session.filters import show_selection

SEGMENTS, FEATURES, MAP = "segments.py", "features.py", "usage_map.py"
PAGES = {"segment": SEGMENTS, "change": SEGMENTS, "feature": FEATURES, "activity": MAP, "hotspot": MAP}
MOST = 12

chosen = data.chosen()
found = results.findings(chosen)
st.caption(
    _(
        "Everything in this view was compared: segments, features, changes over time and since events, and what the "
        "hotspots of the map are made of. Shown is what holds after correcting for all of it, the surest first. "
        "Every other filter is another look, with another chance of a false finding."
    )
)
show.how(chosen, "finding", "difference", "adjusted", "holds")
if found.empty:
    st.info(headlines.nothing_holds(found.attrs["findable"]))
labels = {SEGMENTS: _("See the segments"), FEATURES: _("See the features"), MAP: _("See the map")}
for row in found.head(MOST).itertuples():
    with st.container(border=True, key=f"finding_{row.Index}"):
        said, go = st.columns([5, 1], vertical_alignment="center")
        with said:
            show.text(headlines.of_finding(row))
            st.caption(figures.sureness(row))
        page, opens = PAGES[row.kind], {"on_click": show_selection, "args": (row.selection,)}
        if go.button(labels[page], key=f"open_finding_{row.Index}", **opens):
            st.switch_page(page)
