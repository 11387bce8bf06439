"""What to check of a file before it is used: a line for what was recognised, what is noted, and what is left out."""

from collections.abc import Iterable, Mapping

import streamlit as st

import nps
from nps.fields import FIELDS
from nps.wording import _, several, words
from pages.parts import show
from pages.parts.labels import field_label

Said = Mapping[str, str | None]
LONGEST = 40  # signs of a column's name


def asks(preview: nps.Preview) -> bool:
    """Whether somebody has to say how it is read, as nobody can tell by itself."""
    return preview.reading is None or preview.reading.ambiguous_dates


def told(name: str, preview: nps.Preview, said: Said) -> None:
    """A line for a file, or the problem with it, and what is noted of its rows.

    said  field -> column, as it was recognised or corrected
    """
    if preview.problem:
        show.problem(_("{file}: {reason}", file=name, reason=preview.problem))
    if preview.reading is None:
        return
    show.text(_("{file}: {read}", file=name, read=_read(preview, said)))
    show.bullet((*preview.notes, *preview.reading.notes))


def _read(preview: nps.Preview, said: Said) -> tuple[str, ...]:
    """Which column is which field; how many are features; which share of the rows can be read as it was recognised."""
    reading = preview.reading
    read = [
        _("{field} ← {column}", field=field_label(field), column=said[field][:LONGEST])
        for field in FIELDS[reading.table]
        if said.get(field)
    ]
    if count := len(reading.features):
        read.append(several("1 column is a feature", "{n} columns are features", n=count))
    if preview.read is not None and reading.mapping().items() <= said.items():
        read.append(_("{share} read", share=words.percent(preview.read)))
    return tuple(read)


def opted_out(said: Iterable[Said]) -> None:
    """Beside the button that uses files: that no column says whom nobody may write to, where that is so."""
    if not any(fields.get("opted_out") for fields in said):
        st.caption(_("No column says who does not want to be contacted: nobody is left out of lists of contacts."))
