"""What pages share: the data at hand, the filters in the sidebar, the region, and the link that holds them all.

Beside it `kept` knows what survives a restart, `results` what takes long to find out, `files` the files.
Customer text never becomes a label here: labels are Markdown, options and `st.text` are not.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import streamlit as st

import nps
from nps import intake
from nps.joined import MEASURES
from nps.measures import contacts
from nps.selection import Region
from pages.session import options

SAMPLE = Path(__file__).parents[2] / "sample_data"
ICON = Path(__file__).parents[1] / "icon.png"
TABLES = ("responses", "usage", "people")
WINDOWS = (30, 60, 90, 180, 365)
DEFAULTS = {"period": (), "survey": None, "people": (), "repeats": "latest", "window": 90, "measure": "active_days"}
PEOPLE_LISTED = 1_000
TOGETHER = "together"
DIFFERENT_KINDS = (
    "These surveys are of different kinds, so they are not counted in one number. The sidebar says which are counted "
    "now; there you can choose others, or all together."
)


@dataclass(frozen=True)
class Dataset:
    """What this session looks at instead of the sample: what to call it, a mark for links, what makes its panels."""

    name: str
    fingerprint: str
    data: "MakesPanels"


class MakesPanels(Protocol):
    """Files that were read (`files`), or whatever else people look into."""

    def panel(self, window_days: int, measure: str) -> nps.Panel:
        """The panel under a window and a measure. Raises nps.InputError when there is nobody in it."""


# --- data ---------------------------------------------------------------------------------------------------------


@st.cache_resource(max_entries=12, show_spinner="Joining answers with usage…")
def _sample(window_days: int, measure: str) -> nps.Panel:
    if measure != "active_days":
        return _sample(window_days, "active_days").measured(measure)
    return nps.load(*(SAMPLE / f"{table}.csv" for table in TABLES), window_days=window_days)


def warm_up() -> None:
    """Have the sample and its first answers, and a worker for the first upload, ready before anybody asks."""
    intake.prepare()
    _sample(DEFAULTS["window"], DEFAULTS["measure"]).select().by_feature()


def dataset() -> Dataset | None:
    """The upload in use; None for the sample."""
    return st.session_state.get("dataset")


def panel() -> nps.Panel:
    """The data at hand under the chosen window and measure."""
    measure = st.session_state["measure"]
    return dataset().data.panel(window(), measure) if dataset() else _sample(window(), measure)


def window() -> int:
    """Days before an answer whose usage counts. In a callback, data without usage has left nothing chosen."""
    return st.session_state.get("window", DEFAULTS["window"])


def use(new: Dataset) -> None:
    """Look at this from now on. Raises nps.InputError, and then nothing has changed."""
    new.data.panel(window(), DEFAULTS["measure"])
    _switch(new)


def use_sample() -> None:
    """Back to the made-up product."""
    st.session_state.pop("awaited", None)
    _switch(None)


def _switch(new: Dataset | None) -> None:
    """Other data: a link that waited for it applies now, else filters and region start afresh."""
    st.session_state["dataset"] = new
    awaited = st.session_state.pop("awaited", None)
    if new and awaited and awaited == new.fingerprint:
        return
    clear_filters()
    clear_region()
    if awaited:
        say("These are not the files of the link, or their columns are read in another way. Its filters are left out.")


# --- filters, region, link ----------------------------------------------------------------------------------------


def begin() -> None:
    """On a session's first run: take everything from the link it was opened with."""
    for name, value in DEFAULTS.items():
        st.session_state.setdefault(name, value)  # each run: Streamlit drops the filters that this data does not show
    if "region" in st.session_state:
        return
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    st.session_state["region"], st.session_state["alike"] = Region(), False
    st.session_state["person"] = query.get("person", [None])[0]
    if "data" in query:
        st.session_state["awaited"] = query["data"][0]
    try:
        linked = nps.Selection.from_query(query)
    except nps.InputError as unreadable:
        say(str(unreadable))
        return
    show_selection(linked)
    if linked.survey is None and query.get("surveys") != [TOGETHER]:
        st.session_state["survey"] = None
    days, measure = (query.get(name, [""])[0] for name in ("window", "measure"))
    st.session_state["window"] = {str(window): window for window in WINDOWS}.get(days, DEFAULTS["window"])
    st.session_state["measure"] = measure if measure in MEASURES else DEFAULTS["measure"]


def selection() -> nps.Selection:
    """The filters of the sidebar and the region of the map as one value."""
    where: dict[str, list[str]] = {}
    for segment, value in st.session_state["people"]:
        where.setdefault(segment, []).append(value)
    period = st.session_state["period"]
    filters = nps.Selection(
        where=where,
        period=tuple(sorted(period)) if len(period) == 2 else None,
        survey=st.session_state["survey"],
        repeats=st.session_state["repeats"],
        alike=st.session_state["alike"],
    )
    return filters.within(st.session_state["region"])


def chosen() -> nps.Chosen:
    """The selection on the data at hand. Where it holds nobody, say so and stop the page here."""
    found = panel().select(selection())
    if not len(found.cube.positions):
        st.info("Nobody passes these filters.", icon=":material/filter_alt_off:")
        st.button("Clear filters", on_click=clear_filters, key="clear_filters_here")
        st.stop()
    return found


def show_selection(wanted: nps.Selection) -> None:
    """Take over filters and region, for instance of a finding."""
    st.session_state.update(
        period=wanted.period or (),
        survey=wanted.survey or (),
        people=[(segment, value) for segment, values in wanted.where for value in values],
        repeats=wanted.repeats,
    )
    set_region(wanted.region, alike=wanted.alike)


def set_region(region: Region, *, alike: bool | None = None) -> None:
    """Whoever drew it: brush, slider, preset or link. alike: only who is like a promoter; None: as before."""
    st.session_state["region"] = region
    st.session_state["alike"] = st.session_state["alike"] if alike is None else alike
    redraw()


def clear_region() -> None:
    """Nothing drawn: everybody."""
    set_region(Region(), alike=False)


def narrowed() -> bool:
    """Whether any filter differs from where it starts."""
    return selection().filters != nps.Selection(survey=survey_start(), alike=st.session_state["alike"]) or any(
        st.session_state[name] != DEFAULTS[name] for name in ("window", "measure")
    )


def clear_filters() -> None:
    """All filters back to where they start; the region stays."""
    st.session_state.update(DEFAULTS)


def link() -> dict[str, list[str]]:
    """All that this view needs to be the same elsewhere, as parameters of the address."""
    query = selection().to_query() if "awaited" not in st.session_state else {}
    for name in ("window", "measure"):
        if st.session_state[name] != DEFAULTS[name]:
            query[name] = [str(st.session_state[name])]
    if st.session_state["survey"] == () != survey_start():
        query["surveys"] = [TOGETHER]
    mark = st.session_state.get("awaited") or (dataset().fingerprint if dataset() else None)
    if mark:
        query["data"] = [mark]
    if st.session_state.get("page") == "Person" and st.session_state.get("person"):
        query["person"] = [st.session_state["person"]]
    return query


def survey_start() -> tuple[str, ...]:
    """The surveys that are counted until somebody chooses: all, (), unless they are of different kinds."""
    return st.session_state.get("survey_start", ())


def fit_filters(data: nps.Panel) -> None:
    """Filters that this data cannot know, from a link or from another window, are left out and said.

    Where nobody has chosen and the surveys are of different kinds, only those of one kind are counted, which is said.
    """
    st.session_state["survey_start"] = data.main_surveys or ()
    if st.session_state["survey"] is None:
        st.session_state["survey"] = survey_start()
        if survey_start():
            say(DIFFERENT_KINDS)
    said = {name: st.session_state[name] for name in ("people", "survey", "period")}
    known_people, surveys = options.people_options(data), {*data.surveys["survey"]}
    known = {
        "people": type(said["people"])(option for option in said["people"] if option in known_people),
        "survey": said["survey"] if surveys.issuperset(said["survey"]) else survey_start(),
        "period": said["period"] if data.period else (),
    }
    if known != said:
        st.session_state.update(known)
        say("Some filters do not occur in this data; they are left out.")
    if st.session_state["alike"] and data.like_promoters.hidden:
        st.session_state["alike"] = False
        say(f"Nobody can be told to use the product like promoters do. {data.like_promoters.hidden.value}")
    if st.session_state["measure"] not in (data.measures or (DEFAULTS["measure"],)):
        st.session_state["measure"] = data.measure


def write_link() -> None:
    """Put the view into the address bar."""
    wanted = link()
    if {name: st.query_params.get_all(name) for name in st.query_params} != wanted:
        st.query_params.from_dict(wanted)


def enter(page: str) -> None:
    """Note which page is open; a page that was just opened shows the region afresh."""
    if st.session_state.get("page") != page:
        st.session_state["page"] = page
        redraw()


def redraw() -> None:
    """Have the map draw the region again: it was not drawn on the chart that is mounted."""
    st.session_state["generation"] = st.session_state.get("generation", 0) + 1


def open_person(person: str) -> None:
    """Go to one person's page."""
    st.session_state["person"] = person
    st.switch_page("person.py")


def pick_person(data: nps.Panel) -> str | None:
    """The person chosen here, clicked elsewhere, or named by the link. Of very many, only those searched for."""
    many, wanted = len(data.latest) > PEOPLE_LISTED, ""
    if many:
        wanted = st.text_input("Search", key="person_search", placeholder="A part of a name, an id or a comment")
    known, found = contacts.named(
        data.answers[[*contacts.MENTIONED]].iloc[data.latest], wanted, PEOPLE_LISTED, always=st.session_state["person"]
    )
    names = {person: f"{name} ({person})" if name else person for person, name in known.items()}
    st.session_state["picked_person"] = st.session_state["person"] if st.session_state["person"] in names else None
    if many:
        st.caption(f"{len(names):,} of {found:,} people can be chosen here; search to find others.")
    st.selectbox(
        "Person",
        list(names),
        format_func=names.get,
        index=None,
        placeholder="Type a name",
        key="picked_person",
        on_change=lambda: st.session_state.update(person=st.session_state["picked_person"]),
    )
    return st.session_state["picked_person"]


def compact() -> bool:
    """Whether this is a phone: one column, no brush."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def announce() -> None:
    """Show what there is to say, once."""
    st.session_state["announced"] = st.session_state.pop("notice", None)
    if st.session_state["announced"]:
        st.info(st.session_state["announced"])


def say_again() -> None:
    """What was announced in this run stands in the next one, too: that one comes by itself."""
    if st.session_state["announced"]:
        say(st.session_state["announced"])


def say(sentence: str) -> None:
    """A sentence of ours for the top of the next page."""
    st.session_state["notice"] = sentence
