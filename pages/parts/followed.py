"""What was done about one person, or one account: campaigns, tasks and notes; and what can be done."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from nps.chosen.person import Person
from nps.wording import _, names
from pages.parts import left_alone, owners, popover, show, tables, task
from pages.session import access, following, links, noting
from pages.session.noting import Left, Whom

HELD_BACK = "held back"


def person(who: Person) -> None:
    """Of somebody of data that are kept."""
    mail = who.facts["email"]
    those = [("id", who.id), *([("email", mail)] if mail and "@" in mail else [])]
    _followed(Whom(person=who.id), [who.id], those)


def account(one: str, people: Sequence[str]) -> None:
    """Of an account of data that are kept, and of its people."""
    _followed(Whom(account=one), people, [("account", one)])


def _followed(whom: Whom, people: Sequence[str], those: Left) -> None:
    if following.dataset() is None or not access.sees_people():
        return
    show.heading(_("Follow-up"))
    alone = noting.left_alone(those)
    left_alone.told(alone)
    if access.works():
        with st.container(horizontal=True, gap="small"):
            task.new(*whom)
            _new_note(whom)
            left_alone.ways(those, alone)
    done, notes = noting.done(people, whom.account), noting.notes(whom)
    if done.empty and notes.empty:
        st.caption(_("In no campaign, without a task or a note."))
    if len(done):
        _done(done, of_account=whom.account is not None)
    _notes(notes)


def _new_note(whom: Whom) -> None:
    with popover.opened(_("Add a note"), "new_note", icon=":material/edit_note:", type="tertiary") as opened:
        if not opened:
            return
        with st.form("new_note", border=False, clear_on_submit=True):
            st.text_area(_("Note to colleagues"), key="note_said", max_chars=following.LONGEST_NOTE)
            how = {"on_click": noting.write, "args": (whom, "note_said"), "type": "primary", "key": "add_note"}
            st.form_submit_button(_("Add"), **how)


def _done(done: pd.DataFrame, *, of_account: bool) -> None:
    """Campaigns and tasks; a click opens the campaign, or the inbox."""
    known = owners.names()
    status = done["status"].where(done["arm"] != HELD_BACK, HELD_BACK)
    shown = done.assign(
        kind=done["kind"].map({"member": _("Campaign"), "task": _("Task")}),
        who=done["name"].where(done["name"].notna(), done["person_id"]),
        status=status.map(names.followed),
        owner=done["owner"].map(lambda each: owners.called(each, known)),
        due=pd.to_datetime(done["due"]),
        at=pd.to_datetime(done["at"]),
    )
    columns = {
        "at": st.column_config.DateColumn(_("Since"), width=100),
        "kind": st.column_config.TextColumn("", width=90),
        "what": st.column_config.TextColumn(_("What"), width="medium"),
        **({"who": st.column_config.TextColumn(_("Person"), width="medium")} if of_account else {}),
        "status": st.column_config.TextColumn(_("Status"), width=110),
        "owner": st.column_config.TextColumn(_("Owner"), width=130),
        "due": st.column_config.DateColumn(_("Due"), width=100),
    }
    filled = {name: each for name, each in columns.items() if shown[name].notna().any()}
    campaigns = [row.campaign if row.kind == "member" else None for row in done.itertuples()]
    tables.table(shown[[*filled]], filled, "followed", _("Follow-up"), opens=partial(_opened, campaigns))


def _opened(campaigns: Sequence[str | None], place: int) -> None:
    if campaigns[place] is None:
        links.go(links.FOLLOW_UP, view="inbox")
    else:
        links.go(links.FOLLOW_UP, view="campaigns", campaign=campaigns[place])


def _notes(notes: pd.DataFrame) -> None:
    known = owners.names()
    for row in notes.itertuples():
        with st.container(border=True, gap="xxsmall"):
            with st.container(horizontal=True, vertical_alignment="center"):
                show.text(_("{day}, {who}", day=row.made_at[:10], who=owners.called(row.made_by, known)))
                st.space("stretch")
                if row.mine and access.works():
                    how = {"icon": ":material/delete:", "type": "tertiary", "key": f"remove_note_{row.n}"}
                    st.button(_("Take away"), on_click=noting.remove, args=(int(row.n),), **how)
            show.text(row.note)
