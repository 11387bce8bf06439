"""The parts of the Surveys page."""

import pandas as pd
import streamlit as st

import nps
from nps.charts import surveys
from nps.measures import repeats, words
from nps.measures.weights import WEIGHTS
from pages import _shared, _show


def moved(chosen: nps.Chosen) -> None:
    """From group to group between two answers of a person, and the mean change."""
    moves = chosen.moves()
    if moves.empty:
        st.caption("Nobody answered twice.")
        return
    change = repeats.mean_change(moves)
    _show.text(
        f"{change.people:,} people answered again, {change.moves:,} times. On average they moved by "
        f"{words.signed(change.points)} points ({words.signed(change.low)} to {words.signed(change.high)})."
    )
    st.dataframe(repeats.movers(moves), hide_index=True, column_config=_show.MOVES_COLUMNS, key="movers")
    _show.how(chosen, "moves")


def weighted(chosen: nps.Chosen) -> None:
    """The raw score, and beside it the same answers counted by account and by revenue."""
    if not chosen.selection.region.all_scores:
        st.info("Scores inside a selection of scores say nothing.")
        return
    found = {WEIGHTS["response"]: chosen.weighted("answer"), WEIGHTS["account"]: chosen.weighted("account")}
    found[WEIGHTS["revenue"]] = chosen.weighted("revenue")
    rows = [{"way": way.capitalize()} | counted._asdict() for way, counted in found.items() if counted.responses]
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config=_show.WEIGHTED_COLUMNS, key="weighted")
    st.caption(
        "“Worth” says how many equal answers the weighted ones are worth; under 30 do not rely on the score. Left out: "
        "no account known, or no revenue. The intervals allow for answers of one account being alike."
    )
    _show.how(chosen, "weights", "interval")


def who_answered(chosen: nps.Chosen) -> None:
    """Who answered against who could have, by activity."""
    recent = chosen.recent
    if recent is None:
        st.caption("This needs usage of everybody and all filters cleared: who could have answered is known only then.")
        return
    frame = recent.who_answered()
    st.altair_chart(surveys.response(frame), key="who_answered")
    st.caption(
        f"Everybody who used anything in the {chosen.panel.window_days} days before the last answer, in tenths by "
        "activity, and which share of them answered in those days."
    )
    _show.text(words.of_reweighted(recent.score, recent.reweighted()))
    st.caption("Re-weighting mends that active people answer more or less often, and nothing else.")
    with st.expander("The numbers"):
        st.dataframe(frame, hide_index=True, column_config=_show.RESPONSE_COLUMNS, key="who_answered_table")
    _show.how(recent, "response", "reweighted")


def alike(chosen: nps.Chosen) -> None:
    """Passives who use the product like promoters do, when that can be told."""
    if not chosen.panel.has_usage:
        st.caption("This needs usage.")
        return
    found = _shared.likeness(chosen)
    if found.hidden:
        st.caption(found.hidden.value)
    else:
        st.caption(words.of_likeness(found))
        if proof := chosen.panel.came_true:
            st.caption(words.of_proof(proof))
    if found.ranking.empty:
        return
    st.dataframe(
        found.ranking.head(_show.PEOPLE_SHOWN)[
            [name for name in _show.ALIKE_COLUMNS if found.ranking[name].notna().any()]
        ],
        hide_index=True,
        column_config=_show.ALIKE_COLUMNS,
        key="alike_people",
    )
    with st.expander("How far to trust this"):
        st.dataframe(found.calibration, hide_index=True, column_config=_show.CALIBRATION_COLUMNS, key="calibration")
        st.caption("People in fifths by the rating: how many were expected to be promoters, and how many were.")
    _show.how(chosen, "likeness")
