"""Who is selected on the usage map: their score, what sets them apart, and the numbers behind the bars."""

import pandas as pd
import streamlit as st

import nps
from nps.wording import _, compared, verdicts
from pages.parts import figures, show, tables
from pages.parts.feature_table import features

MOST_DIFFERENCES = 6


def numbers(chosen: nps.Chosen, segment: str | None) -> None:
    """What the bars show, for every value and every feature; counted and sent when somebody opens it."""
    if segment and (opened := st.expander(_("The numbers by segment"), key="segment_numbers", on_change="rerun")).open:
        with opened:
            frame = _without_cut_scores(chosen, chosen.by_segment(segment))
            tables.table(tables.spoken(tables.enough(frame)), tables.number_columns(), "map_segment_table")
    if (opened := st.expander(_("The numbers by feature"), key="feature_numbers", on_change="rerun")).open:
        with opened:
            features(_without_cut_scores(chosen, verdicts.told(chosen.by_feature())))


def _without_cut_scores(chosen: nps.Chosen, frame: pd.DataFrame) -> pd.DataFrame:
    """Where the region cuts scores, a score of its people says nothing."""
    if chosen.selection.region.all_scores:
        return frame
    return frame.drop(columns=["nps", "low", "high", "shrunk"], errors="ignore")


def apart(chosen: nps.Chosen) -> None:
    """In what the selected people differ from everyone else."""
    if chosen.selection.region.everything:
        st.caption(_("Select a region of the map, and see in what its people differ from everyone else."))
        return
    differences = chosen.differences().head(MOST_DIFFERENCES)
    told = [compared.of_apart(row) for _place, row in differences.iterrows()]
    show.bullet(told or [_("Nothing that chance would not explain as well.")])
    st.caption(
        _("Only differences of at least 5 points of share that hold, corrected for the number of things compared.")
    )
    if chosen.selection.region.all_scores:
        st.caption(
            _("Features are not compared here: activity is all that was selected, and it decides what people use.")
        )


def score(chosen: nps.Chosen) -> None:
    """The selection's score against everyone else; where the region cuts scores, how many people they are."""
    measured = chosen.score
    if chosen.selection.region.all_scores:
        figures.score(_("NPS of the selection"), measured, key="selection_score")
        if against := compared.versus(chosen.versus_rest()):
            st.caption(against)
    else:
        with st.container(key="selection_score"):
            everyone = measured.responses + chosen.rest.responses
            st.metric(_("People selected"), f"{measured.responses:,}")
            instead = _("of {n}. A score among chosen scores says nothing; the bars show shares instead.", n=everyone)
            st.caption(instead)
    figures.groups(measured)
