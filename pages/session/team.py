"""Who may come in, and who did what, for administrators; each change is asked for as whoever sees the page."""

from collections.abc import Callable
from functools import partial

import pandas as pd

import nps
from pages.session import access, keys
from pages.session.notices import say
from web.sockets import look_again
from workspace.access import users
from workspace.access.actor import Role
from workspace.store import audit, datasets
from workspace.store.audit import Checked
from workspace.store.database import open_workspace, place

ROLES = [role.value for role in Role]
SHORT = 12  # signs of a browser's mark
INVITED, INVITED_AS = keys.of_widget("invited"), keys.of_widget("invited_as")


def everybody() -> pd.DataFrame:
    """As `users.everybody`."""
    with open_workspace(place()) as space:
        return users.everybody(access.actor(), space)


def invite() -> None:
    """Invite whom the form names; where people have passwords here, with one to hand over."""
    password = users.fresh_password() if access.has_passwords() else None
    role = Role(INVITED_AS.get())
    if _done(partial(users.add, role=role, password=password), INVITED.get()):
        _hand_over(INVITED.get(), password)
        INVITED.put("")


def show_viewers(dataset: str) -> None:
    """Have viewers see of a dataset what the widget says."""
    try:
        with open_workspace(place()) as space:
            datasets.show_viewers(access.actor(), space, dataset, keys.of_widget(f"viewers_{dataset}").get())
    except nps.InputError as refused:
        keys.KEPT_PROBLEM.put(refused.note)


def change_role(login: str, role: str) -> None:
    """Let somebody do more, or less."""
    _done(partial(users.change_role, role=Role(role)), login)


def let_in(login: str, *, active: bool) -> None:
    """Let somebody in, or no longer."""
    _done(users.activate if active else users.deactivate, login)


def end_sessions(login: str) -> None:
    """Sign somebody out everywhere."""
    _done(users.end_sessions, login)


def forget_account(login: str) -> None:
    """Let a login be bound to another account."""
    _done(users.forget_account, login)


def new_password(login: str) -> None:
    """Give somebody a new password, to hand over."""
    password = users.fresh_password()
    if _done(partial(users.set_password, password=password), login):
        _hand_over(login, password)


def audited(most: int) -> pd.DataFrame:
    """The latest rows of the audit, newest first: n, at, who, did, about.

    Users by their login, browsers by the first signs of their mark.
    """
    with open_workspace(place()) as space:
        actor = access.actor()
        rows, called = audit.rows(actor, space, most), users.names(actor, space)
    named = rows["actor"].map(lambda name: called.get(name, name[:SHORT]))
    return rows.assign(at=pd.to_datetime(rows["at"]), actor=named).rename(columns={"actor": "who"})


def checked() -> Checked:
    """Whether the audit is as it was written."""
    with open_workspace(place()) as space:
        return audit.verify(access.actor(), space)


def _hand_over(login: str, password: str | None) -> None:
    if password:
        keys.HANDED_OVER.put((login, password))


def _done(change: Callable[..., None], login: str) -> bool:
    """Do it, or say what stands against it."""
    try:
        with open_workspace(place()) as space:
            change(access.actor(), space, login=login)
    except nps.InputError as refused:
        say(refused.note)
        return False
    look_again()
    return True
