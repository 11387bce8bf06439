"""The filters beside every page."""

from collections.abc import Sequence

import streamlit as st

import nps
from nps.measures import kinds
from nps.wording import _, answering, names, several
from pages.parts import show
from pages.session import data, filters, keys, options
from pages.session.links import awaits_upload
from pages.session.region import clear_region


def narrow() -> None:
    """What is looked at, and whom it is narrowed to."""
    with st.sidebar:
        panel = _data()
        if panel is None or awaits_upload():
            return
        filters.fit_filters(panel)
        _filters(panel)
        _region()


def instead() -> bool:
    """For a link to an upload: ask for the same files first."""
    if not awaits_upload():
        return False
    st.info(_("This link shows data that somebody uploaded. Bring the same files, and it opens as it was."))
    st.page_link("data.py", label=_("Upload the files"), icon=":material/upload_file:")
    st.button(_("Look at the sample instead"), on_click=data.use_sample)
    return True


def _data() -> nps.Panel | None:
    """The panel, or why there is none."""
    upload = data.dataset()
    show.text(upload.name if upload else _("Sample: Slateboard, a made-up whiteboard tool"))
    try:
        return data.panel()
    except nps.InputError as unusable:
        show.text(unusable.note)
        st.button(_("Back to the sample"), on_click=data.use_sample)
        return None


def _filters(panel: nps.Panel) -> None:
    surveys = options.survey_options(panel)
    if panel.period:
        first, last = panel.period
        st.date_input(_("Answered between"), key=keys.PERIOD.name, min_value=first, max_value=last, value=())
    if surveys:
        offered = dict.fromkeys([*surveys, keys.SURVEY.get()])
        labels = {names: options.survey_label(panel, names) for names in offered}
        key = keys.SURVEY.name
        st.selectbox(_("Survey"), list(labels), format_func=labels.get, key=key)  # no panel: a session keeps widgets
    if panel.main_surveys:
        st.text(answering.of_surveys(kinds.groups(panel.surveys), filters.selection().survey))
    people = list(dict.fromkeys([*options.people_options(panel), *keys.PEOPLE.get()]))
    if people:
        called = {choice: str(choice.describe()) for choice in people}
        st.multiselect(
            _("Only these people"),
            people,
            format_func=called.get,
            key=keys.PEOPLE.name,
            placeholder=_("Everybody"),
            help=_("Several values of one kind widen, different kinds narrow. Used: in the days before that count."),
        )
    if len(panel.answers) > len(panel.latest_positions):
        again = {"latest": _("The latest counts"), "all": _("Every answer counts")}
        st.selectbox(_("When somebody answered again"), list(again), format_func=again.get, key=keys.REPEATS.name)
    if panel.has_usage:
        _usage(panel.measures)
    if filters.narrowed():
        st.button(_("Clear filters"), on_click=filters.clear_filters, icon=":material/filter_alt_off:")


def _usage(measures: Sequence[str]) -> None:
    windows = {days: several("{n} day before", "{n} days before", n=days) for days in filters.WINDOWS}
    st.selectbox(
        _("Usage that counts"),
        list(windows),
        format_func=windows.get,
        key=keys.WINDOW.name,
        help=_("Use in so many days before the answer; only that can have shaped it."),
    )
    labels = {name: names.measure(name) for name in measures}
    st.selectbox(_("Activity is"), measures, format_func=labels.get, key=keys.MEASURE.name)


def _region() -> None:
    chosen = filters.selection()
    drawn = nps.Selection(chosen.activity, chosen.score, like_promoters=chosen.like_promoters)
    if drawn != nps.Selection():
        st.caption(_("Selected on the usage map"))
        st.text(str(drawn.describe(keys.MEASURE.get())).capitalize())
        st.button(_("Clear selection"), on_click=clear_region, icon=":material/deselect:", key="clear_region")
