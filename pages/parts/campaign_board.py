"""The people of a campaign in a column for each status, and what the message says to one of them."""

import pandas as pd
import streamlit as st

from nps.wording import _, names
from pages.parts import owners, picked
from pages.session import campaigning, screen
from pages.session.campaigning import Campaign

HIGH = 360  # pixels


def board(rows: pd.DataFrame, counts: dict[str, int]) -> pd.DataFrame:
    """Who is ticked in any of the columns."""
    places = [st.container() for _each in counts] if screen.narrow() else st.columns(len(counts), gap="small")
    ticked = []
    for place, (status, n) in zip(places, counts.items(), strict=True):
        here = rows[rows["status"] == status]
        with place:
            st.caption(_head(status, n, int(here["overdue"].sum())))
            if n:
                ticked.append(here.iloc[_column(here, status)])
    return pd.concat(ticked) if ticked else rows.iloc[:0]


def _head(status: str, n: int, late: int) -> str:
    told = f"{names.followed(status)} · {n:,}"
    return f"{told} · {_('{n} overdue', n=f'{late:,}')}" if late else told


def _column(here: pd.DataFrame, status: str) -> list[int]:
    """Who stands there, with a mark at whom something is overdue."""
    named = here["name"].where(here["name"].notna(), here["person_id"])
    told = here.assign(name=named, when=here["overdue"].map({True: "!"}))
    columns = {"name": _("Person"), "when": st.column_config.TextColumn("", width=36, help=_("overdue"))}
    return picked.table(told, here["person_id"].tolist(), columns, f"board_{status.replace(' ', '_')}", "", HIGH)


def message(one: Campaign, row: pd.Series) -> str:
    """What it says to this person."""
    name = row["name"] if isinstance(row["name"], str) else ""
    answered = str(row["answered_at"])[:10] if isinstance(row["answered_at"], str) else ""
    owner = owners.called(row["owner"], owners.names()) or ""
    score = "" if pd.isna(row["score"]) else f"{row['score']:.0f}"
    known = {"name": name, "first_name": name.split(" ")[0], "account": row["account"], "score": score}
    return campaigning.filled(one.message, {**known, "answered": answered, "owner": owner})
