"""How things are shown on every page. Customer text goes through `text`, every file through `download`."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext

import pandas as pd
import streamlit as st

from nps import report
from nps.measures import spreadsheets
from nps.notes import Note
from pages.session import access, keys, leaving, screen, shown
from pages.session.leaving import download_mark

UNKNOWN = "—"
FIGURE = 112  # pixels


def headline(sentence: str, *beneath: str, help: str | None = None) -> None:
    """What the page says first, in words of ours; beneath it what may hold a customer's."""
    st.title(sentence, anchor=False, help=help)
    keys.HEADLINE.put(sentence)
    if beneath:
        with st.container(gap="xxsmall"):
            for each in beneath:
                text(each)


def heading(words: str) -> None:
    """A part of the page begins; in words of ours."""
    st.header(words, anchor=False)
    shown.add(report.Heading(words))


def text(told: str | Note) -> None:
    """Words that may hold what a customer wrote: never Markdown, never HTML."""
    st.text(str(told))
    shown.add(report.Words(str(told)))


def figure(label: str, value: str, change: str | None = None, beside: str = "", help: str | None = None) -> None:
    """A figure in a frame, its change in grey, and what that is against."""
    arrow = "auto" if change and change[0] in "+-" else "off"
    room = not change or screen.step() != "XS"
    st.metric(
        *(label, value, change),
        help=help,
        delta_color="off",
        delta_arrow=arrow,
        delta_description=beside if beside and room else None,
        border=True,
        height=FIGURE,
    )
    shown.add(report.Figure(label, value, " ".join(filter(None, (change, beside)))))


def chart(name: str, title: str, spec: dict, key: str | None = None, **how: object) -> object:
    """A chart in Vega-Lite; title, in words of ours, stands over it where it leaves the page."""
    shown.add(report.Drawing(name, title, spec))
    room = st.container(height=spec["height"], border=False) if spec.get("width") == "container" else nullcontext()
    with room:
        return st.vega_lite_chart(spec, key=key or name, **how)


def bullet(told: Iterable[str | Note]) -> None:
    """Sentences one below the other."""
    with st.container(gap="xsmall"):
        for each in told:
            text(f"•  {each}")


def problem(told: str | Note) -> None:
    """One sentence on what is wrong; it may quote a file."""
    with st.container(border=True):
        text(f"⚠  {told}")


def number(value: float) -> str:
    """A figure, or a dash when it is not known."""
    return UNKNOWN if pd.isna(value) else f"{value:,.0f}"


def table_file(label: str, frame: Callable[[], pd.DataFrame], file: str, key: str, **button) -> None:
    """A table to download as CSV."""
    download(label, file, "text/csv", leaving.table(file, frame), key, **button)


def people_file(label: str, frame: Callable[[], pd.DataFrame], file: str, key: str, **button) -> None:
    """A list of people to download as CSV, for whoever may have it."""
    if access.sees_people():
        download(label, file, "text/csv", leaving.table(file, frame, of_people=True), key, **button)


def download(label: str, file: str, mime: str, make: Callable[[], bytes], key: str, **button) -> None:
    """A file, made when it is asked for; `make` is what `session.leaving` makes."""
    mark = f"{mime}; session={download_mark()}"
    how = {"key": key, "icon": ":material/download:", "on_click": "ignore"}
    st.download_button(label, make, spreadsheets.file_name(file), mark, **how, **button)
