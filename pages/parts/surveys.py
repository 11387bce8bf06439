"""Which surveys there are, who moved between two answers, and other ways to count."""

import pandas as pd
import streamlit as st

import nps
from nps.measures import repeats
from nps.measures.weights import WEIGHTS
from nps.wording import answering, words
from pages.parts import show, tables

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


def kinds(chosen: nps.Chosen) -> None:
    """Which surveys there are, and what kind each is."""
    tables.table(chosen.panel.surveys, SURVEY_COLUMNS, "survey_kinds")
    st.caption(
        "A relational survey asks everybody now and then, a transactional one asks after something happened; they "
        "measure different things. Told by a column with the survey's type, its name, or when people answer."
    )


def moved(chosen: nps.Chosen) -> None:
    """From group to group between two answers of a person, and the mean change."""
    moves = chosen.moves()
    if moves.empty:
        st.caption("Nobody answered twice." if chosen.panel.dated else "No answer has a date, so none is a later one.")
        return
    change = chosen.mean_change()
    show.text(
        f"{change.people:,} people answered again, {change.moves:,} times. On average they moved by "
        f"{words.signed(change.points)} points ({words.signed(change.low)} to {words.signed(change.high)})."
    )
    st.caption(answering.REGRESSION)
    tables.table(repeats.movers(moves), MOVES_COLUMNS, "movers")
    show.how(chosen, "moves")


def weighted(chosen: nps.Chosen) -> None:
    """The raw score, and beside it the same answers counted by account and by revenue."""
    if not chosen.selection.region.all_scores:
        st.info("Scores inside a selection of scores say nothing.")
        return
    found = {WEIGHTS["response"]: chosen.weighted("answer"), WEIGHTS["account"]: chosen.weighted("account")}
    found[WEIGHTS["revenue"]] = chosen.weighted("revenue")
    rows = [{"way": way.capitalize()} | counted._asdict() for way, counted in found.items() if counted.responses]
    tables.table(tables.enough(pd.DataFrame(rows).round({"n_eff": 0})), WEIGHTED_COLUMNS, "weighted")
    st.caption(
        "“Worth” says how many equal answers the weighted ones are worth; under 30 do not rely on the score. Left out: "
        "no account known, or no revenue. The intervals allow for answers of one account being alike."
    )
    show.how(chosen, "weights", "interval")
