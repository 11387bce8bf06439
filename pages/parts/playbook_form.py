"""The form of a playbook: when and then, how often it would have done something, and what can be done with it."""

import streamlit as st

import nps
from nps.wording import _, several
from pages.parts import owners, playbook_when, show
from pages.session import following, playbook_options, playbooks
from pages.session.playbooks import Playbook, Then, When

NONE = ""


def form(panel: nps.Panel, playbook: Playbook) -> None:
    """All of it; what a button keeps is what the widgets say."""
    key = f"playbook_{playbook.id}"
    name = st.text_input(_("Name"), playbook.name, max_chars=playbooks.LONGEST_NAME, key=f"{key}_name", width=420)
    left, right = st.columns(2, gap="medium")
    with left:
        when = playbook_when.when(panel, playbook, key)
    with right:
        then = _then(playbook, when, key)
        a_day = int(
            st.number_input(
                _("At most so often a day"),
                1,
                playbooks.MOST_A_DAY,
                playbook.a_day,
                key=f"{key}_a_day",
                width=200,
                help=_("Whatever is beyond is told together: one task and one message for all of it."),
            )
        )
    _would(panel, when, a_day)
    made = playbook._replace(name=name or "", when=when, then=then, a_day=a_day, owner=following.me())
    _buttons(playbook, made)


def _then(playbook: Playbook, when: When, key: str) -> Then:
    before = playbook.then
    task, whose, days = "", (), before.days
    if when.kind != "digest":
        hint = {"placeholder": _("Call them"), "max_chars": playbooks.LONGEST}
        task = st.text_input(_("Then: make a task"), before.task, key=f"{key}_task", **hint) or ""
    if task:
        people = owners.names()
        known = people | {owner: owner for owner in before.owners if owner not in people}
        how = {"format_func": known.get, "key": f"{key}_owners", "placeholder": _("You")}
        whose = tuple(st.multiselect(_("In turn for"), [*known], [*before.owners], **how))
        days = int(st.number_input(_("Due in so many days"), 0, playbooks.MOST_DAYS, days, key=f"{key}_due", width=200))
    channel = _one_of(_("Send a message to"), playbook_options.told(), before.channel, f"{key}_channel")
    campaign = NONE
    if when.kind in playbooks.OF_PEOPLE:
        campaign = _one_of(_("Add them to a campaign"), playbook_options.joined(), before.campaign, f"{key}_campaign")
        if campaign:
            st.caption(_("As far as the contact rules allow at that moment."))
    return Then(task.strip(), whose, days, channel, campaign)


def _one_of(label: str, known: dict[str, str], before: str, key: str) -> str:
    called = {NONE: _("none"), **known}
    place = [*called].index(before) if before in called else 0
    return st.selectbox(label, [*called], place, format_func=called.get, key=key)


def _would(panel: nps.Panel, when: When, a_day: int) -> None:
    """How often it would have done something lately."""
    if when.kind == "digest":
        return
    try:
        days, until = playbooks.fired(panel, when)
    except nps.InputError as refused:
        show.problem(refused.note)
        return
    n = int(days.sum())
    if when.kind == "silent":
        told = _("It never happened so far.") if not n else _("It would have been told on {day}.", day=days.index[-1])
    elif not n:
        told = _("In the 13 weeks to {day} it would have done nothing.", day=until)
    else:
        times = several("once", "{n} times", n=n)
        a_day_at_most = several("once a day", "{n} times a day", n=int(days.max()))
        about = {"day": until, "times": times, "most": a_day_at_most}
        told = _("In the 13 weeks to {day} it would have fired {times}, at most {most}.", **about)
    st.info(told, icon=":material/history:")
    if n and days.max() > a_day:
        st.caption(_("That is more than the most of a day: the others are told together."))


def _buttons(playbook: Playbook, made: Playbook) -> None:
    with st.container(horizontal=True):
        if st.button(_("Keep"), type="primary", key="playbook_keep"):  # what was typed at last counts, too
            playbooks.keep(made)
            st.rerun()
        if playbook.id:
            label = _("Turn off") if playbook.active else _("Turn on")
            switched = playbook._replace(active=not playbook.active)
            st.button(label, key="playbook_switch", on_click=playbooks.keep, args=(switched,))
            with st.popover(_("Delete"), type="tertiary"):
                st.text(_("It does nothing more. What it did stays done."))
                st.button(_("Delete"), key="playbook_delete", on_click=playbooks.remove, args=(playbook,))
    st.caption(_("What was before it is kept is left alone."))
