"""Files as they would be read, before they are: as recognised, as confirmed before, and what else one of them holds."""

from collections.abc import Mapping

import streamlit as st

import nps
from nps.notes import table_named
from nps.sources import CHOICES
from nps.wording import _
from pages.parts import file_form, progress, show
from pages.parts.columns import Said
from pages.session import readings
from pages.session.held import Brought
from pages.session.notices import say_again


def opened(files: Mapping[str, list[Brought]]) -> dict[str, nps.Preview] | None:
    """The previews, each opened as was said of it; None as `_previews`."""
    return _previews(files, {table: file_form.opening(table, brought) for table, brought in files.items()})


def beside(files: Mapping[str, list[Brought]], found: Mapping[str, nps.Preview]) -> dict[str, list[Brought]]:
    """The file of the answers for tables that nobody brought and that it holds, too, unless somebody says no.

    Says which sheet, or table of a database file, became which table.
    """
    there = found["responses"].others if "responses" in found else {}
    there = {table: place for table, place in there.items() if table not in files}
    if not there:
        return {}
    brought = files["responses"]
    more = _("{file} holds more than the responses. Unless you say no, these are used, too:", file=brought[0].name)
    show.text(more)
    show.bullet([_("{place}: {table}", place=place[:40], table=table_named(table)) for table, place in there.items()])
    use = {table: _("Use the {table}", table=table_named(table)) for table in there}
    grid = st.columns(len(there))
    return {
        table: brought
        for column, table in zip(grid, there, strict=True)
        if column.checkbox(use[table], value=True, key=f"beside_{table}_{file_form.mark(brought)}")
    }


def offered(files: Mapping, found: Mapping[str, nps.Preview], confirmed: Mapping) -> dict[str, nps.Preview] | None:
    """The previews as this browser confirmed them for the same header; None while a worker looks at what differs."""
    others = {
        table: known.mapping
        for table, known in confirmed.items()
        if not found[table].reading or known.mapping != lasting(found[table].reading.mapping())
    }
    again = _previews(
        {table: files[table] for table in others},
        {table: mapping | file_form.opening(table, files[table]) for table, mapping in others.items()},
    )
    return None if again is None else found | again


def _previews(files: Mapping[str, list[Brought]], mapping: Mapping[str, Said]) -> dict[str, nps.Preview] | None:
    """The previews; None while a worker looks, or, after one sentence each, when a file is no table."""
    try:
        found = readings.previews(files, mapping)
    except nps.InputError as unusable:
        show.problem(unusable.note)
        return None
    if found is None:
        say_again()
        progress.watch(readings.looking())
        return None
    refused = {table: seen for table, seen in found.items() if isinstance(seen, nps.InputError)}
    for table, reason in refused.items():
        show.problem(_("{file}: {reason}", file=file_form.names(files[table]), reason=reason))
    if refused:
        st.caption(_("Remove the file and drop another one. The data you looked at before is still here."))
        return None
    return found


def changed(said: Mapping[str, Said], found: Mapping[str, nps.Preview]) -> dict[str, Said]:
    """What has to be told to the reader: nothing of a table that is read as it was recognised."""
    return {
        table: fields
        for table, fields in said.items()
        if not found[table].reading or fields != found[table].reading.mapping()
    }


def lasting(said: Said) -> Said:
    """What next month's file shall be read by, too; its sheet may have another name."""
    return {name: value for name, value in said.items() if name not in CHOICES}
