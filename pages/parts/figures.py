"""Figures that several pages show, each with how sure it is and what it counts."""

import streamlit as st

import nps
from nps.measures import kinds
from nps.measures.churn import Leavers
from nps.measures.rules import MIN_SHOWN
from nps.wording import _, answering, names, words
from pages.parts.show import text
from pages.session import filters


def score(label: str, measured: nps.Score, key: str | None = None) -> None:
    """A score with its interval, n and rule."""
    with st.container(key=key):
        shown = words.points(measured.nps) if measured.responses >= MIN_SHOWN else _("too few")
        st.metric(label, shown, help=_rule())
        st.caption(words.interval(measured))


def _rule() -> str:
    counted = {
        "latest": _("One answer per person counts: the latest under the filters."),
        "all": _("Every answer counts, also several of one person."),
    }
    return " ".join(
        [
            _("Share of promoters (9-10) minus share of detractors (0-6), in points from −100 to 100."),
            counted[filters.selection().repeats],
            _("The interval holds the true score 95 times in 100 (adjusted Wald, see docs/methods.md)."),
        ]
    )


def leavers(label: str, found: Leavers, key: str) -> None:
    """The share of people who left after answering, with its interval and n."""
    rule = _(
        "Share of people who left after their latest answer, of those who had not left before. The interval holds the "
        "true share 95 times in 100 (Wilson, see docs/methods.md)."
    )
    with st.container(key=key):
        st.metric(label, words.percent(found.share) if found.people >= MIN_SHOWN else _("too few"), help=rule)
        st.caption(words.of_leavers(found))


def groups(measured: nps.Score) -> None:
    """How many promoters, passives and detractors."""
    total = max(measured.responses, 1)
    counts = [
        _("Promoters: {n} ({share})", n=measured.promoters, share=words.percent(measured.promoters / total)),
        _("Passives: {n} ({share})", n=measured.passives, share=words.percent(measured.passives / total)),
        _("Detractors: {n} ({share})", n=measured.detractors, share=words.percent(measured.detractors / total)),
    ]
    st.caption("  \n".join(counts))


def counted(chosen: nps.Chosen) -> None:
    """What the score counts: the rule for repeats, the surveys, the window."""
    panel = chosen.panel
    st.caption(words.counted(chosen.selection.repeats, panel.window_days if panel.has_usage else None, panel.dated))
    if not chosen.cube.strangers:
        st.caption(
            _("Answers of one account, or of one person, are alike: every interval and test takes them together.")
        )
    surveys = chosen.people["survey"].dropna().unique()
    if chosen.panel.main_surveys:
        text(answering.of_surveys(kinds.groups(chosen.panel.surveys), chosen.selection.survey))
    elif len(surveys) > 1:
        text(
            _(
                "Counted together: {surveys}. Choose one of them above where they ask different things.",
                surveys=tuple(map(names.value, surveys)),
            )
        )


def sureness(finding) -> str:
    """How sure a finding is."""
    sides = {"n": finding.n, "rest": finding.n_rest}
    if finding.q < 0.001:
        return _("n = {n} against {rest}; of all findings this sure or surer under 0.1% may be false (q)", **sides)
    return _(
        "n = {n} against {rest}; of all findings this sure or surer {wrong:.1%} may be false (q)",
        wrong=finding.q,
        **sides,
    )
