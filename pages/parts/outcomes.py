"""By what users of a feature are compared, and how to read the comparison."""

import streamlit as st

import nps
from nps.wording import _, verdicts, words
from pages.parts import show


def outcome(chosen: nps.Chosen) -> str:
    """What users are compared by: the score, or who left where that is known."""
    if "churn" not in chosen.panel.outcomes:
        return "score"
    labels = {"score": _("Score"), "churn": _("Leaving")}
    wanted = show.choice(_("Compare users by"), labels, key="outcome")
    if wanted == "churn":
        _of_leaving(chosen)
    return wanted


def _of_leaving(chosen: nps.Chosen) -> None:
    late = _(
        "Each person counts once, by the latest answer. Who answered lately has had less time to leave, so a feature "
        "that is new looks better than it is."
    )
    st.caption(f"{words.of_leavers(chosen.leavers)} {late}")
    if not chosen.selection.region.all_scores:
        st.caption(
            _("Compared among the people selected by their score: what a feature does through the score is not seen.")
        )


def adjustment(chosen: nps.Chosen, outcome: str) -> None:
    """Above the table: in what users and others are alike, and how much of activity may still be in it."""
    fair, region = chosen.fair(outcome), chosen.selection.region
    if not region.everything:
        st.caption(_("In a part of the map the comparison is adjusted for activity."))
    elif fair.comparable.any():
        st.caption(f"{verdicts.adjusted_for(fair)} {verdicts.of_confounding(fair)}")


def explained(view: str, outcome: str, chosen: nps.Chosen) -> str:
    """How to read a chart; in a part of the map nothing is judged."""
    judged = [_judged(view)] if chosen.selection.region.everything else []
    return " ".join([_drawn(view, outcome), *judged, _("This shows what goes together, not what causes what.")])


def _drawn(view: str, outcome: str) -> str:
    if view == "fair":
        return _(
            "Dot: users against others who are as active, with its 95% interval. Tick: users against everybody else, "
            "which flatters whatever active people use."
        )
    if outcome == "churn":
        return _(
            "Across: how many use it; the dashed line is the middle of the features compared. Up: how much less often "
            "they leave than others who are as active."
        )
    return _(
        "Across: how many use it; the dashed line is the middle of the features compared. Up: how their score differs "
        "from others who are as active."
    )


def _judged(view: str) -> str:
    if view == "fair":
        return _("In full colour: differences that hold even with what is left of that flattery taken off.")
    return _("Named and in full colour: differences that hold.")
