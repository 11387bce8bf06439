"""What is kept of a dataset: events on its trend. `dataset` is its mark: only who brings the same data sees them."""

from datetime import date

import pandas as pd
from sqlite_utils import Database

from nps.notes import Refused, TooLarge
from workspace.store.database import writing

LONGEST_NAME = 80
MOST_MARKERS = 200


def marker_name(text: str) -> str:
    """The name of an event as it is kept. Raises InputError when it is empty or too long."""
    name = " ".join(text.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused("event.name", most=LONGEST_NAME)
    return name


def markers(db: Database, dataset: str) -> pd.DataFrame:
    """Events of a dataset, oldest first: day, name."""
    rows = list(db.table("markers").rows_where("dataset = ?", [dataset], order_by="day, name"))
    frame = pd.DataFrame(rows, columns=["dataset", "day", "name"])
    return frame.drop(columns="dataset").assign(day=pd.to_datetime(frame["day"], format="%Y-%m-%d"))


def add_marker(db: Database, dataset: str, day: date, name: str) -> None:
    """Keep an event. Raises InputError for a name that is empty or too long."""
    name = marker_name(name)
    with writing(db):
        if db.table("markers").count_where("dataset = ?", [dataset]) >= MOST_MARKERS:
            raise TooLarge("event.too_many", most=MOST_MARKERS)
        db.table("markers").insert({"dataset": dataset, "day": day.isoformat(), "name": name}, replace=True)


def remove_marker(db: Database, dataset: str, day: date, name: str) -> None:
    """Forget an event; nothing happens when there is none."""
    with writing(db):
        db.table("markers").delete_where("dataset = ? AND day = ? AND name = ?", [dataset, day.isoformat(), name])
