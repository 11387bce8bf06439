"""Tables of figures: how finely they show, and what a click on a row opens."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from nps import report
from nps.measures.rules import MIN_SHOWN
from nps.wording import _, names
from pages.parts import popover, values
from pages.parts.number_columns import Columns, figure, number_columns, says
from pages.parts.show import UNKNOWN
from pages.session import keys
from pages.session import shown as listing

GO = "›"
LINE, HIGHEST = 35, 400  # pixels: a row of a table as Streamlit draws it, and its highest table
DECIMALS = {"percent": 2, "%.0f": 0, "%+.0f": 0, "%+.1f": 1, "%.1f": 1}  # format -> decimals that it has room for
__all__ = ["Columns", "called", "enough", "figure", "number_columns", "numbers", "says", "spoken", "table"]

SPOKEN = {"group": names.group, "value": names.value, "value_a": names.value, "value_b": names.value}


def table(
    frame: pd.DataFrame,
    columns: Columns,
    key: str,
    title: str = "",
    opens: Callable[[int], None] | None = None,
    cells: Callable[[int, str], None] | None = None,
    afresh: str = "",
    highest: int = HIGHEST,
) -> None:
    """A table of the columns that have a name, its figures no finer than they can be read: 34%, not 34.21%, never −0.

    opens  called with the place of the row of which a cell is clicked, before the page runs again
    cells  called with the place and the column of that cell
    highest  pixels that it takes at most
    afresh  where this changes no cell is selected any more, so that one can be clicked again
    """
    rounded = _as_read(frame, columns)
    told_of = cells or ((lambda place, _column: opens(place)) if opens else None)
    mounted = f"{key}_{afresh}" if afresh else key
    selects = {"on_select": partial(_clicked, mounted, len(frame), told_of), "selection_mode": "single-cell"}
    clicks = selects if told_of else {}
    wide, config = (rounded.assign(go=GO), columns | {"go": _go()}) if opens else (rounded, columns)
    room = min(LINE * (len(frame) + 1) + 2, highest)
    with st.container(height=room, border=False):
        told = {"column_config": config, "column_order": [name for name in wide if name in config]}
        how = {"hide_index": True, "key": mounted, "placeholder": UNKNOWN, "height": room if room > HIGHEST else "auto"}
        st.dataframe(wide, **told, **how, **clicks)
    _leaves(rounded, columns, key, title)


def _as_read(frame: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    formats = {
        name: column["type_config"].get("format") for name, column in columns.items() if isinstance(column, dict)
    }
    shown = {
        name: _rounded(frame[name], DECIMALS[kind])
        for name, kind in formats.items()
        if name in frame and kind in DECIMALS
    }
    return frame.assign(**shown)


def _leaves(rounded: pd.DataFrame, columns: Columns, key: str, title: str = "") -> None:
    """Have Share offer it."""
    listing.add(report.Listing(key.replace("_", "-"), title or _("Numbers"), rounded, called(columns)))


def _go() -> dict:
    """The column that says that a row opens."""
    return st.column_config.TextColumn(_("Open"), width=56)


def _rounded(figures: pd.Series, decimals: int) -> pd.Series:
    """Never −0; and of shares only nobody is 0%."""
    rounded = figures.round(decimals) + 0.0
    return rounded.mask((rounded == 0) & (figures > 0), figures.round(3)) if decimals == 2 else rounded


def _clicked(key: str, rows: int, told_of: Callable[[int, str], None]) -> None:
    if found := values.cell(keys.of_widget(key).get(), rows):
        told_of(*found)


def called(columns: Columns) -> dict[str, str]:
    """What each column that is shown is called; pictures stay on the page."""
    names = {name: each.get("label") if isinstance(each, dict) else each for name, each in columns.items()}
    return {name: label for name, label in names.items() if label and not _picture(columns[name])}


def _picture(column: object) -> bool:
    return isinstance(column, dict) and column["type_config"].get("type") in ("image", "line_chart")


def numbers(frame: pd.DataFrame, key: str, columns: Columns | None = None) -> None:
    """The table behind a chart: made when it is opened, and for Share."""
    named = columns or number_columns()
    with st.expander(_("The numbers"), key=f"numbers_{key}", on_change="rerun") as opened:
        if opened.open:
            table(spoken(enough(frame)), named, key)
        elif popover.is_open("share"):
            _leaves(_as_read(spoken(enough(frame)), named), named, key)


def spoken(frame: pd.DataFrame) -> pd.DataFrame:
    """Codes of ours by what they are called."""
    return frame.assign(**{name: frame[name].map(say) for name, say in SPOKEN.items() if name in frame})


def enough(frame: pd.DataFrame) -> pd.DataFrame:
    """Scores of fewer than 10 answers stay empty."""
    if not {"responses", "nps"} <= {*frame}:
        return frame
    few = frame["responses"] < MIN_SHOWN
    return frame.assign(**{name: frame[name].mask(few) for name in ("nps", "low", "high", "shrunk") if name in frame})
