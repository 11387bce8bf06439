"""One person: who it is, what they said, used and stopped using, and how they stand among people like them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from nps import daily
from nps.banding import NONE
from nps.chosen.passed import once
from nps.comments.quoted import quoted
from nps.joined import Joined
from nps.measures import peers, person
from nps.measures.directory import Directory, directory
from nps.measures.peers import Crowd, Peers
from nps.who.places import Life

FACTS = (
    *("name", "email", "role", "plan", "account", "account_id", "opted_out"),
    *("joined_at", "churned_at"),
)
REASONS = ["answer", "what", "kind", "name", "sides"]


@dataclass(frozen=True, eq=False)
class Person:
    """Somebody, by their id; each part is asked for when it is looked at."""

    panel: Joined
    id: str

    @cached_property
    def answers(self) -> pd.DataFrame:
        """Every answer, oldest first, as `panel.answers` has them."""
        return person.answers(self.panel, self.id)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """FACTS, as the latest answer, else the list of people, has them; None where it is not known."""
        lists = (self.answers[::-1], self.panel.unasked, self.panel.told.people)
        rows = [_row(each, self.id) for each in lists if each is not None and "person_id" in each]
        known = {name: _first(name, rows) for name in FACTS}
        return known | {"opted_out": bool(known["opted_out"])}

    @property
    def is_known(self) -> bool:
        """Whether there is anything to tell of them."""
        return (
            any(self.facts.values()) or len(self.answers) > 0 or (self.life is not None and self.life.last is not None)
        )

    @property
    def account(self) -> str | None:
        """The account that they are of, as `panel.accounts` calls it."""
        return self.facts["account_id"] or self.facts["account"]

    @cached_property
    def life(self) -> Life | None:
        """What they used; None where it is not at hand, is kept by account, or has no dates."""
        return self.panel.who.life(self.id) if self.panel.who is not None else None

    @property
    def days(self) -> pd.DataFrame | None:
        """What they used day by day in the last year: see `nps.daily`."""
        return None if self.life is None else self.life.days

    @cached_property
    def features(self) -> pd.DataFrame | None:
        """Everything that they used in the last year, see `measures.person.features`; reach: share of peers, NaN where
        there are none."""
        if self.life is None:
            return None
        table = person.features(self.life.days, self.life.as_of)
        if self.peers is None:
            return table.assign(reach=np.nan)
        return table.merge(self.peers.reach, on=["kind", "feature"], how="left").fillna({"reach": 0.0})

    @cached_property
    def stopped(self) -> pd.DataFrame | None:
        """What they used and do not any more: see `daily.stopped`."""
        return None if self.life is None else daily.stopped(self.life.days, self.life.as_of)

    @cached_property
    def reasons(self) -> pd.DataFrame:
        """What their comments name: answer (its position), what (theme or feature), kind, name, sides."""
        said = quoted(self.panel.comments, self.panel.coding, self.answers.index)
        rows = [
            (answer, what, kind, name, sides)
            for answer, each in zip(self.answers.index, said, strict=True)
            if each is not None
            for what, kind, name, sides in (
                *(("theme", "", key, sides) for key, sides in each.themes),
                *(("feature", *feature, sides) for feature, sides in each.features),
            )
        ]
        return pd.DataFrame(rows, columns=REASONS)

    @cached_property
    def peers(self) -> Peers | None:
        """How they stand among people of the same role and group; None where use is not at hand, or few are active."""
        if self.life is None or (everybody := crowd(self.panel)) is None:
            return None
        group = str(self.answers["group"].iloc[-1]) if len(self.answers) else None
        return peers.peers(everybody, self.id, self.facts["role"], group)


def crowd(panel: Joined) -> Crowd | None:
    """Everybody's use of the last quarter, counted once; None where it is not at hand, or kept by account."""
    weekly = panel.who.weekly() if panel.who is not None else None
    if weekly is None or weekly.by != "person_id" or weekly.as_of is None:
        return None

    def made() -> Crowd:
        persons = panel.told.persons.drop_duplicates("person_id").set_index("person_id")
        left = pd.to_datetime(persons["churned_at"]) < pd.Timestamp(weekly.as_of) + pd.Timedelta(days=1)
        latest = panel.respondents.set_index("person_id")["group"].astype(str)
        return peers.crowd(weekly, persons["role"], latest, persons.index[left])

    return once(panel, "crowd", made)


def everybody(panel: Joined) -> Directory:
    """Everybody that can be searched for."""
    return once(panel, "directory", lambda: directory(panel.respondents, panel.unasked))


def _row(rows: pd.DataFrame, person_id: str) -> pd.Series | None:
    found = rows[rows["person_id"] == person_id]
    return found.iloc[0] if len(found) else None


def _first(name: str, rows: list[pd.Series | None]) -> Any:
    """What the first says that says anything."""
    told = (row[name] for row in rows if row is not None and name in row)
    return next((value for value in told if pd.notna(value) and value != NONE), None)
