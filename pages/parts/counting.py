"""Which answers count, and how: the surveys, and what happens to repeats and to use."""

from collections.abc import Sequence

import streamlit as st

import nps
from nps.measures import kinds
from nps.wording import _, answering, names, several
from pages.parts.narrowed import KEPT, place
from pages.session import filters, keys, options


def surveys(panel: nps.Panel) -> None:
    """Which surveys count, where there are several."""
    offered = options.survey_options(panel)
    if not offered:
        return
    counted = filters.selection().survey
    known = len(panel.surveys)
    some = _("{n} of {of} surveys", n=len(counted or ()), of=known)
    label = some if counted else several("1 survey", "{n} surveys", n=known)
    with place(label, "surveys", "mark_email_read") as opened:
        if opened:
            _surveys(panel, offered, counted)


def _surveys(panel: nps.Panel, offered: Sequence[tuple[str, ...]], counted: tuple[str, ...] | None) -> None:
    every = dict.fromkeys([*offered, keys.SURVEY.get()])
    labels = {each: options.survey_label(panel, each) for each in every}
    st.selectbox(_("Survey"), list(labels), format_func=labels.get, key=keys.SURVEY.name, **KEPT)
    if panel.main_surveys:
        st.text(answering.of_surveys(kinds.groups(panel.surveys), counted))


def rules(panel: nps.Panel) -> None:
    """How is counted; the label says how many rules differ from where they start."""
    changed = len(filters.other_rules())
    label = _("Counting rules · {n}", n=changed) if changed else _("Counting rules")
    with place(label, "rules", "rule_settings") as opened:
        if opened:
            _rules(panel)


def _rules(panel: nps.Panel) -> None:
    if len(panel.answers) > len(panel.latest_positions):
        rules = {"latest": _("The latest counts"), "all": _("Every answer counts")}
        again = _("When somebody answered again")
        st.selectbox(again, list(rules), format_func=rules.get, key=keys.REPEATS.name, **KEPT)
    if panel.has_usage:
        days = {days: several("{n} day before", "{n} days before", n=days) for days in filters.WINDOWS}
        use = _("Use in the days before an answer")
        st.selectbox(use, filters.WINDOWS, format_func=days.get, key=keys.WINDOW.name, **KEPT)
        measures = {name: names.measure(name) for name in panel.measures}
        activity = _("Activity is")
        st.selectbox(activity, panel.measures, format_func=measures.get, key=keys.MEASURE.name, **KEPT)
    if filters.narrowed():
        clear = _("Clear filters and rules")
        st.button(clear, on_click=filters.clear_filters, icon=":material/filter_alt_off:", key="clear_filters")
