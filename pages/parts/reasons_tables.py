"""Reasons, features and words that comments hold, as tables: a click on one narrows everything to who says it."""

from functools import partial
from zlib import crc32

import pandas as pd
import streamlit as st

import nps
from nps.comments.sides import SIDES
from nps.selection import Choice
from nps.selection.clauses import Mention, Theme, Word
from nps.selection.clauses.theme import UNKNOWN
from nps.wording import _, reasons
from pages.parts import tables
from pages.parts.reasons_frames import around, mentions, terms, themes
from pages.session import filters, screen

SAID = SIDES[1:]
SIDE = 58  # pixels of a column that counts one side


def by_reason(chosen: nps.Chosen) -> None:
    """The reasons; a click on how many love, dislike or wish narrows to that side."""
    frame = themes(around(chosen, Theme.keyword))
    columns = {"name": st.column_config.TextColumn(_("Reason"), width=136)} | _shared(frame) | _sided()
    columns["nps"] = tables.figure("NPS", "%.0f", width=50, help=_("Of those who name it"))
    columns |= _compared(chosen.between) | {"months": _months(frame), "sure": _sure()}
    _listed(chosen, Theme, frame, frame["theme"].replace("", UNKNOWN).tolist(), columns, "reasons_table", _("Reasons"))
    st.caption(_("A click on a reason narrows to who gives it, one on a number to that side; another lets go of it."))


def by_feature(chosen: nps.Chosen) -> None:
    """The features that are named, beside how many use them."""
    frame = mentions(around(chosen, Mention.keyword))
    columns = {"name": st.column_config.TextColumn(_("Feature"), width=136)} | _shared(frame) | _sided()
    columns |= _compared(chosen.between)
    columns["used_by"] = tables.figure(_("Used by"), "percent", width=70, help=_("Of everybody selected"))
    columns |= {"sure": _sure(), "verdict": st.column_config.TextColumn(_("Use"), width=130)}
    named = [f"{kind}:{feature}" for kind, feature in zip(frame["kind"], frame["feature"], strict=True)]
    _listed(chosen, Mention, frame, named, columns, "mentions_table", _("Features named"))


def by_word(chosen: nps.Chosen) -> None:
    """The words of either side, side by side."""
    frame, groups = terms(around(chosen, Word.keyword)), chosen.between == reasons.GROUPS
    labels = (_("Detractors"), _("Promoters")) if groups else (_("Selected"), _("Everyone else"))
    more = (_("More detractors"), _("More promoters")) if groups else (_("More of those selected"), _("More of others"))
    for part, first in zip(st.columns(2, gap="small"), (True, False), strict=True):
        rows = frame[(frame["z"] > 0) == first]
        columns = {
            "name": st.column_config.TextColumn(more[not first], width=110),
            "people": tables.figure(labels[0], width=72),
            "people_rest": tables.figure(labels[1], width=72),
            "sure": _sure(),
        }
        found = rows["term"].tolist()
        with part:
            _listed(chosen, Word, rows.assign(name=found), found, columns, f"words_{first}", _("Words"))


def _shared(frame: pd.DataFrame) -> tables.Columns:
    """Bars are as long as the largest is wide."""
    how = {"format": "percent", "min_value": 0, "max_value": max(frame["share"].fillna(0).max(), 0.01)}
    share = st.column_config.ProgressColumn(
        _("Said by"), width=96, help=_("Of those selected who wrote something"), **how
    )
    span = st.column_config.TextColumn(_("Between"), width=76, help=_("95% interval"))
    return {"share": share} | ({"span": span} if screen.step() in ("XL", "L", "ML") else {})


def _sided() -> tables.Columns:
    how = _("People who say it in such a part of their comment; a click narrows to them")
    return {side: tables.figure(reasons.heading(side), width=SIDE, help=how) for side in SAID}


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


def _listed(
    chosen: nps.Chosen,
    kind: type[Choice],
    frame: pd.DataFrame,
    values: list[str],
    columns: tables.Columns,
    key: str,
    title: str,
) -> None:
    """A table of what says anything, of which a cell narrows by the value of its row; those that do are ticked."""
    if frame.empty:
        return
    active = [value for choice in chosen.selection.of(kind) for value in choice.values]
    there = {value.partition(".")[0] if kind is Theme else value for value in active}
    names = [f"✓ {name}" if value in there else name for name, value in zip(frame["name"], values, strict=True)]
    filled = [name for name in columns if frame[name].replace("", None).notna().any()]
    how = {"cells": partial(_narrowed, kind, values), "afresh": f"{crc32(repr(active).encode()):x}" if active else ""}
    tables.table(frame.assign(name=names)[filled], columns, key, title, **how)


def _narrowed(kind: type[Choice], values: list[str], place: int, column: str) -> None:
    """What was clicked in place of others of its kind; where it narrows already, it goes."""
    side = f".{column}" if kind is Theme and column in SAID and values[place] != UNKNOWN else ""
    filters.narrow(kind(kind.keyword, (values[place] + side,)))
