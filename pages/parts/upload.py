"""Bring files: where they come from, what they are, how their columns were read, and whether that is right."""

from collections.abc import Mapping

import streamlit as st

import nps
from nps.keys import WAYS
from pages.parts import file_form, previews, progress, show
from pages.session import kept, keys, readings
from pages.session.data import TABLES
from pages.session.files import arrived, let_go, refused, server_file, server_files
from pages.session.held import Brought

HELP = {
    "responses": "Who answered, when, the score from 0 to 10, the comment. One row per answer.",
    "usage": "Who used what, when. One row per event, per day, per person, or one column per feature.",
    "people": "Name, e-mail, account, role, plan. One row per person.",
}
TITLES = {"responses": "Responses", "usage": "Usage (optional)", "people": "People (optional)"}
IDS = {
    None: "Like each other where that is safe",
    "exact": "Exactly as they are written",
    "alike": "Whatever their case, spaces, zeros in front or final “.0”",
}


def ask() -> dict[str, list[Brought]]:
    """Three places to drop files, several of one kind as monthly exports, or to name files on the server."""
    files, uploads, offered = {}, [], server_files()
    for column, table in zip(st.columns(3), TABLES, strict=True):
        with column:
            widget = f"upload_{table}"
            dropped = st.file_uploader(TITLES[table], accept_multiple_files=True, key=widget)
            named = []
            if offered:
                named = st.multiselect("Or files on the server", offered, key=f"server_{table}", placeholder="Choose")
            st.caption(HELP[table])
        uploads += dropped
        try:
            brought = arrived(dropped, widget) + [server_file(name) for name in named]
        except nps.InputError as gone:
            show.problem(str(gone))
        else:
            files |= {table: brought} if brought else {}
    for reason in refused():
        show.problem(f"A file was not taken. {reason}")
    let_go(uploads)
    return files


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
        st.info("Add the responses: the scores are what everything else is compared with.")
    if "responses" in files:
        mapping = previews.changed(said, found) | _ids(files)
        complete = all(any(fields.values()) for fields in said.values())
        if keys.WANTED.take() == files and complete:
            readings.start(files, mapping)
            for table, seen in offered.items():
                kept.confirm(table, seen.columns, previews.lasting(said[table]))
        busy = not complete or readings.reading() is not None
        # A run that is broken off before it comes here forgets a button, not what its callback noted.
        use = "Use these files"
        st.button(use, type="primary", key="use_files", disabled=busy, on_click=keys.WANTED.put, args=(files,))
        _await()


def _ids(files: Mapping) -> dict[str, str]:
    """How ids of several files are matched; nothing where that is as usual."""
    if len(files) == 1:
        return {}
    chosen = st.selectbox("Ids of the files are matched", [None, *WAYS], format_func=IDS.get, key="match_ids")
    return {"keys": chosen} if chosen else {}


def _await() -> None:
    """Go on as soon as the files are read; until then show how far that is."""
    if problem := keys.UPLOAD_PROBLEM.take():
        show.problem(problem)
    if pending := readings.reading():
        if pending.job is None or pending.job.wait(readings.PATIENCE):
            st.rerun()
        progress.watch(pending.job)
