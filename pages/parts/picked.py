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
from pages.session import keys
from pages.session import shown as listing

HIGHEST = 470  # pixels


def table(
    frame: pd.DataFrame, ids: Sequence[str], columns: Columns, key: str, title: str, highest: int = HIGHEST
) -> list[int]:
    """The places of the rows that are ticked.

    ids  of the rows: where others stand there, or in another order, none is ticked, so that nobody changes a row that
         they did not see
    """
    mounted = f"{key}_{blake2s(repr([*ids]).encode(), digest_size=6).hexdigest()}"
    shown = frame[[name for name in columns if name in frame and frame[name].notna().any()]]
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
