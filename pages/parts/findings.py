"""What to look at first: the surest findings, each with a way to where it is seen whole."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

import nps
from nps.notes import decoded
from nps.selection.clauses import Mention, Theme
from nps.wording import _, headlines, overview
from pages.parts import counted, keep, popover, show
from pages.session import access, deciding, filters, links, results, screen
from pages.session.region import set_region

FIRST, MOST = 5, 12
WIDE, LESS = [1.2, 4.4, 0.8], [2, 4, 1]
SEGMENTS, FEATURES, MAP, REASONS = "segments.py", "features.py", "usage_map.py", "reasons.py"
PAGES = {"segment": SEGMENTS, "change": SEGMENTS, "feature": FEATURES, "activity": MAP, "hotspot": MAP}
PAGES |= {"reason": REASONS, "mention": REASONS}
OF_PEOPLE = {MAP: links.MAP, REASONS: links.REASONS}  # which are not everybody's
SAID = {"reason": Theme, "mention": Mention}


def first(chosen: nps.Chosen) -> None:
    """The first few, and the others to open."""
    found = results.findings(chosen)
    if found.empty:
        show.text(headlines.nothing_holds(found.attrs["findable"]))
    rows = list(found.head(MOST).itertuples())
    about = dict(zip(deciding.about(rows, chosen.panel), rows, strict=True))
    kept = deciding.of_findings()
    decided = {row.Index: kept.get(line) for line, row in about.items()}
    with st.container(gap="xsmall"):
        for row in rows[:FIRST]:
            _row(row, decided[row.Index])
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _more(rows[FIRST:], decided)
        keep.findings({line: overview.kept_of(row) for line, row in about.items()})
        counted.how(chosen, "finding", "difference", "adjusted", "holds")


def _more(rows: list, decided: Mapping[int, pd.Series | None]) -> None:
    if not rows:
        return
    more = _("{n} more", n=len(rows))
    with popover.opened(more, "findings", icon=":material/expand_more:", type="tertiary") as opened:
        for row in rows if opened else ():
            _row(row, decided[row.Index])


def _row(row, decision: pd.Series | None) -> None:
    label, told, go = st.columns(
        WIDE if screen.step() in ("XL", "L") else LESS, vertical_alignment="center", gap="xsmall"
    )
    words, icon, act = overview.badge(row)
    label.badge(words, icon=f":material/{icon}:", color="violet" if act else "gray")
    with told.container(gap=None):
        show.text(overview.first_of(row))
        st.caption(str(overview.figures_of(row)))
        if decision is not None:
            _decided(row, decision)
    page = PAGES[row.kind]
    if (page not in OF_PEOPLE or access.opens(OF_PEOPLE[page])) and go.button(
        _("Open"), key=f"open_finding_{row.Index}", type="tertiary", on_click=_shown, args=(row,)
    ):
        st.switch_page(page)


def _decided(row, decision: pd.Series) -> None:
    """That it was kept, what was decided, and how it was told then, where it is told otherwise now."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.badge(_("Decided: {state}", state=deciding.named(decision["state"])), icon=":material/flag:", color="gray")
        show.text(decision["decided"])
    then = str(decoded(decision["told"]))
    if then != str(overview.kept_of(row)):
        show.text(_("On {day}: {told}", day=decision["made_at"][:10], told=then))


def _shown(row: pd.Series) -> None:
    """Have its page show it; filters stay, so that there is something to compare with, and people are who says it."""
    if row.kind == "segment":
        links.view("segments", by=row.what, view="scores")
    elif row.kind == "change":
        links.view("segments", part="" if row.what == "everyone" else row.what, view="changed")
    elif row.kind == "feature":
        links.view("features", view="decisions", feature=row.value)
    elif row.kind in SAID:
        filters.only(*row.selection.of(SAID[row.kind]))
        links.go(links.REASONS)  # narrowed, the overview may have this button no more
    else:
        set_region(row.selection.region)
