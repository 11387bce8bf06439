"""Which steps newcomers are expected to take: chosen from what can be used, by whoever works with the data."""

import pandas as pd
import streamlit as st

import nps
from nps.measures.cells import feature_labels
from nps.steps import MEASURES, Onboarding, Step
from nps.wording import _
from nps.wording import onboarding as wording
from pages.parts import popover, show
from pages.session import access, onboarding
from pages.session.onboarding import FEATURES, LEAST, MEASURE, NAME, ORDERED, START, WITHIN

LONGEST_WITHIN = 365  # days


def steps(panel: nps.Panel, now: Onboarding) -> None:
    """A place to open: the steps, and for whoever may change them, how."""
    with popover.opened(_("Steps"), "onboarding_steps", icon=":material/checklist:", type="tertiary") as opened:
        if opened:
            for place, step in enumerate(now.steps):
                _step(place, step)
            if access.works():
                _counted(now)
                another(panel, now)


def _step(place: int, step: Step) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        show.text(f"{place + 1}. {step.name}: {wording.step(step)}")
        if access.works():
            st.space("stretch")
            how = {"type": "tertiary", "args": (place,)}
            up = {"on_click": onboarding.earlier, "key": f"step_up_{place}", "disabled": not place, **how}
            st.button(_("Earlier"), icon=":material/arrow_upward:", **up)
            st.button(_("Remove"), icon=":material/close:", on_click=onboarding.remove, key=f"step_gone_{place}", **how)


def _counted(now: Onboarding) -> None:
    """Whether the order counts, and from when days are counted."""
    ORDERED.follow(now.ordered)
    START.follow(now.start)
    st.toggle(_("Each counts only after the one before"), key=ORDERED.name, on_change=onboarding.count)
    called = wording.starts()
    st.selectbox(
        _("Days are counted from"), [*called], format_func=called.get, key=START.name, on_change=onboarding.count
    )


def another(panel: nps.Panel, now: Onboarding | None) -> None:
    """A form for one step more."""
    if now and len(now.steps) >= onboarding.MOST:
        return
    offered = panel.who.features() if panel.who else []
    called = dict(zip(offered, feature_labels(pd.DataFrame(offered, columns=["kind", "feature"])), strict=True))
    with st.form("another_step", border=True):
        st.text(_("Another step") if now else _("The first step"))
        st.multiselect(
            _("Any of these features, pages or events"),
            offered,
            format_func=called.get,
            key=FEATURES.name,
            placeholder=_("Choose what"),
        )
        least, measure, within = st.columns(3)
        least.number_input(_("At least"), 1, 1_000, key=LEAST.name)
        units = {code: wording.measure(code) for code in MEASURES}
        measure.selectbox(_("Counted in"), [*units], format_func=units.get, key=MEASURE.name)
        within.number_input(_("Within days"), 1, LONGEST_WITHIN, 14, key=WITHIN.name)
        st.text_input(_("Name"), key=NAME.name, max_chars=onboarding.LONGEST, placeholder=_("As the feature is called"))
        st.form_submit_button(_("Add the step"), on_click=onboarding.add, key="add_step", type="primary")
    if problem := onboarding.PROBLEM.take():
        show.problem(problem)


def begin(panel: nps.Panel) -> None:
    """Where nobody has chosen steps yet: what they are, and a form for the first."""
    st.caption(
        _(
            "A step is a feature, or any of several, used so often within so many days. Then it is told who takes it, "
            "how long that takes, where newcomers stop, and what goes with it."
        )
    )
    if access.works():
        another(panel, None)
    else:
        st.caption(_("Who works with the data can choose them here."))
