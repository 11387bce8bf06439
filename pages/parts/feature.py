"""One feature: its users and those who stopped, their score over time and by segment, and what they say."""

import streamlit as st

import nps
from nps.charts import overview, segments
from nps.measures import churn, score, trend
from nps.measures.rules import MIN_SHOWN
from nps.measures.segments import of_answers
from pages.parts import figures, release, show, tables
from pages.parts.people import listed, quotes
from pages.session import kept

MOST_COMMENTS = 30


def pick(labels: list[str], frame) -> int | None:
    """Which feature to look into: a row number of `panel.features`."""
    codes = dict(zip(labels, frame.index, strict=True))
    picked = st.selectbox(
        "Look into a feature", labels, index=None, placeholder="Type its name", key="feature", persist_state="session"
    )
    return codes.get(picked)


def look_into(chosen: nps.Chosen, code: int, outcome: str) -> None:
    """Everything about the users of a feature."""
    users, stopped = chosen.users_of(code)
    kinds = {"Users": users, "Those who stopped": stopped}
    with st.expander("Before and after its release"):
        release.of_feature(chosen, code)
    now, before = st.columns(2)
    with now:
        _measured("of its users", users, outcome, key="feature_users")
    with before:
        _measured("of those who stopped using it", stopped, outcome, key="feature_stopped")
    if outcome == "churn":
        kinds["Users who left"] = churn.who_left(users)
    who = st.segmented_control("Whom to look at", list(kinds), default="Users", key="feature_who", required=True)
    people = kinds[who]
    if people.empty:
        st.caption("Nobody under these filters.")
        return
    over_time, by_segment = st.columns(2)
    with over_time:
        quarters = trend.by_period(people, "quarter", chosen.selection.repeats)
        if len(quarters) and quarters["responses"].max() >= MIN_SHOWN:
            st.altair_chart(
                overview.trend(quarters, "quarter", kept.events(), chosen.alarms().head(0)), key="feature_trend"
            )
        else:
            st.caption(f"No quarter has the {MIN_SHOWN} answers that a score needs.")
        tables.numbers(quarters, "feature_trend_table")
    with by_segment:
        _segments(chosen, people)
    show.how(chosen, "trend", "interval", "ranking")
    quotes(people, MOST_COMMENTS)
    listed(people, "feature_people")


def _measured(of_whom: str, people, outcome: str, key: str) -> None:
    if outcome == "churn":
        figures.leavers(f"Left the product, {of_whom}", churn.leavers(people), key)
    else:
        figures.score(f"NPS {of_whom}", score.score(people["score"]), key)


def _segments(chosen: nps.Chosen, people) -> None:
    if not chosen.panel.segments:
        return
    segment = st.selectbox("By", chosen.panel.segments, key="feature_segment", persist_state="session")
    frame = of_answers(people, segment)
    if frame["responses"].max() >= MIN_SHOWN:
        st.altair_chart(segments.scores(frame, segment), key="feature_by_segment")
        tables.numbers(frame, "feature_segment_table")
    else:
        st.caption(f"No group has the {MIN_SHOWN} answers that a score needs.")
