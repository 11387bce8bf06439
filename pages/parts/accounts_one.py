"""One account whole: who it is, why it is listed, what it does and says, its health, its people, what is not known."""

from functools import partial

import pandas as pd
import streamlit as st

import nps
from nps.chosen import listed
from nps.chosen.watched import LISTS, Watched
from nps.chosen.watching import Watching
from nps.measures import followed_up
from nps.wording import _, several
from nps.wording import accounts as wording
from pages.parts import (
    accounts_card,
    accounts_frames,
    accounts_health,
    accounts_people,
    counted,
    follow,
    followed,
    show,
)
from pages.session import keys, screen, watching

NOT_SAID = ("renewal_at", "revenue", "seats", "owner")


def opened(chosen: nps.Chosen) -> str | None:
    """The account that is looked into; a link may ask for one that this data has not."""
    keys.ACCOUNT.fit(chosen.panel.accounts.table.index)
    return keys.ACCOUNT.get()


def look_into(chosen: nps.Chosen, watched: Watched | None, account: str) -> None:
    """All of it on one page; answers are everybody's, whatever the filters."""
    everybody, now = chosen.panel.select().per_person, watching.settings()
    row = accounts_frames.board(everybody, watched, now).loc[account]
    on, everyone = _listed(watched, account, now), accounts_people.everyone(everybody, account)
    back = {"on_click": keys.ACCOUNT.take, "key": "all_accounts", "type": "tertiary"}
    st.button(_("All accounts"), icon=":material/arrow_back:", **back)
    accounts_card.card(row, account, [*on])
    accounts_card.figures(row)
    _contacts(everybody, row, on, everyone)
    left, right = (st.container(), st.container()) if screen.narrow() else st.columns(2, gap="medium")
    with left:
        _why(on)
        accounts_people.over_time(everybody, watched, account)
        accounts_people.listed(everyone, watched)
    with right:
        if watched:
            accounts_health.parts(watched, account, now)
            accounts_health.history(watched, account, now)
        _unknown(row, watched, now)
    accounts_people.comments(everybody, account)
    followed.account(account, everyone["person_id"].tolist())
    st.caption(_("All answers of its people count here, whatever the filters."))
    if watched:
        counted.how(everybody, "pace", "listed", "health")


def _listed(watched: Watched | None, account: str, now: Watching) -> dict[str, pd.Series]:
    """The lists of accounts that it stands on."""
    codes = [code for code in LISTS if code != "advocates"] if watched else []
    lists = {code: accounts_frames.watch(watched, code, now) for code in codes}
    return {code: rows.loc[account] for code, rows in lists.items() if account in rows.index}


def _contacts(everybody: nps.Chosen, row: pd.Series, on: dict[str, pd.Series], everyone: pd.DataFrame) -> None:
    """Its people whom one may write to, with why."""
    why = "; ".join(str(reason) for each in on.values() for reason in each["reasons"])
    name = row["account"] if isinstance(row["account"], str) else str(row.name)
    rows = pd.DataFrame({"name": [name], "why": [why]}, index=[row.name])
    n = int((~everyone["opted_out"]).sum())
    label = several("1 contact", "{n} contacts", n=n)
    how = {"type": "primary", "disabled": not n, "help": _("Who does not want to be contacted is left out.")}
    make = partial(listed.reachable, everybody, rows, of_people=False)
    with st.container(horizontal=True):
        show.people_file(label, make, "contacts.csv", "account_contacts", **how)
        follow.up("account", lambda: followed_up.of_known(everyone), f"{name}; {why}" if why else name, {})


def _why(on: dict[str, pd.Series]) -> None:
    """The reasons of each list that it stands on."""
    for code, row in on.items():
        show.heading(_("{list}: listed because", list=wording.named(code)))
        show.bullet(row["reasons"])


def _unknown(row: pd.Series, watched: Watched | None, now: Watching) -> None:
    """What nobody can say of it."""
    missing = [wording.unknown(each) for each in NOT_SAID if pd.isna(row[each])]
    if watched:
        parts = accounts_frames.health(watched, now).loc[row.name, [*watched.figures().columns]]
        missing = [*map(wording.lacking, parts.index[parts.isna()]), *missing]
    elif not row["answers"]:
        missing = [wording.lacking("answers"), *missing]
    if missing:
        show.heading(_("What is not known"))
        show.bullet(missing)
