"""The views of the Segments page that show one moment: each value's score, and two segments at once."""

import streamlit as st

import nps
from nps.charts import crossed, segments
from nps.measures.rules import MIN_SHOWN
from nps.wording import _, compared
from pages.parts import show, tables


def scores(chosen: nps.Chosen, segment: str) -> None:
    """Each value's score, ranked; what the selection is made of where the region cuts scores."""
    frame = chosen.by_segment(segment)
    if not chosen.selection.region.all_scores:
        st.info(_("Scores inside a selection of scores say nothing. Below: how the selection is made up."))
        st.altair_chart(segments.shares(frame, segment), key="segment_shares")
    elif frame["responses"].max() < MIN_SHOWN:
        st.info(_("No group has the {n} answers that a score needs.", n=MIN_SHOWN))
    else:
        show.text(compared.of_segment(segment, frame))
        st.altair_chart(segments.scores(frame, segment), key="segment_scores")
        st.caption(_ranked(chosen))
    tables.numbers(frame, "segment_table")
    show.how(chosen, "score", "interval", "ranking", "differs", "share")


def _ranked(chosen: nps.Chosen) -> str:
    ranked = _(
        "Ranked as if 30 average answers were added to each group, so that small ones do not win by luck. "
        "Fewer than 10 answers: no score; fewer than 30: pale. “Differs”: from everyone else by more than chance "
        "would explain, corrected for the groups of this chart."
    )
    if chosen.cube.strangers:
        return ranked
    return f"{ranked} {_('Answers of one account, or of one person, are taken together.')}"


def crossed_view(chosen: nps.Chosen, segment: str) -> None:
    """Two segments at once."""
    others = [name for name in chosen.panel.segments if name != segment]
    if not comparable(chosen) or not others:
        return
    second = show.segment(_("And by"), others, key=f"crossed_{segment}")
    frame = chosen.crossed(segment, second)
    st.altair_chart(crossed.heat(frame, segment, second), key="crossed")
    st.caption(_("NPS of each pair; more colour, higher score. Under 10 answers nothing, under 30 a pale figure."))
    tables.numbers(frame, "crossed_table")
    show.how(chosen, "score", "interval", "ranking")


def comparable(chosen: nps.Chosen) -> bool:
    """Whether scores can be compared; says so where they cannot."""
    if not chosen.selection.region.all_scores:
        st.info(_("Scores inside a selection of scores say nothing. Clear the selection's scores to see this."))
    return chosen.selection.region.all_scores
