"""Keep as a decision: of a feature, which puts it on the roadmap, and of a finding."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from nps.notes import Note
from nps.wording import _
from pages.parts import decided, owners, popover, show
from pages.session import access, deciding, following, opened
from pages.session.deciding import FEATURE, FINDING


def feature(name: str) -> None:
    """Decide about this feature, for whoever works with the data."""
    if not access.works():
        return
    with popover.opened(_("Decide"), "keep_feature", icon=":material/flag:", type="tertiary") as is_open:
        if is_open and _is_kept():
            _decide(FEATURE, name)


def findings(found: Mapping[str, Note]) -> None:
    """Keep one of these, by what each is about, with what was decided, for whoever works with the data."""
    if not found or not access.works():
        return
    with popover.opened(_("Keep as a decision"), "keep_finding", icon=":material/flag:", type="tertiary") as is_open:
        if is_open and _is_kept():
            which = {"format_func": lambda about: str(found[about].values["told"]), "key": "finding_to_keep"}
            about = st.selectbox(_("Finding"), [*found], **which)
            _decide(FINDING, about, found[about])


def _is_kept() -> bool:
    """Whether decisions about these data can be kept; else what to do first."""
    if following.dataset() is not None:
        return True
    st.text(_("Decisions belong to data that are kept."))
    label = _("Keep these data") if opened.can_be_kept() else _("Bring your own data and keep them")
    st.page_link("data.py", label=label, icon=":material/database:")
    return False


def _decide(kind: str, about: str, found: Note | None = None) -> None:
    """The form: of what was decided before, as it is now.

    found  the finding, as it is now
    """
    now = deciding.found(kind, about)
    key = f"decide_{kind}_{0 if now is None else now['version']}"
    if now is not None:
        who = owners.called(now["made_by"], owners.names())
        show.text(_("Decided on {day} by {who}", day=now["made_at"][:10], who=who))
    with st.form(key, border=False):
        decided.fields(kind, key, now)
        told = partial(decided.given, key)
        if now is None:
            how = {"on_click": deciding.keep, "args": (kind, about, found.encoded if found else "", told)}
        else:
            how = {"on_click": deciding.change, "args": ({now["id"]: now["version"]}, told)}
        st.form_submit_button(_("Keep"), type="primary", key=f"keep_{kind}", **how)
