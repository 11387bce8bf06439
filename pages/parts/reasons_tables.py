"""Reasons, features and words that comments hold, as tables: a click on one narrows everything to who says it."""

from functools import partial
from zlib import crc32

import pandas as pd
import streamlit as st

import nps
from nps.selection import Choice
from nps.selection.clauses import Mention, Theme, Word
from nps.selection.clauses.theme import UNKNOWN
from nps.wording import _, reasons
from pages.parts import reasons_columns, tables
from pages.parts.reasons_frames import around, mentions, terms, themes
from pages.session import filters, screen


def by_reason(chosen: nps.Chosen) -> None:
    """The reasons; a click on how many love, dislike or wish narrows to that side."""
    frame = themes(around(chosen, Theme.keyword))
    columns, keys_ = reasons_columns.of_reasons(frame, chosen.between), frame["theme"].replace("", UNKNOWN).tolist()
    _listed(chosen, Theme, frame, keys_, columns, "reasons_table", _("Reasons"))
    if chosen.panel.rules.read:
        st.caption(_("A click on a reason narrows to who gives it, on a number to that side; another lets go of it."))
    else:
        st.caption(_("The rules leave all reasons out."))


def by_feature(chosen: nps.Chosen) -> None:
    """The features that are named, beside how many use them."""
    frame = mentions(around(chosen, Mention.keyword))
    columns = reasons_columns.of_features(frame, chosen.between)
    named = [f"{kind}:{feature}" for kind, feature in zip(frame["kind"], frame["feature"], strict=True)]
    if not chosen.panel.coding.features:
        st.caption(_("No feature is known. Add usage, or what features are called, to the rules below."))
    elif frame.empty:
        st.caption(_("Nobody names one."))
    _listed(chosen, Mention, frame, named, columns, "mentions_table", _("Features named"))


def by_word(chosen: nps.Chosen) -> None:
    """The words of either side, side by side where there is room."""
    frame, groups = terms(around(chosen, Word.keyword)), chosen.between == reasons.GROUPS
    labels = (_("Detractors"), _("Promoters")) if groups else (_("Selected"), _("Everyone else"))
    more = (_("More detractors"), _("More promoters")) if groups else (_("More of those selected"), _("More of others"))
    if frame.empty:
        st.caption(_("No word is more one side's than chance would explain."))
        return
    parts = (st.container(), st.container()) if screen.step() == "M" else st.columns(2, gap="small")
    for part, first in zip(parts, (True, False), strict=True):
        rows = frame[(frame["z"] > 0) == first]
        columns, found = reasons_columns.of_words(more[not first], *labels), rows["term"].tolist()
        with part:
            _listed(chosen, Word, rows.assign(name=found), found, columns, f"words_{first}", _("Words"))


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
    filled = [name for name in columns if tables.says(frame, name)]
    how = {"cells": partial(_narrowed, kind, values), "afresh": f"{crc32(repr(active).encode()):x}" if active else ""}
    tables.table(frame.assign(name=names)[filled], columns, key, title, **how)


def _narrowed(kind: type[Choice], values: list[str], place: int, column: str) -> None:
    """What was clicked in place of others of its kind; where it narrows already, it goes."""
    side = f".{column}" if kind is Theme and column in reasons_columns.SAID and values[place] != UNKNOWN else ""
    filters.narrow(kind(kind.keyword, (values[place] + side,)))
