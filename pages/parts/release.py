"""Before and after a release: who took a feature up against who did not."""

from datetime import date

import streamlit as st

import nps
from nps.measures import cells
from nps.wording import release, words
from pages.parts import show, tables
from pages.session import kept

RELEASE_COLUMNS = {
    "who": "Who",
    "when": "When",
    "responses": st.column_config.NumberColumn("Answers", format="localized"),
    "nps": st.column_config.NumberColumn("NPS", format="%.1f"),
}


def of_feature(chosen: nps.Chosen, code: int) -> None:
    """One feature: since an event of the trend, or since it was first used."""
    moments = {f"{event.name}, {words.day(event.day)}": event.day.date() for event in kept.events().itertuples()}
    if new := chosen.panel.first_used(code):
        moments = {f"First used, {words.day(new)}": new} | moments
    if not moments:
        st.caption("Mark the day of its release on the trend of the overview to compare before and after.")
        return
    since = st.selectbox("Since", list(moments), key="release_since")
    _told(chosen, code, moments[since], "feature_release")


def at_event(chosen: nps.Chosen) -> None:
    """Any feature since any event of the trend."""
    events = kept.events()
    if not chosen.panel.has_usage or events.empty:
        return
    with st.expander("Before and after an event, by who took a feature up"):
        labels = cells.feature_labels(chosen.panel.features)
        days = {f"{event.name}, {words.day(event.day)}": event.day.date() for event in events.itertuples()}
        since, feature = st.columns(2)
        event = since.selectbox("Event", list(days), key="event_release")
        picked = feature.selectbox("Feature", labels, index=None, placeholder="Type its name", key="event_feature")
        if picked is not None:
            _told(chosen, labels.index(picked), days[event], "event_release_table")


def _told(chosen: nps.Chosen, code: int, at: date, key: str) -> None:
    if chosen.panel.spells.empty:
        st.caption("This needs use with dates, read in full.")
        return
    if not chosen.selection.region.all_scores:
        st.caption("Scores inside a selection of scores say nothing. Clear the selection's scores to see this.")
        return
    found = chosen.release(code, at)
    show.bullet(release.of_release(found))
    tables.numbers(found.cells, key, columns=RELEASE_COLUMNS)
    show.how(chosen, "release")
