"""Who could become a promoter: passives who use the product like promoters do."""

import streamlit as st

import nps
from nps.measures.likeness import Hidden
from nps.selection import Region
from nps.wording import _, likeness
from pages.parts import counted, people, tables
from pages.session import links, results
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


def unproven(chosen: nps.Chosen) -> None:
    """Why nobody is offered as the next promoter, where the rating was tried and did not come true."""
    if chosen.panel.like_promoters.hidden is Hidden.NOT_TRUE:
        told = _("People who use the product like promoters are not listed.")
        st.caption(f"{told} {likeness.of_proof(chosen.panel.came_true)}")


def alike(chosen: nps.Chosen) -> None:
    """Passives who use the product like promoters do, and how far to trust that."""
    found = results.likeness(chosen)
    if found.hidden:
        st.caption(str(found.hidden.value))
        return
    st.caption(likeness.of_likeness(found))
    st.caption(likeness.of_proof(chosen.panel.came_true))
    passives = chosen.selection.within(Region(score=(7, 8))).changed(like_promoters=True)
    st.button(
        _("Select the likeliest on the map"),
        on_click=_select,
        args=(passives,),
        type="primary",
        icon=":material/scatter_plot:",
        key="show_alike",
    )
    columns = _alike_columns()
    ranked = people.first(found.ranking, columns)
    people.opening(ranked.assign(likeness=ranked["likeness"].round(2)), columns, "alike_people")
    with st.expander(_("How far to trust this")):
        tables.table(found.calibration, _calibration_columns(), "calibration")
        st.caption(_("People in fifths by the rating: how many were expected to be promoters, and how many were."))
    counted.how(chosen, "likeness")


def _select(passives: nps.Selection) -> None:
    show_selection(passives)
    links.go(links.MAP)
