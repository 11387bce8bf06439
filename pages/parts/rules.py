"""By which rules comments are read, and a place to change them."""

from collections.abc import Callable

import streamlit as st

import nps
from nps.wording import _
from pages.parts import choose, rules_features, rules_groups, rules_preview, rules_themes, rules_versions, show
from pages.session import access, keys, ruled

VIEWS: dict[str, Callable[[nps.Chosen], None]] = {
    "reasons": rules_themes.themes,
    "features": rules_features.features,
    "groups": rules_groups.groups,
    "versions": rules_versions.versions,
}


def edit(chosen: nps.Chosen) -> None:
    """Which rules hold, and, for whoever works with the data, a place to change them."""
    st.caption(rules_versions.standing(ruled.held()))
    if not access.works():
        return
    label = _("Change what counts as which reason")
    with st.expander(label, key="rules_edit", icon=":material/edit_note:", on_change="rerun") as opened:
        if opened.open:
            _edit(chosen)


def _edit(chosen: nps.Chosen) -> None:
    labels = {"reasons": _("Reasons"), "features": _("Features"), "groups": _("Groups")}
    labels |= {"versions": _("Versions")}
    view = choose.choice(_("What to change"), labels, key="rules_view", label_visibility="collapsed")
    above = st.container() if view == "groups" else None  # of which there are many: what comes of a click is seen
    VIEWS[view](chosen)
    with above or st.container():
        if problem := keys.RULES_PROBLEM.take():
            show.problem(problem)
        rules_preview.preview(chosen)
