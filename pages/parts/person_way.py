"""From one person to others: back, before, after, and anybody that is searched for."""

import streamlit as st

import nps
from nps.banding import NONE
from nps.wording import _, several
from pages.session import access, filters, keys, links

LISTED = 200  # people that a search offers


def way(panel: nps.Panel) -> None:
    """Back to where one came from, to the one before and the one after in the list, and to anybody else."""
    chosen, among = panel.select(filters.selection()), keys.AMONG.get()
    place, of, before, after = chosen.beside(keys.PERSON.get() or "", among)
    _back(len(chosen.per_person.places))
    if place:
        st.caption(_("{n} of {of}", n=place, of=of), width="content")
        _step(_("Previous"), "left", before)
        _step(_("Next"), "right", after)
    if not access.sees_masked():
        with st.popover(_("Find a person"), icon=":material/search:", type="tertiary"):
            find(panel)


def _back(selected: int) -> None:
    people = several("1 person selected", "{n} people selected", n=selected)
    called = {
        links.OVERVIEW: _("Overview"),
        links.MAP: _("Map") if filters.selection().region.everything else people,
        **{"features": _("Features"), links.REASONS: _("Reasons"), links.ACCOUNTS: _("Accounts")},
    }
    page = keys.CAME_FROM.get()
    back = {"on_click": links.go, "args": (page if page in called else links.PEOPLE,), "key": "person_back"}
    st.button(called.get(page, _("People")), icon=":material/arrow_back:", type="tertiary", **back)


def _step(label: str, arrow: str, who: str | None) -> None:
    st.button(
        label,
        on_click=keys.PERSON.put,
        args=(who,),
        disabled=who is None,
        icon=f":material/chevron_{arrow}:",
        shortcut=arrow,
        key=f"person_{arrow}",
        type="tertiary",
    )


def find(panel: nps.Panel) -> None:
    """Anybody, whether they answered or not, by a part of a name, an e-mail address, an id or an account."""
    example = _("A name, an e-mail address, an id, an account")
    wanted = st.text_input(_("Search"), key="person_search", placeholder=example)
    people, found = panel.select().find(wanted, LISTED)
    called = {row.person_id: _called(row) for row in people.itertuples()}
    keys.PICKED_PERSON.put(None)
    st.selectbox(
        _("Person"),
        list(called),
        format_func=called.get,
        index=None,
        placeholder=several("1 person to choose from", "{n} people to choose from", n=len(called)),
        key=keys.PICKED_PERSON.name,
        on_change=_picked,
    )
    if found > len(called):
        others = {"shown": len(called), "found": found}
        st.caption(_("The first {shown} of {found}. Search to find others.", **others))


def _called(row) -> str:
    """Name and id, the account, and whether they never answered."""
    known = f"{row.name} ({row.person_id})" if isinstance(row.name, str) else row.person_id
    account = [row.account] if isinstance(row.account, str) and row.account != NONE else []
    return " · ".join([known, *account, *([] if row.answered else [_("has not answered")])])


def _picked() -> None:
    if who := keys.PICKED_PERSON.get():
        keys.PERSON.put(who)
