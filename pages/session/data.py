"""The data at hand: the sample, or what this session brought instead.

Beside it `kept` knows what survives a restart, `results` what takes long to find out, `files` and `databases` what
was brought. Customer text never becomes a label: labels are Markdown, options and `st.text` are not.
"""

from pathlib import Path

import streamlit as st

import nps
from nps import intake
from nps.notes import Note, Refused, note
from nps.selection import Region
from nps.wording import _
from pages.session import access, filters, keys, ruled, sets, shown, stopped
from pages.session.held import Dataset
from pages.session.notices import say
from pages.session.region import clear_region
from workspace.access.permissions import Verb
from workspace.privacy.figures import Figures, figures
from workspace.privacy.pseudonyms import without_names
from workspace.store.database import open_workspace, place

SAMPLE = Path(__file__).parents[2] / "sample_data"
TABLES = ("responses", "usage", "people", "accounts")


@st.cache_resource(max_entries=12, show_spinner=False)
def _sample(window_days: int, measure: str) -> nps.Panel:
    if measure != keys.MEASURE.default:
        return _sample(window_days, keys.MEASURE.default).measured(measure)
    with st.spinner(_("Joining answers with usage…")):
        files = {table: path for table in TABLES if (path := SAMPLE / f"{table}.csv").exists()}
        return nps.load(**files, window_days=window_days)


def warm_up() -> None:
    """Have the sample and its first answers, and a worker for the first upload, ready before anybody asks."""
    intake.prepare()
    sample = _sample(keys.WINDOW.default, keys.MEASURE.default)
    sample.select().by_feature(), sample.like_promoters


def dataset() -> Dataset | None:
    """The upload in use; None for the sample."""
    return keys.DATASET.get()


def panel() -> nps.Panel:
    """The data at hand under the chosen window, measure and rules for comments, as far as they may be seen.

    Raises Refused for who sees merged figures only.
    """
    if access.sees_merged():
        raise Refused("access.not_allowed", role=Verb.SEE_PEOPLE.least.value)
    make = dataset().data.panel if dataset() else _sample
    found = sets.under(ruled.under(make(filters.window(), keys.MEASURE.get())))
    return _masked(found) if access.sees_masked() else found


@st.cache_resource(max_entries=8, ttl=3600, show_spinner=False, hash_funcs={nps.Panel: lambda panel: panel.uid})
def _masked(panel: nps.Panel) -> nps.Panel:
    with open_workspace(place()) as space:
        return without_names(access.actor(), space, panel)


def merged() -> Figures:
    """What viewers see of the data at hand. Nothing that a session holds changes any of it: no filter, no window."""
    if dataset() is None:
        return _merged(_sample(keys.WINDOW.default, keys.MEASURE.default))
    data = dataset().data
    return _merged(data.panel(getattr(data, "window_days", keys.WINDOW.default), keys.MEASURE.default))


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs={nps.Panel: lambda panel: panel.uid})
def _merged(panel: nps.Panel) -> Figures:
    return figures(panel)


def chosen() -> nps.Chosen:
    """The selection on the data at hand. Where it holds nobody, say so and stop the page here."""
    found = panel().select(filters.selection())
    if not len(found.cube.positions):
        st.title(_("Nobody passes these filters."), anchor=False)
        st.button(_("Clear filters"), on_click=filters.clear_filters, key="clear_filters_here")
        stopped.stop()
    shown.counts(found)
    return found


def without_filters() -> None:
    """Whatever a link asks for."""
    filters.clear_filters()
    if keys.REGION.get() != Region() or keys.LIKE_PROMOTERS.get():
        clear_region()


def use(new: Dataset) -> None:
    """Look at this from now on. Raises nps.InputError, and then nothing has changed."""
    new.data.panel(filters.window(), keys.MEASURE.default)
    _switch(new)


def in_use() -> Note:
    """What came of the files that are looked at now, in numbers."""
    found = panel()
    told = {"n": len(found.answers), "left_out": note("data.left_out", n=len(found.rejected))}
    if not found.has_usage:
        return note("data.in_use_alone", **told)
    return note("data.in_use", with_usage=int((found.answers["features_used"] > 0).sum()), **told)


def use_again(new: Dataset) -> None:
    """Look at the same data, read anew: filters and region stay."""
    keys.DATASET.put(new)


def use_sample() -> None:
    """Back to the made-up product."""
    keys.AWAITED.take()
    _switch(None)


def _switch(new: Dataset | None) -> None:
    """Other data: a link that waited for it applies now, else filters and region start afresh."""
    keys.DATASET.put(new)
    ruled.leave()
    awaited = keys.AWAITED.take()
    if new and awaited and awaited == new.fingerprint:
        return
    keys.RULES_ASKED.take()
    filters.clear_filters()
    clear_region()
    if awaited:
        say(note("link.other_files"))
