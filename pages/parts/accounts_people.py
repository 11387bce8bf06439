"""The people of one account: what they use week by week and answer, who they are, and what they say."""

from functools import partial

import pandas as pd
import streamlit as st

import nps
from nps.charts import accounts as charts
from nps.charts.vegalite import compiled
from nps.chosen.watched import Watched
from nps.measures import standing
from nps.wording import _, several
from pages.parts import quotes, show, tables
from pages.session import links, views

HEIGHT, MOST = 260, 200  # pixels of the time line; people, and comments, that are shown


@views.shared
def everyone(chosen: nps.Chosen, account: str) -> pd.DataFrame:
    """Everybody who is known of it, the latest answers first."""
    return chosen.everyone([account])


def answers(chosen: nps.Chosen, account: str) -> pd.DataFrame:
    """Every answer of its people, oldest first."""
    known = chosen.panel.answers
    return known[known["person_id"].isin(everyone(chosen, account)["person_id"])]


@views.shared
def _timeline(chosen: nps.Chosen, watched: Watched, account: str) -> tuple[pd.DataFrame, dict | None]:
    place = watched.table.index.get_loc(account)
    weeks = standing.over_time(watched.weekly, watched.units, place)
    usual = watched.facts().at[account, "usual"]
    drawn = charts.timeline(weeks, answers(chosen, account), usual, HEIGHT)
    return weeks, compiled(drawn) if drawn else None


def over_time(chosen: nps.Chosen, watched: Watched | None, account: str) -> None:
    """Uses by week, what is usual, and every answer."""
    if watched is None:
        return
    show.heading(_("Over time"))
    weeks, drawn = _timeline(chosen, watched, account)
    if drawn is None:
        st.caption(_("Nobody of it was seen in the usage."))
        return
    show.chart("account-over-time", _("Use and answers by week"), drawn)
    st.caption(_("Bar: uses in a week. Dashed: what is usual. Dot and number: an answer."))
    columns = {
        "week": st.column_config.DateColumn(_("Week from")),
        "uses": tables.figure(_("Uses")),
        "people": tables.figure(_("Active people")),
    }
    tables.numbers(weeks, "account_weeks", columns)


def listed(everyone: pd.DataFrame, watched: Watched | None) -> None:
    """Everybody who is known of it; a click opens who answered."""
    show.heading(several("1 person", "{n} people", n=len(everyone)))
    if everyone.empty:
        st.caption(_("Nobody of it is known: no person, and no answer, names it as their account."))
        return
    rows = everyone.head(MOST)
    ids = rows["person_id"].tolist()
    names = rows["name"].where(rows["name"].notna(), rows["person_id"])
    frame = rows.assign(name=names, contact=~rows["opted_out"])
    if watched is not None and watched.weekly.by == "person_id":
        frame["lately"] = _lately(watched, ids)
    columns = {
        "name": st.column_config.TextColumn(_("Person"), width=150),
        "role": st.column_config.TextColumn(_("Role"), width=120),
        "score": tables.figure(_("Score"), width=60),
        "responded_at": st.column_config.DateColumn(_("Answered"), width=100),
        "lately": tables.figure(_("Uses in 4 weeks"), width=110),
        "contact": st.column_config.CheckboxColumn(_("Contact"), width=70, help=_("Whether one may write to them")),
    }
    filled = {name: each for name, each in columns.items() if name in frame and frame[name].notna().any()}
    opens = partial(_opened, ids)
    tables.table(frame[[*filled]], filled, "account_people", _("People"), opens=opens)


def _opened(ids: list[str], place: int) -> None:
    links.go_to_person(ids[place], ids)


def _lately(watched: Watched, ids: list[str]) -> list[float]:
    """Uses of each of these people in the last four weeks."""
    uses = standing.lately_by_person(watched.weekly)
    place = watched.weekly.people.get_indexer(ids)
    return [float(uses[each]) if each >= 0 else 0.0 for each in place]


def comments(chosen: nps.Chosen, account: str) -> None:
    """What its people wrote, the latest first."""
    places = answers(chosen, account).index[::-1][:MOST].tolist()
    if chosen.panel.answers["comment"].iloc[places].isna().all():
        return
    show.heading(_("What they say"))
    with st.container(border=True):
        quotes.listed(chosen.panel, places, "account_quotes")
