"""A campaign of whoever is listed or selected, a new one or one that is there, and whom the contact rules leave."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

import nps
from nps.wording import _, several, words
from pages.parts import campaign_about, campaign_rules, owners, popover, show
from pages.session import access, campaigning, following, keys, opened
from pages.session.campaigning import Added, Campaign, Draft

KEY, NEW = "follow", ""
Query = Mapping[str, Sequence[str]]


def up(name: str, whom: Callable[[], pd.DataFrame], why: str, query: Query) -> None:
    """Follow up on these people.

    whom   them, as `measures.followed_up` has people
    why    whom it is for, in words, and `query` as a selection tells it
    """
    if not access.works():
        return
    with popover.opened(_("Follow up"), f"follow_{name}", icon=":material/campaign:", type="tertiary") as is_open:
        if is_open and following.dataset() is None:
            st.text(_("Campaigns belong to data that are kept."))
            label = _("Keep these data") if opened.can_be_kept() else _("Bring your own data and keep them")
            st.page_link("data.py", label=label, icon=":material/database:")
        elif is_open:
            show.text(why)
            into = _into(f"{KEY}_{name}_into")
            if into is None:
                _campaign(name, whom, why, query)
            else:
                _joined(into, name, whom, why, query)


def _into(key: str) -> Campaign | None:
    """An open campaign of these data; None: a new one. Only where there is any it is asked."""
    known = campaigning.open_ones()
    names = {NEW: _("A new campaign")} | {code: one.name for code, one in known.items()}
    keys.of_widget(key).fit(names)
    return known.get(st.selectbox(_("Add them to"), [*names], format_func=names.get, key=key)) if known else None


def _joined(into: Campaign, name: str, whom: Callable[[], pd.DataFrame], why: str, query: Query) -> None:
    """Whom the rules leave of these people for a campaign that is there, without who is in it."""
    people, key = whom(), f"{KEY}_{name}"
    try:
        came = campaigning.joining_now(into.id, people)
    except nps.InputError as refused:  # it was closed since the list was drawn
        show.problem(refused.note)
        return
    others = len(people) - came.there
    if came.there:
        show.text(several("1 is in it already.", "{n} are in it already.", n=came.there))
        show.text(_("{may} of the other {people} may be contacted.", may=f"{came.n:,}", people=f"{others:,}"))
    else:
        _may(came.n, others)
    campaign_rules.table(campaigning.told(came.removed), f"{key}_rules", narrow=True)
    if into.held_back:
        st.caption(_("As of the others, {share} are held back at random.", share=words.percent(into.held_back)))
    label = several("Add 1 person", "Add {n} people", n=came.n)
    add = {"on_click": campaigning.add, "args": (into.id, lambda: Added(whom(), why, query)), "type": "primary"}
    st.button(label, disabled=not came.n, key=f"{key}_add", **add)


def _may(n: int, people: int) -> None:
    show.text(_("{may} of {people} may be contacted.", may=f"{n:,}", people=f"{people:,}"))


def _campaign(name: str, whom: Callable[[], pd.DataFrame], why: str, query: Query) -> None:
    people, key = whom(), f"{KEY}_{name}"
    may, removed = campaigning.ruled(people, {})
    _may(may, len(people))
    campaign_rules.table(removed, f"{key}_rules", narrow=True)
    with st.form(key, border=False):
        campaign_about.fields({owners.NOBODY: _("Nobody"), **owners.names()}, key)
        share = words.percent(campaigning.HELD_BACK)
        label = _("Hold back {share} at random, to tell whether it worked", share=share)
        st.checkbox(label, key=f"{key}_held_back")
        if opened.may_delete():
            _off(key, removed)
        make = partial(_draft, key, why, query)
        label = several("Make a campaign of 1 person", "Make a campaign of {n} people", n=may)
        st.form_submit_button(label, on_click=campaigning.make, args=(make, whom), type="primary", key=f"{key}_make")


def _off(key: str, removed: pd.DataFrame) -> None:
    """What an administrator may turn off, with a reason."""
    offered = [rule for rule in removed.loc[removed["alone"] > 0, "rule"] if rule not in campaigning.ALWAYS]
    if offered:
        called = {rule: str(campaigning.rule_named(rule)) for rule in offered}
        st.multiselect(_("Contact these all the same"), offered, format_func=called.get, key=f"{key}_off")
        st.text_input(_("Why: it stands in the audit"), key=f"{key}_why", max_chars=200)


def _draft(key: str, why: str, query: Query) -> Draft:
    off = keys.of_widget(f"{key}_off").get() or ()
    reason = keys.of_widget(f"{key}_why").get() or ""
    held_back = campaigning.HELD_BACK if keys.of_widget(f"{key}_held_back").get() else 0.0
    given = campaign_about.given(key)
    return Draft(**given, why=why, query=query, held_back=held_back, off=dict.fromkeys(off, reason))
