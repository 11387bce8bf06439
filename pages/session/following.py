"""Following up the data at hand, where they are kept: what is open, and how tasks and people of campaigns change."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pandas as pd

import nps
from nps.notes import note
from pages.session import access, opened
from pages.session.kept import space
from pages.session.notices import say
from workspace.access import users
from workspace.access.actor import Actor, Role
from workspace.follow_up import inbox, members, tasks
from workspace.follow_up.changes import LONGEST_CAUSE as LONGEST_CAUSE
from workspace.follow_up.changes import LONGEST_NOTE as LONGEST_NOTE
from workspace.follow_up.changes import LONGEST_TITLE as LONGEST_TITLE
from workspace.follow_up.members import STATUSES as STATUSES


def dataset() -> str | None:
    """The kept data that are looked at, by id; None where what is looked at is not kept."""
    shown = opened.shown()
    return shown.id if shown else None


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day, in UTC."""
    return now().date()


def me() -> str:
    """What stands as an owner for whoever sees the page."""
    return access.actor().owner


def one_person(name: str) -> str:
    """Who did something, as it was written down, as an owner: any browser where nobody signs in is one person's."""
    return Actor(name, Role.VIEWER).owner


def colleagues() -> dict[str, str]:
    """Who can look after somebody, as it is kept -> login."""
    with space() as known:
        return users.colleagues(access.actor(), known)


def open_now(whose: str, *, snoozed: bool) -> pd.DataFrame:
    """As `inbox.listed`, of these data."""
    with space() as known:
        return inbox.listed(access.actor(), known, whose, today(), dataset(), snoozed)


def history(row: pd.Series) -> pd.DataFrame:
    """What came of a task, or of a member: as `members.history`."""
    with space() as known:
        if row["kind"] == "task":
            return tasks.history(access.actor(), known, row["id"])
        return members.history(access.actor(), known, row["campaign"], row["person_id"])


def change(rows: pd.DataFrame, told: str, **values: str | date | None) -> None:
    """Change tasks and members as they were seen, or comment on them; who was changed meanwhile is said."""

    def do() -> None:
        late = 0
        with space() as known:
            asked = access.actor(), known
            of_tasks, others = rows[rows["kind"] == "task"], rows[rows["kind"] != "task"]
            if len(of_tasks):
                seen = dict(zip(of_tasks["id"], of_tasks["version"], strict=True))
                late += len(tasks.change(*asked, seen, now(), told, **values))
            for of, each in others.groupby("campaign"):
                seen = dict(zip(each["person_id"], each["version"], strict=True))
                late += len(members.change(*asked, str(of), seen, now(), told, **values))
        if late:
            say(note("follow_up.late", n=late))

    said(do)


def said(do: Callable[[], None]) -> None:
    """Do it, or have the next page say why not: for callbacks."""
    try:
        do()
    except nps.InputError as refused:
        say(refused.note)
