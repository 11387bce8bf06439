"""By what users of a feature are compared, and how to read the comparison."""

import streamlit as st

import nps
from nps.wording import _, verdicts, words
from pages.parts import choose


def outcome(chosen: nps.Chosen) -> str:
    """What users are compared by: NPS, or who left where that is known."""
    if "churn" not in chosen.panel.outcomes:
        return "score"
    labels = {"score": _("NPS"), "churn": _("Leaving")}
    return choose.choice(_("Compare users by"), labels, key="outcome", label_visibility="collapsed")


def of_leaving(chosen: nps.Chosen) -> None:
    """How many left, and what to bear in mind where they are compared."""
    late = _(
        "Each person counts once, by the latest answer. Who answered lately has had less time to leave, so a feature "
        "that is new looks better than it is."
    )
    st.caption(f"{words.of_leavers(chosen.leavers)} {late}")
    if not chosen.selection.region.all_scores:
        st.caption(_("Compared among people who were chosen by their scores: what goes with the score is not seen."))


def adjustment(chosen: nps.Chosen, outcome: str) -> None:
    """In what users and others are alike, and how much of activity may still be in it."""
    fair, region = chosen.fair(outcome), chosen.selection.region
    if not region.everything:
        st.caption(_("In a part of the map the comparison is adjusted for activity."))
    elif fair.comparable.any():
        st.caption(f"{verdicts.adjusted_for(fair)} {verdicts.of_confounding(fair)}")


def explained(chosen: nps.Chosen) -> str:
    """How to read the chart of the comparison; in a part of the map nothing is judged."""
    drawn = _(
        "Dot: users against others who are as active, with its 95% interval. Tick: users against everybody else, "
        "which flatters whatever active people use. A click on a dot opens the feature."
    )
    judged = _("In full colour: differences that hold even with what is left of that flattery taken off.")
    told = [drawn, judged] if chosen.selection.region.everything else [drawn]
    return " ".join([*told, _("This shows what goes together, not what causes what.")])
