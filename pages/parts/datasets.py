"""Data that are kept: the list of them, a name for what is looked at, and what can be done with what has one."""

from datetime import date

import streamlit as st

from nps.wording import _, several
from pages.parts import show
from pages.session import access, data, datasets, keys, opened, team

# as typed by now: a click may come before the run that heard of it
NAME, NEW_NAME = keys.of_widget("keep_name"), keys.of_widget("rename_to")


def problem() -> None:
    """Why something could not be done, once."""
    if why := keys.KEPT_PROBLEM.take():
        show.problem(why)


def listed() -> None:
    """All that are kept, each with a button that opens it."""
    known, shown = opened.listed(), opened.shown()
    if not known:
        return
    show.heading(_("Kept on this machine"))
    with st.container(gap="xsmall", key="kept_list"):
        for each in known:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                how = {"key": f"open_{each.id}", "on_click": datasets.ask_for, "args": (each.id,)}
                here = shown is not None and shown.id == each.id
                st.button(_("Open"), icon=":material/folder_open:", type="tertiary", disabled=here, **how)
                st.text(each.name)
                answers = several("1 answer", "{n} answers", n=each.rows.get("responses", 0))
                day = date.fromisoformat(each.made_at[:10])
                st.caption(_("{answers}, as of {day:%Y-%m-%d}", answers=answers, day=day))


def of_this() -> None:
    """Beside what is looked at: keep it, or what can be done with what is kept."""
    problem()
    if opened.can_be_kept() and access.works():
        _keep()
    elif (shown := opened.shown()) is not None:
        _changes(shown)


def _keep() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        label = _("Keep on this machine, as")
        most = opened.LONGEST_NAME
        st.text_input(label, str(data.dataset().name)[:most], max_chars=most, key=NAME.name)
        keep = {"key": "keep", "icon": ":material/save:"}
        st.button(_("Keep"), on_click=lambda: datasets.keep(NAME.get()), **keep)
    st.caption(_("What is not kept is forgotten when this tab is closed or loaded again."))


def _changes(shown: opened.Kept) -> None:
    if not access.works():
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if shown.source:
            how = {"key": "read_anew", "icon": ":material/refresh:", "on_click": datasets.ask_anew}
            st.button(_("Read what is new"), args=(shown.id, shown.number), **how)
        if shown.versions > 1:
            how = {"key": "undo_refresh", "icon": ":material/history:", "on_click": datasets.undo}
            st.button(_("Undo the last refresh"), args=(shown.id, shown.number), type="tertiary", **how)
        with st.popover(_("Rename"), type="tertiary"):
            st.text_input(_("Name"), shown.name, max_chars=opened.LONGEST_NAME, key=NEW_NAME.name)
            st.button(_("Rename"), key="rename", on_click=lambda: datasets.rename(shown.id, NEW_NAME.get()))
        if opened.may_delete():
            _viewers(shown)
            _delete(shown)


def _viewers(shown: opened.Kept) -> None:
    if not access.has_people():
        return
    with st.popover(_("Viewers"), type="tertiary"):
        said = {"aggregate": _("merged figures"), "pseudonymous": _("every page, without names")}
        how = {"format_func": said.get, "key": f"viewers_{shown.id}", "on_change": team.show_viewers}
        st.radio(_("Viewers see"), [*said], [*said].index(shown.viewers), args=(shown.id,), **how)
        st.caption(_("Merged figures tell of no group of fewer than five people; every page without names does."))


def _delete(shown: opened.Kept) -> None:
    with st.popover(_("Delete"), type="tertiary"):
        st.text(_("“{name}” is deleted for everybody, with its events. Nothing brings it back.", name=shown.name))
        st.button(_("Delete for good"), key="delete_kept", on_click=datasets.delete, args=(shown.id,))


def menu() -> None:
    """In the line above every page: one of those that are kept, to be opened."""
    known = {each.id: each.name for each in opened.listed()}
    if not known:
        return
    shown = opened.shown()
    here = shown.id if shown else None
    keys.of_widget("kept_menu").put(here if here in known else None)
    st.selectbox(
        _("Kept on this machine"),
        list(known),
        index=None,
        format_func=known.get,
        key="kept_menu",
        placeholder=_("Choose one"),
        on_change=_chosen,
    )


def _chosen() -> None:
    if wanted := keys.of_widget("kept_menu").get():
        datasets.ask_for(wanted)


def refreshes() -> tuple[str, int] | None:
    """The dataset that newer files can refresh, with the version that is looked at."""
    shown = opened.shown() if access.works() else None
    return (shown.id, shown.number) if shown and shown.source is None else None
