"""Before and after a release: who took a feature up against who did not."""

from datetime import date

import streamlit as st

import nps
from nps.measures import cells
from nps.wording import _, names, release
from pages.parts import counted, show, tables
from pages.session import kept


def _columns() -> tables.Columns:
    return {
        "who": _("Who"),
        "when": _("When"),
        "responses": tables.figure(_("Answers")),
        "nps": tables.figure("NPS", "%.1f"),
    }


def of_feature(chosen: nps.Chosen, code: int) -> None:
    """One feature: since an event of the trend, or since it was first used."""
    moments = _events()
    if new := chosen.panel.first_used(code):
        moments = {("", new): _("First used, {day}", day=new)} | moments
    if not moments:
        st.caption(_("Mark the day of its release on the trend of the overview to compare before and after."))
        return
    since = st.selectbox(_("Since"), list(moments), format_func=moments.get, key="release_since")
    _told(chosen, code, since[1], "feature_release")


def at_event(chosen: nps.Chosen) -> None:
    """Any feature since any event of the trend."""
    events = _events()
    if not chosen.panel.has_usage or not events:
        return
    with st.expander(_("Before and after an event, by who took a feature up")):
        labels = cells.feature_labels(chosen.panel.features)
        since, feature = st.columns(2)
        event = since.selectbox(_("Event"), list(events), format_func=events.get, key="event_release")
        picked = feature.selectbox(
            _("Feature"), labels, index=None, placeholder=_("Type its name"), key="event_feature"
        )
        if picked is not None:
            _told(chosen, labels.index(picked), event[1], "event_release_table")


def _events() -> dict[tuple[str, date], str]:
    """What is marked on the trend: name and day, and how that is offered."""
    marked = [(event.name, event.day.date()) for event in kept.events().itertuples(index=False)]
    return {(name, day): _("{event}, {day}", event=name, day=day) for name, day in marked}


def _told(chosen: nps.Chosen, code: int, at: date, key: str) -> None:
    if chosen.panel.spells.empty:
        st.caption(_("This needs use with dates, read in full."))
        return
    if not chosen.selection.region.all_scores:
        st.caption(_("Scores inside a selection of scores say nothing. Clear the selection's scores to see this."))
        return
    found = chosen.release(code, at)
    show.bullet(release.of_release(found))
    called = {name: found.cells[name].map(names.side) for name in ("who", "when")}
    tables.numbers(found.cells.assign(**called), key, columns=_columns())
    counted.how(chosen, "release")
