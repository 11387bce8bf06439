"""One person: who it is, what was said, how much was used."""

import pandas as pd
import streamlit as st

import nps
from nps.measures import contacts
from nps.wording import _, names, words
from pages.parts.show import text
from pages.session import keys

PEOPLE_LISTED = 1_000


def pick(data: nps.Panel) -> str | None:
    """The person chosen here, clicked elsewhere, or named by the link. Of very many, only those searched for."""
    many, wanted = len(data.latest_positions) > PEOPLE_LISTED, ""
    if many:
        example = _("A part of a name, an id or a comment")
        wanted = st.text_input(_("Search"), key="person_search", placeholder=example)
    known, found = contacts.named(
        data.answers[[*contacts.MENTIONED]].iloc[data.latest_positions], wanted, PEOPLE_LISTED, always=keys.PERSON.get()
    )
    names = {person: f"{name} ({person})" if name else person for person, name in known.items()}
    keys.PICKED_PERSON.put(keys.PERSON.get() if keys.PERSON.get() in names else None)
    if many:
        others = {"shown": len(names), "found": found}
        st.caption(_("{shown} of {found} people can be chosen here; search to find others.", **others))
    st.selectbox(
        _("Person"),
        list(names),
        format_func=names.get,
        index=None,
        placeholder=_("Type a name"),
        key=keys.PICKED_PERSON.name,
        on_change=lambda: keys.PERSON.put(keys.PICKED_PERSON.get()),
    )
    return keys.PICKED_PERSON.get()


def card(answer: pd.Series) -> None:
    """Who somebody is."""
    known = [answer[name] for name in ("name", "role", "account", "plan", "email") if isinstance(answer[name], str)]
    text(" · ".join(known) or answer["person_id"])
    if answer["opted_out"]:
        st.caption(_("Does not want to be contacted."))


def comments(answers: pd.DataFrame) -> None:
    """What somebody said, the latest first."""
    for _place, answer in answers[::-1].iterrows():
        with st.container(border=True):
            st.caption(_scored(answer))
            text(answer["comment"] if isinstance(answer["comment"], str) else _("No comment."))


def _scored(answer: pd.Series) -> str:
    groups = {"Promoter": _("promoter"), "Passive": _("passive"), "Detractor": _("detractor")}
    told = {"score": answer["score"], "group": groups[answer["group"]]}
    if pd.isna(answer["responded_at"]):
        return _("{score}, {group}", **told)
    return _("{day}: {score}, {group}", day=answer["responded_at"], **told)


def measures(panel: nps.Panel, answer: pd.Series) -> None:
    """Somebody's score and every measure of use before it; the one on the map's axis with its percentile."""
    scored, *places = st.columns(1 + len(panel.measures))
    scored.metric(_("Latest score"), int(answer["score"]), help=_("0-6 detractor, 7-8 passive, 9-10 promoter"))
    scored.caption(names.group(answer["group"]))
    window = words.window(panel.window_days, panel.dated)
    for place, name in zip(places, panel.measures, strict=True):
        place.metric(names.measure(name), f"{answer[name]:,.0f}", help=window)
        if name == panel.measure:
            percentile = words.points(answer["percentile"])
            place.caption(_("Percentile {percentile} of the people who answered", percentile=percentile))
