"""NPS by role, plan, or whatever divides people: now, over time, two at once, and in a change."""

import streamlit as st

from nps.wording import _, names
from pages.parts import choose, moved, segments, segments_over_time, show
from pages.session import data, stopped

SCORES, CHANGED = "scores", "changed"

chosen = data.chosen()
if not chosen.panel.segments:
    show.headline(_("Nothing divides these people."))
    st.info(
        _(
            "No column has between 2 and 50 different values. "
            "Add columns such as role, plan or region to the responses, or a people file."
        ),
        icon=":material/upload_file:",
    )
    st.page_link("data.py", label=_("Add them on the Data page"), icon=":material/upload_file:")
    stopped.stop()
cut = not chosen.selection.region.all_scores
place = st.container()
row = st.container(horizontal=True, vertical_alignment="center")
with row:
    labels = {
        SCORES: _("Compare"),
        "over_time": _("Over time"),
        "crossed": _("Two at once"),
        CHANGED: _("Why it moved"),
    }
    view = choose.choice(_("View"), labels, key="segment_view", label_visibility="collapsed", persist_state="session")
    if view != CHANGED:
        said = {name: _("By {segment}", segment=names.segment(name)) for name in chosen.panel.segments}
        how = {"format_func": said.get, "label_visibility": "collapsed", "width": 200}
        segment = choose.pick(_("Divide people by"), chosen.panel.segments, "segment", **how)
if cut and view != SCORES:
    with place:
        show.headline(_("People chosen by their scores have no NPS to compare."))
    st.caption(_("Clear the selection on the map to see this, or compare how they are made up."))
elif view == SCORES:
    segments.scores(chosen, segment, place)
elif view == "over_time":
    segments_over_time.over_time(chosen, segment, place, row)
elif view == "crossed":
    segments.crossed(chosen, segment, place, row)
else:
    moved.changed(chosen, place, row)
