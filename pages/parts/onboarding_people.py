"""Newcomers of one step by name: who stopped before it, who took it, and who has time left."""

from functools import partial

import pandas as pd
import streamlit as st

from nps.chosen.newcomers import Newcomers
from nps.selection.clauses import Who
from nps.steps import Onboarding, Step
from nps.who.text import printed
from nps.who.values import Did, Not
from nps.who.windows import Joined
from nps.wording import _
from nps.wording import onboarding as wording
from pages.parts import choose, show, tables
from pages.parts.onboarding_compared import leaves, who_stays
from pages.session import keys, links, screen

SHOWN = 300  # each run sends them anew


def one_step(newcomers: Newcomers) -> None:
    """One of the steps: whom of it, by name, and who stays with and without it."""
    show.heading(_("One step"))
    names = wording.named(newcomers.onboarding.steps)
    step = names.index(choose.pick(_("Step"), names, "onboarding_step", label_visibility="collapsed", width=320))
    known = leaves(newcomers)
    left, right = st.columns(2, gap="medium") if known and not screen.narrow() else (st.container(), st.container())
    with left:
        _listed(newcomers, step)
    if known:
        with right:
            who_stays(newcomers, step)


def _listed(newcomers: Newcomers, step: int) -> None:
    labels = {code: wording.whom(code, len(newcomers.whom(step, code))) for code in wording.WHOM}
    which = choose.choice(_("Whom"), labels, "onboarding_whom", label_visibility="collapsed")
    rows, by_person = newcomers.named(step, which), newcomers.steps.by == "person_id"
    if rows.empty:
        st.caption(_("Nobody."))
        return
    _table(rows, by_person=by_person)
    if len(rows) > SHOWN:
        st.caption(_("The first {shown} of {found}.", shown=SHOWN, found=len(rows)))
    with st.container(horizontal=True):
        if by_person:
            why = wording.why(which, newcomers.onboarding.steps[step].name)
            left_out, make = _("Who does not want to be contacted is left out."), partial(newcomers.contacts, step)
            file = f"onboarding-{which}.csv"
            show.people_file(_("Contacts"), partial(make, which, why), file, "onboarding_contacts", help=left_out)
        _as_filter(newcomers.onboarding, step, which)


def _table(rows: pd.DataFrame, *, by_person: bool) -> None:
    """The latest to begin first; a click opens the person, or the account."""
    shown = rows.head(SHOWN)
    ids = shown["person_id"].tolist()
    shown = shown.assign(start=shown["start"].dt.normalize(), day=shown["day"] + 1)
    columns = _columns()
    filled = {name: each for name, each in columns.items() if name in shown and shown[name].notna().any()}

    def opens(place: int) -> None:
        if by_person:
            links.go_to_person(ids[place], ids)
        else:
            links.go(links.ACCOUNTS, account=ids[place])

    tables.table(shown[[*filled]], filled, "onboarding_people", _("Newcomers of a step"), opens=opens)


def _columns() -> tables.Columns:
    return {
        "person_id": _("Id"),
        "name": _("Name"),
        "account": _("Account"),
        "role": _("Role"),
        "start": st.column_config.DateColumn(_("Began")),
        "day": tables.figure(_("Took it on day"), "%.0f"),
        "censored_at": tables.figure(_("Days since"), help=_("Whole days that are known of them")),
    }


def _as_filter(now: Onboarding, place: int, which: str) -> None:
    """The same as a condition, where it can be said as one: in any order, from joining on."""
    if now.ordered or now.start != "joined" or which == "open":
        return
    said = _("Whoever joined, at any time, and used it, or did not, within the days of the step")
    how = {"on_click": _use, "args": (now.steps[place], which), "icon": ":material/filter_alt:", "help": said}
    st.button(_("Use as a filter"), key="onboarding_filter", **how)


def _use(step: Step, which: str) -> None:
    did = Did(step.features, step.measure, step.at_least, None, Joined(step.within_days))
    (clause,) = Who.of(printed(did if which == "took" else Not(did)))
    keys.PEOPLE.put([*dict.fromkeys([*keys.PEOPLE.get(), clause])])
