"""After what people answer."""

import pandas as pd
import streamlit as st

import nps
from nps.measures import rules
from nps.wording import answering
from pages.parts import show, tables

MOST_OCCASIONS = 3
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


def after_what(chosen: nps.Chosen) -> None:
    """What people used just before they answered, more often than on their typical day."""
    if not chosen.panel.has_usage:
        st.caption(show.NEEDS_USAGE)
        return
    found = chosen.after_what()
    if found.empty:
        st.caption("This needs usage and answers with dates.")
        return
    any_use, features = found[found["feature"].isna()], found[found["feature"].notna()]
    telling = features[(features["q"] < rules.HOLDS_BELOW) & (features["ratio"] > 1)]
    show.bullet(
        [
            answering.of_after_what(row)
            for _, row in pd.concat([any_use, telling.nlargest(MOST_OCCASIONS, "ratio")]).iterrows()
        ]
    )
    st.caption(
        "The last 24 hours before an answer against all days of the same person's window. Who is asked in the product "
        "is there anyway, so any use at all comes first: only what lies well above it is an occasion of its own. "
        "All answers of the chosen surveys count, whatever the other filters. Where use is known by day only, the day "
        "of the answer is the last day, also for what came after it."
    )
    named = found.assign(feature=found["feature"].fillna("Any use at all"))
    tables.numbers(named, "after_what", columns=AFTER_WHAT_COLUMNS)
    every = nps.Selection(survey=chosen.selection.survey, repeats="all")
    show.how(chosen.panel.select(every), "occasion")
