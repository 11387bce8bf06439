"""Lists of accounts, and of people, in the columns in which they are told and leave."""

import pandas as pd

from nps.chosen.chosen import Chosen
from nps.chosen.watched import Watched
from nps.measures import lists
from nps.measures.lists import MayLeave
from nps.wording import accounts

IN_FILE = (
    *("name", "called", "said", "points", "why", "health", "known", "change", "heavy", "score"),
    *("renewal_at", "revenue", "plan", "owner", "seats", "known_people"),
)


def told(chosen: Chosen, watched: Watched | None, rows: pd.DataFrame, rules: MayLeave) -> pd.DataFrame:
    """With name, said (its answers), why (reasons, of those on no list what speaks for leaving), weeks, change, known;
    of people called, what the account is called."""
    if watched is None:
        return rows.assign(name=_named(rows["account"]), said=_said(rows), why="")
    reasons = rows.get("reasons")
    if reasons is None:
        reasons = lists.speaking(watched.facts().reindex(rows.index), rules)
    weeks = watched.uses[watched.table.index.get_indexer(rows.index)].tolist()
    more = {
        "weeks": pd.Series(weeks, rows.index, dtype=object),
        "change": rows["pace"] - 1,
        "why": ["; ".join(map(str, each)) for each in reasons],
    }
    if watched.of == "person":
        names = chosen.panel.respondents.set_index("person_id")["name"].reindex(rows.index)
        called = _named(watched.known.table["account"]).reindex(rows["account"]).set_axis(rows.index)
        return rows.assign(**more, name=_named(names), called=called)
    known = [accounts.known(*each) for each in zip(rows["known_weight"], rows["in_play"], strict=True)]
    return rows.assign(**more, name=_named(rows["account"]), said=_said(rows), known=known)


def as_file(told: pd.DataFrame) -> pd.DataFrame:
    """As it leaves: without pictures."""
    return told[[name for name in IN_FILE if name in told]].rename_axis("id").reset_index()


def _named(names: pd.Series) -> pd.Series:
    """Names, and ids where there are none."""
    return names.astype(object).where(names.notna(), names.index.to_series())


def _said(rows: pd.DataFrame) -> list[str]:
    return [accounts.answers(row) for row in rows.to_dict("records")]
