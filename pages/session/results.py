"""What takes long to find out, once for all who may see it; whoever waits is told for what."""

from datetime import date

import pandas as pd
import streamlit as st

import nps
from nps.measures.likeness import Likeness
from nps.wording import _
from pages.session import kept, views


@views.shared
def _findings(everyone: nps.Chosen, markers: tuple[tuple[str, date], ...]) -> pd.DataFrame:
    return everyone.findings(dict(markers))


@views.shared
def _likeness(everyone: nps.Chosen) -> Likeness:
    return everyone.likeness()


def findings(chosen: nps.Chosen) -> pd.DataFrame:
    """What holds under the filters, whatever the region."""
    marked = tuple((event.name, event.day.date()) for event in kept.events().itertuples(index=False))
    with st.spinner(_("Comparing everything with everything")):
        return _findings(_everyone(chosen), marked)


def likeness(chosen: nps.Chosen) -> Likeness:
    """Who uses the product like promoters do, under the filters."""
    with st.spinner(_("Looking for people who are like promoters…")):
        return _likeness(_everyone(chosen))


def _everyone(chosen: nps.Chosen) -> nps.Chosen:
    return chosen.panel.select(chosen.selection.filters)
