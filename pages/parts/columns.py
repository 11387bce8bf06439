"""The form of one table: what tool it comes from, which column is which field, and how its cells are written."""

from collections.abc import Sequence

import streamlit as st

import nps
from nps.columns import DATE_ORDERS, DECIMALS, SCALES, Reading, zones
from nps.fields import FIELDS, LABELS
from nps.measures import words
from nps.workspace import Confirmed
from pages.parts import show
from pages.session import kept
from pages.session.files import Brought

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
NOTHING = "nothing"

Said = dict[str, str | None]


def names(brought: Sequence[Brought]) -> str:
    """What the user calls the file; how many they are, where there are several: then what is said names one."""
    return brought[0].name if len(brought) == 1 else f"{len(brought)} files"


def opening(table: str, brought: Sequence[Brought]) -> Said:
    """What was said of opening these files: that they are no such export, and which sheet or table it is."""
    return st.session_state.get("opening", {}).get((table, mark(brought)), {})


def _say(table: str, mark: str, kind: str, key: str) -> None:
    """Keep what was said of opening a file: its form is away while a worker looks at it again."""
    said = st.session_state.setdefault("opening", {}).setdefault((table, mark), {})
    said.pop(kind, None)
    if st.session_state[key]:
        said[kind] = None if kind == "export" else st.session_state[key]


def ask(
    table: str, brought: Sequence[Brought], preview: nps.Preview, confirmed: Confirmed | None, other: Confirmed | None
) -> Said:
    """The user's reading of a file: as recognised, or as confirmed before, until somebody corrects it.

    other  how somebody else confirmed it: that is shown, and used when the user says so
    """
    told_by = mark(brought) + (f"_{confirmed.day}" if confirmed else "")
    if preview.problem:
        show.problem(f"{names(brought)}: {preview.problem}")
    if preview.head.empty and not preview.choices:
        return {}
    with st.expander(f"How the columns of the {table} file were read", expanded=True):
        if confirmed:
            _remember(table, preview.columns, confirmed)
        elif other:
            _offer(table, preview, other)
        _kind(table, preview, opening(table, brought), mark(brought))
        said = corrected(table, preview, told_by)
    return said | opening(table, brought)


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


def mark(brought: Sequence[Brought]) -> str:
    """What tells the widgets of these files from those of others."""
    return brought[0].sha256[:16]


def _remember(table: str, columns: tuple[str, ...], confirmed: Confirmed) -> None:
    st.caption(f"Read as it was confirmed on {words.day(confirmed.day)} for files with the same columns.")
    st.button("Forget that", key=f"forget_{table}", on_click=kept.forget_confirmed, args=(table, columns))


def _offer(table: str, preview: nps.Preview, other: Confirmed) -> None:
    """How somebody else read such files, where it differs from what was recognised and that matters here."""
    found = preview.reading.mapping() if preview.reading else {}
    needless = {"date_order"} if preview.reading and not preview.reading.date_order else set()
    differs = {name: said for name, said in other.mapping.items() if said != found.get(name) and name not in needless}
    so = f"Somebody else confirmed on {words.day(other.day)} that files with the same columns are read"
    if not differs:
        st.caption(f"{so} like this.")
        return
    st.caption(f"{so} otherwise:")
    show.bullet(
        [
            f"{(LABELS | SETTINGS)[name]}: {said or NOTHING}, here {found.get(name) or NOTHING}"
            for name, said in differs.items()
        ]
    )
    st.button(
        "Read it like that", key=f"take_{table}", on_click=kept.confirm, args=(table, preview.columns, other.mapping)
    )


def _kind(table: str, preview: nps.Preview, said: Said, mark: str) -> None:
    """Which sheet or table of the file it is, and what tool wrote it."""
    for kind, there in preview.choices.items():
        key, index = f"{kind}_{table}_{mark}", there.index(said[kind]) if said.get(kind) in there else None
        st.selectbox(
            f"This file holds several {kind}s",
            there,
            index=index,
            key=key,
            placeholder="Choose" if preview.problem else "The one whose first rows are shown below",
            on_change=_say,
            args=(table, mark, kind, key),
        )
    if preview.export or "export" in said:
        st.caption(f"Recognised: {preview.export}." if preview.export else "Read as a plain table.")
        key, plain = f"plain_{table}_{mark}", "It is no such export: read it as a plain table"
        st.toggle(plain, value="export" in said, key=key, on_change=_say, args=(table, mark, "export", key))


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
