"""A table of which rows are ticked, to do something about all of them."""

from collections.abc import Sequence
from hashlib import blake2s

import pandas as pd
import streamlit as st

from nps import report
from pages.parts import values
from pages.parts.number_columns import Columns
from pages.parts.show import UNKNOWN
from pages.parts.tables import LINE, called
from pages.session import keys, screen
from pages.session import shown as listing

HIGHEST, BOX, USUAL = 470, 38, 200  # pixels: a table, the boxes to tick, and a column that does not say how wide it is
ROOM = {"XL": 1_784, "L": 1_334, "ML": 1_136, "M": 936}  # pixels that the page has at least, by step


def table(
    frame: pd.DataFrame,
    ids: Sequence[str],
    columns: Columns,
    key: str,
    title: str,
    highest: int = HIGHEST,
    wide: Sequence[str] = (),
    first: str = "",
) -> list[int]:
    """The places of the rows that are ticked.

    ids    of the rows: where others stand there, or in another order, none is ticked, so that nobody changes a row that
           they did not see
    wide   the columns that share the room which the others leave: else each would have a part of it
    first  the column that stands first on a phone
    """
    mounted = f"{key}_{blake2s(repr([*ids]).encode(), digest_size=6).hexdigest()}"
    order = dict.fromkeys([first, *columns] if screen.step() == "XS" else columns)
    shown = frame[[name for name in order if name in frame and frame[name].notna().any()]]
    columns = _filled({name: columns[name] for name in shown}, wide)
    st.dataframe(
        shown,
        key=mounted,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        column_config=columns,
        placeholder=UNKNOWN,
        height=min(LINE * (len(frame) + 1) + 2, highest),
    )
    listing.add(report.Listing(key.replace("_", "-"), title, shown, called(columns)))
    return values.rows(keys.of_widget(mounted).get(), len(frame))


def _filled(columns: Columns, wide: Sequence[str]) -> Columns:
    """With the widths that they have together on a page of this step."""
    growing = [name for name in wide if name in columns]
    if not growing:
        return columns
    widths = {name: each["width"] if isinstance(each, dict) else USUAL for name, each in columns.items()}
    more = max(ROOM.get(screen.step(), 0) - BOX - sum(widths.values()), 0) // len(growing)
    return columns | {name: columns[name] | {"width": widths[name] + more} for name in growing}
