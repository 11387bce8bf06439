"""Check files before they are used: what they are, how their columns are read, and whether that is right."""

from collections.abc import Mapping

import streamlit as st

import nps
from nps.wording import _
from pages.parts import check, datasets, file_form, previews, progress, show
from pages.session import kept, keys, readings
from pages.session.held import Brought


def confirm(files: Mapping[str, list[Brought]]) -> None:
    """Say how each file is read, take corrections below, and have them read when the user says so."""
    found = previews.opened(files)
    if found is None:
        return
    files = files | previews.beside(files, found)
    found = previews.opened(files)
    if found is None:
        return
    confirmed = {table: known for table, seen in found.items() if (known := kept.confirmed(table, seen.columns))}
    offered = previews.offered(files, found, confirmed)
    if not offered:
        return
    first = st.container(key="check")
    said = {
        table: file_form.ask(table, files[table], seen, confirmed.get(table), kept.offered(table, found[table].columns))
        for table, seen in offered.items()
    }
    ids = _ids(files)
    with first:
        show.heading(_("Check"))
        for table, seen in offered.items():
            check.told(file_form.names(files[table]), seen, said[table])
        _use(files, offered, said, previews.changed(said, found) | ids)


def _use(files: Mapping, offered: Mapping[str, nps.Preview], said: Mapping, mapping: Mapping) -> None:
    """The button that has them read, and how far that is."""
    into = datasets.refreshes()
    if "responses" not in files and into is None:
        st.info(_("Add the responses: the scores are what everything else is compared with."))
        return
    complete = all(any(fields.values()) for fields in said.values())
    if keys.WANTED.take() == files and complete:
        readings.start(files, mapping, keys.INTO.take())
        for table, seen in offered.items():
            kept.confirm(table, seen.columns, previews.lasting(said[table]))
    busy = not complete or readings.reading() is not None
    # A run that is broken off before it comes here forgets a button, not what its callback noted.
    use = _("Use these files")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if into:
            refresh = {"on_click": _want, "args": (files, into), "icon": ":material/update:"}
            st.button(_("Refresh the kept data"), type="primary", key="refresh_kept", disabled=busy, **refresh)
        if "responses" in files:
            kind = "secondary" if into else "primary"
            st.button(use, type=kind, key="use_files", disabled=busy, on_click=_want, args=(files, None))
        check.opted_out(said.values())
    _await()


def _want(files: Mapping, into: tuple[str, int] | None) -> None:
    keys.WANTED.put(files)
    keys.INTO.put(into)


def _ids(files: Mapping) -> dict[str, str]:
    """How ids of several files are matched; nothing where that is as usual."""
    if len(files) == 1:
        return {}
    labels = {
        None: _("Like each other where that is safe"),
        "exact": _("Exactly as they are written"),
        "normalised": _("Whatever their case, spaces, zeros in front or final “.0”"),
    }
    chosen = st.selectbox(
        _("Ids of the files are matched"), list(labels), format_func=labels.get, key="match_ids", width=480
    )
    return {"keys": chosen} if chosen else {}


def _await() -> None:
    """Go on as soon as the files are read; until then show how far that is."""
    if problem := keys.UPLOAD_PROBLEM.take():
        show.problem(problem)
    if pending := readings.reading():
        if pending.job is None or pending.job.wait(readings.PATIENCE):
            st.rerun()
        progress.watch(pending.job)
