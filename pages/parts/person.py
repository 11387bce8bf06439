"""One person: who it is, how to write, and what was said."""

import pandas as pd
import streamlit as st

import nps
from nps.charts import person as charts
from nps.charts.vegalite import compiled
from nps.chosen.person import Person
from nps.measures import person
from nps.wording import _, several, words
from nps.wording import person as told
from pages.parts import quotes, show, tables
from pages.session import access, links, views

MOST_USED = 20  # features that are drawn


def card(who: Person) -> None:
    """Who somebody is, the latest answer in a sentence, and the address to write to unless that is not wanted."""
    facts = who.facts
    known = [facts[name] for name in ("role", "account", "plan") if facts[name]]
    dates = _dates(who)
    with st.container(key="person"):
        with st.container(key="person_name"):
            show.text(facts["name"] or who.id)
        latest = told.answered(who.answers.iloc[-1]) if len(who.answers) else _("Has not answered")
        show.headline(latest, " · ".join([*known, who.id]), *([" · ".join(dates)] if dates else []))
    if named := told.reasons(who.panel.rules, who.reasons):
        show.text(_("Names {reasons}", reasons=named))
    with st.container(horizontal=True, vertical_alignment="center"):
        if facts["opted_out"]:
            st.badge(_("Does not want to be contacted"), icon=":material/block:", color="gray")
        elif facts["email"]:
            st.code(facts["email"], language=None, width="content")
        _account(who)


def _dates(who: Person) -> list[str]:
    """When somebody joined, and left, or is known to leave."""
    joined, left = (who.facts[name] for name in ("joined_at", "churned_at"))
    told = [] if joined is None else [_("Joined {day}", day=joined)]
    if left is None:
        return told
    later = who.life is not None and left.date() > who.life.as_of
    return [*told, _("Leaves {day}", day=left) if later else _("Left {day}", day=left)]


def _account(who: Person) -> None:
    """The way to the account, for whoever may see accounts."""
    if who.account is None or not access.opens(links.ACCOUNTS):
        return
    how = {"icon": ":material/domain:", "type": "tertiary", "key": "person_account"}
    st.button(_("The account"), on_click=links.go, args=(links.ACCOUNTS,), kwargs={"account": who.account}, **how)


def comments(who: Person) -> None:
    """What somebody said and what it is about, the latest first, with what was used before each."""
    panel, answers = who.panel, who.answers
    show.heading(several("1 answer", "{n} answers", n=len(answers)))
    for place, answer in answers[::-1].iterrows():
        with st.container(border=True, gap="xsmall"):
            st.caption(told.answered(answer))
            if not quotes.listed(panel, [place], f"said_{place}", alone=True):
                show.text(_("No comment."))
            if panel.has_usage:
                st.caption(told.before(answer, [*panel.measures], panel.window_days, panel.windowed))


@views.shared
def _use(chosen: nps.Chosen, answer: int) -> tuple[pd.DataFrame, dict | None]:
    used = person.used(chosen.panel, answer)
    return used, None if used.empty else compiled(charts.use(used.head(MOST_USED)))


def use(who: Person) -> None:
    """What was used before the latest answer, beside typical users: where no days are known."""
    panel = who.panel
    show.heading(_("What they used before the latest answer"))
    used, drawn = _use(panel.select(), who.answers.index[-1])
    if drawn is None:
        st.caption(words.nothing_used(panel.window_days, panel.windowed))
        return
    show.chart("person-use", _("Use before the latest answer"), drawn)
    st.caption(_("Bar: this person. Tick: the middle one of all who answered and use it."))
    tables.numbers(used, "person_table")
