"""What takes long to find out, kept in the session while nothing changes."""

import json

import pandas as pd
import streamlit as st

import nps
from pages import _kept, _shared


@st.cache_data(scope="session", max_entries=8, show_spinner="Comparing everything with everything…")
def _findings(view: str, markers: tuple, _chosen: nps.Chosen) -> pd.DataFrame:  # noqa: ARG001 - the cache's key
    return _chosen.findings(dict(markers))


def findings(chosen: nps.Chosen) -> pd.DataFrame:
    """What holds under the filters; kept while nothing changes."""
    marked = tuple((event.name, event.day.date()) for event in _kept.events().itertuples(index=False))
    return _findings(_view(chosen), marked, chosen)


@st.cache_resource(scope="session", max_entries=8, show_spinner="Looking for people who are like promoters…")
def _likeness(view: str, _chosen: nps.Chosen) -> object:  # noqa: ARG001 - the cache's key
    return _chosen.likeness()


def likeness(chosen: nps.Chosen):
    """Who uses the product like promoters do; kept while nothing changes."""
    return _likeness(_view(chosen), chosen)


def _view(chosen: nps.Chosen) -> str:
    """What a cache of this session tells views apart by: the data, how it is joined, and the filters."""
    mark = _shared.dataset().fingerprint if _shared.dataset() else "sample"
    filters = json.dumps(chosen.selection.filters.to_query(), sort_keys=True)
    return f"{mark} {chosen.panel.window_days} {chosen.panel.measure} {filters}"
