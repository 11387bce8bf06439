"""The filters beside every page."""

import streamlit as st

import nps
from nps.joined import MEASURES
from nps.measures import kinds
from nps.wording import answering
from pages.session import data, filters, keys, options
from pages.session.links import awaits_upload
from pages.session.region import clear_region

REPEATS = {"latest": "The latest counts", "all": "Every answer counts"}


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
    st.info("This link shows data that somebody uploaded. Bring the same files, and it opens as it was.")
    st.page_link("data.py", label="Upload the files", icon=":material/upload_file:")
    st.button("Look at the sample instead", on_click=data.use_sample)
    return True


def _data() -> nps.Panel | None:
    """The panel, or why there is none."""
    upload = data.dataset()
    st.text(upload.name if upload else "Sample: Slateboard, a made-up whiteboard tool")
    try:
        return data.panel()
    except nps.InputError as unusable:
        st.text(str(unusable))
        st.button("Back to the sample", on_click=data.use_sample)
        return None


def _filters(panel: nps.Panel) -> None:
    surveys = options.survey_options(panel)
    if panel.period:
        first, last = panel.period
        st.date_input("Answered between", key=keys.PERIOD.name, min_value=first, max_value=last, value=())
    if surveys:
        offered = dict.fromkeys([*surveys, keys.SURVEY.get()])
        labels = {names: options.survey_label(panel, names) for names in offered}
        key = keys.SURVEY.name
        st.selectbox("Survey", list(labels), format_func=labels.get, key=key)  # no panel: a session keeps widgets
    if panel.main_surveys:
        st.text(answering.of_surveys(kinds.groups(panel.surveys), filters.selection().survey))
    people = list(dict.fromkeys([*options.people_options(panel), *keys.PEOPLE.get()]))
    if people:
        st.multiselect(
            "Only these people",
            people,
            format_func=lambda choice: choice.describe(),
            key=keys.PEOPLE.name,
            placeholder="Everybody",
            help="Several values of one kind widen, different kinds narrow. Used: in the days before that count.",
        )
    if len(panel.answers) > len(panel.latest_positions):
        st.selectbox("When somebody answered again", list(REPEATS), format_func=REPEATS.get, key=keys.REPEATS.name)
    if panel.has_usage:
        st.selectbox(
            "Usage that counts",
            filters.WINDOWS,
            format_func="{} days before".format,
            key=keys.WINDOW.name,
            help="Use in so many days before the answer; only that can have shaped it.",
        )
        st.selectbox("Activity is", panel.measures, format_func=MEASURES.get, key=keys.MEASURE.name)
    if filters.narrowed():
        st.button("Clear filters", on_click=filters.clear_filters, icon=":material/filter_alt_off:")


def _region() -> None:
    chosen = filters.selection()
    drawn = nps.Selection(chosen.activity, chosen.score, like_promoters=chosen.like_promoters)
    if drawn != nps.Selection():
        st.caption("Selected on the usage map")
        st.text(drawn.describe(keys.MEASURE.get()).capitalize())
        st.button("Clear selection", on_click=clear_region, icon=":material/deselect:", key="clear_region")
