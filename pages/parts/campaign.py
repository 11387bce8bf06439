"""One campaign: how far it is, and its parts."""

import streamlit as st

import nps
from nps.wording import _, names, several
from pages.parts import (
    campaign_about,
    campaign_list,
    campaign_people,
    campaign_rules,
    campaign_worked,
    campaigns,
    choose,
    show,
)
from pages.session import access, campaigning, screen
from pages.session.campaigning import Campaign


def look_into(panel: nps.Panel, one: Campaign) -> None:
    """Its name and state, what can be done with it, and one of its parts."""
    (board,) = campaigning.boards([one])
    back = {"on_click": campaigns.SHOWN.take, "key": "all_campaigns", "type": "tertiary"}
    st.button(_("All campaigns"), icon=":material/arrow_back:", **back)
    with st.container(key="campaign_head"):
        with st.container(key="person_name"):
            show.text(one.name)
        show.headline(_people(one, board), *filter(None, (one.goal, _("For: {why}", why=one.why))))
    parts = {
        **{"people": _("People"), "rules": _("Who may be contacted"), "list": _("Lists")},
        **{"worked": _("Did it work?"), "about": _("What it says")},
    }
    if screen.narrow():
        part = choose.choice(_("Part"), parts, key="campaign_view", label_visibility="collapsed")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _stands(one)
        _hint(one, "stretch")
    else:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            part = choose.choice(_("Part"), parts, key="campaign_view", label_visibility="collapsed")
            st.space("stretch")
            _hint(one, "content")
            _stands(one)
    if part == "people":
        campaign_people.people(panel, one, board)
    elif part == "about":
        campaign_about.about(one)
    else:
        of_data = {"rules": campaign_rules.rules, "list": campaign_list.leaves, "worked": campaign_worked.worked}
        of_data[part](panel, one)


def _people(one: Campaign, board: dict[str, int]) -> str:
    told = several("1 person to be contacted", "{n} people to be contacted", n=sum(board.values()))
    held = one.people - sum(board.values())
    return _("{people}, {held} held back", people=told, held=held) if held else told


def _stands(one: Campaign) -> None:
    """Where it stands, and what can become of it from there."""
    st.badge(names.followed(one.state), color="violet" if one.state == "running" else "gray")
    if access.works():
        _turns(one)


def _hint(one: Campaign, width: str) -> None:
    if one.state == "draft":
        st.caption(_("People are contacted, and lists leave, once it is started."), width=width)


def _turns(one: Campaign) -> None:
    ways = {"draft": ("running", _("Start")), "running": ("closed", _("Close")), "closed": ("running", _("Run again"))}
    state, label = ways[one.state]
    kind = "primary" if one.state == "draft" else "secondary"
    st.button(label, key=f"turn_{state}", on_click=campaigning.turn, args=(one, state), type=kind)
