"""What the contact rules remove of a campaign, when it was made and at this moment; what was turned off, and why."""

import pandas as pd
import streamlit as st

import nps
from nps.wording import _, several
from pages.parts import owners, popover, show, tables
from pages.session import access, campaigning, opened, reaching
from pages.session.campaigning import Campaign

RULE, WHY = "rule_to_turn_off", "rule_off_why"


def rules(panel: nps.Panel, one: Campaign) -> None:
    """How many may be contacted, a row for each rule that removes anybody, and the rules that are off."""
    allowed, removed = reaching.waiting(one, reaching.known_now(panel))
    people = _people(len(allowed), one)
    show.heading(_("At this moment"))
    show.text(people)
    table(removed, "rules_now")
    added = campaigning.additions(one)
    if one.removed:
        later = _("When it was made, and when people were added, these were left out")
        show.heading(_("When it was made, these were left out") if added.empty else later)
        show.bullet(_("{rule}: {n}", rule=campaigning.rule_named(rule), n=f"{n:,}") for rule, n in one.removed.items())
    _added(added)
    _off(one)
    if opened.may_delete():
        _turn_off(one, removed)


def table(removed: pd.DataFrame, key: str, *, narrow: bool = False) -> None:
    """What each rule removes, where it removes anybody; `narrow` without those that it alone does."""
    hit = removed[removed["alone"] > 0]
    if hit.empty:
        return
    told = hit.assign(rule=[str(campaigning.rule_named(rule)) for rule in hit["rule"]])
    columns = {
        "rule": _("Left out, as they are"),
        "alone": tables.figure(_("People"), width=80),
        "only": tables.figure(_("By this alone"), width=100),
    }
    if narrow:
        columns.pop("only")
    tables.table(told, columns, key, _("Contact rules"))


def _people(n: int, one: Campaign) -> str:
    told = several("1 of who waits may be contacted.", "{n} of those who wait may be contacted.", n=n)
    return told if one.state == "running" else f"{told} {_('Nobody is contacted before it runs.')}"


def _added(added: pd.DataFrame) -> None:
    """Who was added later: when, by whom, how many, and whom they are of."""
    if added.empty:
        return
    known = owners.names()
    show.heading(_("Added later"))
    told = added.assign(
        at=pd.to_datetime(added["at"]), made_by=added["made_by"].map(lambda each: owners.called(each, known))
    )
    columns = {
        "at": st.column_config.DateColumn(_("When"), width=100),
        "people": tables.figure(_("People"), width=80),
        "made_by": st.column_config.TextColumn(_("Who"), width=130),
        "why": st.column_config.TextColumn(_("Who they are"), width="large"),
    }
    tables.table(told, columns, "additions", _("Added later"))


def _off(one: Campaign) -> None:
    """Each with its reason, and a way back."""
    if one.off:
        show.heading(_("Turned off for this campaign"))
    for rule, why in one.off.items():
        with st.container(horizontal=True, vertical_alignment="center"):
            show.text(_("{rule}: {why}", rule=campaigning.rule_named(rule), why=why))
            if access.works():
                on = {"on_click": reaching.turn_on, "args": (one, rule), "type": "tertiary"}
                st.button(_("Turn on again"), key=f"rule_on_{rule}", **on)


def _turn_off(one: Campaign, removed: pd.DataFrame) -> None:
    offered = [rule for rule in removed["rule"] if rule not in campaigning.ALWAYS and rule not in one.off]
    with popover.opened(_("Turn a rule off"), "rule_off", icon=":material/gavel:", type="tertiary") as is_open:
        if is_open:
            called = {rule: str(campaigning.rule_named(rule)) for rule in offered}
            with st.form("rule_off", border=False, clear_on_submit=True):
                st.selectbox(_("Rule"), offered, format_func=called.get, key=RULE)
                st.text_input(_("Why: it stands in the audit"), key=WHY, max_chars=reaching.LONGEST_WHY)
                off = {"on_click": reaching.turn_off, "args": (one, RULE, WHY)}
                st.form_submit_button(_("Turn it off"), key="rule_off_send", **off)
