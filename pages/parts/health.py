"""Survey health: which surveys, who answers them, after what, how many to ask, and other ways to count."""

import streamlit as st

import nps
from nps.measures import repeats, rules
from nps.wording import _, several
from pages.parts import occasions, planner, response, show, surveys
from pages.session import data, filters


def health(panel: nps.Panel) -> None:
    """Of the people that the other pages are narrowed to."""
    filters.fit_filters(panel)
    chosen = data.chosen()
    asked = repeats.asked(chosen.every_answer())
    show.headline(_headline(asked))
    _narrowed(chosen)
    with st.grid(3, min_column_width=150):
        show.figure(_("People who answered"), f"{asked.people:,}")
        show.figure(_("Answers"), f"{asked.answers:,}")
        middle = _("The middle one of all gaps between two answers")
        show.figure(_("Days between answers"), show.number(asked.median_gap), help=middle)
    if asked.soon:
        st.info(_soon(asked), icon=":material/schedule:")
    for title, part in (
        (_("Which surveys"), surveys.kinds),
        (_("Who answered, of those who could have"), response.who_answered),
        (_("After what people answer"), occasions.after_what),
        (_("How many to ask, and whom"), planner.plan),
        (_("Other ways to count"), surveys.weighted),
    ):
        show.heading(title)
        part(chosen)


def _headline(asked: repeats.Asked) -> str:
    if not asked.repeated:
        return several("1 person answered once", "{n} people answered, nobody more than once", n=asked.people)
    return _("{n} people answered, {again} of them more than once", n=asked.people, again=asked.repeated)


def _narrowed(chosen: nps.Chosen) -> None:
    """Which filters hold, as this page has no line of them."""
    if chosen.selection != nps.Selection():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            show.text(chosen.selection.describe(chosen.panel.measure, chosen.panel))
            st.button(_("Count everybody"), on_click=_everybody, type="tertiary", key="count_everybody")


def _everybody() -> None:
    filters.show_selection(nps.Selection())


def _soon(asked: repeats.Asked) -> str:
    return several(
        "1 person ({share:.0%}) answered twice within {days} days. Asking less often is kinder, and their second "
        "answer tells little new.",
        "{n} people ({share:.0%}) answered twice within {days} days. Asking less often is kinder, and their second "
        "answer tells little new.",
        n=asked.soon,
        share=asked.soon_share,
        days=rules.TOO_SOON_DAYS,
    )
