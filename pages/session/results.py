"""What takes long to find out, kept in the session while nothing changes."""

import json

import pandas as pd
import streamlit as st

import nps
from nps.charts import usage_map as charts
from nps.charts.vegalite import compiled
from nps.cube import Cube
from nps.measures import cells
from nps.wording import _, language
from pages.session import kept
from pages.session.data import dataset


@st.cache_data(scope="session", max_entries=8, show_spinner=False)
def _findings(view: str, markers: tuple, _chosen: nps.Chosen) -> pd.DataFrame:  # noqa: ARG001 - the cache's key
    bar = st.progress(0.0, _("Comparing everything with everything"))
    found = _chosen.findings(dict(markers), lambda part, doing: bar.progress(part, str(doing)))
    bar.empty()
    return found


def findings(chosen: nps.Chosen) -> pd.DataFrame:
    """What holds under the filters; kept while nothing changes."""
    marked = tuple((event.name, event.day.date()) for event in kept.events().itertuples(index=False))
    return _findings(_view(chosen), marked, chosen)


@st.cache_resource(scope="session", max_entries=8, show_spinner=False)
def _likeness(view: str, _chosen: nps.Chosen) -> object:  # noqa: ARG001 - the cache's key
    with st.spinner(_("Looking for people who are like promoters…")):
        return _chosen.likeness()


def likeness(chosen: nps.Chosen):
    """Who uses the product like promoters do; kept while nothing changes."""
    return _likeness(_view(chosen), chosen)


@st.cache_data(scope="session", max_entries=8, show_spinner=False)
def _telling(view: str, _chosen: nps.Chosen) -> list[int]:  # noqa: ARG001 - the cache's key
    return cells.worth_showing(_chosen.panel.select(_chosen.selection.filters).by_feature())


def telling(chosen: nps.Chosen) -> list[int]:
    """The features most worth showing under the filters, whatever is selected on the map."""
    return _telling(_view(chosen), chosen)


@st.cache_resource(scope="session", max_entries=8, show_spinner=False)
def _usage_map(view: tuple, segment: str | None, features: tuple[int, ...], compact: bool, _cube: Cube) -> dict:  # noqa: ARG001 - the cache's key
    people, ground = cells.dots(_cube, charts.MOST_DOTS), cells.grid(_cube)
    bars = cells.of_segment(_cube, segment), cells.of_features(_cube, list(features))
    how = {"segment_label": segment or "", "measure": _cube.panel.measure, "compact": compact}
    return compiled(charts.usage_map(people, ground, *bars, **how))


def usage_map(chosen: nps.Chosen, segment: str | None, features: tuple[int, ...], compact: bool) -> dict:
    """The usage map in Vega-Lite, in the language that is spoken; kept while only the selection changes."""
    return _usage_map((_view(chosen), language()), segment, features, compact, chosen.cube)


def _view(chosen: nps.Chosen) -> str:
    """What a cache of this session tells views apart by: data, when it was read, how it is joined, filters."""
    mark = dataset().fingerprint if dataset() else "sample"
    filters = json.dumps(chosen.selection.filters.to_query(), sort_keys=True)
    panel = chosen.panel
    return f"{mark} {panel.read_at} {panel.window_days} {panel.measure} {filters}"
