"""By what users of a feature are compared, and how to read the comparison."""

import streamlit as st

import nps
from nps.wording import verdicts, words

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
        st.caption(f"{verdicts.adjusted_for(fair)} {verdicts.of_confounding(fair)}")


def explained(view: str, outcome: str, chosen: nps.Chosen) -> str:
    """How to read a chart; in a part of the map nothing is judged."""
    judged = _JUDGED[view] if chosen.selection.region.everything else ""
    return f"{_EXPLAINED[view].format(up=_UP[outcome])}{judged}{NO_CAUSE}"
