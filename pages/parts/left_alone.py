"""Whom nobody writes to: that it is so and why, and the ways to have it so, or not any more."""

import pandas as pd
import streamlit as st

from nps.wording import _
from pages.parts import owners, popover, show
from pages.session import noting, opened
from pages.session.noting import Left


def told(alone: pd.DataFrame) -> None:
    """That nobody writes to them, since when, by whom, until when and why."""
    if alone.empty:
        return
    row = alone.iloc[0]
    st.badge(_("Excluded from contacts"), icon=":material/block:", color="gray")
    who, day = owners.called(row["made_by"], owners.names()), row["made_at"][:10]
    if row["until"]:
        show.text(_("{day}, {who}, until {until}: {why}", day=day, who=who, until=row["until"], why=row["why"]))
    else:
        show.text(_("{day}, {who}: {why}", day=day, who=who, why=row["why"]))


def ways(those: Left, alone: pd.DataFrame) -> None:
    """Exclude them, for whoever works with the data; allow it again, for administrators."""
    if alone.empty:
        label, icon = _("Exclude from contacts"), ":material/block:"
    elif opened.may_delete():
        label, icon = _("Allow contacts again"), ":material/undo:"
    else:
        return
    with popover.opened(label, f"exclude_{alone.empty}", icon=icon, type="tertiary") as is_open:
        if is_open and alone.empty:
            _exclude(those)
        elif is_open:
            _allow(those)


def _exclude(those: Left) -> None:
    with st.form("exclude", border=False):
        st.text_input(_("Why"), key="exclude_why", max_chars=noting.LONGEST_WHY)
        st.date_input(_("Until; empty: for good"), value=None, key="exclude_until")
        how = {"on_click": noting.leave_alone, "args": (those, "exclude_why", "exclude_until"), "key": "send_exclude"}
        st.form_submit_button(_("Exclude"), type="primary", **how)


def _allow(those: Left) -> None:
    with st.form("allow", border=False):
        st.text_input(_("Why: it stands in the audit"), key="allow_why", max_chars=noting.LONGEST_WHY)
        how = {"on_click": noting.allow, "args": (those, "allow_why"), "key": "send_allow"}
        st.form_submit_button(_("Allow"), type="primary", **how)
