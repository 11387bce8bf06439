"""Who could become a promoter: passives who use the product like promoters do."""

import streamlit as st

import nps
from nps.measures.likeness import Hidden
from nps.selection import Region
from nps.wording import _, likeness
from pages.parts import people, show, tables
from pages.session import results
from pages.session.filters import show_selection


def _alike_columns() -> tables.Columns:
    like = tables.figure(_("Like a promoter"), "percent", width="small")
    return {"likeness": like, **people.columns()}


def _calibration_columns() -> tables.Columns:
    return {
        "fifth": _("Fifth"),
        "people": tables.figure(_("People")),
        "predicted": tables.figure(_("Expected promoters"), "percent"),
        "observed": tables.figure(_("Promoters"), "percent"),
    }


def alike(chosen: nps.Chosen) -> None:
    """Passives who use the product like promoters do, when that can be told."""
    if not chosen.panel.has_usage:
        show.usage_missing()
        return
    found = results.likeness(chosen)
    if found.hidden is Hidden.NOT_TRUE:
        by_activity = [] if found.ranking.empty else [_("The list goes by activity alone.")]
        st.caption(" ".join([likeness.of_proof(chosen.panel.came_true), *by_activity]))
    elif found.hidden:
        st.caption(str(found.hidden.value))
    else:
        st.caption(likeness.of_likeness(found))
        st.caption(likeness.of_proof(chosen.panel.came_true))
    if found.ranking.empty:
        return
    columns = _alike_columns()
    ranked = people.first(found.ranking, columns)
    st.dataframe(ranked, hide_index=True, column_config=columns, key="alike_people")
    if not chosen.panel.like_promoters.hidden:
        passives = chosen.selection.within(Region(score=(7, 8))).changed(like_promoters=True)
        label = _("Select the likeliest on the usage map")
        if st.button(label, on_click=show_selection, args=(passives,), key="show_alike"):
            st.switch_page("usage_map.py")
    if not found.hidden:
        with st.expander(_("How far to trust this")):
            tables.table(found.calibration, _calibration_columns(), "calibration")
            st.caption(_("People in fifths by the rating: how many were expected to be promoters, and how many were."))
    show.how(chosen, "likeness")
