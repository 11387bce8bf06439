"""Who wrote something, at which scores, and what sets them apart from others."""

import streamlit as st

import nps
from nps.measures import writers
from nps.measures.rules import FEW_WRITERS, MIN_SHOWN
from nps.measures.writers import Writers
from nps.selection.clauses import Mention, Theme, Word
from nps.wording import _, reasons
from pages.parts import reasons_frames, show
from pages.session import filters, stopped
from pages.session.region import clear_region

SAYS = (Theme.keyword, Mention.keyword, Word.keyword)
EVERYBODY, TALL, MOST = "everybody", 130, 3  # pixels of the distribution; differences that are told


def nothing(chosen: nps.Chosen) -> None:
    """Stop here, and say what is missing, where nobody wrote anything."""
    if not len(chosen.panel.comments.answer):
        show.headline(_("No answer has a comment."))
        st.info(_("Add a column of comments to the responses, or say which one it is."), icon=":material/upload_file:")
        st.page_link("data.py", label=_("Look at the columns on the Data page"), icon=":material/upload_file:")
        stopped.stop()
    if not chosen.cube.wrote[chosen.inside].any():
        show.headline(_("Nobody wrote anything under these filters."))
        st.button(_("Clear filters"), on_click=_everybody, key="clear_filters_here")
        stopped.stop()


def _everybody() -> None:
    filters.clear_filters()
    clear_region()


def _wrote(chosen: nps.Chosen) -> Writers:
    return writers.writers(chosen.cube, chosen.inside)


def headline(chosen: nps.Chosen, whole: nps.Chosen) -> None:
    """How many wrote, how much of it no rule knows; of who says something, how many do."""
    frame, wrote = reasons_frames.themes(whole), _wrote(whole)
    if chosen.selection == whole.selection:
        unknown = int(frame.loc[frame["theme"] == "", "people"].sum())
        show.headline(reasons.headline(len(chosen.places), wrote.selected, unknown))
    else:
        says = [choice for kind in (Theme, Mention, Word) for choice in chosen.selection.of(kind)]
        told = [str(choice.under(chosen.panel).describe()) for choice in says]
        show.headline(reasons.of_part(len(chosen.places), wrote.selected), " · ".join(told))


def apart(chosen: nps.Chosen) -> None:
    """What most sets the two sides apart, or how little could be found."""
    with st.container(gap="xxsmall"):
        for told in (found := reasons_frames.apart(chosen, MOST)):
            show.text(told)
        if not found:
            st.caption(_("Nothing here differs by more than chance."))
    if reasons.little(reasons.sides(chosen.between, _wrote(chosen))):
        st.caption(_("Under {n} comments on a side little can be told from chance.", n=FEW_WRITERS))


def basis(chosen: nps.Chosen) -> None:
    """What the figures are of, and what they are not."""
    told = [
        _("Each person once, by the latest answer; shares are of those who wrote something."),
        _("Reasons are found by words, sides by words and the score: what goes together, not what causes what."),
    ]
    if _wrote(chosen).selected < MIN_SHOWN:
        told.append(_("Fewer than {n} wrote: no shares.", n=MIN_SHOWN))
    st.caption(" ".join(told))
