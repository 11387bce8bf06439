"""Bring files: where they come from, what they are, how their columns were read, and whether that is right."""

from collections.abc import Mapping

import streamlit as st

import nps
from nps.columns import DATE_ORDERS
from nps.fields import FIELDS, LABELS
from pages import _brought, _progress, _shared, _show
from pages._brought import Brought

HELP = {
    "responses": "Who answered, when, the score from 0 to 10, the comment. One row per answer.",
    "usage": "Who used what, when. One row per event, per day, per person, or one column per feature.",
    "people": "Name, e-mail, account, role, plan. One row per person.",
}
MAIN = {
    "responses": ("score", "responded_at", "person_id"),
    "usage": ("person_id", "feature", "at"),
    "people": ("person_id", "name", "email"),
}
TITLES = {"responses": "Responses", "usage": "Usage (optional)", "people": "People (optional)"}

Said = dict[str, str | None]


def ask() -> dict[str, list[Brought]]:
    """Three places to drop files, several of one kind as monthly exports, or to name files on the server."""
    files, uploads, offered = {}, [], _brought.server_files()
    for column, table in zip(st.columns(3), _shared.TABLES, strict=True):
        with column:
            dropped = st.file_uploader(
                TITLES[table], accept_multiple_files=True, key=f"upload_{table}", help=HELP[table]
            )
            named = []
            if offered:
                named = st.multiselect("Or files on the server", offered, key=f"server_{table}", placeholder="Choose")
            st.caption(HELP[table])
        uploads += dropped
        if dropped or named:
            files[table] = _brought.arrived(dropped) + [_brought.server_file(name) for name in named]
    _brought.let_go(uploads)
    return files


def confirm(files: Mapping[str, list[Brought]]) -> None:
    """Show how each file was read, take corrections, and have them read when the user says so."""
    previews = _previews(files)
    if previews is None:
        return
    mapping = {table: _columns(table, files[table], preview) for table, preview in previews.items()}
    said = {table: fields for table, fields in mapping.items() if fields is not None}
    if files and "responses" not in files:
        st.info("Add the responses: the scores are what everything else is compared with.")
    if "responses" in files:
        unread = any(not any(fields.values()) for fields in said.values())
        st.button(
            "Use these files",
            type="primary",
            key="use_files",
            on_click=_brought.start_reading,
            args=(files, said),
            disabled=unread or _brought.reading() is not None,
        )
        _await()


def _previews(files: Mapping[str, list[Brought]]) -> dict[str, nps.Preview] | None:
    """The previews; None while a worker looks, or, after one sentence each, when a file is no table."""
    try:
        found = _brought.previews(files, {})
    except nps.InputError as unusable:
        _show.problem(str(unusable))
        return None
    if found is None:
        _progress.watch(_brought.looking())
        return None
    refused = {table: seen for table, seen in found.items() if isinstance(seen, str)}
    for table, reason in refused.items():
        _show.problem(f"{_names(files[table])}: {reason}")
    if refused:
        st.caption("Remove the file and drop another one. The data you looked at before is still here.")
        return None
    return found


def _await() -> None:
    """Go on as soon as the files are read; until then show how far that is."""
    if problem := st.session_state.pop("upload_problem", None):
        _show.problem(problem)
    if (pending := _brought.reading()) and pending.job:
        if pending.job.wait(_brought.PATIENCE):
            st.rerun()
        _progress.watch(pending.job)


def adopt() -> None:
    """Look at what was read, once it is: at the start of a run, before anything is shown of what was there before."""
    try:
        if read := _brought.finished():
            _shared.use(read)
    except nps.InputError as unusable:
        st.session_state["upload_problem"] = str(unusable)


def _names(brought: list[Brought]) -> str:
    return ", ".join(file.name for file in brought)


def _columns(table: str, brought: list[Brought], preview: nps.Preview) -> Said | None:
    """The user's reading of a file; None where it is as recognised."""
    mark = brought[0].sha256[:16]
    found = preview.reading.mapping() if preview.reading else dict.fromkeys(FIELDS[table])
    if preview.problem:
        _show.problem(f"{_names(brought)}: {preview.problem}")
    said = dict(found)
    with st.expander(f"How the columns of the {table} file were read", expanded=True):
        every = st.toggle("Show every field", key=f"every_{table}_{mark}", value=not preview.reading)
        asked = [field for field in FIELDS[table] if every or found.get(field) or field in MAIN[table]]
        grid = st.columns(3)
        for place, field in enumerate(asked):
            options = [None, *preview.columns]
            said[field] = grid[place % 3].selectbox(
                LABELS[field],
                options,
                index=options.index(found.get(field)),
                format_func=lambda column: column or "(not in this file)",
                key=f"column_{table}_{field}_{mark}",
            )
        if preview.reading and preview.reading.date_order:
            said["date_order"] = _date_order(table, preview.reading, mark)
        if preview.reading and preview.reading.features:
            st.caption(f"Every other number column counts as a feature: {len(preview.reading.features):,} of them.")
        st.dataframe(preview.head, hide_index=True, key=f"head_{table}_{mark}")
    return None if preview.reading and said == found else said


def _date_order(table: str, reading, mark: str) -> str:
    if reading.ambiguous_dates:
        st.caption("The dates fit both ways. Please say which is right.")
    return st.radio(
        "Dates like 03/04/2025 are",
        DATE_ORDERS,
        index=DATE_ORDERS.index(reading.date_order),
        horizontal=True,
        key=f"date_order_{table}_{mark}",
    )
