"""One person over time: use by day, every answer, and what happened."""

import pandas as pd
import streamlit as st

import nps
from nps.charts import person as charts
from nps.charts.vegalite import compiled
from nps.chosen.person import Person
from nps.measures import person
from nps.weekly import WEEK
from nps.wording import _
from pages.parts import show, tables
from pages.session import kept, screen, views

HEIGHT = 250  # pixels of the time line
YEAR = 400  # days of the time line from which on weeks are drawn
TYPES = {"begins": "datetime64[us]", "days": int, "amount": float, "label": "str", "said": "str"}


@views.shared
def _timeline(chosen: nps.Chosen, who: str, events: pd.DataFrame, narrow: bool) -> dict | None:
    somebody = chosen.person(who)
    use = _by_day(somebody, narrow=narrow) if somebody.life else _spells(chosen.panel, who)
    last = somebody.life.as_of if somebody.life else None
    drawn = charts.timeline(use, somebody.answers, pd.concat([events, _own(somebody)]), HEIGHT, last)
    return compiled(drawn) if drawn else None


def _by_day(who: Person, *, narrow: bool) -> pd.DataFrame:
    """Uses by day; by week on phones, and where answers go back further than the days that are known."""
    first = who.answers["responded_at"].min()
    long = pd.notna(first) and (pd.Timestamp(who.life.as_of) - first).days > YEAR
    length = WEEK if narrow or long else 1
    use = person.by_day(who.life.days, who.life.as_of, length)
    return pd.DataFrame(
        {"begins": use["begins"], "days": length, "amount": use["uses"], "label": _("Uses"), "said": use["most"]}
    ).astype(TYPES)


def _spells(panel: nps.Panel, who: str) -> pd.DataFrame:
    """Features in use by week, where no days are known."""
    weeks, label = person.weeks(panel, who), _("Features in use")
    rows = {"begins": weeks["week"], "days": WEEK, "amount": weeks["features"], "label": label, "said": ""}
    return pd.DataFrame(rows).astype(TYPES)


def _own(who: Person) -> pd.DataFrame:
    """When somebody joined, and left, as events."""
    rows = [(who.facts["joined_at"], _("Joined")), (who.facts["churned_at"], _("Left"))]
    return pd.DataFrame([row for row in rows if row[0] is not None], columns=["day", "name"])


def over_time(who: Person) -> None:
    """Use by day with every answer, and events."""
    drawn = _timeline(who.panel.select(), who.id, kept.events(), screen.narrow())
    if drawn is None:
        return
    show.heading(_("Over time"))
    show.chart("person-over-time", _("Use and answers over time"), drawn)
    if who.life:
        st.caption(_("Bars: uses, of the last 365 days. Number: an answer."))
    elif who.panel.has_usage:
        st.caption(
            _(
                "Bar: features in use in a week, from the first to the last day of use that is kept for each 90 days, "
                "since the first answer of anybody. Number: an answer."
            )
        )
    rows = _by_day(who, narrow=True) if who.life else _spells(who.panel, who.id)
    if len(rows):
        columns = {
            "begins": st.column_config.DateColumn(_("Week from")),
            "amount": tables.figure(rows["label"].iloc[0]),
        }
        tables.numbers(rows[[*columns]], "person_weeks", columns)
