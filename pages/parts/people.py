"""Lists of people, and what they said."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from nps.measures import contacts
from pages.parts import values
from pages.parts.show import UNKNOWN, text
from pages.session.links import open_person

PEOPLE_COLUMNS = {
    "person_id": "Person",
    "name": "Name",
    "account": "Account",
    "role": "Role",
    "score": st.column_config.NumberColumn("Score", width="small"),
    "activity": st.column_config.NumberColumn("Activity", format="localized", width="small"),
    "responded_at": st.column_config.DateColumn("Answered"),
    "comment": st.column_config.TextColumn("Comment", width="large"),
}
PEOPLE_SHOWN = 1_000


def first(people: pd.DataFrame, columns: dict) -> pd.DataFrame:
    """The first of them, in the columns that say anything, blank where nothing is said."""
    known = people.head(PEOPLE_SHOWN)
    known = known[[name for name in columns if known[name].notna().any()]]
    return known.assign(**known.select_dtypes("str").fillna(""))


def listed(answers: pd.DataFrame, key: str, places: Sequence[int] | None = None) -> None:
    """People, the latest answers first, sortable and searchable; a click on a row opens the person.

    places  where their answers stand, oldest first; None: all of them
    """
    wanted = st.text_input("Search", key=f"{key}_search", placeholder="A name, an account, a word of a comment")
    latest, found = contacts.latest(answers[[*{*PEOPLE_COLUMNS, *contacts.MENTIONED}]], wanted, PEOPLE_SHOWN, places)
    shown = first(latest, PEOPLE_COLUMNS)
    picked = st.dataframe(
        shown,
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=PEOPLE_COLUMNS,
        placeholder=UNKNOWN,
    )
    count = f"The latest {len(shown):,} of {found:,}" if found > len(shown) else f"{found:,} people"
    st.caption(f"{count}. Tick a row to open the person; click a heading to sort.")
    if (row := values.row(picked, len(shown))) is not None:
        open_person(shown.iloc[row]["person_id"])


def quotes(people: pd.DataFrame, most: int) -> None:
    """What people said, the latest first."""
    said = people.dropna(subset=["comment"])[::-1]
    with st.expander(f"What they said ({len(said):,} comments)"):
        for row in said.head(most).itertuples():
            text(f"{row.score}  {row.comment}")
        if len(said) > most:
            st.caption(f"The latest {most} of {len(said):,}.")
