"""The inbox: tasks and people of running campaigns that are open, the earliest due first."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nps
from nps.wording import _, names, several
from pages.parts import called, changing, choose, owners, picked, show, task
from pages.session import access, following, links

OF_TASKS = ("resolved",)


def inbox(panel: nps.Panel, above: DeltaGenerator) -> None:
    """Whose, how many are overdue, the list, and what can be done about those that are ticked."""
    with st.container(horizontal=True, vertical_alignment="center"):
        whose = _whose()
        snoozed = st.toggle(_("Snoozed, too"), key="inbox_later")
        st.space("stretch")
        if access.works():
            task.new()
    rows = following.open_now(whose, snoozed=snoozed)
    with above:
        _headline(rows, whose)
    if rows.empty:
        st.caption(_("Nothing is open here. People of a campaign that runs, and tasks, stand here until resolved."))
        return
    ids = (rows["kind"] + rows["id"] + rows["campaign"].fillna("") + rows["person_id"].fillna("")).tolist()
    how = {"wide": ("who", "what", "campaign_name"), "first": "who"}
    places = picked.table(_told(panel, rows), ids, _columns(), "inbox", _("Inbox"), **how)
    st.caption(_("Tick one or several to change them."))
    if places:
        _about(rows.iloc[places])


def _whose() -> str:
    labels = {"all": _("All"), "mine": _("Mine"), "nobody": _("Nobody’s")}
    return choose.choice(_("Whose"), labels, key="inbox_whose", label_visibility="collapsed")


def _headline(rows: pd.DataFrame, whose: str) -> None:
    overdue, soon = int(rows["overdue"].sum()), int(rows["soon"].sum())
    said = {
        "all": several("1 is open", "{n} are open", n=len(rows)),
        "mine": several("1 of mine is open", "{n} of mine are open", n=len(rows)),
        "nobody": several("1 that is nobody’s is open", "{n} that are nobody’s are open", n=len(rows)),
    }
    due = _("{overdue} overdue, {soon} due within three days", overdue=overdue, soon=soon)
    beneath = due if overdue or soon else _("Tasks, and people of campaigns that run")
    show.headline(said[whose] if len(rows) else _("Nothing is open"), beneath)


def _columns() -> dict:
    return {
        "due": st.column_config.DateColumn(_("Due"), width=100),
        "when": st.column_config.TextColumn("", width=80),
        "who": st.column_config.TextColumn(_("Who"), width=170),
        "what": st.column_config.TextColumn(_("What"), width=200),
        "campaign_name": st.column_config.TextColumn(_("Campaign"), width=200),
        "status": st.column_config.TextColumn(_("Status"), width=110),
        "owner": st.column_config.TextColumn(_("Owner"), width=130),
        "snoozed": st.column_config.DateColumn(_("Snoozed until"), width=100),
        "trouble": st.column_config.TextColumn(_("Did not arrive"), width=200),
    }


def _told(panel: nps.Panel, rows: pd.DataFrame) -> pd.DataFrame:
    known = owners.names()
    of_account = rows["person_id"].isna()
    named = rows["name"].where(rows["name"].notna(), called.people(panel, rows["person_id"]))
    when = rows["overdue"].map({True: _("overdue")}).fillna(rows["soon"].map({True: _("soon")}))
    return rows.assign(
        due=pd.to_datetime(rows["due"]),
        snoozed=pd.to_datetime(rows["snoozed"]),
        when=when,
        what=rows["title"].where(rows["title"].fillna("") != "", rows["campaign_name"]),
        who=named.where(~of_account, called.accounts(panel, rows["name"])),
        status=rows["status"].map(names.followed),
        owner=rows["owner"].map(lambda each: owners.called(each, known)),
    )


def _about(rows: pd.DataFrame) -> None:
    """Of one, what came of it and the ways to the person and the campaign; of all, the form."""
    if access.works():
        statuses = following.STATUSES if (rows["kind"] == "member").all() else OF_TASKS
        changing.form(rows, statuses, "inbox")
    if len(rows) > 1:
        return
    row = rows.iloc[0]
    with st.container(horizontal=True):
        if row["person_id"]:
            how = {"icon": ":material/person:", "type": "tertiary", "key": "inbox_person"}
            st.button(_("The person"), on_click=links.go_to_person, args=(row["person_id"],), **how)
        if row["campaign"]:
            how = {"icon": ":material/campaign:", "type": "tertiary", "key": "inbox_campaign"}
            wanted = {"view": "campaigns", "campaign": row["campaign"]}
            st.button(_("The campaign"), on_click=links.view, args=(links.FOLLOW_UP,), kwargs=wanted, **how)
    changing.history(row, "inbox")
