"""What a figure counts, and what is missing for it."""

from collections.abc import Sequence

import streamlit as st

import nps
from nps.wording import _, words
from nps.wording.formulas import formula
from pages.parts import popover
from pages.parts.show import headline, text
from pages.session import stopped


def how(chosen: nps.Chosen, *figures: str) -> None:
    """A place to open: whom the figures count, and each one's rule and formula."""
    with popover.opened(_("How it is counted"), f"how_{figures[0]}", icon=":material/function:") as opened:
        if opened:
            _how(chosen, figures)


def _how(chosen: nps.Chosen, figures: Sequence[str]) -> None:
    panel = chosen.panel
    said = chosen.score.responses, chosen.selection, panel.measure, panel.window_days, panel.windowed
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
        stopped.stop()
