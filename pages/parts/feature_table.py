"""Tables of features: as decisions, of which a click opens one, and with every figure."""

from functools import partial
from typing import NamedTuple

import pandas as pd
import streamlit as st

from nps.measures.rules import MIN_SHOWN
from nps.wording import _
from pages.parts.tables import Columns, figure, table
from pages.session import keys


def _columns() -> Columns:
    return _used() | _compared() | _judged()


def _used() -> Columns:
    return {
        "label": st.column_config.TextColumn(_("Feature"), width=150),
        "kind": _("Kind"),
        "users": figure(_("Users")),
        "reach": figure(_("Reach"), "percent", help=_("Share of the selection that uses it")),
        "left": figure(_("Users who left"), "percent", help=_("After their latest answer")),
        "nps": figure(_("NPS of users"), "%.0f"),
    }


def _compared() -> Columns:
    as_active = _("Users minus others who are as active without this feature, and alike in quarter, role and plan")
    return {
        "naive": figure(_("Against everybody"), "%+.0f", help=_("Users minus all others")),
        "adjusted": figure(_("Against as active"), "%+.0f", help=as_active),
        "low": figure(_("from"), "%+.0f", help=_("Lower end of the 95% interval")),
        "high": figure(_("to"), "%+.0f", help=_("Upper end of the 95% interval")),
    }


def _judged() -> Columns:
    holds = _("Differs even with what is left of activity taken off, and no other feature explains it")
    new = _("First used after the first quarter of the data: what is new gets the credit of any rise")
    return {
        "robust": st.column_config.CheckboxColumn(_("Holds"), help=holds),
        "by_activity": figure(_("By activity alone"), "%+.0f", help=_("Without quarter, role and plan")),
        "overlap": figure(_("Compared"), "percent", help=_("Share of people with a counterpart")),
        "reach_rest": figure(_("Reach, others"), "percent", help=_("Share of everyone else")),
        "reach_difference": figure(_("Reach, difference"), "percent", help=_("Against others who are as active")),
        "verdict": _("Verdict"),
        "new_since": st.column_config.DateColumn(_("New since"), help=new),
    }


def features(frame: pd.DataFrame) -> None:
    """Every feature with its figures, sortable and searchable; without those of fewer than 10 users."""
    few, columns = frame["users"] < MIN_SHOWN, _columns()
    frame = frame.assign(**{name: frame[name].mask(few) for name in ("nps", "naive", "left") if name in frame})
    judged = frame["verdict"].notna().any()
    known = [name for name in columns if name in frame and (judged or name not in ("robust", "by_activity"))]
    filled = [name for name in known if name in ("label", "users") or frame[name].notna().any()]
    listing = frame.sort_values(["robust", "reach"], ascending=False)[filled]
    table(listing, columns, "feature_table", _("Features"))


def _decided() -> Columns:
    as_active = _("Users minus others who are as active without this feature, and alike in quarter, role and plan")
    expected = _("Share of others with the same activity who gave other scores")
    return {
        "label": st.column_config.TextColumn(_("Feature"), width=190),
        "kind": _("Kind"),
        "adjusted": figure(_("Against as active"), "%+.0f", help=as_active, width=120),
        "picture": st.column_config.ImageColumn(_("Difference"), width=150),
        "span": st.column_config.TextColumn(_("Between"), width=100, help=_("95% interval")),
        "users": figure(_("Users"), width="small"),
        "reach": st.column_config.ProgressColumn(_("Used by"), width=140, format="percent", min_value=0, max_value=1),
        "expected": figure(_("Others as active"), "percent", help=expected),
        "left": figure(_("Users who left"), "percent"),
        "most": st.column_config.TextColumn(_("Most used by"), width=150, help=_("Where that is more than chance")),
        "named": st.column_config.TextColumn(_("Named in comments"), width=190, help=_("By how many, and how")),
        "said": st.column_config.TextColumn(_("What is said of it")),
    }


class Decided(NamedTuple):
    """Features in the columns that lead to a decision, and what each is called."""

    shown: pd.DataFrame
    labels: list[str]


def in_columns(frame: pd.DataFrame) -> Decided:
    """Of these features what says anything."""
    told = frame.assign(said=frame["verdict"].where(~frame["robust"] & (frame["group"] != "hardly_used")))
    filled = [name for name in _decided() if name in told and (name == "users" or told[name].notna().any())]
    alike = told["kind"].nunique() < 2
    dropped = {"kind": alike, "picture": "adjusted" not in filled, "expected": "adjusted" in filled}
    return Decided(told[[name for name in filled if not dropped.get(name)]], frame["label"].tolist())


def decided(features: Decided, key: str, title: str = "") -> None:
    """A table of them; a click on a row opens the feature."""
    table(features.shown, _decided(), key, title, opens=partial(_opened, features.labels))


def _opened(labels: list[str], place: int) -> None:
    keys.FEATURE.put(labels[place])
