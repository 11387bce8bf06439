"""One feature: its users and those who stopped, their NPS over time and by segment, what they say, and its release."""

import pandas as pd
import streamlit as st

import nps
from nps.measures import churn, score
from nps.measures.rules import MIN_SHOWN
from nps.wording import _, features, several, words
from pages.parts import choose, feature_parts, feature_said, keep, outcomes, release, show
from pages.parts.people import listed
from pages.session import access, keys, screen

SWITCH = keys.of_widget("feature_switch")


def opened(frame: pd.DataFrame) -> pd.Series | None:
    """The feature that is looked into, a row of the comparison; a link may ask for one that this data has not."""
    keys.FEATURE.fit(frame["label"].tolist())
    wanted = frame[frame["label"] == keys.FEATURE.get()]
    return wanted.iloc[0] if len(wanted) else None


def look_into(chosen: nps.Chosen, row: pd.Series, labels: list[str], outcome: str) -> None:
    """Everything about the users of a feature; of people chosen by their scores, no NPS."""
    _lead(chosen, labels)
    cut, (users, stopped) = not chosen.selection.region.all_scores, chosen.users_of(row.name)
    if cut and outcome == "score":
        region = chosen.selection.region
        told = features.of_use(int(row["users"]), len(chosen.placed.places), row["reach_difference"], region)
    else:
        told = features.of_one(row, outcome)
    said = _("{feature}: {verdict}", feature=row["label"], verdict=row["verdict"]) if row["verdict"] else row["label"]
    show.headline(told, said, help=None if cut else features.of_interval(row))
    if cut:
        feature_said.comments(chosen, users, row)
    else:
        _figures(users, stopped, row, outcome)
    people, who = _whom(users, stopped, outcome)
    feature_parts.charts(chosen, int(row.name), who, cut=cut)
    if not cut:
        feature_said.comments(chosen, people, row)
        show.heading(_("Before and after its release"))
        release.of_feature(chosen, int(row.name))
    if access.sees_people():
        show.heading(_("People"))
        listed(people, "feature_people")


def _lead(chosen: nps.Chosen, labels: list[str]) -> None:
    """Back to the list, or to another feature."""
    room = 136 if screen.step() == "XS" else "content"  # pixels
    with st.container(horizontal=True, vertical_alignment="center", height=room, border=False):
        back = {"on_click": keys.FEATURE.take, "key": "all_features", "type": "tertiary"}
        st.button(_("All features"), icon=":material/arrow_back:", **back)
        SWITCH.follow(keys.FEATURE.get())
        how = {"key": SWITCH.name, "label_visibility": "collapsed", "width": 280}
        st.selectbox(_("Feature"), labels, on_change=lambda: keys.FEATURE.put(SWITCH.get()), **how)
        outcomes.outcome(chosen)
        keep.feature(keys.FEATURE.get() or "")


def _figures(users: pd.DataFrame, stopped: pd.DataFrame, row: pd.Series, outcome: str) -> None:
    """Users and those who stopped, with the NPS of each, or how many left."""
    with st.grid(4, min_column_width=150):
        share = _("{share} of people", share=words.percent(row["reach"]))
        show.figure(_("Users"), f"{len(users):,}", beside=share)
        _measured(_("NPS of users"), _("Users who left"), users, outcome)
        show.figure(_("Used it and stopped"), f"{len(stopped):,}")
        _measured(_("NPS of who stopped"), _("Of who stopped, left"), stopped, outcome)


def _measured(nps_label: str, left_label: str, people: pd.DataFrame, outcome: str) -> None:
    if outcome == "churn":
        found = churn.leavers(people)
        share = words.percent(found.share) if found.people >= MIN_SHOWN else show.UNKNOWN
        show.figure(left_label, share, beside=several("1 person", "{n} people", n=found.left))
    else:
        measured = score.score(people["score"])
        enough = measured.responses >= MIN_SHOWN
        beside = features.of_span(measured.low, measured.high) if enough else _("too few answers")
        show.figure(nps_label, words.points(measured.nps) if enough else show.UNKNOWN, beside=beside)


def _whom(users: pd.DataFrame, stopped: pd.DataFrame, outcome: str) -> tuple[pd.DataFrame, str]:
    """Whom the rest of the page is about."""
    people, labels = {"users": users, "stopped": stopped}, {"users": _("Users"), "stopped": _("Who stopped")}
    if outcome == "churn":
        people["left"], labels["left"] = churn.who_left(users), _("Users who left")
    who = choose.choice(_("Whom to look at"), labels, key="feature_who", label_visibility="collapsed")
    return people[who], who
