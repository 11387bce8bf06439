"""Whom to survey next, of the data at hand where they are kept, as the contact rules allow at this moment."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

import nps
from nps.measures import next_survey, spreadsheets
from nps.measures.next_survey import Drawn
from nps.notes import note
from nps.wording import names
from pages.session import access, following, leaving, views, watching
from pages.session.kept import space
from pages.session.notices import say
from workspace.access.actor import Actor
from workspace.follow_up import contact_rules, ruling, standing
from workspace.store import audit

LEAVES = {"person_id": "person", "name": "name", "email": "email", "account_id": "account", "role": "role"}


class Wanted(NamedTuple):
    """How many are to be asked, who rested for how many days, and the seed of the draw."""

    people: int
    days: int
    seed: int


@views.held
def everybody(panel: nps.Panel) -> pd.DataFrame:
    """Who answered and who never did, with how active each was lately."""
    weekly = None if watching.missing(panel) else panel.weekly()
    return panel.select().per_person.for_survey(weekly)


def drawn(people: pd.DataFrame, wanted: Wanted) -> tuple[Drawn, pd.DataFrame]:
    """Whom to ask, and what each contact rule removes."""
    return _drawn(access.actor(), following.dataset() or "", people, wanted)


def file(people: pd.DataFrame, wanted: Wanted) -> Callable[[], bytes]:
    """Makes the list when it is asked for; the rules are asked then."""
    of = following.dataset() or ""

    def made(actor: Actor) -> bytes:
        found, _removed = _drawn(actor, of, people, wanted)
        frame = people.iloc[found.people][[*LEAVES]].rename(columns=LEAVES).rename(columns=names.in_file)
        with space() as opened:
            about = {"file": "to_survey.csv", "data": of, "rows": len(frame), "columns": [*map(str, frame.columns)]}
            audit.tell(actor, opened, "download", about)
        return spreadsheets.as_csv(frame)

    return leaving.asked_again(made)


def asked(people: pd.DataFrame) -> None:
    """Note that these were asked, so that they rest from now on: for callbacks."""

    def do() -> None:
        with space() as opened:
            standing.asked(access.actor(), opened, following.dataset() or "", people, following.now())
        say(note("survey.asked", n=len(people)))

    following.said(do)


def _drawn(actor: Actor, of: str, people: pd.DataFrame, wanted: Wanted) -> tuple[Drawn, pd.DataFrame]:
    with space() as opened:
        rules = ruling.rules_of(actor, opened, of)._replace(survey_days=wanted.days)
        known = standing.known(actor, opened, of, people, following.now())
        removed = contact_rules.who_may(known, rules, following.now())
    found = next_survey.draw(people, contact_rules.allowed(removed), wanted.people, wanted.seed)
    return found, contact_rules.told(removed)
