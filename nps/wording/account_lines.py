"""A list of accounts, or of people, in lines for whoever reads no page."""

from collections.abc import Iterator

import pandas as pd

from nps.chosen import listed
from nps.chosen.chosen import Chosen
from nps.chosen.listed import Wanted
from nps.chosen.watched import LISTS, Watched
from nps.chosen.watching import Watching
from nps.wording import account_lists, accounts
from nps.wording.speech import _


def watched(chosen: Chosen, now: Watching, of: str = "account") -> Watched | None:
    """How they stand under what the team set; None where there is no dated use."""
    panel = chosen.panel
    if panel.who is None or panel.weekly().as_of is None:
        return None
    return panel.watched(onboarding=now.onboarding, of=of, keys=now.keys)


def found(chosen: Chosen, wanted: Wanted) -> tuple[Watched | None, pd.DataFrame]:
    """How accounts are watched, and all of a list with what is told of each, see `account_lists.told`."""
    by_account = watched(chosen, wanted.now)
    board = listed.board(chosen, by_account, wanted.now)
    of_people = wanted.code == "advocates" and by_account is not None and by_account.weekly.by == "person_id"
    whom = watched(chosen, wanted.now, "person") if of_people else by_account
    rows = listed.narrowed(listed.ordered(board, whom, wanted.code, wanted.now), wanted)
    return by_account, account_lists.told(chosen, whom, rows, wanted.now.rules.leave)


def lines(chosen: Chosen, wanted: Wanted) -> Iterator[str]:
    """How many stand on it, what it takes, what came of it a quarter ago; then each with the reasons."""
    by_account, rows = found(chosen, wanted)
    if wanted.code in LISTS and by_account is None:
        yield _("There is no dated use: how use changes is not known.")
        return
    yield (
        _("{n} accounts", n=len(rows))
        if wanted.code == "all"
        else accounts.headline(wanted.code, len(rows), heavy=wanted.heavy)
    )
    yield accounts.what(wanted.code)
    if by_account is not None and wanted.code == "leave":
        yield accounts.of_record(by_account.record(wanted.now.rules))
    yield from (f"  {_of(row)}" for row in rows.to_dict("records"))


def records(chosen: Chosen, wanted: Wanted) -> list[dict[str, object]]:
    """The same as they leave in a file, a row each."""
    rows = account_lists.as_file(found(chosen, wanted)[1])
    dates = {name: rows[name].dt.strftime("%Y-%m-%d") for name in rows.select_dtypes("datetime")}
    rows = rows.assign(**dates).astype(object)
    return rows.where(rows.notna(), None).to_dict("records")


def _of(row: dict) -> str:
    """One account, or person: its name, what it answered, and why it is listed."""
    told = "; ".join(filter(None, (row.get("said"), row["why"])))
    return _("{name}: {told}", name=row["name"], told=told) if told else str(row["name"])
