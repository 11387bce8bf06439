"""All features: as decisions, in groups to open, or as a chart of the comparison; a click opens one."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

import nps
from nps.wording import _, features, verdicts
from pages.parts import choose, feature_chart, feature_table, outcomes, show
from pages.parts.feature_frame import by_use, compared
from pages.parts.feature_table import Decided
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
        kinds = _kinds(frame)
        wanted = _search(len(frame)) if view == "decisions" else ""
    if outcome == "churn":
        outcomes.of_leaving(chosen)
    if view == "comparison":
        feature_chart.comparison(chosen, frame[frame["kind"].isin(kinds)], outcome)
    else:
        _decisions(_found(chosen, outcome, kinds, wanted.strip().casefold()), outcome, searched=bool(wanted.strip()))


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


def _kinds(frame: pd.DataFrame) -> tuple[str, ...]:
    """The kinds that are wanted, where there are several."""
    kinds = sorted(frame["kind"].unique())
    if len(kinds) < 2:
        return tuple(kinds)
    how = {"label_visibility": "collapsed", "placeholder": _("Every kind"), "width": 260, "persist_state": "session"}
    return tuple(st.multiselect(_("Kind"), kinds, key="kinds", **how) or kinds)


def _search(rows: int) -> str:
    if rows < SEARCHED:
        return ""
    how = {"label_visibility": "collapsed", "icon": ":material/search:", "width": 260}
    return st.text_input(_("Search"), key=keys.FEATURE_SEARCH.name, placeholder=_("Search features"), **how)


class Found(NamedTuple):
    """Features in the order of their differences: by group where they were judged, else all."""

    groups: dict[str, Decided]
    unjudged: Decided | None


@views.shared
def _found(chosen: nps.Chosen, outcome: str, kinds: tuple[str, ...], wanted: str) -> Found:
    """Those of these kinds whose name holds what is wanted."""
    frame = compared(chosen, outcome)
    named = frame["label"].str.casefold().str.contains(wanted, regex=False)
    by = "reach_difference" if by_use(chosen, outcome) else "adjusted"
    found = frame[frame["kind"].isin(kinds) & named].sort_values(by, key=abs, ascending=False, kind="stable")
    if found["judged"].any():
        of_groups = ((code, found[found["group"] == code]) for code in features.GROUPS)
        return Found({code: feature_table.in_columns(rows) for code, rows in of_groups if len(rows)}, None)
    return Found({}, feature_table.in_columns(found) if len(found) else None)


def _decisions(found: Found, outcome: str, *, searched: bool) -> None:
    if found.groups:
        unfolded = searched or not any(code in DECISIONS for code in found.groups)
        for code, decided in found.groups.items():
            _group(decided, code, outcome, unfolded=unfolded)
        none = [code for code in features.GROUPS if code not in found.groups]
        if none and not searched:
            st.caption(" · ".join(_("{group} {n}", group=features.group(code), n=0) for code in none))
    elif found.unjudged:
        feature_table.decided(found.unjudged, "features_all")
    else:
        st.caption(_("No feature is called that."))


def _group(decided: Decided, code: str, outcome: str, *, unfolded: bool) -> None:
    rows = len(decided.labels)
    label = _("**{group} {n}** · {what}", group=features.group(code), n=rows, what=features.of_group(code, outcome))
    open_ = unfolded or code in DECISIONS or (code == "hardly_used" and rows <= FOLDED)
    opened = st.expander(label, key=f"group_{code}_{unfolded}", expanded=open_, on_change="rerun")
    if opened.open:
        with opened:
            feature_table.decided(decided, f"features_{code}", features.group(code))
