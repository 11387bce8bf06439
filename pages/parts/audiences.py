"""Audiences: selections that people gave a name, to come back to."""

import pandas as pd
import streamlit as st

import nps
from nps.wording import _, several
from pages.parts import popover, show, tables
from pages.session import access, audiences, keys, links, views
from pages.session.audiences import Saved


def save() -> None:
    """Give what is selected a name."""
    if not access.works():
        return
    with popover.opened(_("Save"), "save_audience", icon=":material/bookmark_add:", type="tertiary") as opened:
        if opened:
            st.text_input(
                _("Name"), key=keys.AUDIENCE_NAME.name, max_chars=audiences.LONGEST_NAME, placeholder=_("Almost there")
            )
            st.button(_("Save as an audience"), on_click=audiences.save, key="save_audience", type="primary")
            st.caption(_("Filters, region and all. You find it under People, with whoever belongs to it by then."))
            if problem := keys.AUDIENCE_PROBLEM.take():
                show.problem(problem)


@views.shared
def _counted(panel: nps.Panel, query: dict) -> int:
    return len(panel.select(nps.Selection.from_query(query)).per_person.places)


def _people(panel: nps.Panel, query: dict) -> int | None:
    """How many belong to it; None where this data cannot tell."""
    try:
        return _counted(panel, query)
    except nps.InputError:
        return None


def listed(panel: nps.Panel) -> None:
    """All of them with how many people they hold; a click on one selects these."""
    known = audiences.saved()
    if not known:
        st.info(_("No audience yet. Select people on the map, and save them under a name."), icon=":material/bookmark:")
        st.page_link("usage_map.py", label=_("Open the map"), icon=":material/scatter_plot:")
        return
    st.caption(
        several("1 audience. A click selects its people.", "{n} audiences. A click selects its people.", n=len(known))
    )
    rows = pd.DataFrame(
        {
            "name": [each.name for each in known],
            "people": pd.array([_people(panel, each.query) for each in known], dtype="Int64"),
            "whom": [str(nps.Selection.from_query(each.query).describe(panel.measure, panel)) for each in known],
        }
    )
    columns = {"name": _("Name"), "people": tables.figure(_("People")), "whom": _("Whom it selects")}
    tables.table(rows, columns, "audiences", _("Audiences"), opens=lambda place: _show(known[place]))
    if access.works():
        _remove(known)


def _show(audience: Saved) -> None:
    audiences.show(audience)
    links.go(links.MAP)


def _remove(known: list[Saved]) -> None:
    with popover.opened(_("Remove"), "remove_audience", icon=":material/delete:", type="tertiary") as opened:
        for each in known if opened else ():
            said, gone = st.columns([4, 1], vertical_alignment="center")
            with said:
                show.text(each.name)
            gone.button(_("Remove"), key=f"remove_audience_{each.id}", on_click=audiences.remove, args=(each,))
