"""Bring files: where they come from, what they are, how their columns were read, and whether that is right."""

from collections.abc import Mapping

import streamlit as st

import nps
from nps import keys
from nps.sources import CHOICES
from pages.parts import columns, progress, show
from pages.parts.columns import Said
from pages.session import data, kept
from pages.session.files import (
    PATIENCE,
    Brought,
    arrived,
    finished,
    forget_reading,
    let_go,
    looking,
    previews,
    reading,
    server_file,
    server_files,
    start_reading,
)
from web import refusals

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
    for column, table in zip(st.columns(3), data.TABLES, strict=True):
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
    for reason in refusals.told():
        show.problem(f"A file was not taken. {reason}")
    let_go(uploads)
    return files


def confirm(files: Mapping[str, list[Brought]]) -> None:
    """Show how each file was read, take corrections, and have them read when the user says so."""
    found = _opened(files)
    if found is None:
        return
    files = files | _beside(files, found)
    found = _opened(files)
    if found is None:
        return
    confirmed = {table: known for table, seen in found.items() if (known := kept.confirmed(table, seen.columns))}
    offered = _offered(files, found, confirmed)
    if offered is None:
        return
    said = {
        table: columns.ask(table, files[table], seen, confirmed.get(table), kept.offered(table, found[table].columns))
        for table, seen in offered.items()
    }
    if files and "responses" not in files:
        st.info("Add the responses: the scores are what everything else is compared with.")
    if "responses" in files:
        mapping = _changed(said, found) | _ids(files)
        complete = all(any(fields.values()) for fields in said.values())
        if st.session_state.pop("wanted", None) == files and complete:
            _read(files, mapping, {table: (seen.columns, _lasting(said[table])) for table, seen in offered.items()})
        busy = not complete or reading() is not None
        # A run that is broken off before it comes here forgets a button, not what its callback noted.
        st.button("Use these files", type="primary", key="use_files", disabled=busy, on_click=_want, args=(files,))
        _await()


def _want(files: Mapping[str, list[Brought]]) -> None:
    st.session_state["wanted"] = files


def _read(
    files: Mapping[str, list[Brought]], mapping: Mapping[str, Said], lasting: Mapping[str, tuple[tuple[str, ...], Said]]
) -> None:
    """Have a worker read these files, and read others with the same headers so from now on."""
    start_reading(files, mapping)
    for table, (header, said) in lasting.items():
        kept.confirm(table, header, said)


def _opened(files: Mapping[str, list[Brought]]) -> dict[str, nps.Preview] | None:
    """The previews, each opened as was said of it; None as `_previews`."""
    return _previews(files, {table: columns.opening(table, brought) for table, brought in files.items()})


def _beside(files: Mapping[str, list[Brought]], found: Mapping[str, nps.Preview]) -> dict[str, list[Brought]]:
    """The file of the answers for tables that nobody brought and that it holds, too, unless somebody says no.

    Says which sheet, or table of a database file, became which table.
    """
    there = found["responses"].others if "responses" in found else {}
    there = {table: place for table, place in there.items() if table not in files}
    if not there:
        return {}
    brought = files["responses"]
    show.text(f"{brought[0].name} holds more than the responses. Unless you say no, these are used, too:")
    show.bullet([f"{place[:40]}: {table}" for table, place in there.items()])
    grid = st.columns(len(there))
    return {
        table: brought
        for column, table in zip(grid, there, strict=True)
        if column.checkbox(f"Use the {table}", value=True, key=f"beside_{table}_{columns.mark(brought)}")
    }


def _offered(files: Mapping, found: Mapping[str, nps.Preview], confirmed: Mapping) -> dict[str, nps.Preview] | None:
    """The previews as this browser confirmed them for the same header; None while a worker looks at what differs."""
    others = {
        table: known.mapping
        for table, known in confirmed.items()
        if not found[table].reading or known.mapping != _lasting(found[table].reading.mapping())
    }
    again = _previews(
        {table: files[table] for table in others},
        {table: mapping | columns.opening(table, files[table]) for table, mapping in others.items()},
    )
    return None if again is None else found | again


def _previews(files: Mapping[str, list[Brought]], mapping: Mapping[str, Said]) -> dict[str, nps.Preview] | None:
    """The previews; None while a worker looks, or, after one sentence each, when a file is no table."""
    try:
        found = previews(files, mapping)
    except nps.InputError as unusable:
        show.problem(str(unusable))
        return None
    if found is None:
        data.say_again()
        progress.watch(looking())
        return None
    refused = {table: seen for table, seen in found.items() if isinstance(seen, str)}
    for table, reason in refused.items():
        show.problem(f"{columns.names(files[table])}: {reason}")
    if refused:
        st.caption("Remove the file and drop another one. The data you looked at before is still here.")
        return None
    return found


def _changed(said: Mapping[str, Said], found: Mapping[str, nps.Preview]) -> dict[str, Said]:
    """What has to be told to the reader: nothing of a table that is read as it was recognised."""
    return {
        table: fields
        for table, fields in said.items()
        if not found[table].reading or fields != found[table].reading.mapping()
    }


def _ids(files: Mapping) -> dict[str, str]:
    """How ids of several files are matched; nothing where that is as usual."""
    if len(files) == 1:
        return {}
    chosen = st.selectbox("Ids of the files are matched", [None, *keys.WAYS], format_func=IDS.get, key="match_ids")
    return {"keys": chosen} if chosen else {}


def _lasting(said: Said) -> Said:
    """What next month's file shall be read by, too; its sheet may have another name."""
    return {name: value for name, value in said.items() if name not in CHOICES}


def _await() -> None:
    """Go on as soon as the files are read; until then show how far that is."""
    if problem := st.session_state.pop("upload_problem", None):
        show.problem(problem)
    if pending := reading():
        if pending.job is None or pending.job.wait(PATIENCE):
            st.rerun()
        progress.watch(pending.job)


def adopt() -> None:
    """Look at what was read, once it is: at the start of a run, before anything is shown of what was there before."""
    try:
        if read := finished():
            data.use(read)
            forget_reading()
            st.toast("These files are in use now. Every page shows them.", icon=":material/check:")
    except nps.InputError as unusable:
        forget_reading()
        st.session_state["upload_problem"] = str(unusable)
