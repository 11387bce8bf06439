"""One person: who it is, how to write, what was said, and how much was used."""

import pandas as pd
import streamlit as st

import nps
from nps.banding import NONE
from nps.charts import person as charts
from nps.charts.vegalite import compiled
from nps.measures import person
from nps.wording import _, names, several, words
from pages.parts import quotes, show, tables
from pages.session import kept, views

MOST_USED, HEIGHT = 20, 250  # features that are drawn; pixels of the time line


def card(answers: pd.DataFrame) -> None:
    """Who somebody is, the latest answer in a sentence, and the address to write to unless that is not wanted."""
    latest = answers.iloc[-1]
    known = [latest[name] for name in ("role", "account", "plan") if latest[name] != NONE and pd.notna(latest[name])]
    who = latest["name"] if isinstance(latest["name"], str) else latest["person_id"]
    with st.container(key="person"):
        with st.container(key="person_name"):
            show.text(who)
        show.headline(_answered(latest), " · ".join([*known, latest["person_id"]]))
    if latest["opted_out"]:
        st.badge(_("Does not want to be contacted"), icon=":material/block:", color="gray")
    elif isinstance(latest["email"], str):
        st.code(latest["email"], language=None, width="content")


def _answered(answer: pd.Series) -> str:
    told = {"score": answer["score"], "group": names.group(answer["group"])}
    if pd.isna(answer["responded_at"]):
        return _("{group}: gave {score}", **told)
    return _("{group}: gave {score} on {day}", day=answer["responded_at"], **told)


def measures(panel: nps.Panel, answer: pd.Series) -> None:
    """Every measure of use before the latest answer; those that are 0 or unknown share a line."""
    window = words.window(panel.window_days, panel.dated)
    used = [name for name in panel.measures if answer[name] > 0]
    with st.grid(4, min_column_width=150):
        for name in used:
            on_map = name == panel.measure
            beside = _("percentile {n}", n=words.points(answer["percentile"])) if on_map else ""
            show.figure(names.measure(name), f"{answer[name]:,.0f}", beside=beside, help=window)
    if rest := [names.amount(name, 0) for name in panel.measures if answer[name] == 0]:
        st.caption(f"{', '.join(rest)}. {window}.")
    if answer[list(panel.measures)].isna().any():
        st.caption(_("Use before an answer without a date is not known."))


@views.shared
def _timeline(chosen: nps.Chosen, who: str, events: pd.DataFrame) -> dict | None:
    drawn = charts.timeline(person.weeks(chosen.panel, who), person.answers(chosen.panel, who), events, HEIGHT)
    return compiled(drawn) if drawn else None


def over_time(panel: nps.Panel, who: str) -> None:
    """Use by week with answers and events."""
    drawn = _timeline(panel.select(), who, kept.events())
    if drawn is None:
        return
    show.heading(_("Over time"))
    show.chart("person-over-time", _("Use and answers over time"), drawn)
    if panel.has_usage:
        st.caption(
            _(
                "Bar: features in use in a week, from the first to the last day of use that is kept for each 90 days, "
                "since the first answer of anybody. Number: an answer."
            )
        )
    numbers = person.weeks(panel, who)
    if not numbers.empty:
        columns = {"week": st.column_config.DateColumn(_("Week from")), "features": tables.figure(_("Features in use"))}
        tables.numbers(numbers, "person_weeks", columns)


def comments(panel: nps.Panel, answers: pd.DataFrame) -> None:
    """What somebody said and what it is about, the latest first; answers by their positions."""
    show.heading(several("1 answer", "{n} answers", n=len(answers)))
    for place, answer in answers[::-1].iterrows():
        with st.container(border=True, gap="xsmall"):
            st.caption(_answered(answer))
            if not quotes.listed(panel, [place], f"said_{place}", alone=True):
                show.text(_("No comment."))


@views.shared
def _use(chosen: nps.Chosen, answer: int) -> tuple[pd.DataFrame, dict | None]:
    used = person.used(chosen.panel, answer)
    return used, None if used.empty else compiled(charts.use(used.head(MOST_USED)))


def use(panel: nps.Panel, answer: int) -> None:
    """What was used before the latest answer, beside typical users."""
    show.heading(_("What they used before the latest answer"))
    used, drawn = _use(panel.select(), answer)
    if drawn is None:
        st.caption(words.nothing_used(panel.window_days, panel.dated))
        return
    show.chart("person-use", _("Use before the latest answer"), drawn)
    st.caption(_("Bar: this person. Tick: the middle one of all who answered and use it."))
    tables.numbers(used, "person_table")
