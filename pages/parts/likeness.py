"""Who could become a promoter: passives who use the product like promoters do."""

import streamlit as st

import nps
from nps.measures.likeness import Hidden
from nps.selection import Region
from nps.wording import likeness
from pages.parts import people, show, tables
from pages.session import results
from pages.session.filters import show_selection

ALIKE_COLUMNS = {
    "likeness": st.column_config.NumberColumn("Like a promoter", format="percent", width="small"),
    **people.PEOPLE_COLUMNS,
}
CALIBRATION_COLUMNS = {
    "fifth": "Fifth",
    "people": st.column_config.NumberColumn("People", format="localized"),
    "predicted": st.column_config.NumberColumn("Expected promoters", format="percent"),
    "observed": st.column_config.NumberColumn("Promoters", format="percent"),
}


def alike(chosen: nps.Chosen) -> None:
    """Passives who use the product like promoters do, when that can be told."""
    if not chosen.panel.has_usage:
        st.caption(show.NEEDS_USAGE)
        return
    found = results.likeness(chosen)
    if found.hidden is Hidden.NOT_TRUE:
        by_activity = "" if found.ranking.empty else " The list goes by activity alone."
        st.caption(f"{likeness.of_proof(chosen.panel.came_true)}{by_activity}")
    elif found.hidden:
        st.caption(found.hidden.value)
    else:
        st.caption(likeness.of_likeness(found))
        st.caption(likeness.of_proof(chosen.panel.came_true))
    if found.ranking.empty:
        return
    st.dataframe(
        people.first(found.ranking, ALIKE_COLUMNS),
        hide_index=True,
        column_config=ALIKE_COLUMNS,
        key="alike_people",
    )
    if not chosen.panel.like_promoters.hidden:
        passives = chosen.selection.within(Region(score=(7, 8))).changed(like_promoters=True)
        label = "Select the likeliest on the usage map"
        if st.button(label, on_click=show_selection, args=(passives,), key="show_alike"):
            st.switch_page("usage_map.py")
    if not found.hidden:
        with st.expander("How far to trust this"):
            tables.table(found.calibration, CALIBRATION_COLUMNS, "calibration")
            st.caption("People in fifths by the rating: how many were expected to be promoters, and how many were.")
    show.how(chosen, "likeness")
