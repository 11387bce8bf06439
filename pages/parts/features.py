"""All features: as decisions, in groups to open, or as a chart of the comparison; a click opens one."""

import pandas as pd
import streamlit as st

import nps
from nps.wording import _, features, verdicts
from pages.parts import choose, feature_chart, feature_table, outcomes, show
from pages.parts.feature_frame import by_use, compared
from pages.session import keys, screen, views

FOLDED, SEARCHED = 12, 15  # rows from which on a group is folded; features from which on one searches
DECISIONS = ("fix", "keep_strong", "promote", "rethink_or_sunset")


def listed(chosen: nps.Chosen, outcome: str) -> None:
    """The headline, and below it the view that is wanted."""
    frame = compared(chosen, outcome)
    _headline(chosen, frame, outcome)
    room = "content" if screen.step() != "XS" else 150  # pixels
    with st.container(horizontal=True, vertical_alignment="center", height=room, border=False):
        labels = {"decisions": _("Decisions"), "comparison": _("Comparison")}
        view = choose.choice(
            _("View"), labels, key="feature_view", label_visibility="collapsed", persist_state="session"
        )
        outcomes.outcome(chosen)
        frame = _kinds(frame)
        wanted = _search(len(frame)) if view == "decisions" else ""
    if outcome == "churn":
        outcomes.of_leaving(chosen)
    if view == "comparison":
        feature_chart.comparison(chosen, frame, outcome)
    else:
        _decisions(chosen, frame, outcome, wanted)


def _headline(chosen: nps.Chosen, frame: pd.DataFrame, outcome: str) -> None:
    people = len(chosen.places)
    if by_use(chosen, outcome):
        show.headline(features.of_chosen_scores(people))
    elif not chosen.selection.region.everything:
        show.headline(features.of_part(people))
    elif frame["adjusted"].isna().all():
        show.headline(_("No feature has 20 users and 20 others to compare them with."))
    else:
        show.headline(features.of_all(frame, outcome), *_told(chosen, outcome)[:2])


@views.shared
def _told(chosen: nps.Chosen, outcome: str) -> list[str]:
    return verdicts.of_features(compared(chosen, outcome), chosen.fair(outcome), outcome)


def _kinds(frame: pd.DataFrame) -> pd.DataFrame:
    """Those of the kinds that are wanted, where there are several."""
    kinds = sorted(frame["kind"].unique())
    if len(kinds) < 2:
        return frame
    how = {"label_visibility": "collapsed", "placeholder": _("Every kind"), "width": 260, "persist_state": "session"}
    wanted = st.multiselect(_("Kind"), kinds, key="kinds", **how)
    return frame[frame["kind"].isin(wanted or kinds)]


def _search(rows: int) -> str:
    if rows < SEARCHED:
        return ""
    how = {"label_visibility": "collapsed", "icon": ":material/search:", "width": 260}
    return st.text_input(_("Search"), key=keys.FEATURE_SEARCH.name, placeholder=_("Search features"), **how)


def _decisions(chosen: nps.Chosen, frame: pd.DataFrame, outcome: str, wanted: str) -> None:
    found = frame[frame["label"].str.casefold().str.contains(wanted.strip().casefold(), regex=False)]
    if found.empty:
        st.caption(_("No feature is called that."))
    elif found["judged"].any():
        unfolded = bool(wanted.strip()) or not found["group"].isin(DECISIONS).any()
        for code in features.GROUPS:
            _group(found[found["group"] == code], code, outcome, unfolded=unfolded)
        none = [code for code in features.GROUPS if not (found["group"] == code).any()]
        if none and not wanted:
            st.caption(" · ".join(_("{group} {n}", group=features.group(code), n=0) for code in none))
    else:
        by = "reach_difference" if by_use(chosen, outcome) else "adjusted"
        feature_table.decided(found.sort_values(by, key=abs, ascending=False, kind="stable"), "features_all")


def _group(frame: pd.DataFrame, code: str, outcome: str, *, unfolded: bool) -> None:
    if frame.empty:
        return
    facts = {"group": features.group(code), "n": len(frame), "what": features.of_group(code, outcome)}
    label = _("**{group} {n}** · {what}", **facts)
    open_ = unfolded or code in DECISIONS or (code == "hardly_used" and len(frame) <= FOLDED)
    opened = st.expander(label, key=f"group_{code}_{unfolded}", expanded=open_, on_change="rerun")
    if opened.open:
        with opened:
            ordered = frame.sort_values("adjusted", key=abs, ascending=False, kind="stable")
            feature_table.decided(ordered, f"features_{code}", features.group(code))
