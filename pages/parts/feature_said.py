"""What people say about one feature: first the comments that name it, then others of whom the page is about."""

import pandas as pd
import streamlit as st

import nps
from nps.comments.quoted import About
from nps.measures import writers
from nps.selection.clauses import Mention
from nps.wording import _, reasons
from pages.parts import quotes, reasons_frames, show
from pages.session import access, filters, links

FIRST, MOST = 6, 40  # comments that are shown, and to open


def comments(chosen: nps.Chosen, people: pd.DataFrame, row: pd.Series) -> None:
    """For whoever may read them; of those that name it the scores first by which it stands out.

    people  answers by their positions
    """
    feature = row["kind"], row["feature"]
    show.heading(_("What they say"))
    _counted(chosen, feature)
    if not access.sees_people():
        return
    naming = writers.naming(chosen.panel, chosen.places, feature)
    naming = naming[chosen.panel.answers["score"].iloc[naming].argsort(kind="stable")][
        :: -1 if row["adjusted"] > 0 else 1
    ]
    others = writers.wrote(chosen.panel, people.index.to_numpy())
    others = others[~pd.Series(others).isin(naming).to_numpy()][::-1]
    places, about = [*naming, *others], About(features=[feature])
    quotes.listed(chosen.panel, places[:FIRST], "feature_quotes", about)
    if len(places) > FIRST:
        more = _("{n} more", n=len(places[FIRST:MOST]))
        with st.expander(more, key="more_comments", on_change="rerun") as opening:
            if opening.open:
                quotes.listed(chosen.panel, places[FIRST:MOST], "more_feature_quotes", about)


def _counted(chosen: nps.Chosen, feature: tuple[str, str]) -> None:
    """How many name it, on which side, and a way to their reasons."""
    frame = reasons_frames.mentions(reasons_frames.around(chosen, Mention.keyword))
    row = frame[(frame["kind"] == feature[0]) & (frame["feature"] == feature[1])]
    if row.empty or not row["people"].iloc[0]:
        st.caption(_("Nobody names it in a comment."))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(reasons.of_named(row.iloc[0]), width="content")
        st.button(_("Their reasons"), key="reasons_of_feature", type="tertiary", on_click=_reasons, args=(feature,))


def _reasons(feature: tuple[str, str]) -> None:
    filters.only(Mention.to(*feature))
    links.go(links.REASONS)
