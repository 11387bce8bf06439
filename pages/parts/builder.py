"""A condition on people in the filters of a page: how many it holds for is told meanwhile."""

import streamlit as st

import nps
from nps.selection.clauses import Who
from nps.who.text import printed
from nps.wording import _
from pages.parts import building, condition
from pages.session import keys, links


def builder(panel: nps.Panel) -> None:
    """Where all of the usage can be asked: one condition, and a button to use it; several are built under People."""
    if panel.who is None:
        return
    st.text(_("Who did what"))
    term = condition.asked(panel, "builder")
    if term:
        line = printed(term)
        building.told(panel, (line,))
        st.button(_("Use as a filter"), on_click=use, args=((line,),), key="builder_use", icon=":material/filter_alt:")
    wanted = {"args": (links.PEOPLE,), "kwargs": {"view": "sets"}}
    more = {"key": "builder_more", "type": "tertiary", "icon": ":material/tune:"}
    st.button(_("Several conditions, sets and metrics"), on_click=links.go, **wanted, **more)


def use(lines: tuple[str, ...]) -> None:
    """Narrow to whom they all hold for: for callbacks."""
    keys.PEOPLE.put([*dict.fromkeys([*keys.PEOPLE.get(), *(one for clause in Who.of(lines) for one in clause.each())])])
