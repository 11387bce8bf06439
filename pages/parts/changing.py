"""What can be done about tasks and people of campaigns that are ticked: one form for one or many, and what came of one.

Nothing is looked up anew while a form is filled in: what somebody else does meanwhile is told when it is sent.
"""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from nps.wording import _, names, several
from pages.parts import owners, show, tables
from pages.session import following, keys, screen

FIELDS = ("status", "cause", "owner", "due", "snoozed", "note")


def form(rows: pd.DataFrame, statuses: Sequence[str], key: str) -> None:
    """Change them all alike, or say something of them; what is left empty stays as it is.

    rows      kind, id, campaign, person_id, version of each
    statuses  that they can have
    """
    known = {owners.NOBODY: _("Nobody"), **owners.names()}
    named = {status: names.followed(status) for status in statuses}
    stays, tasks = _("As it is"), bool((rows["kind"] == "task").all())
    with st.form(f"change_{key}", clear_on_submit=True, border=True):
        st.caption(several("1 is changed.", "{n} are changed alike; what is left empty stays as it is.", n=len(rows)))
        across = st.container() if screen.narrow() else st.container(horizontal=True, vertical_alignment="bottom")
        with across:
            how = {"index": None, "placeholder": stays}
            st.selectbox(_("Status"), [*named], format_func=named.get, key=_name(key, "status"), **how)
            st.text_input(
                _("Cause"),
                key=_name(key, "cause"),
                max_chars=following.LONGEST_CAUSE,
                placeholder=_("Of what is resolved"),
            )
            st.selectbox(_("Owner"), [*known], format_func=known.get, key=_name(key, "owner"), **how)
            st.date_input(_("Due"), value=None, key=_name(key, "due"))
            if tasks:
                st.date_input(_("Snooze until"), value=None, key=_name(key, "snoozed"), min_value=following.today())
        st.text_area(_("Note to colleagues"), key=_name(key, "note"), max_chars=following.LONGEST_NOTE, height=68)
        label = several("Change it", "Change all {n}", n=len(rows))
        st.form_submit_button(label, on_click=_send, args=(rows, key), type="primary", key=f"send_{key}")


def history(row: pd.Series, key: str) -> None:
    """What came of one, the latest first."""
    told = following.history(row)[::-1]
    if told.empty:
        st.caption(_("Nothing was changed yet."))
        return
    known = owners.names()
    shown = told.assign(
        at=pd.to_datetime(told["at"]),
        actor=told["actor"].map(lambda each: owners.called(each, known)),
        what=told["what"].map(names.followed),
        before=_said(told, "before", known),
        after=_said(told, "after", known),
    )
    columns = {
        "at": st.column_config.DatetimeColumn(_("When"), format="YYYY-MM-DD HH:mm"),
        "actor": _("Who"),
        "what": _("What"),
        "before": _("Before"),
        "after": _("After"),
        "note": st.column_config.TextColumn(_("Note"), width="large"),
    }
    show.heading(_("History"))
    tables.table(shown, columns, f"history_{key}", _("History"))


def _said(told: pd.DataFrame, column: str, known: dict[str, str]) -> pd.Series:
    """Statuses and owners by what they are called; else as it was written."""
    say = {"status": names.followed, "owner": lambda each: owners.called(each, known)}
    pairs = zip(told["what"], told[column], strict=True)
    said = [say.get(what, str)(each) if isinstance(each, str) and each else None for what, each in pairs]
    return pd.Series(said, told.index, dtype=object)


def _name(key: str, field: str) -> str:
    return f"{key}_{field}"


def _send(rows: pd.DataFrame, key: str) -> None:
    given = {field: keys.of_widget(_name(key, field)).get() for field in FIELDS}
    note = given.pop("note") or ""
    values = {name: value for name, value in given.items() if value not in (None, "") or (name, value) == ("owner", "")}
    following.change(rows, note, **values)
