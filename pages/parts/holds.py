"""What holds for the whole page and is not chosen in the line above it: masks, and earlier rules for comments."""

import streamlit as st

from nps.wording import _
from pages.parts import rules_versions
from pages.session import access, links, ruled, rules


def told(page: str | None) -> None:
    """Below the line, where anything does."""
    if page not in links.WITHOUT_FILTERS and ruled.is_earlier() and not access.sees_merged():
        _earlier()
    if access.sees_masked():
        st.caption(
            _(
                "Without names, and with addresses and numbers in comments masked. Small groups are shown as they are: "
                "whoever knows these people may recognise somebody."
            )
        )


def _earlier() -> None:
    """Other rules than the current ones hold here, and a way back."""
    why = _("These are not the current rules: a link or a click asked for others.")
    st.info(f"{rules_versions.standing(ruled.held())} {why}", icon=":material/history:")
    with st.container(horizontal=True):
        st.button(_("Back to the current rules"), key="rules_current", on_click=rules.look_at, args=(None,))
        if access.works():
            st.button(_("Make these the current ones"), key="rules_again", on_click=rules.again, type="tertiary")
