"""Lists of accounts, or people, under a selection: who stands on each, in its order, and whom one may write to."""

from typing import Any, NamedTuple

import pandas as pd

from nps.chosen.chosen import Chosen
from nps.chosen.watched import Watched
from nps.chosen.watching import Watching
from nps.measures import contacts, followed_up, lists

SOUGHT = ("account", "plan", "owner")


class Wanted(NamedTuple):
    """Which list, whom of it, and by what the team watches.

    code   "all", "silent" (nobody answered), "divided", or one of `watched.LISTS`
    heavy  only who was a heavy user before the last four weeks
    words  that an id, a name, a plan or an owner holds
    """

    code: str
    now: Watching = Watching()
    heavy: bool = False
    words: str = ""


def board(chosen: Chosen[Any], watched: Watched | None, now: Watching) -> pd.DataFrame:
    """Every account with people in the selection, by id: `chosen.accounts`, how it stands, its health, its points."""
    rows = chosen.accounts().loc[chosen.held()]
    if watched is None:
        return rows.assign(heavy=False)
    facts, health = watched.facts(), watched.health(now.weights)
    more = facts[facts.columns.difference(rows.columns)].join(health[["health", "known_weight", "in_play"]])
    return rows.join(more.assign(points=lists.points(facts, now.rules.leave)))


def ordered(board: pd.DataFrame, watched: Watched | None, code: str, now: Watching) -> pd.DataFrame:
    """Those of a board that stand on a list, in its order; of people their own facts."""
    if code == "all":
        return board.assign(silent=board["answers"] == 0).sort_values(["silent", "shrunk"], kind="stable")
    if code == "silent":
        return board[board["answers"] == 0].sort_values("revenue", ascending=False, kind="stable")
    if code == "divided" or watched is None:
        return board[board["divided"]].sort_values("answers", ascending=False, kind="stable")
    listed = watched.watch(code, now.rules)
    if watched.of == "person":
        return listed[listed["account"].isna() | listed["account"].isin(board.index)]
    listed = listed[listed.index.isin(board.index)]
    return board.loc[listed.index].assign(points=listed["points"], reasons=listed["reasons"])


def narrowed(rows: pd.DataFrame, wanted: Wanted) -> pd.DataFrame:
    """Those that were heavy users, if that is asked, and hold the words."""
    words = wanted.words.strip().casefold()
    rows = rows[rows["heavy"]] if wanted.heavy else rows
    held = pd.Series(not words, rows.index)
    for cells in (rows.index.to_series(), *(rows[name] for name in SOUGHT)) if words else ():
        held |= cells.astype("string").fillna("").str.casefold().str.contains(words, regex=False).to_numpy(bool)
    return rows[held]


def reachable(chosen: Chosen[Any], rows: pd.DataFrame, *, of_people: bool) -> pd.DataFrame:
    """Who of a list may be written to, and why, safe to open in a spreadsheet; of accounts, all people that are known.

    rows  name and why, by id
    """
    if of_people:
        people = chosen.panel.respondents
        people = people[people["person_id"].isin(rows.index)]
        return contacts.contacts(people, people["person_id"].map(rows["why"]))
    people = chosen.everyone(rows.index)
    people = people.assign(account=people["whose"].map(rows["name"]))
    return contacts.contacts(people, people["whose"].map(rows["why"]))


def for_campaign(chosen: Chosen[Any], rows: pd.DataFrame, *, of_people: bool) -> pd.DataFrame:
    """The people of a list as a campaign takes them, whoever may be written to; of accounts, all that are known."""
    if not of_people:
        return followed_up.of_known(chosen.everyone(rows.index))
    answers = chosen.panel.answers
    return followed_up.of_answers(answers[answers["person_id"].isin(rows.index)])
