"""Tables of figures: what their columns are called, and how finely they show."""

import pandas as pd
import streamlit as st

from nps.measures.rules import MIN_SHOWN
from pages.parts import show

DECIMALS = {"percent": 2, "%.0f": 0, "%+.0f": 0, "%+.1f": 1, "%.1f": 1}  # format -> decimals that it has room for

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

NUMBER_COLUMNS = {
    "score": "Score",
    "group": "Group",
    "value": "Value",
    "period": st.column_config.DateColumn("From"),
    "responses": st.column_config.NumberColumn("Answers", format="localized"),
    "share": st.column_config.NumberColumn("Share", format="percent"),
    "share_rest": st.column_config.NumberColumn("Share of everyone else", format="percent"),
    "nps": st.column_config.NumberColumn("NPS", format="%.0f"),
    "low": st.column_config.NumberColumn("Interval from", format="%.0f"),
    "high": st.column_config.NumberColumn("to", format="%.0f"),
    "shrunk": st.column_config.NumberColumn("For ranking", format="%.0f", help="With 30 average answers added"),
    "p": None,
    "q": st.column_config.NumberColumn("Chance (q)", format="%.3f", help="Corrected for the number of groups"),
    "flagged": st.column_config.CheckboxColumn("Differs"),
    "alarm": st.column_config.CheckboxColumn("Really fell"),
    "who": "Who",
    "value_a": "Row",
    "value_b": "Column",
    "responses_before": st.column_config.NumberColumn("Answers before", format="localized"),
    "responses_after": st.column_config.NumberColumn("Answers after", format="localized"),
    "nps_before": st.column_config.NumberColumn("NPS before", format="%.0f"),
    "nps_after": st.column_config.NumberColumn("NPS after", format="%.0f"),
    "mix": st.column_config.NumberColumn("Who answered", format="%+.1f", help="Points, by other shares of answers"),
    "rate": st.column_config.NumberColumn("How they scored", format="%+.1f", help="Points, by other scores"),
    "rate_low": st.column_config.NumberColumn("from", format="%+.1f"),
    "rate_high": st.column_config.NumberColumn("to", format="%+.1f"),
    "kind": "Kind",
    "label": "Feature",
    "feature": None,
    "uses": st.column_config.NumberColumn("Uses", format="localized"),
    "typical": st.column_config.NumberColumn("Typical user", format="localized"),
    "reach": st.column_config.NumberColumn("Used by", format="percent"),
}

ALIKE_COLUMNS = {
    "likeness": st.column_config.NumberColumn("Like a promoter", format="percent", width="small"),
    **show.PEOPLE_COLUMNS,
}
CALIBRATION_COLUMNS = {
    "fifth": "Fifth",
    "people": st.column_config.NumberColumn("People", format="localized"),
    "predicted": st.column_config.NumberColumn("Expected promoters", format="percent"),
    "observed": st.column_config.NumberColumn("Promoters", format="percent"),
}
RESPONSE_COLUMNS = {
    "low": st.column_config.NumberColumn("Activity from", format="localized"),
    "high": st.column_config.NumberColumn("to", format="localized"),
    "users": st.column_config.NumberColumn("Could have answered", format="localized"),
    "detractors": st.column_config.NumberColumn("Detractors", format="localized"),
    "passives": st.column_config.NumberColumn("Passives", format="localized"),
    "promoters": st.column_config.NumberColumn("Promoters", format="localized"),
    "respondents": st.column_config.NumberColumn("Answered", format="localized"),
    "share_users": None,
    "share_respondents": None,
    "response": st.column_config.NumberColumn("Share who answered", format="percent"),
}
RELEASE_COLUMNS = {
    "who": "Who",
    "when": "When",
    "responses": st.column_config.NumberColumn("Answers", format="localized"),
    "nps": st.column_config.NumberColumn("NPS", format="%.1f"),
}
MOVES_COLUMNS = {
    "before": "From",
    "after": "To",
    "moves": st.column_config.NumberColumn("Times", format="localized"),
    "share": st.column_config.NumberColumn("Share of all", format="percent"),
    "share_of_before": st.column_config.NumberColumn("Share of those who were", format="percent"),
}
WEIGHTED_COLUMNS = {
    "way": "Counted so that",
    "nps": st.column_config.NumberColumn("NPS", format="%.0f"),
    "low": st.column_config.NumberColumn("Interval from", format="%.0f"),
    "high": st.column_config.NumberColumn("to", format="%.0f"),
    "responses": st.column_config.NumberColumn("Answers", format="localized"),
    "n_eff": st.column_config.NumberColumn("Worth", format="localized"),
    "clusters": st.column_config.NumberColumn("Accounts or people", format="localized"),
    "left_out": st.column_config.NumberColumn("Left out", format="localized"),
}


SURVEY_COLUMNS = {
    "survey": "Survey",
    "kind": st.column_config.TextColumn(
        "Kind", help="Relational: now and then, about all. Transactional: after something"
    ),
    "told_by": "Told by",
    "answers": st.column_config.NumberColumn("Answers", format="localized"),
    "people": st.column_config.NumberColumn("People", format="localized"),
    "first": st.column_config.DateColumn("First answer"),
    "last": st.column_config.DateColumn("Last answer"),
}
AFTER_WHAT_COLUMNS = {
    "feature": "Just before answering",
    "kind": "Kind",
    "answers": None,
    "just": st.column_config.NumberColumn("Answers", format="localized", help="Their person used it in the last day"),
    "share": st.column_config.NumberColumn("Share of all", format="percent"),
    "expected": st.column_config.NumberColumn("On a typical day", format="percent"),
    "ratio": st.column_config.NumberColumn("Times as often", format="%.1f"),
    "low": st.column_config.NumberColumn("from", format="%.1f", help="Lower end of the 95% interval"),
    "high": st.column_config.NumberColumn("to", format="%.1f", help="Upper end of the 95% interval"),
    "p": None,
    "q": st.column_config.NumberColumn("Chance (q)", format="%.3f", help="Corrected for the number of features"),
}


def table(frame: pd.DataFrame, columns: dict, key: str) -> None:
    """A table whose figures are no finer than they can be read: 34%, not 34.21%, and never −0."""
    formats = {
        name: column["type_config"].get("format") for name, column in columns.items() if isinstance(column, dict)
    }
    shown = {
        name: frame[name].round(DECIMALS[kind]) + 0.0
        for name, kind in formats.items()
        if name in frame and kind in DECIMALS
    }
    st.dataframe(frame.assign(**shown), hide_index=True, column_config=columns, key=key, placeholder=show.UNKNOWN)


def features(frame: pd.DataFrame) -> None:
    """Every feature with its figures, sortable and searchable; without those of fewer than 10 users."""
    few = frame["users"] < MIN_SHOWN
    frame = frame.assign(**{name: frame[name].mask(few) for name in ("nps", "naive", "left") if name in frame})
    judged = frame["verdict"].notna().any()
    known = [name for name in FEATURE_COLUMNS if name in frame and (judged or name not in ("robust", "by_activity"))]
    filled = [name for name in known if name in ("label", "users") or frame[name].notna().any()]
    table(frame.sort_values(["robust", "reach"], ascending=False)[filled], FEATURE_COLUMNS, "feature_table")


def numbers(frame: pd.DataFrame, key: str, title: str = "The numbers", columns: dict = NUMBER_COLUMNS) -> None:
    """The table behind a chart, to open."""
    with st.expander(title):
        table(enough(frame), columns, key)


def enough(frame: pd.DataFrame) -> pd.DataFrame:
    """Scores of fewer than 10 answers stay empty."""
    if not {"responses", "nps"} <= {*frame}:
        return frame
    few = frame["responses"] < MIN_SHOWN
    return frame.assign(**{name: frame[name].mask(few) for name in ("nps", "low", "high", "shrunk") if name in frame})
