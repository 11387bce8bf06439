"""Accounts as they are told: made once for everybody who may see them, and never changed."""

from typing import NamedTuple

import pandas as pd

import nps
from nps.chosen import listed
from nps.chosen.listed import Wanted
from nps.chosen.watched import Watched
from nps.chosen.watching import Watching
from nps.measures.lists import Record
from nps.wording import account_lists, accounts
from pages.session import views

SHOWN = 300  # each run sends them anew; a search finds the others


class Found(NamedTuple):
    """Those of a list that are shown, the first of so many."""

    rows: pd.DataFrame
    number: int


@views.held
def board(chosen: nps.Chosen, watched: Watched | None, now: Watching) -> pd.DataFrame:
    """Every account with people in the selection."""
    return listed.board(chosen, watched, now)


@views.held
def _ordered(chosen: nps.Chosen, accounts: Watched | None, whom: Watched | None, code: str, now: Watching):
    return listed.ordered(board(chosen, accounts, now), whom, code, now)


def whole(chosen: nps.Chosen, accounts: Watched | None, whom: Watched | None, wanted: Wanted) -> pd.DataFrame:
    """All of a list. whom: how accounts are watched, or, where the list is of people, how they are."""
    return listed.narrowed(_ordered(chosen, accounts, whom, wanted.code, wanted.now), wanted)


@views.shared
def found(chosen: nps.Chosen, accounts: Watched | None, whom: Watched | None, wanted: Wanted) -> Found:
    """The first of them, in the columns of a list."""
    rows = whole(chosen, accounts, whom, wanted)
    return Found(account_lists.told(chosen, whom, rows.head(SHOWN), wanted.now.rules.leave), len(rows))


@views.shared
def counts(chosen: nps.Chosen, accounts: Watched | None, whom: Watched | None, wanted: Wanted) -> int:
    """How many there are."""
    return len(whole(chosen, accounts, whom, wanted))


@views.shared
def record(watched: Watched, now: Watching) -> Record:
    """What came of the list of who may leave a quarter ago."""
    return watched.record(now.rules)


def as_file(chosen: nps.Chosen, accounts: Watched | None, whom: Watched | None, wanted: Wanted) -> pd.DataFrame:
    """All of a list, as it leaves."""
    return account_lists.as_file(_told(chosen, accounts, whom, wanted))


def reachable(chosen: nps.Chosen, accounts: Watched | None, whom: Watched | None, wanted: Wanted) -> pd.DataFrame:
    """Who of a list may be written to."""
    of_people = whom is not None and whom.of == "person"
    return listed.reachable(chosen, _told(chosen, accounts, whom, wanted), of_people=of_people)


def for_campaign(chosen: nps.Chosen, accounts: Watched | None, whom: Watched | None, wanted: Wanted) -> pd.DataFrame:
    """The people of a list, as a campaign takes them."""
    of_people = whom is not None and whom.of == "person"
    return listed.for_campaign(chosen, whole(chosen, accounts, whom, wanted), of_people=of_people)


def whom(chosen: nps.Chosen, wanted: Wanted) -> str:
    """Who stands on a list, in words."""
    selected = chosen.selection.describe(chosen.panel.measure, chosen.panel)
    return f"{accounts.named(wanted.code)}, {selected}"


def _told(chosen: nps.Chosen, accounts: Watched | None, whom: Watched | None, wanted: Wanted) -> pd.DataFrame:
    return account_lists.told(chosen, whom, whole(chosen, accounts, whom, wanted), wanted.now.rules.leave)


@views.held
def watch(watched: Watched, code: str, now: Watching) -> pd.DataFrame:
    """Who is on a list with points and reasons, whatever the filters."""
    return watched.watch(code, now.rules)


@views.held
def health(watched: Watched, now: Watching) -> pd.DataFrame:
    """Health of each, its parts, and their figures."""
    return watched.health(now.weights)
