"""The columns of one table: which is which field, and how their cells are written."""

from collections.abc import Sequence

import streamlit as st

import nps
from nps.columns import DATE_ORDERS, DECIMALS, SCALES, Reading, zones
from nps.fields import FIELDS, LABELS
from pages.parts import show

MAIN = {
    "responses": ("score", "responded_at", "person_id"),
    "usage": ("person_id", "feature", "at"),
    "people": ("person_id", "name", "email"),
}

SETTINGS = {
    "date_order": "Dates like 03/04/2025 are",
    "scale": "People answered on",
    "decimal": "Decimal sign",
    "zone": "Times without a zone are of",
}
Said = dict[str, str | None]


def corrected(table: str, preview: nps.Preview, mark: str) -> Said:
    """Which column is which field, and how cells are written; the reading of the preview until somebody corrects it.

    Where there is no reading yet, a field that nobody chose is left to be recognised beside those that somebody did.

    mark  tells the widgets of one table from those of another
    """
    if preview.reading:
        show.bullet((*preview.notes, *preview.reading.notes))
    found = preview.reading.mapping() if preview.reading else dict.fromkeys(FIELDS[table])
    said = found | _fields(table, preview, found, mark) | _settings(table, preview.reading, mark)
    if preview.reading and (features := preview.reading.features):
        st.caption(f"Every other number column counts as a feature: {len(features):,} of them.")
    st.caption("The first rows, as they stand in the file:")
    st.dataframe(preview.head.fillna(""), hide_index=True, key=f"head_{table}_{mark}")
    return {name: value for name, value in said.items() if value or (preview.reading and name in FIELDS[table])}


def _fields(table: str, preview: nps.Preview, found: Said, mark: str) -> Said:
    """Field -> column, the main ones or all."""
    every = st.toggle("Show every field", key=f"every_{table}_{mark}", value=not preview.reading)
    asked = [field for field in FIELDS[table] if every or found.get(field) or field in MAIN[table]]
    grid, options = st.columns(3), [None, *preview.columns]
    unsaid = "(not in this file)" if preview.reading else "(to be recognised)"
    return {
        field: grid[place % 3].selectbox(
            LABELS[field],
            options,
            index=options.index(found.get(field)),
            format_func=lambda column: column or unsaid,
            key=f"column_{table}_{field}_{mark}",
        )
        for place, field in enumerate(asked)
    }


def _settings(table: str, reading: Reading | None, mark: str) -> Said:
    """How dates, numbers and scores are written, where that can be read in several ways."""
    said, grid = {}, iter(st.columns(3))
    if reading and reading.date_order:
        said["date_order"] = _date_order(table, reading, mark)
    if table == "responses":
        found = reading and reading.scale
        said["scale"] = _setting(next(grid), SETTINGS["scale"], SCALES, found, "0-10, as found", f"scale_{mark}")
    if reading and reading.decimals:
        found = reading.decimal
        said["decimal"] = _setting(
            next(grid), "Decimal sign", DECIMALS, found, "As the numbers tell", f"decimal_{table}_{mark}"
        )
    if reading and reading.dates:
        key = f"zone_{table}_{mark}"
        said["zone"] = _setting(next(grid), SETTINGS["zone"], zones(), reading.zone, "UTC", key)
    return said


def _setting(place, label: str, values: Sequence[str], found: str | None, unsaid: str, key: str) -> str | None:
    options = [None, *values]
    return place.selectbox(
        label, options, index=options.index(found), format_func=lambda value: value or unsaid, key=key
    )


def _date_order(table: str, reading: Reading, mark: str) -> str:
    if reading.ambiguous_dates:
        st.caption("The dates fit both ways. Please say which is right.")
    return st.radio(
        SETTINGS["date_order"],
        DATE_ORDERS,
        index=DATE_ORDERS.index(reading.date_order),
        horizontal=True,
        key=f"date_order_{table}_{mark}",
    )
