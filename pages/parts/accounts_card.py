"""One account at a glance: its name, what is known of it, and its figures."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from nps.banding import NONE
from nps.wording import _, several, words
from nps.wording import accounts as wording
from pages.parts import show


def card(row: pd.Series, account: str, on: Sequence[str]) -> None:
    """Its name, what is known of it, and in a sentence on which lists it stands and how its use is."""
    known = [row[each] for each in ("plan", "owner") if isinstance(row[each], str) and row[each] != NONE]
    for column, told in (("renewal_at", wording.renews), ("churned_at", wording.left)):
        known += [] if pd.isna(row[column]) else [told(row[column])]
    with st.container(key="person"):
        with st.container(key="person_name"):
            show.text(row["account"] if isinstance(row["account"], str) else account)
        use = wording.use(row["pace"]) if "pace" in row else wording.answers(row) or wording.named("silent")
        show.headline(". ".join([*map(wording.named, on), use]), " · ".join([*known, account]))


def figures(row: pd.Series) -> None:
    """What it answered, how much it uses, how healthy it is and what it pays."""
    with st.grid(5, min_column_width=150):
        people = several("of 1 person", "of {n} people", n=int(row["known_people"]))
        show.figure(_("Answered"), show.number(row["answers"]), beside=people, help=wording.answers(row) or None)
        _scored(row)
        if "pace" in row:
            against = _("usual: {n}", n=f"{row['usual']:,.1f}") if pd.notna(row["usual"]) else ""
            change = None if pd.isna(row["pace"]) else wording.change(row["pace"])
            uses = _("Mean of the last 4 weeks, and its change against what is usual at this time of the year")
            show.figure(_("Uses a week"), f"{row['uses']:,.1f}", change, against, help=uses)
            known = wording.known(row["known_weight"], row["in_play"])
            show.figure(_("Health"), show.number(row["health"]), beside=known, help=wording.of_health())
        if pd.notna(row["revenue"]):
            show.figure(_("Revenue"), show.number(row["revenue"]), beside=_("a year"))


def _scored(row: pd.Series) -> None:
    """NPS of ten people or more; of fewer how many are detractors."""
    if pd.notna(row["nps"]):
        span = _("{low} to {high}", low=words.points(row["low"]), high=words.points(row["high"]))
        show.figure("NPS", words.points(row["nps"]), beside=span)
    else:
        show.figure(_("Detractors"), show.number(row["detractors"]), beside=_("NPS needs ten people"))
