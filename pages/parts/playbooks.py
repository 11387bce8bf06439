"""Playbooks: what is done by itself when something happens, what each did, and a form for administrators."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nps
from nps.wording import _, several
from pages.parts import owners, playbook_form, playbook_said, show, tables
from pages.session import playbook_options, playbooks
from pages.session.playbooks import Playbook


def view(panel: nps.Panel, above: DeltaGenerator) -> None:
    """The list, and below it the one that is open; the headline stands above."""
    known = playbooks.listed()
    active = sum(each.active for each in known)
    with above:
        _headline(len(known), active)
    for each in known:
        if why := playbook_said.trouble(each):
            show.problem(_("{name} was not looked at: {why}", name=each.name, why=why))
    if known:
        _table(panel, known)
    opened = playbooks.shown(known)
    if playbooks.may_change() and opened is not playbooks.NEW:
        new = {"key": "playbook_new", "icon": ":material/add:", "on_click": playbooks.look_at, "args": (0,)}
        st.button(_("New playbook"), **new)
    if opened is not None:
        _one(panel, opened)


def _headline(n: int, active: int) -> None:
    about = _("When something happens, something is done: once for each case, whoever else looks.")
    if not n:
        show.headline(_("Nothing is done by itself yet"), about)
    elif n == active:
        show.headline(several("1 playbook looks after these data", "{n} playbooks look after these data", n=n), about)
    else:
        show.headline(_("{active} of {n} playbooks are on", active=active, n=n), about)


def _table(panel: nps.Panel, known: list[Playbook]) -> None:
    counted, names = playbooks.counted(), (playbook_options.told(), playbook_options.joined(), owners.names())
    rows = pd.DataFrame(
        {
            "name": [each.name for each in known],
            "active": [each.active for each in known],
            "when": [playbook_said.when(panel, each.when) for each in known],
            "then": [playbook_said.then(each.then, *names) for each in known],
            "acted": [int(counted["acted"].get(each.id, 0)) for each in known],
            "last": pd.to_datetime([counted["last"].get(each.id) for each in known], utc=True),
        }
    )
    columns = {
        "name": _("Playbook"),
        "active": st.column_config.CheckboxColumn(_("On"), width="small"),
        "when": st.column_config.TextColumn(_("When"), width="medium"),
        "then": st.column_config.TextColumn(_("Then"), width="medium"),
        "acted": tables.figure(_("Cases"), help=_("So many it has acted on so far")),
        "last": st.column_config.DatetimeColumn(_("Last"), format="YYYY-MM-DD HH:mm"),
    }
    opens = {"opens": lambda place: playbooks.look_at(known[place].id)}
    tables.table(rows, columns, "playbooks", _("Playbooks"), **opens)


def _one(panel: nps.Panel, playbook: Playbook) -> None:
    with st.container(border=True, key="playbook"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(_("A new playbook") if playbook is playbooks.NEW else _("This playbook"), anchor=False)
            st.space("stretch")
            how = {"key": "playbook_close", "icon": ":material/close:", "type": "tertiary"}
            st.button(_("Close"), on_click=playbooks.look_at, args=(None,), **how)
        if playbook.id:
            _did(playbook)
        if playbooks.may_change():
            playbook_form.form(panel, playbook)
        else:
            st.caption(_("Administrators change playbooks."))


def _did(playbook: Playbook) -> None:
    """What it has done, in a sentence and by day."""
    show.text(playbook.name)
    row = playbooks.counted().loc[playbook.id]
    show.text(several("It acted on 1 case so far.", "It acted on {n} cases so far.", n=int(row["acted"])))
    if row["tasks"]:
        made = several("1 task", "{n} tasks", n=int(row["tasks"]))
        n = int(row["open"])
        show.text(
            several("Of {made} that it made, 1 is open.", "Of {made} that it made, {n} are open.", n=n, made=made)
        )
    if row["over"]:
        show.text(
            several(
                "1 case was beyond the most of a day.", "{n} cases were beyond the most of a day.", n=int(row["over"])
            )
        )
    by_day = playbooks.by_day(playbook.id)
    if len(by_day):
        columns = {"day": _("Day"), "acted": tables.figure(_("Acted on")), "over": tables.figure(_("Told together"))}
        tables.numbers(by_day, "playbook_days", columns)
