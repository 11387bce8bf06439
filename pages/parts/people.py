"""Lists of people, and what they said."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from nps import report
from nps.banding import NONE
from nps.measures import contacts
from nps.wording import _, several
from pages.parts import tables, values
from pages.parts.show import UNKNOWN
from pages.session import keys, links
from pages.session import shown as listing

PEOPLE_SHOWN = 100  # each run sends them anew; a search finds the others


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
    divided = {name: known[name].astype("str").replace(NONE, "") for name in known.select_dtypes("category")}
    return known.assign(**known.select_dtypes("str").fillna(""), **divided)


def listed(answers: pd.DataFrame, key: str, places: Sequence[int] | None = None, **how: object) -> None:
    """People, the latest answers first, sortable and searchable; a click on a row opens the person.

    places  where their answers stand, oldest first; None: all of them
    how     as `opening` takes it
    """
    named, example = columns(), _("Search: a name, an e-mail address, an account, a word of a comment")
    wanted = st.text_input(_("Search"), key=f"{key}_search", placeholder=example, label_visibility="collapsed")
    latest, found = contacts.latest(answers, wanted, PEOPLE_SHOWN, places)
    people = first(latest, named)
    if len(people):
        opening(people, named, key, whole=places is not None and not wanted.strip(), **how)
    st.caption(_count(len(people), found))


def opening(people: pd.DataFrame, named: tables.Columns, key: str, *, whole: bool = False, **how: object) -> None:
    """A list of people, each of whom a click on any cell opens; `how` as `st.dataframe` takes it.

    whole  whether it begins a list of whoever is selected: then all of these come before and after
    """
    ids = people["person_id"].tolist()
    st.dataframe(
        people,
        key=key,
        hide_index=True,
        on_select=lambda: _clicked(key, ids, () if whole else ids),
        selection_mode="single-cell",
        column_config=named,
        placeholder=UNKNOWN,
        **how,
    )
    listing.add(report.Listing(key.replace("_", "-"), _("People"), people, tables.called(named)))


def _clicked(key: str, ids: Sequence[str], among: Sequence[str]) -> None:
    if (row := values.row(keys.of_widget(key).get(), len(ids))) is not None:
        links.go_to_person(ids[row], among)


def _count(shown: int, found: int) -> str:
    count = (
        _("The latest {shown} of {found}.", shown=shown, found=found)
        if found > shown
        else several("1 person.", "{n} people.", n=found)
    )
    return f"{count} {_('Click a row to open the person; click a heading to sort.')}"
