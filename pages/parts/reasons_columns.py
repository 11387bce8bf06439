"""What the columns are called in which reasons and features are told, and how wide they are."""

import pandas as pd
import streamlit as st

from nps.comments.sides import SIDES
from nps.wording import _, reasons
from pages.parts import tables
from pages.session import screen

SAID = SIDES[1:]
SIDE = 58  # pixels of a column that counts one side


def of_reasons(frame: pd.DataFrame, between: str) -> tables.Columns:
    """What is told of reasons. frame: as `reasons_frames.themes` makes it; between: whom it compares."""
    return {
        "name": st.column_config.TextColumn(_("Reason"), width=136),
        **_shared(frame),
        "nps": tables.figure("NPS", "%.0f", width=50, help=_("Of those who name it")),
        "sure": _sure(),
        **_compared(between),
        "months": _months(frame),
    }


def of_features(frame: pd.DataFrame, between: str) -> tables.Columns:
    """What is told of features that are named. frame: as `reasons_frames.mentions` makes it."""
    return {
        "name": st.column_config.TextColumn(_("Feature"), width=136),
        **_shared(frame),
        "sure": _sure(),
        **_compared(between),
        "used_by": tables.figure(_("Used by"), "percent", width=70, help=_("Of everybody selected")),
        "verdict": st.column_config.TextColumn(_("Use"), width=130),
    }


def of_words(heading: str, first: str, second: str) -> tables.Columns:
    """What is told of words: how many of either side wrote them."""
    return {
        "name": st.column_config.TextColumn(heading, width=110),
        "people": tables.figure(first, width=72),
        "people_rest": tables.figure(second, width=72),
        "sure": _sure(),
    }


def _shared(frame: pd.DataFrame) -> tables.Columns:
    """Which share says it, as a bar as long as the largest is wide; and how many on each side."""
    how = {"format": "percent", "min_value": 0, "max_value": max(frame["share"].fillna(0).max(), 0.01)}
    of = _("Of those selected who wrote something")
    share = {"share": st.column_config.ProgressColumn(_("Said by"), width=96, help=of, **how)}
    span = {"span": st.column_config.TextColumn(_("Between"), width=76, help=_("95% interval"))}
    part = _("People who say it in such a part of their comment; a click narrows to them")
    sides = {side: tables.figure(reasons.heading(side), width=SIDE, help=part) for side in SAID}
    return share | (span if screen.step() in ("XL", "L", "ML") else {}) | sides


def _compared(between: str) -> tables.Columns:
    if between == reasons.GROUPS:
        return {
            "detractors_said": st.column_config.TextColumn(_("Detractors"), width=80),
            "promoters_said": st.column_config.TextColumn(_("Promoters"), width=78),
        }
    return {"share_rest": tables.figure(_("Everyone else"), "percent", width=96, help=_("Who wrote something"))}


def _months(frame: pd.DataFrame) -> dict:
    most = max((max(each) for each in frame["months"] if isinstance(each, list) and each), default=1.0)
    return st.column_config.LineChartColumn(_("By month"), width=76, y_min=0, y_max=most)


def _sure() -> dict:
    told = _("Of 100 differences this sure about 1 is chance; of those that are likely, about 5")
    return st.column_config.TextColumn(_("Differs"), width=58, help=told)
