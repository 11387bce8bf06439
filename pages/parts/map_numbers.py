"""The numbers behind the bars of the map, for every value and every feature."""

import pandas as pd
import streamlit as st

import nps
from nps.wording import _, verdicts
from pages.parts import tables
from pages.parts.feature_table import features


def numbers(chosen: nps.Chosen, segment: str | None) -> None:
    """Counted and sent when somebody opens them."""
    if segment and (opened := st.expander(_("The numbers by segment"), key="segment_numbers", on_change="rerun")).open:
        with opened:
            frame = _without_cut_scores(chosen, chosen.by_segment(segment))
            tables.table(tables.spoken(tables.enough(frame)), tables.number_columns(), "map_segment_table")
    if (opened := st.expander(_("The numbers by feature"), key="feature_numbers", on_change="rerun")).open:
        with opened:
            features(_without_cut_scores(chosen, verdicts.told(chosen.by_feature())))


def _without_cut_scores(chosen: nps.Chosen, frame: pd.DataFrame) -> pd.DataFrame:
    """Where the region cuts scores, NPS of its people says nothing."""
    if chosen.selection.region.all_scores:
        return frame
    return frame.drop(columns=["nps", "low", "high", "shrunk"], errors="ignore")
