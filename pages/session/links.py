"""The view as a link: it opens a session, and says in the address bar all that the session shows."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

import nps
from nps.joined import MEASURES
from nps.selection import Region
from nps.selection.links import current
from pages.session import access, filters, keys, ruled, watching
from pages.session.addressed import VIEWS
from pages.session.data import dataset
from pages.session.notices import say
from pages.session.region import redraw

TOGETHER = "together"
OVERVIEW, MAP, SEGMENTS, PEOPLE, PERSON = "", "map", "segments", "people", "person"  # addresses of pages
REASONS, ACCOUNTS, FOLLOW_UP, DATA, TEAM = "reasons", "accounts", "follow_up", "data", "team"
WITHOUT_FILTERS = (DATA, TEAM)
FILES = {OVERVIEW: "overview", MAP: "usage_map"}  # that are not called as their address


def begin() -> None:
    """On a session's first run: take everything from the link it was opened with."""
    filters.begin()
    if keys.REGION.known:
        return
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    keys.REGION.put(Region())
    one = {name: values[0] for name, values in query.items()}
    keys.PERSON.put(one.get("person"))
    keys.AWAITED.put(one.get("data"))
    keys.RULES_ASKED.put(one.get(ruled.PARAMETER))
    watching.begin(one.get(watching.PARAMETER))
    try:
        linked = nps.Selection.from_query(query)
    except nps.InputError as unreadable:
        say(unreadable.note)
        return
    filters.show_selection(linked)
    if linked.survey is None and query.get("surveys") != [TOGETHER]:
        keys.SURVEY.put(None)
    days, measure = (query.get(name, [""])[0] for name in ("window", "measure"))
    keys.WINDOW.put({str(window): window for window in filters.WINDOWS}.get(days, keys.WINDOW.default))
    keys.MEASURE.put(measure if measure in MEASURES else keys.MEASURE.default)


def link(page: str) -> dict[str, list[str]]:
    """All that this page needs to be the same elsewhere, as parameters of its address."""
    query = {} if awaits_upload() else filters.selection().to_query()
    for key in (keys.WINDOW, keys.MEASURE):
        if key.get() != key.default:
            query[key.name] = [str(key.get())]
    if keys.SURVEY.get() == () != filters.survey_start():
        query["surveys"] = [TOGETHER]
    mark = keys.AWAITED.get() or (dataset().fingerprint if dataset() else None)
    if mark:
        query["data"] = [mark]
    query |= ruled.in_link() | watching.in_link()
    if page == PERSON and keys.PERSON.get():
        query["person"] = [keys.PERSON.get()]
    for widget, (name, start) in VIEWS.get(page, {}).items():
        value = keys.of_widget(widget).get()
        if value and value not in (start, keys.STARTS.get().get(widget)):
            query[name] = list(value) if start == () else [str(value)]
    return query


def starts(widget: str, value: str | None) -> None:
    """What a widget of a view shows until somebody chooses, where that depends on the data."""
    keys.STARTS.put({**keys.STARTS.get(), widget: value})


def view(page: str, **wanted: str | list[str] | None) -> None:
    """Have a page show this; what is not named stays as it is. Names as in links."""
    for widget, (name, _start) in VIEWS.get(page, {}).items():
        if wanted.get(name) is not None:
            keys.of_widget(widget).put(wanted[name])


def address() -> str:
    """The whole address of this view."""
    here = (st.context.url or "").partition("?")[0]
    query = urlencode(_pairs(keys.PAGE.get() or OVERVIEW))
    return f"{here}?{query}" if query else here


def _pairs(page: str) -> list[tuple[str, str]]:
    return [(name, value) for name, values in link(page).items() for value in values]


def write_link() -> None:
    """Put the view into the address bar."""
    wanted = link(keys.PAGE.get() or OVERVIEW)
    keys.ADDRESSED.put(keys.PERSON.get())
    if {name: st.query_params.get_all(name) for name in st.query_params} != wanted:
        st.query_params.from_dict(wanted)


def awaits_upload() -> bool:
    """Whether the link shows data that somebody uploaded, and nobody has brought the same yet."""
    return keys.AWAITED.get() is not None


def enter(page: str) -> None:
    """Note the address of the page that is open, and whose it is after the browser's back; show the region afresh."""
    if not keys.PAGE.known:
        several = {name for name, start in VIEWS.get(page, {}).values() if start == ()}
        asked = _as_today({name: st.query_params.get_all(name) for name in st.query_params})
        view(page, **{name: values if name in several else values[-1] for name, values in asked.items()})
    if page == PERSON and st.query_params.get("person") not in (None, keys.ADDRESSED.get(), keys.PERSON.get()):
        keys.PERSON.put(st.query_params["person"])
    if keys.PAGE.get() != page:
        keys.PAGE.put(page)
        redraw()


def _as_today(query: dict[str, list[str]]) -> dict[str, Sequence[str]]:
    """Parameters of an older link by the names that they have now; as they are, where nobody knows its version."""
    try:
        return current(query)
    except ValueError:
        return query


def go(page: str, **wanted: str | None) -> None:
    """Have the next run open a page in a view: for callbacks, which cannot open one."""
    view(page, **wanted)
    keys.GOING.put(page)


def leave() -> None:
    """Open the page that was asked for, where it is theirs to open."""
    if (page := keys.GOING.take()) not in (None, keys.PAGE.get()) and access.opens(page) and not access.sees_merged():
        st.switch_page(f"{FILES.get(page, page)}.py", query_params=_pairs(page))


def go_to_person(person: str, among: Sequence[str] = ()) -> None:
    """Have the next run open one person's page, which knows the page that it was opened from.

    among  ids of the list that it was opened from, in its order; else whoever is selected comes before and after
    """
    if keys.PAGE.get() != PERSON:
        keys.CAME_FROM.put(keys.PAGE.get())
    keys.AMONG.put(tuple(among))
    keys.PERSON.put(person)
    go(PERSON)
