"""The table of all features."""

import pandas as pd
import streamlit as st

from nps.measures.rules import MIN_SHOWN
from pages.parts.tables import table

FEATURE_COLUMNS = {
    "label": st.column_config.TextColumn("Feature", width=150),
    "kind": "Kind",
    "users": st.column_config.NumberColumn("Users", format="localized"),
    "reach": st.column_config.NumberColumn("Reach", format="percent", help="Share of the selection that uses it"),
    "left": st.column_config.NumberColumn("Users who left", format="percent", help="After their latest answer"),
    "nps": st.column_config.NumberColumn("NPS of users", format="%.0f"),
    "naive": st.column_config.NumberColumn("Against everybody", format="%+.0f", help="Users minus all others"),
    "adjusted": st.column_config.NumberColumn(
        "Against as active",
        format="%+.0f",
        help="Users minus others who are as active without this feature, and alike in quarter, role and plan",
    ),
    "low": st.column_config.NumberColumn("from", format="%+.0f", help="Lower end of the 95% interval"),
    "high": st.column_config.NumberColumn("to", format="%+.0f", help="Upper end of the 95% interval"),
    "robust": st.column_config.CheckboxColumn(
        "Holds", help="Differs even with what is left of activity taken off, and no other feature explains it"
    ),
    "by_activity": st.column_config.NumberColumn(
        "By activity alone", format="%+.0f", help="Without quarter, role and plan"
    ),
    "overlap": st.column_config.NumberColumn("Compared", format="percent", help="Share of people with a counterpart"),
    "reach_rest": st.column_config.NumberColumn("Reach, others", format="percent", help="Share of everyone else"),
    "reach_difference": st.column_config.NumberColumn(
        "Reach, difference", format="percent", help="Against others who are as active"
    ),
    "verdict": "Verdict",
    "new_since": st.column_config.DateColumn(
        "New since", help="First used after the first quarter of the data: what is new gets the credit of any rise"
    ),
}


def features(frame: pd.DataFrame) -> None:
    """Every feature with its figures, sortable and searchable; without those of fewer than 10 users."""
    few = frame["users"] < MIN_SHOWN
    frame = frame.assign(**{name: frame[name].mask(few) for name in ("nps", "naive", "left") if name in frame})
    judged = frame["verdict"].notna().any()
    known = [name for name in FEATURE_COLUMNS if name in frame and (judged or name not in ("robust", "by_activity"))]
    filled = [name for name in known if name in ("label", "users") or frame[name].notna().any()]
    table(frame.sort_values(["robust", "reach"], ascending=False)[filled], FEATURE_COLUMNS, "feature_table")
