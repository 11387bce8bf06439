"""The line above every page: what is looked at, whom it is narrowed to, how is counted, and how to share it."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nps
from nps.measures import kinds
from nps.wording import _, answering, names, narrowing, several
from pages.parts import narrowed, person_way, show
from pages.session import data, filters, keys, links, options, screen
from pages.session.region import clear_region

KEPT = {"persist_state": "session"}  # as the Data page has no line
ROOM = 38  # pixels
REPEATS = {"latest": lambda: _("The latest counts"), "all": lambda: _("Every answer counts")}


def line() -> DeltaGenerator:
    """Draw it; the place for Share, which is filled once the page is known."""
    if keys.PAGE.get() == links.DATA or links.awaits_upload():
        return st.container()
    with st.container(height=ROOM, border=False):
        row = st.container(horizontal=True, vertical_alignment="center", gap="small", key="line")
    with row:
        of_person = keys.PAGE.get() == links.PERSON
        if not of_person:
            _data()
        if (panel := _panel()) is not None:
            filters.fit_filters(panel)
            (person_way.way if of_person else _filters)(panel)
        st.space("stretch")
        return st.container(width="content")


def instead() -> bool:
    """For a link to an upload: ask for the same files first."""
    if not links.awaits_upload():
        return False
    show.headline(_("This link shows data that somebody uploaded."))
    st.info(_("Bring the same files, and it opens as it was."))
    st.page_link("data.py", label=_("Upload the files"), icon=":material/upload_file:")
    st.button(_("Look at the sample instead"), on_click=data.use_sample)
    return True


def _data() -> None:
    upload = data.dataset()
    with st.popover(_("Your data") if upload else _("Sample data"), icon=":material/database:", type="tertiary"):
        st.text(str(upload.name) if upload else _("Slateboard, a made-up whiteboard tool"))
        st.page_link("data.py", label=_("Bring other data"), icon=":material/upload_file:")
        if upload:
            st.button(_("Back to the sample"), on_click=data.use_sample, key="line_sample", icon=":material/undo:")


def _panel() -> nps.Panel | None:
    try:
        return data.panel()
    except nps.InputError as unusable:
        show.text(unusable.note)
        st.button(_("Back to the sample"), on_click=data.use_sample)
        return None


def _filters(panel: nps.Panel) -> None:
    parts: list[Callable[[nps.Panel], None]] = [_dates, _surveys, narrowed.people, _rules]
    if screen.narrow():
        changed = len(filters.selection().clauses) + len(filters.other_rules())
        label = _("Filters · {n}", n=changed) if changed else _("Filters")
        with st.popover(label, icon=":material/tune:", type="tertiary"):
            for part in parts:
                part(panel)
    else:
        for part in parts:
            part(panel)
    narrowed.chips()
    if keys.PAGE.get() != links.MAP:  # which shows it anyway
        _region()


def _popover(label: str, icon: str) -> DeltaGenerator:
    """A place to open; on phones all stands in one already."""
    if screen.narrow():
        return st.container()
    return st.popover(label, icon=f":material/{icon}:", type="tertiary")


def _dates(panel: nps.Panel) -> None:
    if not panel.period:
        return
    period = filters.selection().period or panel.period
    with _popover(narrowing.span(*period), "calendar_today"):
        narrowed.dates(panel)


def _surveys(panel: nps.Panel) -> None:
    surveys = options.survey_options(panel)
    if not surveys:
        return
    counted = filters.selection().survey
    known = len(panel.surveys)
    some = _("{n} of {of} surveys", n=len(counted or ()), of=known)
    label = some if counted else several("1 survey", "{n} surveys", n=known)
    with _popover(label, "mark_email_read"):
        offered = dict.fromkeys([*surveys, keys.SURVEY.get()])
        labels = {names: options.survey_label(panel, names) for names in offered}
        st.selectbox(_("Survey"), list(labels), format_func=labels.get, key=keys.SURVEY.name, **KEPT)
        if panel.main_surveys:
            st.text(answering.of_surveys(kinds.groups(panel.surveys), counted))


def _rules(panel: nps.Panel) -> None:
    """How is counted; the label says how many rules differ from where they start."""
    changed = len(filters.other_rules())
    with _popover(_("Counting rules · {n}", n=changed) if changed else _("Counting rules"), "rule_settings"):
        if len(panel.answers) > len(panel.latest_positions):
            spoken = {rule: say() for rule, say in REPEATS.items()}
            again = _("When somebody answered again")
            st.selectbox(again, list(REPEATS), format_func=spoken.get, key=keys.REPEATS.name, **KEPT)
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


def _region() -> None:
    """What is drawn on the map, as it narrows every page; a click lets it go."""
    chosen = filters.selection()
    drawn = nps.Selection(chosen.activity, chosen.score, like_promoters=chosen.like_promoters)
    if drawn != nps.Selection():
        label = drawn.describe(keys.MEASURE.get())
        st.button(label, on_click=clear_region, icon=":material/close:", key="clear_region", type="tertiary")
