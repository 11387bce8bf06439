"""Lists of people, and what they said."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from nps.measures import contacts
from nps.wording import _, several
from pages.parts import tables, values
from pages.parts.show import UNKNOWN, text
from pages.session.links import open_person

PEOPLE_SHOWN = 1_000


def columns() -> tables.Columns:
    """What the columns of a list of people are called."""
    return {
        "person_id": _("Person"),
        "name": _("Name"),
        "account": _("Account"),
        "role": _("Role"),
        "score": st.column_config.NumberColumn(_("Score"), width="small"),
        "activity": tables.figure(_("Activity"), width="small"),
        "responded_at": st.column_config.DateColumn(_("Answered")),
        "comment": st.column_config.TextColumn(_("Comment"), width="large"),
    }


def first(people: pd.DataFrame, columns: tables.Columns) -> pd.DataFrame:
    """The first of them, in the columns that say anything, blank where nothing is said."""
    known = people.head(PEOPLE_SHOWN)
    known = known[[name for name in columns if known[name].notna().any()]]
    return known.assign(**known.select_dtypes("str").fillna(""))


def listed(answers: pd.DataFrame, key: str, places: Sequence[int] | None = None) -> None:
    """People, the latest answers first, sortable and searchable; a click on a row opens the person.

    places  where their answers stand, oldest first; None: all of them
    """
    named, example = columns(), _("A name, an account, a word of a comment")
    wanted = st.text_input(_("Search"), key=f"{key}_search", placeholder=example)
    latest, found = contacts.latest(answers[[*{*named, *contacts.MENTIONED}]], wanted, PEOPLE_SHOWN, places)
    shown = first(latest, named)
    picked = st.dataframe(
        shown,
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=named,
        placeholder=UNKNOWN,
    )
    st.caption(_count(len(shown), found))
    if (row := values.row(picked, len(shown))) is not None:
        open_person(shown.iloc[row]["person_id"])


def _count(shown: int, found: int) -> str:
    count = (
        _("The latest {shown} of {found}.", shown=shown, found=found)
        if found > shown
        else several("1 person.", "{n} people.", n=found)
    )
    return f"{count} {_('Tick a row to open the person; click a heading to sort.')}"


def quotes(people: pd.DataFrame, most: int) -> None:
    """What people said, the latest first."""
    said = people.dropna(subset=["comment"])[::-1]
    with st.expander(several("What they said (1 comment)", "What they said ({n} comments)", n=len(said))):
        for row in said.head(most).itertuples():
            text(f"{row.score}  {row.comment}")
        if len(said) > most:
            st.caption(_("The latest {shown} of {found}.", shown=most, found=len(said)))
