"""Bring files: what they are, how their columns were read, and whether that is right."""

from pathlib import Path

import streamlit as st

import nps
from nps.columns import DATE_ORDERS, SCALES
from nps.fields import FIELDS, LABELS
from pages import _shared, _show

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


def ask() -> dict[str, tuple[Path, str]]:
    """Three places to drop files: table -> (where it lies, what the user calls it)."""
    files = {}
    for column, table in zip(st.columns(3), _shared.TABLES, strict=True):
        with column:
            uploaded = st.file_uploader(TITLES[table], key=f"upload_{table}", help=HELP[table])
            st.caption(HELP[table])
        if uploaded is not None:
            files[table] = _shared.keep(table, uploaded.getvalue()), uploaded.name
    return files


def confirm(files: dict[str, tuple[Path, str]]) -> None:
    """Show how each file was read, take corrections, and use them when the user says so."""
    previews = {table: _preview(table, *file) for table, file in files.items()}
    if any(preview is None for preview in previews.values()):
        return
    mapping = {table: _columns(table, files[table], preview) for table, preview in previews.items()}
    said = {table: fields for table, fields in mapping.items() if fields is not None}
    if files and "responses" not in files:
        st.info("Add the responses: the scores are what everything else is compared with.")
    if "responses" not in files:
        return
    unread = any(not any(fields.values()) for fields in said.values())
    use = (files, said, previews)
    st.button("Use these files", type="primary", key="use_files", on_click=_use, args=use, disabled=unread)
    if problem := st.session_state.pop("upload_problem", None):
        _show.problem(problem)


def _preview(table: str, path: Path, name: str) -> nps.Preview | None:
    """The preview of a file; None, and one sentence, when it is no table. What was loaded before stays."""
    try:
        plain = st.session_state.get(_plain(table, path))
        return nps.preview(path, table, mapping={"export": None} if plain else None)
    except nps.InputError as unusable:
        _show.problem(f"{name}: {unusable}")
        st.caption("Remove the file and drop another one. The data you looked at before is still here.")
        return None


def _plain(table: str, path: Path) -> str:
    """The key of the switch that reads a recognised export as a plain table."""
    return f"plain_{table}_{path.name}"


def _as_confirmed(table: str, path: Path, preview: nps.Preview) -> nps.Preview:
    """The preview as somebody confirmed it for this header, with a way to forget that; else as it was recognised."""
    confirmed = _shared.confirmed(table, preview.columns)
    again = nps.preview(path, table, mapping=confirmed.mapping) if confirmed else preview
    if again is preview or again.problem:
        return preview
    st.caption(f"Read as you confirmed on {confirmed.day:%-d %B %Y}.")
    st.button(
        "Forget that", key=f"forget_{table}", on_click=_shared.forget_confirmed, args=(table, tuple(preview.columns))
    )
    return again


def _columns(table: str, file: tuple[Path, str], preview: nps.Preview) -> dict[str, str | None] | None:
    """The user's reading of a file; None where it is as recognised."""
    path, name = file
    recognised = preview.reading and preview.reading.mapping()
    offered = _as_confirmed(table, path, preview)
    mark = path.name if offered is preview else f"{path.name}_confirmed"
    preview = offered
    found = preview.reading.mapping() if preview.reading else dict.fromkeys(FIELDS[table])
    if preview.problem:
        _show.problem(f"{name}: {preview.problem}")
    said = dict(found)
    if preview.export or st.session_state.get(_plain(table, path)):
        st.caption(f"Recognised: {preview.export}." if preview.export else "Read as a plain table.")
        if st.toggle("It is no such export: read it as a plain table", key=_plain(table, path)):
            said["export"] = None
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
        if table == "responses" and (scale := _scale(preview.reading, mark)):
            said["scale"] = scale
        if preview.reading and preview.reading.features:
            st.caption(f"Every other number column counts as a feature: {len(preview.reading.features):,} of them.")
        st.dataframe(preview.head, hide_index=True, key=f"head_{table}_{path.name}")
    return None if said == recognised else said


def _scale(reading, mark: str) -> str | None:
    """The scale that people answered on; None where the numbers tell."""
    options = [None, *SCALES]
    return st.selectbox(
        "Scale that people answered on",
        options,
        index=options.index(reading.scale if reading else None),
        format_func=lambda scale: scale or "0-10, as found",
        key=f"scale_{mark}",
    )


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


def _use(
    files: dict[str, tuple[Path, str]],
    mapping: dict[str, dict[str, str | None]],
    previews: dict[str, nps.Preview],
) -> None:
    names = ", ".join(name for _, name in files.values())
    try:
        _shared.bring(names, {table: path for table, (path, _) in files.items()}, mapping)
    except nps.InputError as unusable:
        st.session_state["upload_problem"] = str(unusable)
    else:
        for table, preview in previews.items():
            _shared.confirm(table, preview.columns, mapping.get(table) or preview.reading.mapping())
