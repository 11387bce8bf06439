"""What sets the selection on the map apart, what its people say, and who they are."""

import pandas as pd
import streamlit as st

import nps
from nps.wording import _, compared, several
from pages.parts import map_controls, quotes, reasons_frames, reasons_said, show
from pages.session import views

MOST_DIFFERENCES, MOST_SAID, MOST_QUOTES, MOST_NAMED = 6, 3, 5, 8


@views.shared
def _differences(chosen: nps.Chosen) -> pd.DataFrame:
    return chosen.differences()


def about(chosen: nps.Chosen) -> None:
    """One of the three, whichever is open."""
    tabs = st.tabs([_("What differs"), _("What they say"), _("Who")], key="map_about", on_change="rerun")
    for tab, tell in zip(tabs, (_apart, _quotes, _names), strict=True):
        if tab.open:
            with tab:
                tell(chosen)


def _apart(chosen: nps.Chosen) -> None:
    if chosen.selection.region.everything:
        st.caption(_("Drag over the map, and see in what the people selected differ from everyone else."))
        return
    told = [compared.of_apart(row) for _place, row in _differences(chosen).head(MOST_DIFFERENCES).iterrows()]
    said = reasons_frames.apart(chosen, MOST_SAID)
    for each in [*told, *said]:
        show.text(each)
    if told or said:
        st.caption(_("Only what chance would not explain."))
    else:
        st.caption(_("Nothing here differs by more than chance."))
    if map_controls.widened(chosen):
        st.caption(_("Many people are equally active here, so this takes in the nearest of them."))


def _quotes(chosen: nps.Chosen) -> None:
    """What they said, the most telling first, and a way to all of it."""
    rows = reasons_said.telling(chosen, chosen.places)
    st.caption(several("1 comment", "{n} comments", n=len(rows)))
    places = chosen.panel.coding.answer[rows[:MOST_QUOTES]]
    if quotes.listed(chosen.panel, places, "map_quotes", reasons_said.about(chosen)):
        st.page_link("reasons.py", label=_("Their reasons"), icon=":material/forum:")


def _names(chosen: nps.Chosen) -> None:
    for row in chosen.panel.answers.iloc[chosen.places[::-1][:MOST_NAMED]].itertuples():
        named = row.name if isinstance(row.name, str) else row.person_id
        show.text(f"{named} · {row.score}")
