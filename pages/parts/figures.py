"""Figures that several pages show, each with how sure it is and what it counts."""

import streamlit as st

import nps
from nps.measures import kinds
from nps.measures.churn import Leavers
from nps.measures.rules import MIN_SHOWN
from nps.wording import answering, words
from pages.parts.show import text
from pages.session import filters

RULE = "Share of promoters (9-10) minus share of detractors (0-6), in points from −100 to 100. "
REPEATS = {
    "latest": "One answer per person counts: the latest under the filters. ",
    "all": "Every answer counts, also several of one person. ",
}
LEFT = "Share of people who left after their latest answer, of those who had not left before. "
INTERVAL_OF_SHARE = "The interval holds the true share 95 times in 100 (Wilson, see docs/methods.md)."
INTERVAL = "The interval holds the true score 95 times in 100 (adjusted Wald, see docs/methods.md)."


def score(label: str, measured: nps.Score, key: str | None = None) -> None:
    """A score with its interval, n and rule."""
    with st.container(key=key):
        shown = words.points(measured.nps) if measured.responses >= MIN_SHOWN else "too few"
        st.metric(label, shown, help=RULE + REPEATS[filters.selection().repeats] + INTERVAL)
        st.caption(words.interval(measured))


def leavers(label: str, found: Leavers, key: str) -> None:
    """The share of people who left after answering, with its interval and n."""
    with st.container(key=key):
        shown = words.percent(found.share) if found.people >= MIN_SHOWN else "too few"
        st.metric(label, shown, help=LEFT + INTERVAL_OF_SHARE)
        st.caption(words.of_leavers(found))


def groups(measured: nps.Score) -> None:
    """How many promoters, passives and detractors."""
    counts = {"Promoters": measured.promoters, "Passives": measured.passives, "Detractors": measured.detractors}
    total = max(measured.responses, 1)
    st.caption("  \n".join(f"{name}: {count:,} ({words.percent(count / total)})" for name, count in counts.items()))


def counted(chosen: nps.Chosen) -> None:
    """What the score counts: the rule for repeats, the surveys, the window."""
    rule = {"latest": "each person's latest answer", "all": "every answer, repeats too"}[chosen.selection.repeats]
    window = f"; activity is use {words.before(chosen.panel.window_days, chosen.panel.dated)}"
    st.caption(f"Counts {rule}{window if chosen.panel.has_usage else ''}.")
    if not chosen.cube.strangers:
        st.caption("Answers of one account, or of one person, are alike: every interval and test takes them together.")
    surveys = chosen.people["survey"].dropna().unique()
    if chosen.panel.main_surveys:
        text(answering.of_surveys(kinds.groups(chosen.panel.surveys), chosen.selection.survey))
    elif len(surveys) > 1:
        text(
            f"Counted together: {', '.join(surveys)}. Choose one survey in the sidebar where they ask different things."
        )


def sureness(finding) -> str:
    """How sure a finding is."""
    wrong = "under 0.1%" if finding.q < 0.001 else f"{finding.q:.1%}"
    return f"n = {finding.n:,} against {finding.n_rest:,}; of all findings this sure or surer {wrong} may be false (q)"
