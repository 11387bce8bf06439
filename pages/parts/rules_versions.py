"""Which versions of the rules there are, and a way back."""

import streamlit as st

import nps
from nps.wording import _
from pages.session import ruled, rules
from pages.session.rules import Kept

FEW, MOST, TALL = 7, 50, 320  # versions that need no scrolling, and that are listed; pixels


def standing(kept: Kept) -> str:
    """Which rules these are, in one sentence."""
    if not kept.number:
        return _("Comments are read by the rules that come with the product.")
    return _("Comments are read by version {n} of the rules, of {moment}.", n=kept.number, moment=_moment(kept))


def versions(_chosen: nps.Chosen) -> None:
    """All of them, the latest first."""
    known, now = rules.history(), ruled.current()
    if not known:
        st.caption(_("Nobody has changed the rules. Whatever is kept stands here, and can be taken back."))
        return
    how = {"key": "rules_undo", "icon": ":material/undo:", "on_click": rules.undo, "args": (now.number,)}
    st.button(_("Undo the latest change"), disabled=not now.origin, **how)
    with st.container(height=TALL if len(known) > FEW else "content", border=False, gap="xsmall"):
        for each in known[:MOST]:
            _version(each)
        _row(_("What the product came with"), ruled.version(ruled.OURS), 0)


def _version(kept: Kept) -> None:
    who = rules.who(kept) or _("you")
    said = {"n": kept.number, "moment": _moment(kept), "who": who}
    if kept.origin == kept.number:
        told = _("Version {n}, {moment}, by {who}", **said)
    elif kept.origin:
        told = _("Version {n}, {moment}, by {who}: back to version {origin}", origin=kept.origin, **said)
    else:
        told = _("Version {n}, {moment}, by {who}: back to what the product came with", **said)
    _row(told, ruled.version(kept), kept.number)


def _row(told: str, version: str, number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        here = version == ruled.version(ruled.held())
        how = {"key": f"rules_look_{number}", "on_click": rules.look_at, "args": (version,), "type": "tertiary"}
        st.text(told)
        st.button(_("Look at it"), icon=":material/visibility:", disabled=here, **how)


def _moment(kept: Kept) -> str:
    return f"{kept.made_at[:16].replace('T', ' ')} UTC"
