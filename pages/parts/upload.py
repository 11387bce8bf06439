"""Bring files: where they come from, what they are, how their columns were read, and whether that is right."""

from collections.abc import Mapping

import streamlit as st

import nps
from nps.wording import _
from pages.parts import file_form, previews, progress, show
from pages.session import kept, keys, readings
from pages.session.data import TABLES
from pages.session.files import arrived, let_go, refused, server_file, server_files
from pages.session.held import Brought


def titles() -> dict[str, str]:
    """What the places for the tables are called."""
    return {"responses": _("Responses"), "usage": _("Usage (optional)"), "people": _("People (optional)")}


def ask() -> dict[str, list[Brought]]:
    """Three places to drop files, several of one kind as monthly exports, or to name files on the server."""
    files, uploads, offered = {}, [], server_files()
    for column, table in zip(st.columns(3), TABLES, strict=True):
        widget = f"upload_{table}"
        with column:
            dropped, named = _dropped(table, widget, offered)
        uploads += dropped
        try:
            brought = arrived(dropped, widget) + [server_file(name) for name in named]
        except nps.InputError as gone:
            show.problem(gone.note)
        else:
            files |= {table: brought} if brought else {}
    for reason in refused():
        show.problem(_("A file was not taken. {reason}", reason=reason))
    let_go(uploads)
    return files


def _dropped(table: str, widget: str, offered: list[str]) -> tuple[list, list[str]]:
    """What was dropped for a table, and which files on the server were named."""
    help = {
        "responses": _("Who answered, when, the score from 0 to 10, the comment. One row per answer."),
        "usage": _("Who used what, when. One row per event, per day, per person, or one column per feature."),
        "people": _("Name, e-mail, account, role, plan. One row per person."),
    }
    dropped, named = st.file_uploader(titles()[table], accept_multiple_files=True, key=widget), []
    if offered:
        label, choose = _("Or files on the server"), _("Choose")
        named = st.multiselect(label, offered, key=f"server_{table}", placeholder=choose)
    st.caption(help[table])
    return dropped, named


def confirm(files: Mapping[str, list[Brought]]) -> None:
    """Show how each file was read, take corrections, and have them read when the user says so."""
    found = previews.opened(files)
    if found is None:
        return
    files = files | previews.beside(files, found)
    found = previews.opened(files)
    if found is None:
        return
    confirmed = {table: known for table, seen in found.items() if (known := kept.confirmed(table, seen.columns))}
    offered = previews.offered(files, found, confirmed)
    if offered is None:
        return
    said = {
        table: file_form.ask(table, files[table], seen, confirmed.get(table), kept.offered(table, found[table].columns))
        for table, seen in offered.items()
    }
    if files and "responses" not in files:
        st.info(_("Add the responses: the scores are what everything else is compared with."))
    if "responses" in files:
        mapping = previews.changed(said, found) | _ids(files)
        complete = all(any(fields.values()) for fields in said.values())
        if keys.WANTED.take() == files and complete:
            readings.start(files, mapping)
            for table, seen in offered.items():
                kept.confirm(table, seen.columns, previews.lasting(said[table]))
        busy = not complete or readings.reading() is not None
        # A run that is broken off before it comes here forgets a button, not what its callback noted.
        use = _("Use these files")
        st.button(use, type="primary", key="use_files", disabled=busy, on_click=keys.WANTED.put, args=(files,))
        _await()


def _ids(files: Mapping) -> dict[str, str]:
    """How ids of several files are matched; nothing where that is as usual."""
    if len(files) == 1:
        return {}
    labels = {
        None: _("Like each other where that is safe"),
        "exact": _("Exactly as they are written"),
        "normalised": _("Whatever their case, spaces, zeros in front or final “.0”"),
    }
    chosen = st.selectbox(_("Ids of the files are matched"), list(labels), format_func=labels.get, key="match_ids")
    return {"keys": chosen} if chosen else {}


def _await() -> None:
    """Go on as soon as the files are read; until then show how far that is."""
    if problem := keys.UPLOAD_PROBLEM.take():
        show.problem(problem)
    if pending := readings.reading():
        if pending.job is None or pending.job.wait(readings.PATIENCE):
            st.rerun()
        progress.watch(pending.job)
