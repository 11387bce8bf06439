"""The lists of accounts: what each holds and why, and how it leaves."""

from collections.abc import Callable
from functools import partial

import streamlit as st

import nps
from nps.chosen.listed import Wanted
from nps.chosen.watched import LISTS, Watched
from nps.chosen.watching import Watching
from nps.wording import _
from nps.wording import accounts as wording
from pages.parts import (
    accounts_columns,
    accounts_frames,
    accounts_leaving,
    accounts_model,
    accounts_settings,
    choose,
    show,
    tables,
)
from pages.parts.accounts_frames import SHOWN, Found
from pages.session import keys, links, screen, watching

LIST, TALL, MANY = "account_list", 470, 100_000  # pixels of the list; people up to whom advocates are counted unasked
HEAVY = keys.of_widget("heavy_users")


def listed(chosen: nps.Chosen, accounts: Watched | None) -> None:
    """The headline, which list, whom of it, and the list."""
    above, now = st.container(), watching.settings()
    code = _list(chosen, accounts, now)
    watched = _of_persons(chosen, accounts) if code == "advocates" else accounts
    of_people = watched is not accounts
    with st.container(horizontal=True, vertical_alignment="center"):
        wanted = _whom(chosen, accounts, watched, Wanted(code, now))
        st.space("stretch")
        accounts_settings.settings(chosen, watched, code)
    found = accounts_frames.found(chosen, accounts, watched, wanted)
    with above:
        _headline(chosen, accounts, wanted, found.number)
    if found.rows.empty:
        st.caption(_nobody(wanted))
    elif of_people:
        opens = partial(links.go_to_person, among=found.rows.index.tolist())
        _table(found, wanted, accounts_columns.of_people(found.rows), opens)
    else:
        rows = accounts_model.with_model(found.rows, watched, code, now)
        _table(found._replace(rows=rows), wanted, accounts_columns.of_accounts(rows, code), keys.ACCOUNT.put)
    if found.number:
        accounts_leaving.leaves(chosen, accounts, watched, wanted)
    if accounts and code in accounts_model.OUTCOMES:
        accounts_model.model(accounts, code, now)


def _list(chosen: nps.Chosen, watched: Watched | None, now: Watching) -> str:
    """Which list is wanted, each with how many it holds."""
    codes = ["all", *(LISTS if watched else ()), "silent", "divided"]
    asked, labels = keys.of_widget(LIST).get(), {}
    for code in codes:
        whom = _of_persons(chosen, watched) if code == "advocates" else watched
        counted = code in ("all", asked) or code != "advocates" or len(chosen.panel.accounts.whose) <= MANY
        n = f" {accounts_frames.counts(chosen, watched, whom, Wanted(code, now)):,}" if counted else ""
        labels[code] = f"{wording.named(code)}{n}"
    return choose.choice(_("List"), labels, key=LIST, label_visibility="collapsed", persist_state="session")


def _of_persons(chosen: nps.Chosen, watched: Watched | None) -> Watched | None:
    """Advocates are people, where it is known what each of them uses."""
    by_person = watched is not None and watched.weekly.by == "person_id"
    return watching.watched(chosen.panel, "person") if by_person else watched


def _whom(chosen: nps.Chosen, accounts: Watched | None, watched: Watched | None, wanted: Wanted) -> Wanted:
    """The words that are sought, and whether only those are wanted who were heavy users before the last four weeks."""
    how = {"label_visibility": "collapsed", "icon": ":material/search:", "width": 240}
    placeholder = _("An account, a plan, an owner")
    wanted = wanted._replace(words=st.text_input(_("Search"), key="account_search", placeholder=placeholder, **how))
    if watched is None or watched.of == "person":
        return wanted
    n = accounts_frames.counts(chosen, accounts, watched, wanted._replace(heavy=True))
    label = {"heavy": _("Were heavy users {n}", n=n)}
    HEAVY.fit(label)
    chips = {"label_visibility": "collapsed", "persist_state": "session", "key": HEAVY.name}
    return wanted._replace(heavy=st.pills(_("Only some"), [*label], format_func=label.get, **chips) == "heavy")


def _headline(chosen: nps.Chosen, watched: Watched | None, wanted: Wanted, number: int) -> None:
    now, code = wanted.now, wanted.code
    if code == "all":
        counted = [accounts_frames.counts(chosen, watched, watched, Wanted(each, now)) for each in ("all", "silent")]
        leave = accounts_frames.counts(chosen, watched, watched, Wanted("leave", now)) if watched else None
        sentence = wording.of_all(counted[0], leave, counted[1])
    else:
        sentence = wording.headline(code, number, heavy=wanted.heavy)
    recorded = [wording.of_record(accounts_frames.record(watched, now))] if watched and code == "leave" else []
    show.headline(sentence, wording.what(code), *recorded)
    screen.say(sentence)


def _table(found: Found, wanted: Wanted, columns: tables.Columns, opens: Callable[[str], None]) -> None:
    ids, name = found.rows.index.tolist(), wording.named(wanted.code)
    key = f"accounts_{wanted.code}"
    tables.table(found.rows[[*columns]], columns, key, name, opens=lambda place: opens(ids[place]), highest=TALL)
    if found.number > len(ids):
        st.caption(_("The first {shown} of {found}. Search to find others.", shown=SHOWN, found=found.number))


def _nobody(wanted: Wanted) -> str:
    if wanted.code == "buy" and not wanted.now.rules.buy.plans:
        return _("Say under Rules which plans are free, or a trial: of those who is likely to buy is listed.")
    return _("Nobody stands on this list.")
