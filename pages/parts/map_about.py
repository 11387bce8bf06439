"""What sets the selection on the map apart, what its people say, and who they are."""

import pandas as pd
import streamlit as st

import nps
from nps.wording import _, compared, several
from pages.parts import map_controls, show
from pages.session import views

MOST_DIFFERENCES, MOST_QUOTES, MOST_NAMED = 6, 5, 8


@views.shared
def _differences(chosen: nps.Chosen) -> pd.DataFrame:
    return chosen.differences()


def about(chosen: nps.Chosen) -> None:
    """All three, to switch between."""
    tabs = st.tabs([_("What differs"), _("What they say"), _("Who")])
    for tab, tell in zip(tabs, (_apart, _quotes, _names), strict=True):
        with tab:
            tell(chosen)


def _apart(chosen: nps.Chosen) -> None:
    if chosen.selection.region.everything:
        st.caption(_("Drag over the map, and see in what the people selected differ from everyone else."))
        return
    rows = _differences(chosen).head(MOST_DIFFERENCES)
    for _place, row in rows.iterrows():
        show.text(compared.of_apart(row))
    if rows.empty:
        st.caption(_("Nothing here differs by more than chance."))
    else:
        st.caption(_("Only what chance would not explain."))
    if map_controls.widened(chosen):
        st.caption(_("Many people are equally active here, so this takes in the nearest of them."))


def _quotes(chosen: nps.Chosen) -> None:
    """What they said, the latest first."""
    answers = chosen.panel.answers
    said = answers["comment"].iloc[chosen.places].dropna()
    for row in answers.loc[said.index[::-1][:MOST_QUOTES]].itertuples():
        show.text(f"{row.score}  {row.comment}")
    st.caption(several("1 comment", "{n} comments", n=len(said)))


def _names(chosen: nps.Chosen) -> None:
    for row in chosen.panel.answers.iloc[chosen.places[::-1][:MOST_NAMED]].itertuples():
        named = row.name if isinstance(row.name, str) else row.person_id
        show.text(f"{named} · {row.score}")
