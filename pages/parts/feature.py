"""One feature: its users and those who stopped, their score over time and by segment, and what they say."""

import streamlit as st

import nps
from nps.charts import overview, segments
from nps.measures import churn, feature_words, score, trend, words
from nps.measures.rules import MIN_SHOWN
from nps.measures.segments import of_answers
from pages.parts import release, show, tables
from pages.session import kept

MOST_COMMENTS = 30
NO_CAUSE = " This shows what goes together, not what causes what."
OUTCOMES = {"score": "Score", "churn": "Leaving"}
_UP = {
    "score": "how their score differs from others who are as active",
    "churn": "how much less often they leave than others who are as active",
}
_EXPLAINED = {
    "Fair comparison": "Dot: users against others who are as active, with its 95% interval. Tick: users against "
    "everybody else, which flatters whatever active people use.",
    "Invest or sunset": "Across: how many use it; the dashed line is the middle of the features compared. Up: {up}.",
}


_JUDGED = {
    "Fair comparison": " In full colour: differences that hold even with what is left of that flattery taken off.",
    "Invest or sunset": " Named and in full colour: differences that hold.",
}


def outcome(chosen: nps.Chosen) -> str:
    """What users are compared by: the score, or who left where that is known."""
    if "churn" not in chosen.panel.outcomes:
        return "score"
    wanted = st.segmented_control(
        "Compare users by", list(OUTCOMES), format_func=OUTCOMES.get, default="score", key="outcome", required=True
    )
    if wanted == "churn":
        st.caption(
            f"{words.of_leavers(chosen.leavers)} Each person counts once, by the latest answer. "
            "Who answered lately has had less time to leave, so a feature that is new looks better than it is."
        )
        if not chosen.selection.region.all_scores:
            st.caption(
                "Compared among the people selected by their score: what a feature does through the score is not seen."
            )
    return wanted


def adjustment(chosen: nps.Chosen, outcome: str) -> None:
    """Above the table: in what users and others are alike, and how much of activity may still be in it."""
    fair, region = chosen.fair(outcome), chosen.selection.region
    if not region.everything:
        st.caption("In a part of the map the comparison is adjusted for activity.")
    elif fair.comparable.any():
        st.caption(f"{feature_words.adjusted_for(fair)} {feature_words.of_confounding(fair)}")


def explained(view: str, outcome: str, chosen: nps.Chosen) -> str:
    """How to read a chart; in a part of the map nothing is judged."""
    judged = _JUDGED[view] if chosen.selection.region.everything else ""
    return f"{_EXPLAINED[view].format(up=_UP[outcome])}{judged}{NO_CAUSE}"


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
    show.quotes(people, MOST_COMMENTS)
    show.people(people, "feature_people")


def _measured(of_whom: str, people, outcome: str, key: str) -> None:
    if outcome == "churn":
        show.leavers(f"Left the product, {of_whom}", churn.leavers(people), key)
    else:
        show.score(f"NPS {of_whom}", score.score(people["score"]), key)


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
