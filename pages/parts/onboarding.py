"""Onboarding: who takes which step, how long it takes, where newcomers stop, and what goes with a step."""

from collections.abc import Callable

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nps
from nps.charts import onboarding as charts
from nps.charts.vegalite import compiled
from nps.chosen.newcomers import Newcomers
from nps.steps import Onboarding
from nps.wording import _
from nps.wording import onboarding as wording
from pages.parts import counted, onboarding_compared, onboarding_people, onboarding_steps, show, tables
from pages.session import keys, onboarding, screen, views

TALL = 340  # pixels of the curves


def onboardings(panel: nps.Panel, above: DeltaGenerator) -> None:
    """The whole view: the steps, or what there is to choose. above: the place of the headline."""
    now, why = onboarding.current(), _missing(panel)
    if why is not None or now is None:
        with above:
            show.headline(_("Which steps do newcomers take?"), *([why] if why else []))
        if why is None:
            onboarding_steps.begin(panel)
        return
    with st.spinner(_("Looking who took which step…")):
        newcomers = onboarding.newcomers(panel, now)
    started, table = newcomers.started, newcomers.table
    last = float(table["share"].iloc[-1])
    with above:
        told = wording.headline(len(started.start), last, len(now.steps))
        show.headline(told, *wording.left_out(started, now.start))
    onboarding_steps.steps(panel, now)
    if len(started.start):
        _reached(newcomers, table)
        onboarding_compared.compared(newcomers)
        onboarding_people.one_step(newcomers)
    else:
        st.caption(_("Count days from something else, under Steps: from joining, or from the first use."))
    st.caption(_("Of all newcomers, whether they answered or not: filters change nothing here."))
    counted.how(panel.select(), "steps", "step_stops", "by_steps", "progress")


def _missing(panel: nps.Panel) -> str | None:
    """Why no steps can be told; None where they can."""
    try:
        return None if panel.who and panel.who.features() else _("There is no usage that could be asked.")
    except nps.InputError as refused:
        return str(refused)


@views.shared
def _curves(chosen: nps.Chosen, now: Onboarding) -> dict | None:
    frame = onboarding.newcomers(chosen.panel, now).curves
    if frame.empty:
        return None
    called, within = [step.name for step in now.steps], [step.within_days for step in now.steps]
    return compiled(charts.curves(frame, called, within, now.start, TALL))


def _reached(newcomers: Newcomers, table: pd.DataFrame) -> None:
    """Who takes each step in time, how fast, and where they stop."""
    show.heading(_("Who takes which step"))
    left, right = (st.container(), st.container()) if screen.narrow() else st.columns(2, gap="medium")
    with left:
        told = table.assign(median_days=table["median_days"] + 1)[["step", "share", "low", "high", "median_days"]]
        tables.table(told.assign(reached=table["reached"]), _columns(), "onboarding_table", _("Who takes which step"))
        st.caption(_("Of all who join, within the days of the step. No day in the middle: fewer than half so far."))
        stops, columns = newcomers.stops, _stops()
        show.heading(_("Where they stop"))
        tables.table(stops[[*columns]], columns, "onboarding_stops", _("Where they stop"), opens=_stopped(newcomers))
        st.caption(_("Of those who had time for all steps. A row lists who stopped there."))
    with right:
        if drawn := _curves(newcomers.panel.select(), newcomers.onboarding):
            show.chart("onboarding-curves", _("Newcomers by step and day"), drawn)
            st.caption(_("Dot: where the time for the step is over."))


def _columns() -> tables.Columns:
    return {
        "step": _("Step"),
        "share": tables.figure(_("In time"), "percent"),
        "low": tables.figure(_("from"), "percent", help=_("Lower end of the 95% interval")),
        "high": tables.figure(_("to"), "percent", help=_("Upper end of the 95% interval")),
        "median_days": tables.figure(_("Half by day"), "%.0f", help=_("The day by which half of them have taken it")),
        "reached": tables.figure(_("So far"), help=_("Newcomers who have taken it, in time or not")),
    }


def _stops() -> tables.Columns:
    return {
        "step": _("Step"),
        "people": tables.figure(_("Had time")),
        "reached": tables.figure(_("Took it")),
        "share": tables.figure(_("Share"), "percent"),
        "stopped": tables.figure(_("Stopped before it"), help=_("Took the step before in time, and this one not")),
    }


def _stopped(newcomers: Newcomers) -> Callable[[int], None]:
    """Have the list show who stopped before the step of a row."""
    called = [step.name for step in newcomers.onboarding.steps]

    def opened(place: int) -> None:
        keys.of_widget("onboarding_step").put(called[place])
        keys.of_widget("onboarding_whom").put("stopped")

    return opened
