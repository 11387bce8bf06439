"""What to look at first: the surest findings, each with a way to where it is seen whole."""

import pandas as pd
import streamlit as st

import nps
from nps.wording import _, headlines, overview
from pages.parts import counted, popover, show
from pages.session import access, links, results, screen
from pages.session.region import set_region

FIRST, MOST = 5, 12
WIDE, LESS = [1.2, 4.4, 0.8], [2, 4, 1]
SEGMENTS, FEATURES, MAP = "segments.py", "features.py", "usage_map.py"
PAGES = {"segment": SEGMENTS, "change": SEGMENTS, "feature": FEATURES, "activity": MAP, "hotspot": MAP}


def first(chosen: nps.Chosen) -> None:
    """The first few, and the others to open."""
    found = results.findings(chosen)
    if found.empty:
        show.text(headlines.nothing_holds(found.attrs["findable"]))
    rows = list(found.head(MOST).itertuples())
    with st.container(gap="xsmall"):
        for row in rows[:FIRST]:
            _row(row)
    if len(rows) > FIRST:
        more = _("{n} more", n=len(rows) - FIRST)
        with popover.opened(more, "findings", icon=":material/expand_more:", type="tertiary") as opened:
            for row in rows[FIRST:] if opened else ():
                _row(row)
    counted.how(chosen, "finding", "difference", "adjusted", "holds")


def _row(row) -> None:
    label, told, go = st.columns(
        WIDE if screen.step() in ("XL", "L") else LESS, vertical_alignment="center", gap="xsmall"
    )
    words, icon, act = overview.badge(row)
    label.badge(words, icon=f":material/{icon}:", color="violet" if act else "gray")
    with told.container(gap=None):
        show.text(overview.first_of(row))
        st.caption(overview.figures_of(row))
    if (PAGES[row.kind] != MAP or access.opens(links.MAP)) and go.button(
        _("Open"), key=f"open_finding_{row.Index}", type="tertiary", on_click=_shown, args=(row,)
    ):
        st.switch_page(PAGES[row.kind])


def _shown(row: pd.Series) -> None:
    """Have its page show it; filters stay, so that there is something to compare with."""
    if row.kind == "segment":
        links.view("segments", by=row.what, view="scores")
    elif row.kind == "change":
        links.view("segments", part="" if row.what == "everyone" else row.what, view="changed")
    elif row.kind == "feature":
        links.view("features", view="decisions", feature=row.value)
    else:
        set_region(row.selection.region)
