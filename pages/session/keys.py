"""Everything that a session holds, by name: its type, and what counts where nothing was put, which nobody can change.

Widgets stand here when others read or set their value.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Generic, TypeVar

import pandas as pd
import streamlit as st

from nps import Preview
from nps.chosen.watching import Watching
from nps.engines import Connection
from nps.intake import Job
from nps.measures.health import Weights
from nps.notes import InputError, Note
from nps.report import Block
from nps.selection import Choice, Region
from pages.session.held import Dataset, Draft, Files, Looking, Reading
from web.uploads import Arrived
from workspace.store import rules, sets
from workspace.store.selections import Saved

T = TypeVar("T")
NOTHING = MappingProxyType({})


@dataclass(frozen=True)
class Key(Generic[T]):
    """One thing that a session holds."""

    name: str
    default: T

    def get(self) -> T:
        """What was put, or the default: Streamlit forgets the value of a widget that a page does not show."""
        return st.session_state.get(self.name, self.default)

    def put(self, value: T) -> T:
        st.session_state[self.name] = value
        return value

    def take(self) -> T:
        """What was put, for the last time."""
        return st.session_state.pop(self.name, self.default)

    def begin(self) -> None:
        """Put the default where nothing stands."""
        st.session_state.setdefault(self.name, self.default)

    def follow(self, value: T) -> None:
        """Show what was set elsewhere. A widget that is told what it said would forget what is said meanwhile."""
        if st.session_state.get(self.name) != value:
            self.put(value)

    def fit(self, offered: Collection) -> None:
        """Forget what is not offered: a link may ask for it."""
        if self.known and self.get() not in offered:
            self.take()

    @property
    def known(self) -> bool:
        """Whether anything was put."""
        return self.name in st.session_state


# the filters of the line
PERIOD: Key[tuple[date, ...]] = Key("period", ())
SURVEY: Key[tuple[str, ...] | None] = Key("survey", None)
PEOPLE: Key[tuple[Choice, ...]] = Key("people", ())
REPEATS: Key[str] = Key("repeats", "latest")
QUICK_RANGE: Key[str | None] = Key("quick_range", None)
SINCE_EVENT: Key[str | None] = Key("since_event", None)
WINDOW: Key[int] = Key("window", 90)
MEASURE: Key[str] = Key("measure", "active_days")
FILTERS = (PERIOD, SURVEY, PEOPLE, REPEATS, WINDOW, MEASURE)
SURVEY_START: Key[tuple[str, ...]] = Key("survey_start", ())

# what is looked at
DATASET: Key[Dataset | None] = Key("dataset", None)
KEPT_WANTED: Key[str | None] = Key("kept_wanted", None)
KEPT_READ: Key[tuple[str, int] | None] = Key("kept_read", None)
REGION: Key[Region] = Key("region", Region())
LIKE_PROMOTERS: Key[bool] = Key("like_promoters", False)
CAME_FROM: Key[str | None] = Key("came_from", None)
GOING: Key[str | None] = Key("going", None)
PERSON: Key[str | None] = Key("person", None)
AMONG: Key[tuple[str, ...]] = Key("among", ())
ADDRESSED: Key[str | None] = Key("addressed", None)
PICKED_PERSON: Key[str | None] = Key("picked_person", None)
PAGE: Key[str | None] = Key("page", None)
AWAITED: Key[str | None] = Key("awaited", None)
DOWNLOAD_MARK: Key[str | None] = Key("download_mark", None)

# the screen, and what it shows
SCREEN: Key[object] = Key("screen_told", None)
STANDS: Key[bool] = Key("screen_stands", False)
WIDTH: Key[str | None] = Key("width", None)
SAID: Key[str] = Key("said", "")
HEADLINE: Key[str] = Key("headline", "")
BASIS: Key[Sequence[str]] = Key("basis", ())
SHOWN: Key[Sequence[Block]] = Key("shown", ())
LABELS: Key[Mapping[str, str]] = Key("labels", NOTHING)  # of popovers, by name: what each was opened with
DRAWN: Key[tuple | None] = Key("drawn", None)

NOTICE: Key[Note | None] = Key("notice", None)
ANNOUNCED: Key[Note | None] = Key("announced", None)
UPLOAD_PROBLEM: Key[Note | None] = Key("upload_problem", None)
CONNECT_PROBLEM: Key[Note | None] = Key("connect_problem", None)
KEPT_PROBLEM: Key[Note | None] = Key("kept_problem", None)
EVENT_PROBLEM: Key[Note | None] = Key("event_problem", None)

# the usage map
GENERATION: Key[int] = Key("generation", 0)
SEEN: Key[bool] = Key("seen", False)
MAP_SHOWN: Key[tuple | None] = Key("map_shown", None)
MAP_DRAWN: Key[int | None] = Key("map_drawn", None)
MAP_START: Key[Region] = Key("map_start", Region())
DREW_NOTHING: Key[bool] = Key("drew_nothing", False)
PRESET: Key[str | None] = Key("preset", None)
SLIDER_ACTIVITY: Key[tuple[float, float]] = Key("slider_activity", (0, 100))
SLIDER_SCORE: Key[tuple[int, int]] = Key("slider_score", (0, 10))
STARTS: Key[Mapping[str, str | None]] = Key("starts", NOTHING)
MAP_FEATURES: Key[tuple[str, ...] | list[str]] = Key("map_features", ())

# the trend, features and segments
TREND_DRAWN: Key[int] = Key("trend_drawn", 0)
AROUND: Key[date | None] = Key("around", None)
FEATURE: Key[str | None] = Key("feature", None)
FEATURE_SEARCH: Key[str] = Key("feature_search", "")
PERSONAS: Key[Mapping[tuple[str, str], str]] = Key("personas", NOTHING)

# accounts
ACCOUNT: Key[str | None] = Key("account_shown", None)

# reasons, and what people wrote
WRITERS: Key[str | None] = Key("writers", None)
QUOTES_SEARCH: Key[str] = Key("quotes_search", "")
QUOTES_LANGUAGE: Key[str] = Key("quotes_language", "")
QUOTES_PAGE: Key[int] = Key("quotes_page", 1)
QUOTES_SHOWN: Key[tuple | None] = Key("quotes_shown", None)

# audiences, sets and metrics
BUILDING: Key[tuple[str, ...]] = Key("building", ())
SAMPLE_SETS: Key[tuple[sets.Kept, ...]] = Key("sample_sets", ())
SAMPLE_AUDIENCES: Key[Mapping[str, Saved]] = Key("sample_audiences", NOTHING)
AUDIENCE_NAME: Key[str] = Key("audience_name", "")
AUDIENCE_PROBLEM: Key[Note | None] = Key("audience_problem", None)

# rules for comments
SAMPLE_RULES: Key[tuple[rules.Kept, ...]] = Key("sample_rules", ())
RULES_ASKED: Key[str | None] = Key("rules_asked", None)
RULES_NOW: Key[rules.Kept | None] = Key("rules_now", None)
RULES_DRAFT: Key[Draft | None] = Key("rules_draft", None)
GROUPS: Key[Looking | None] = Key("groups", None)
RULES_PROBLEM: Key[Note | None] = Key("rules_problem", None)

# how accounts and people are watched
SAMPLE_WATCHING: Key[Watching | None] = Key("sample_watching", None)
WATCHING: Key[Watching | None] = Key("watching", None)
WEIGHTS: Key[Weights | None] = Key("weights", None)

# erasing a person
ERASE_CONFIRMED: Key[str] = Key("erase_confirmed", "")
ERASE_PROBLEM: Key[Note | None] = Key("erase_problem", None)

# files and databases
ARRIVED: Key[Mapping[str, Arrived]] = Key("arrived", NOTHING)
OPENING: Key[Mapping[tuple[str, str], Mapping[str, str | None]]] = Key("opening", NOTHING)
PREVIEWS: Key[Mapping[str, Preview | InputError]] = Key("previews", NOTHING)
LOOKING: Key[tuple[str, Job | None]] = Key("looking", ("", None))
WANTED: Key[Files | None] = Key("wanted", None)
READING: Key[Reading | None] = Key("reading", None)
INTO: Key[tuple[str, int] | None] = Key("into", None)
ENTERED: Key[Connection | None] = Key("entered", None)
CONNECTING: Key[Dataset | None] = Key("connecting", None)
ASKING: Key[tuple[str, Job | None]] = Key("asking", ("", None))
TOLD: Key[Mapping[str, tuple[float, object]]] = Key("told", NOTHING)

# events on the trend, and whose they are
SAMPLE_EVENTS: Key[frozenset[tuple[pd.Timestamp, str]]] = Key(
    "sample_events", frozenset({(pd.Timestamp(2026, 6, 9), "Release: Facilitation mode")})
)
WHO: Key[str | None] = Key("who", None)
HANDED_OVER: Key[tuple[str, str] | None] = Key("handed_over", None)
EVENTS: Key[pd.DataFrame | None] = Key("events_known", None)
EVENT_DAY: Key[date | None] = Key("event_day", None)
EVENT_NAME: Key[str] = Key("event_name", "")


def of_widget(name: str) -> Key:
    """What a widget says that stands many times, as the uploader of each table; never what this folder alone writes."""
    if name in {key.name for key in (DATASET, REGION, LIKE_PROMOTERS)}:
        raise KeyError(name)
    return Key(name, None)
