"""Who may come in: everybody, and what an administrator can do about somebody."""

import pandas as pd
import streamlit as st

from nps.wording import _, names, several
from pages.parts import choose, show, tables
from pages.session import access, keys, team


def views() -> None:
    """The parts of the Team page."""
    choose.choice(_("View"), {"users": _("People"), "audit": _("Audit")}, "team_view", label_visibility="collapsed")


def users() -> None:
    """The table, and below it a form to invite, and what can be done about one."""
    everybody = team.everybody()
    show.headline(several("1 person may come in", "{n} people may come in", n=int(everybody["active"].sum())))
    _handed_over()
    tables.table(_told(everybody), _columns(), "users", _("Team"))
    invited, changed = st.columns(2, gap="medium")
    with invited:
        _invite()
    with changed:
        _change(everybody)


def _columns() -> tables.Columns:
    return {
        "login": _("Login"),
        "role": _("Role"),
        "active": st.column_config.CheckboxColumn(_("May come in")),
        "way": _("Signs in by"),
        "sessions": tables.figure(_("Signed in"), help=_("Browsers in which they are signed in now")),
        "made_at": st.column_config.DatetimeColumn(_("Invited"), format="YYYY-MM-DD HH:mm"),
    }


def _told(everybody: pd.DataFrame) -> pd.DataFrame:
    ways = {(True, True): _("password, account"), (True, False): _("password"), (False, True): _("account")}
    ways_in = [ways.get(pair, "") for pair in zip(everybody["password"], everybody["company"], strict=True)]
    shown = everybody.assign(role=everybody["role"].map(names.role), way=ways_in)
    return shown.assign(made_at=pd.to_datetime(shown["made_at"]))[[*_columns()]]


def _handed_over() -> None:
    """A password, shown once."""
    if handed := keys.HANDED_OVER.take():
        login, password = handed
        with st.container(border=True):
            once = _("The password of {login}. It is shown once: hand it over, and have them change it.", login=login)
            show.text(once)
            st.code(password, language=None)


def _invite() -> None:
    with st.form("invite", border=True):
        show.heading(_("Invite somebody"))
        st.text_input(_("E-mail address or login"), key=team.INVITED.name, max_chars=254)
        how = {"format_func": {role: names.role(role) for role in team.ROLES}.get, "key": team.INVITED_AS.name}
        st.selectbox(_("Role"), team.ROLES, help=_may(), **how)
        st.form_submit_button(_("Invite"), on_click=team.invite, type="primary")


def _may() -> str:
    return _(
        "Viewers see figures. Analysts also see people and their comments, and bring data. Administrators also say "
        "who may come in, and see who did what."
    )


def _change(everybody: pd.DataFrame) -> None:
    with st.container(border=True):
        show.heading(_("Change somebody"))
        login = st.selectbox(_("Login"), everybody["login"].tolist(), key="changed_user", index=None)
        if login is None:
            st.caption(_("Whatever changes here signs them out everywhere."))
            return
        row = everybody[everybody["login"] == login].iloc[0]
        how = {"format_func": {role: names.role(role) for role in team.ROLES}.get, "key": f"role_{login}"}
        role = st.selectbox(_("Role"), team.ROLES, index=team.ROLES.index(row["role"]), **how)
        _buttons(login, role, row)


def _buttons(login: str, role: str, row: pd.Series) -> None:
    with st.container(horizontal=True):
        changed = {"args": (login, role), "disabled": role == row["role"], "key": "change_role"}
        st.button(_("Change role"), on_click=team.change_role, type="primary", **changed)
        if access.has_passwords():
            st.button(_("New password"), on_click=team.new_password, args=(login,), key="new_password")
        if row["company"]:
            st.button(_("Forget account"), on_click=team.forget_account, args=(login,), key="forget_account")
        st.button(_("Sign out everywhere"), on_click=team.end_sessions, args=(login,), key="end_sessions")
        label = _("Deactivate") if row["active"] else _("Let in again")
        how = {"kwargs": {"active": not row["active"]}, "key": "let_in"}
        st.button(label, on_click=team.let_in, args=(login,), **how)
