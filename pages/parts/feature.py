"""One feature: its users and those who stopped, their score over time and by segment, and what they say."""

import streamlit as st

import nps
from nps.charts import overview, segments
from nps.measures import churn, score, trend
from nps.measures.rules import MIN_SHOWN
from nps.measures.segments import of_answers
from nps.wording import _
from pages.parts import figures, release, show, tables
from pages.parts.people import listed, quotes
from pages.session import kept

MOST_COMMENTS = 30


def pick(labels: list[str], frame) -> int | None:
    """Which feature to look into: a row number of `panel.features`."""
    codes = dict(zip(labels, frame.index, strict=True))
    picked = st.selectbox(
        _("Look into a feature"),
        labels,
        index=None,
        placeholder=_("Type its name"),
        key="feature",
        persist_state="session",
    )
    return codes.get(picked)


def look_into(chosen: nps.Chosen, code: int, outcome: str) -> None:
    """Everything about the users of a feature."""
    users, stopped = chosen.users_of(code)
    with st.expander(_("Before and after its release")):
        release.of_feature(chosen, code)
    now, before = st.columns(2)
    with now:
        _measured("users", users, outcome, key="feature_users")
    with before:
        _measured("stopped", stopped, outcome, key="feature_stopped")
    kinds = {"users": users, "stopped": stopped}
    labels = {"users": _("Users"), "stopped": _("Those who stopped")}
    if outcome == "churn":
        kinds["left"], labels["left"] = churn.who_left(users), _("Users who left")
    people = kinds[show.choice(_("Whom to look at"), labels, key="feature_who")]
    if people.empty:
        st.caption(_("Nobody under these filters."))
        return
    over_time, by_segment = st.columns(2)
    with over_time:
        _over_time(chosen, people)
    with by_segment:
        _segments(chosen, people)
    show.how(chosen, "trend", "interval", "ranking")
    quotes(people, MOST_COMMENTS)
    listed(people, "feature_people")


def _measured(who: str, people, outcome: str, key: str) -> None:
    labels = {
        ("score", "users"): _("NPS of its users"),
        ("score", "stopped"): _("NPS of those who stopped using it"),
        ("churn", "users"): _("Left the product, of its users"),
        ("churn", "stopped"): _("Left the product, of those who stopped using it"),
    }
    if outcome == "churn":
        figures.leavers(labels[outcome, who], churn.leavers(people), key)
    else:
        figures.score(labels[outcome, who], score.score(people["score"]), key)


def _over_time(chosen: nps.Chosen, people) -> None:
    quarters = trend.by_period(people, "quarter", chosen.selection.repeats)
    if len(quarters) and quarters["responses"].max() >= MIN_SHOWN:
        chart = overview.trend(quarters, "quarter", kept.events(), chosen.alarms().head(0))
        st.altair_chart(chart, key="feature_trend")
    else:
        st.caption(_("No quarter has the {n} answers that a score needs.", n=MIN_SHOWN))
    tables.numbers(quarters, "feature_trend_table")


def _segments(chosen: nps.Chosen, people) -> None:
    if not chosen.panel.segments:
        return
    segment = show.segment(_("By"), chosen.panel.segments, key="feature_segment")
    frame = of_answers(people, segment)
    if frame["responses"].max() >= MIN_SHOWN:
        st.altair_chart(segments.scores(frame, segment), key="feature_by_segment")
        tables.numbers(frame, "feature_segment_table")
    else:
        st.caption(_("No group has the {n} answers that a score needs.", n=MIN_SHOWN))
