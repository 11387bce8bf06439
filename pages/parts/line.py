"""The line above every page: what is looked at, whom it is narrowed to, how is counted, and how to share it."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nps
from nps.wording import _
from pages.parts import account, counting, datasets, dates, holds, narrowed, person_way, popover, show, sources, users
from pages.session import access, data, filters, keys, links, screen
from pages.session.held import Dataset

ROOM = 38  # pixels


def line() -> DeltaGenerator:
    """Draw it; the place for Share, which is filled once the page is known."""
    if links.awaits_upload() and keys.PAGE.get() not in links.WITHOUT_FILTERS:
        account.menu()
        return st.container()
    page = keys.PAGE.get()
    wraps = screen.narrow() and (access.sees_merged() or page in (*links.WITHOUT_FILTERS, links.PERSON))
    with st.container(height="content" if wraps else ROOM, border=False):
        key = "wrapping_line" if wraps else "line"
        row = st.container(horizontal=True, vertical_alignment="center", gap="small", key=key)
    with row:
        narrows = _of_page(page)
        st.space("stretch")
        place = st.container(width="content")
        account.menu()
    if narrows is not None:
        narrowed.row(narrows, shows_region=page != links.MAP)  # which shows it anyway
    holds.told(page)
    return place


def _of_page(page: str | None) -> nps.Panel | None:
    """On the pages Data and Team, their parts; of a person, the way to others; else the filters, of this panel."""
    if page in links.WITHOUT_FILTERS:
        (sources if page == links.DATA else users).views()
        return None
    if page != links.PERSON:
        _data()
    if access.sees_merged():
        st.caption(_("Without filters, and groups of fewer than five people stand together"))
        return None
    if page == links.FOLLOW_UP:
        if not screen.narrow():
            st.caption(_("Of everybody, whatever the filters"))
        return None
    if (panel := _panel()) is not None:
        filters.fit_filters(panel)
        (person_way.way if page == links.PERSON else _filters)(panel)
    return None if page == links.PERSON else panel


def instead() -> bool:
    """For a link to an upload: ask for the same files first."""
    if not links.awaits_upload():
        return False
    show.headline(_("This link shows data that somebody uploaded."))
    if access.opens(links.DATA):
        st.info(_("Bring the same files, and it opens as it was."))
        st.page_link("data.py", label=_("Upload the files"), icon=":material/upload_file:")
    st.button(_("Look at the sample instead"), on_click=data.use_sample)
    return True


def _data() -> None:
    upload = data.dataset()
    label, how = _("Your data") if upload else _("Sample data"), {"icon": ":material/database:", "type": "tertiary"}
    with popover.opened(label, "data", **how) as opened:
        if opened:
            _data_menu(upload)


def _data_menu(upload: Dataset | None) -> None:
    st.text(str(upload.name) if upload else _("Slateboard, a made-up whiteboard tool"))
    datasets.menu()
    if access.opens(links.DATA):
        st.page_link("data.py", label=_("Bring other data"), icon=":material/upload_file:")
    if upload:
        st.button(_("Back to the sample"), on_click=data.use_sample, key="line_sample", icon=":material/undo:")


def _panel() -> nps.Panel | None:
    try:
        return data.panel()
    except nps.InputError as unusable:
        show.text(unusable.note)
        st.button(_("Back to the sample"), on_click=data.use_sample)
        return None


def _filters(panel: nps.Panel) -> None:
    parts: list[Callable[[nps.Panel], None]] = [dates.dates, counting.surveys, narrowed.people, counting.rules]
    if screen.narrow():
        changed = len(filters.selection().clauses) + len(filters.other_rules())
        label = _("Filters · {n}", n=changed) if changed else _("Filters")
        with popover.opened(label, "filters", icon=":material/tune:", type="tertiary") as opened:
            for part in parts if opened else ():
                part(panel)
    else:
        for part in parts:
            part(panel)
