"""How things are shown on every page. Customer text goes through `text`, every file through `download`."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

import nps
from nps.measures import spreadsheets
from nps.wording import words
from nps.wording.formulas import FORMULAS
from pages.session.links import download_mark

UNKNOWN = "—"
NEEDS_USAGE = "This needs usage: add a usage file on the Data page."


def text(sentence: str) -> None:
    """Words that may hold what a customer wrote: never Markdown, never HTML."""
    st.text(sentence)


def bullet(sentences: list[str]) -> None:
    """Sentences one below the other."""
    for sentence in sentences:
        text(f"•  {sentence}")


def problem(sentence: str) -> None:
    """One sentence on what is wrong; it may quote a file."""
    with st.container(border=True):
        text(f"⚠  {sentence}")


def number(value: float) -> str:
    """A figure, or a dash when it is not known."""
    return UNKNOWN if pd.isna(value) else f"{value:,.0f}"


def download(label: str, frame: Callable[[], pd.DataFrame], file_name: str, key: str, **button) -> None:
    """The one way a file leaves: CSV, made when asked for, that opens right in a spreadsheet and holds no formula."""
    st.download_button(
        label,
        lambda: spreadsheets.as_csv(frame()),
        spreadsheets.file_name(file_name),
        f"text/csv; session={download_mark()}",
        key=key,
        icon=":material/download:",
        on_click="ignore",
        **button,
    )


def how(chosen: nps.Chosen, *figures: str) -> None:
    """A place to open: whom the figures count, and each one's rule and formula."""
    with st.popover("How it is counted", icon=":material/function:", key=f"how_{figures[0]}"):
        panel = chosen.panel
        said = chosen.score.responses, chosen.selection, panel.measure, panel.window_days, panel.dated
        text(words.basis(*said))
        for figure in figures:
            formula = FORMULAS[figure]
            st.markdown(f"**{formula.name}**")
            st.caption(formula.rule)
            st.code(formula.formula, language=None, wrap_lines=True)
        headings = dict.fromkeys(FORMULAS[figure].heading for figure in figures)
        st.caption(f"More, and how well it holds up, in docs/methods.md: {', '.join(headings)}.")


def undated(answers: int) -> None:
    """How many answers are left out of what needs a date."""
    if answers:
        st.caption(words.of_undated(answers))


def needs_usage(panel: nps.Panel) -> None:
    """Stop here, and say what to add, where there is no usage."""
    if not panel.has_usage:
        st.info(
            "This page compares answers with what people do in the product. Add a usage file: "
            "one row per event, or per person and feature, or one column per feature.",
            icon=":material/upload_file:",
        )
        st.page_link("data.py", label="Add usage on the Data page", icon=":material/upload_file:")
        st.stop()
