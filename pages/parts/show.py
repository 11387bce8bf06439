"""How things are shown on every page. Customer text goes through `text`, every file through `download`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext

import pandas as pd
import streamlit as st

import nps
from nps import report
from nps.measures import spreadsheets
from nps.notes import Note
from nps.wording import _, language, names, speak, words
from nps.wording.formulas import formula
from pages.session import keys, shown
from pages.session.links import download_mark, starts

UNKNOWN = "—"
FIGURE = 112  # pixels


def headline(sentence: str, *beneath: str, help: str | None = None) -> None:
    """What the page says first, in words of ours; beneath it what may hold a customer's."""
    st.title(sentence, anchor=False, help=help)
    keys.HEADLINE.put(sentence)
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
    st.metric(
        *(label, value, change),
        help=help,
        delta_color="off",
        delta_arrow=arrow,
        delta_description=beside or None,
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


def choice(label: str, options: Mapping[str, str], key: str, default: str | None = None, **more: object) -> str:
    """One of these codes, each with its label; until somebody chooses the default, which is the first."""
    begins = default or next(iter(options))
    keys.of_widget(key).fit(options)
    return st.segmented_control(
        label, list(options), format_func=options.get, default=begins, key=key, required=True, **more
    )


def pick(label: str, options: Sequence[str], key: str, **more: object) -> str | None:
    """One of these names, which may be a customer's; kept while the session lasts."""
    keys.of_widget(key).fit(options)
    starts(key, next(iter(options), None))
    return st.selectbox(label, options, key=key, persist_state="session", **more)


def segment(label: str, segments: Iterable[str], key: str) -> str | None:
    """What people are divided by, by its name."""
    called = {name: names.segment(name) for name in segments}
    return pick(label, list(called), key, format_func=called.get)


def download(label: str, frame: Callable[[], pd.DataFrame], file_name: str, key: str, **button) -> None:
    """The one way a file leaves: CSV, made when asked for, that opens right in a spreadsheet and holds no formula."""
    spoken = language()

    def made() -> bytes:
        with speak(spoken):
            return spreadsheets.as_csv(frame().rename(columns=names.in_file))

    st.download_button(
        label,
        made,
        spreadsheets.file_name(file_name),
        f"text/csv; session={download_mark()}",
        key=key,
        icon=":material/download:",
        on_click="ignore",
        **button,
    )


def how(chosen: nps.Chosen, *figures: str) -> None:
    """A place to open: whom the figures count, and each one's rule and formula."""
    with st.popover(_("How it is counted"), icon=":material/function:", key=f"how_{figures[0]}"):
        panel = chosen.panel
        said = chosen.score.responses, chosen.selection, panel.measure, panel.window_days, panel.dated
        text(words.basis(*said))
        counted = [formula(figure) for figure in figures]
        for each in counted:
            st.markdown(f"**{each.name}**")
            st.caption(each.rule)
            st.code(each.formula, language=None, wrap_lines=True)
        headings = dict.fromkeys(each.heading for each in counted)
        st.caption(_("More, and how well it holds up, in docs/methods.md: {headings}.", headings=tuple(headings)))


def undated(answers: int) -> None:
    """How many answers are left out of what needs a date."""
    if answers:
        st.caption(words.of_undated(answers))


def usage_missing() -> None:
    """In place of a figure that needs usage."""
    st.caption(_("This needs usage."))
    st.page_link("data.py", label=_("Add usage on the Data page"), icon=":material/upload_file:")


def needs_usage(panel: nps.Panel) -> None:
    """Stop here, and say what to add, where there is no usage."""
    if not panel.has_usage:
        headline(_("This page compares answers with what people do in the product."))
        rows = _("Add a usage file: one row per event, or per person and feature, or one column per feature.")
        st.info(rows, icon=":material/upload_file:")
        st.page_link("data.py", label=_("Add usage on the Data page"), icon=":material/upload_file:")
        st.stop()
