"""The columns of one table: which is which field, and how their cells are written."""

from collections.abc import Sequence

import streamlit as st

import nps
from nps.columns import DATE_ORDERS, DECIMALS, SCALES, Reading, zones
from nps.fields import FIELDS
from nps.wording import _, several
from pages.parts.labels import field_label, settings, written

MAIN = {
    "responses": ("score", "responded_at", "person_id", "opted_out"),
    "usage": ("person_id", "feature", "at"),
    "people": ("person_id", "name", "email", "opted_out"),
    "accounts": ("account_id", "account", "plan", "revenue"),
}

Said = dict[str, str | None]


def corrected(table: str, preview: nps.Preview, mark: str) -> Said:
    """Which column is which field, and how cells are written; the reading of the preview until somebody corrects it.

    Where there is no reading yet, a field that nobody chose is left to be recognised beside those that somebody did.

    mark  tells the widgets of one table from those of another
    """
    found = preview.reading.mapping() if preview.reading else dict.fromkeys(FIELDS[table])
    said = found | _fields(table, preview, found, mark) | _settings(table, preview.reading, mark)
    if preview.reading and (features := preview.reading.features):
        st.caption(
            several(
                "Every other number column counts as a feature: 1 of them.",
                "Every other number column counts as a feature: {n} of them.",
                n=len(features),
            )
        )
    st.caption(_("The first rows, as they stand in the file:"))
    st.dataframe(preview.head.fillna(""), hide_index=True, key=f"head_{table}_{mark}")
    return {name: value for name, value in said.items() if value or (preview.reading and name in FIELDS[table])}


def _fields(table: str, preview: nps.Preview, found: Said, mark: str) -> Said:
    """Field -> column, the main ones or all."""
    every = st.toggle(_("Show every field"), key=f"every_{table}_{mark}", value=not preview.reading)
    asked = [field for field in FIELDS[table] if every or found.get(field) or field in MAIN[table]]
    grid, options = st.columns(3), [None, *preview.columns]
    unsaid = _("(not in this file)") if preview.reading else _("(to be recognised)")
    labels = {None: unsaid} | {column: column for column in preview.columns}
    return {
        field: grid[place % 3].selectbox(
            field_label(field),
            options,
            index=options.index(found.get(field)),
            format_func=labels.get,
            key=f"column_{table}_{field}_{mark}",
        )
        for place, field in enumerate(asked)
    }


def _settings(table: str, reading: Reading | None, mark: str) -> Said:
    """How dates, numbers and scores are written, where that can be read in several ways."""
    said, grid, asked = {}, iter(st.columns(3)), settings()
    if reading and reading.date_order:
        said["date_order"] = _date_order(table, reading, mark)
    if table == "responses":
        found = reading and reading.scale
        unsaid = _("0-10, as found")
        said["scale"] = _setting(next(grid), asked["scale"], SCALES, found, unsaid, f"scale_{mark}")
    if reading and reading.decimals:
        key, unsaid = f"decimal_{table}_{mark}", _("As the numbers tell")
        said["decimal"] = _setting(next(grid), asked["decimal"], DECIMALS, reading.decimal, unsaid, key)
    if reading and reading.dates:
        key = f"zone_{table}_{mark}"
        said["zone"] = _setting(next(grid), asked["zone"], zones(), reading.zone, "UTC", key)
    return said


def _setting(place, label: str, values: Sequence[str], found: str | None, unsaid: str, key: str) -> str | None:
    labels = {None: unsaid} | {value: written(value) for value in values}
    options = list(labels)
    return place.selectbox(label, options, index=options.index(found), format_func=labels.get, key=key)


def _date_order(table: str, reading: Reading, mark: str) -> str:
    if reading.ambiguous_dates:
        st.caption(_("The dates fit both ways. Please say which is right."))
    labels = {order: written(order) for order in DATE_ORDERS}
    return st.radio(
        settings()["date_order"],
        DATE_ORDERS,
        format_func=labels.get,
        index=DATE_ORDERS.index(reading.date_order),
        horizontal=True,
        key=f"date_order_{table}_{mark}",
    )
