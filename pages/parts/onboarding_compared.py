"""Newcomers who took a step in time against those who did not, from its last day on: what they answer, who stays."""

import streamlit as st

import nps
from nps.charts import onboarding as charts
from nps.charts.vegalite import compiled
from nps.chosen.newcomers import Newcomers
from nps.measures import score
from nps.steps import Onboarding
from nps.wording import _
from pages.parts import choose, show, tables
from pages.session import onboarding, views

TALL = 260  # pixels of the curves


@views.shared
def _by_steps(panel: nps.Panel, now: Onboarding, outcome: str):
    return onboarding.newcomers(panel, now).by_steps(outcome)


@views.shared
def _stay(panel: nps.Panel, now: Onboarding, step: int) -> dict | None:
    frame = onboarding.newcomers(panel, now).stay(step)
    return compiled(charts.stay(frame, TALL)) if frame["took"].nunique() == 2 else None


def compared(newcomers: Newcomers) -> None:
    """The fair comparison of every step, by what people answer or by whether they leave."""
    show.heading(_("Who took a step against who did not"))
    outcomes = {"nps": _("What they answer")} | ({"left": _("Whether they leave")} if leaves(newcomers) else {})
    outcome = choose.choice(_("Compared by"), outcomes, "onboarding_outcome", label_visibility="collapsed")
    with st.spinner(_("Comparing those who are alike…")):
        frame = _by_steps(newcomers.panel, newcomers.onboarding, outcome)
    scale = 1 if outcome == "nps" else score.POINTS
    rows = frame.assign(**{name: frame[name] * scale for name in ("difference", "low", "high")})
    columns = _columns(outcome)
    tables.table(rows[[*columns]], columns, "onboarding_compared", _("Who took a step against who did not"))
    if frame["difference"].isna().all():
        st.caption(_("Too few newcomers on either side to compare them."))
    st.caption(_told(outcome))


def leaves(newcomers: Newcomers) -> bool:
    """Whether it is known of anybody that they left."""
    return bool(newcomers.known["churned_at"].notna().any())


def _columns(outcome: str) -> tables.Columns:
    label = _("Difference in NPS") if outcome == "nps" else _("Left, points of percent")
    return {
        "step": _("Step"),
        "people": tables.figure(_("Took it in time")),
        "others": tables.figure(_("Did not")),
        "difference": tables.figure(label, "%+.0f"),
        "low": tables.figure(_("from"), "%+.0f", help=_("Lower end of the 95% interval")),
        "high": tables.figure(_("to"), "%+.0f", help=_("Upper end of the 95% interval")),
        "robust": st.column_config.CheckboxColumn(_("More than chance")),
    }


def _told(outcome: str) -> str:
    alike = _("Alike in other use of those days, quarter of joining, role and plan.")
    what = (
        _("NPS of the first answer after the last day of the step.")
        if outcome == "nps"
        else _("Who left in the 90 days after the last day of the step, of who was still there.")
    )
    return f"{what} {alike} {_('Who takes a step is not chosen at random.')}"


def who_stays(newcomers: Newcomers, step: int) -> None:
    """Two curves from the last day of a step on."""
    drawn = _stay(newcomers.panel, newcomers.onboarding, step)
    if drawn is None:
        st.caption(_("Too few newcomers on either side to draw who stays."))
        return
    show.chart("onboarding-stay", _("Who stays, with and without a step"), drawn)
    st.caption(
        _(
            "Violet: took it in time. Dashed: did not. Everybody who was still there, alike or not. Who takes a step "
            "is not chosen at random."
        )
    )
