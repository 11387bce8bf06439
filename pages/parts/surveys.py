"""The parts of the Surveys page."""

from dataclasses import replace

import pandas as pd
import streamlit as st

import nps
from nps.charts import surveys
from nps.measures import repeats, rules, sentences, words
from nps.measures.likeness import Hidden
from nps.measures.weights import WEIGHTS
from nps.selection import Region
from pages.parts import show, tables
from pages.session import data, results

MOST_OCCASIONS = 3
NEEDS_USAGE = "This needs usage: add a usage file on the Data page."


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
    st.caption(sentences.REGRESSION)
    tables.table(repeats.movers(moves), tables.MOVES_COLUMNS, "movers")
    show.how(chosen, "moves")


def weighted(chosen: nps.Chosen) -> None:
    """The raw score, and beside it the same answers counted by account and by revenue."""
    if not chosen.selection.region.all_scores:
        st.info("Scores inside a selection of scores say nothing.")
        return
    found = {WEIGHTS["response"]: chosen.weighted("answer"), WEIGHTS["account"]: chosen.weighted("account")}
    found[WEIGHTS["revenue"]] = chosen.weighted("revenue")
    rows = [{"way": way.capitalize()} | counted._asdict() for way, counted in found.items() if counted.responses]
    tables.table(tables.enough(pd.DataFrame(rows).round({"n_eff": 0})), tables.WEIGHTED_COLUMNS, "weighted")
    st.caption(
        "“Worth” says how many equal answers the weighted ones are worth; under 30 do not rely on the score. Left out: "
        "no account known, or no revenue. The intervals allow for answers of one account being alike."
    )
    show.how(chosen, "weights", "interval")


def who_answered(chosen: nps.Chosen) -> None:
    """Who answered against who could have, by activity."""
    recent = chosen.recent
    if recent is None:
        st.caption(_why_unknown(chosen))
        return
    frame = recent.who_answered()
    st.altair_chart(surveys.response(frame), key="who_answered")
    st.caption(
        f"Everybody who used anything in the {chosen.panel.window_days} days before the last answer, in tenths by "
        "activity, and which share of them answered in those days."
    )
    show.text(words.of_reweighted(recent.score, recent.reweighted()))
    st.caption("Re-weighting mends that active people answer more or less often, and nothing else.")
    tables.numbers(frame, "who_answered_table", columns=tables.RESPONSE_COLUMNS)
    show.how(recent, "response", "reweighted")


def _why_unknown(chosen: nps.Chosen) -> str:
    """Why it cannot be told who could have answered, and what to do."""
    if not chosen.panel.has_usage:
        return NEEDS_USAGE
    if chosen.selection != nps.Selection():
        return "Clear all filters, count all surveys: who could have answered is known of everybody only."
    return "This needs usage of everybody, day by day: totals do not tell who could have answered."


def kinds(chosen: nps.Chosen) -> None:
    """Which surveys there are, and what kind each is."""
    tables.table(chosen.panel.surveys, tables.SURVEY_COLUMNS, "survey_kinds")
    st.caption(
        "A relational survey asks everybody now and then, a transactional one asks after something happened; they "
        "measure different things. Told by a column with the survey's type, its name, or when people answer."
    )


def after_what(chosen: nps.Chosen) -> None:
    """What people used just before they answered, more often than on their typical day."""
    if not chosen.panel.has_usage:
        st.caption(NEEDS_USAGE)
        return
    found = chosen.after_what()
    if found.empty:
        st.caption("This needs usage and answers with dates.")
        return
    any_use, features = found[found["feature"].isna()], found[found["feature"].notna()]
    telling = features[(features["q"] < rules.HOLDS_BELOW) & (features["ratio"] > 1)]
    show.bullet(
        [
            words.of_after_what(row)
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
    tables.numbers(named, "after_what", columns=tables.AFTER_WHAT_COLUMNS)
    every = nps.Selection(survey=chosen.selection.survey, repeats="all")
    show.how(chosen.panel.select(every), "occasion")


def alike(chosen: nps.Chosen) -> None:
    """Passives who use the product like promoters do, when that can be told."""
    if not chosen.panel.has_usage:
        st.caption(NEEDS_USAGE)
        return
    found = results.likeness(chosen)
    if found.hidden is Hidden.NOT_TRUE:
        by_activity = "" if found.ranking.empty else " The list goes by activity alone."
        st.caption(f"{sentences.of_proof(chosen.panel.came_true)}{by_activity}")
    elif found.hidden:
        st.caption(found.hidden.value)
    else:
        st.caption(words.of_likeness(found))
        st.caption(sentences.of_proof(chosen.panel.came_true))
    if found.ranking.empty:
        return
    st.dataframe(
        show.first(found.ranking, tables.ALIKE_COLUMNS),
        hide_index=True,
        column_config=tables.ALIKE_COLUMNS,
        key="alike_people",
    )
    if not chosen.panel.like_promoters.hidden:
        passives = replace(chosen.selection.within(Region(score=(7, 8))), alike=True)
        label = "Select the likeliest on the usage map"
        if st.button(label, on_click=data.show_selection, args=(passives,), key="show_alike"):
            st.switch_page("usage_map.py")
    if not found.hidden:
        with st.expander("How far to trust this"):
            tables.table(found.calibration, tables.CALIBRATION_COLUMNS, "calibration")
            st.caption("People in fifths by the rating: how many were expected to be promoters, and how many were.")
    show.how(chosen, "likeness")
