"""Events on the trend of a dataset. `dataset` is its mark: only who has the same data sees them."""

from datetime import date

import pandas as pd

from nps.notes import Refused, TooLarge
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.store.database import Workspace, writing

LONGEST_NAME = 80
MOST_MARKERS = 200


def marker_name(text: str) -> str:
    """The name of an event as it is kept. Raises InputError when it is empty or too long."""
    name = " ".join(text.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused("event.name", most=LONGEST_NAME)
    return name


@needs(Verb.LOOK)
def markers(actor: Actor, space: Workspace, dataset: str) -> pd.DataFrame:
    """Events of a dataset, oldest first: day, name."""
    rows = list(space.db.table("markers").rows_where("dataset = ?", [dataset], order_by="day, name"))
    frame = pd.DataFrame(rows, columns=["dataset", "day", "name"])
    return frame.drop(columns="dataset").assign(day=pd.to_datetime(frame["day"], format="%Y-%m-%d"))


@needs(Verb.WORK)
def add_marker(actor: Actor, space: Workspace, dataset: str, day: date, name: str) -> None:
    """Keep an event. Raises InputError for a name that is empty or too long."""
    name = marker_name(name)
    with writing(space.db):
        if space.db.table("markers").count_where("dataset = ?", [dataset]) >= MOST_MARKERS:
            raise TooLarge("event.too_many", most=MOST_MARKERS)
        space.db.table("markers").insert({"dataset": dataset, "day": day.isoformat(), "name": name}, replace=True)


@needs(Verb.WORK)
def remove_marker(actor: Actor, space: Workspace, dataset: str, day: date, name: str) -> None:
    """Forget an event; nothing happens when there is none."""
    with writing(space.db):
        space.db.table("markers").delete_where("dataset = ? AND day = ? AND name = ?", [dataset, day.isoformat(), name])


@needs(Verb.WORK)
def copy_markers(actor: Actor, space: Workspace, dataset: str, to: str) -> None:
    """Have another dataset begin with the events of this one."""
    with writing(space.db):
        rows = list(space.db.table("markers").rows_where("dataset = ?", [dataset]))
        space.db.table("markers").insert_all([{**row, "dataset": to} for row in rows], ignore=True)
