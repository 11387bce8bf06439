"""What a campaign says of itself, to be changed; and deleting it."""

from datetime import date

import streamlit as st

from nps.wording import _
from pages.parts import owners, popover, show
from pages.session import access, campaigning, keys, opened
from pages.session.campaigning import Campaign

FORM = 720  # pixels
FIELDS = ("name", "goal", "question", "message", "owner", "due")


def about(one: Campaign) -> None:
    """A form for whoever works; for administrators a way to delete it."""
    known = {owners.NOBODY: _("Nobody"), **owners.names()}
    if one.owner not in known:
        known[one.owner] = one.owner
    with st.form("about", border=True, width=FORM):
        fields(known, "about", one)
        if access.works():
            st.form_submit_button(_("Save"), on_click=_save, args=(one,), type="primary", key="about_save")
    if opened.may_delete():
        with popover.opened(_("Delete"), "delete_campaign", icon=":material/delete:", type="tertiary") as open_now:
            if open_now:
                show.text(_("“{name}” is deleted with its people and tasks. Nothing brings it back.", name=one.name))
                st.button(_("Delete for good"), key="delete_campaign", on_click=campaigning.remove, args=(one,))


def fields(known: dict[str, str], key: str, one: Campaign | None = None) -> None:
    """What a campaign is asked for, whether it is made or changed."""
    most, longest = campaigning.LONGEST_NAME, campaigning.LONGEST_LINE
    st.text_input(_("Name"), one.name if one else "", key=f"{key}_name", max_chars=most)
    st.text_input(_("Goal"), one.goal if one else "", key=f"{key}_goal", max_chars=longest)
    st.text_input(_("What to ask"), one.question if one else "", key=f"{key}_question", max_chars=longest)
    st.text_area(
        _("Message"),
        one.message if one else "",
        key=f"{key}_message",
        max_chars=campaigning.LONGEST_MESSAGE,
        placeholder=_("Hello {first_name|there}, …"),
        help=_(
            "Each person gets their own: {known}", known=", ".join(f"`{{{each}}}`" for each in campaigning.PLACEHOLDERS)
        ),
    )
    place = [*known].index(one.owner) if one else 1
    st.selectbox(_("Owner"), [*known], index=place, format_func=known.get, key=f"{key}_owner")
    due = date.fromisoformat(one.due) if one and one.due else None
    st.date_input(_("Due"), due, key=f"{key}_due")


def given(key: str) -> dict:
    """What stands in those fields."""
    return {name: keys.of_widget(f"{key}_{name}").get() for name in FIELDS}


def _save(one: Campaign) -> None:
    campaigning.edit(one, **given("about"))
