"""What the bars beside the map show: a segment, and the features used or the reasons given."""

from typing import NamedTuple

import streamlit as st

import nps
from nps.charts.panels import FEATURES, REASONS
from nps.measures import cells
from nps.wording import _
from pages.parts import choose, popover
from pages.session import keys, screen, views

SEGMENT, SEGMENT_KEY = "segment", "map_segment"


class Shown(NamedTuple):
    """What stands beside the map: a segment, and features by their codes, or reasons."""

    segment: str | None
    third: str
    features: tuple[int, ...] = ()

    @property
    def panels(self) -> int:
        """How many panels of bars."""
        return bool(self.segment) + bool(self.features or self.third == REASONS)


@views.shared
def _telling(everyone: nps.Chosen) -> list[int]:
    """The features most worth showing."""
    return cells.worth_showing(everyone.by_feature())


@views.shared
def _labels(panel: nps.Panel) -> list[str]:
    return cells.feature_labels(panel.features)


def what_to_show(everyone: nps.Chosen) -> Shown:
    """The segment, and the features or reasons, beside the map; where there is room for one, which."""
    panel = everyone.panel
    third = _switch(everyone)
    labels = _labels(panel)
    keys.MAP_FEATURES.follow([name for name in keys.MAP_FEATURES.get() if name in labels][: cells.ON_SCREEN])
    with popover.opened(_("What the bars show"), "map_bars", icon=":material/bar_chart:", type="tertiary") as opened:
        if opened:
            _pickers(panel, labels)
    segment, picked = choose.picked(panel.segments, SEGMENT_KEY), keys.MAP_FEATURES.get()
    if third == SEGMENT:
        return Shown(segment, FEATURES)
    features = tuple(map(labels.index, picked) if picked else _telling(everyone)) if third == FEATURES else ()
    return Shown(None if screen.step() == "M" else segment, third, features)


def _pickers(panel: nps.Panel, labels: list[str]) -> None:
    if panel.segments:
        choose.segment(_("Divide people by"), panel.segments, SEGMENT_KEY)
    st.multiselect(
        *(_("Features"), labels),
        key=keys.MAP_FEATURES.name,
        placeholder=_("The most telling ones"),
        max_selections=cells.ON_SCREEN,
        persist_state="session",
    )


def _switch(everyone: nps.Chosen) -> str:
    """What the third panel is about, features or reasons; where there is room for one panel, or the segment."""
    wrote = everyone.cube.wrote.any()
    options = {FEATURES: _("Features")} | ({REASONS: _("Reasons")} if wrote else {})
    if screen.step() == "M":
        options[SEGMENT] = _("Segment")
    how = {"label_visibility": "collapsed", "persist_state": "session"}
    if len(options) < 2:
        keys.of_widget("third_panel").take()
        st.caption(_("Nobody wrote anything."), width="content")
        return FEATURES
    return choose.choice(_("Beside the map"), options, key="third_panel", **how)
