"""Groups of comments that give no reason we know: each can become a reason, by words of which some are ticked off."""

from functools import partial

import streamlit as st

import nps
from nps.comments import Rules, editing
from nps.comments.proposals import Proposal
from nps.comments.proposing import Proposing
from nps.comments.rules import LONGEST_NAME
from nps.wording import _, several
from pages.parts import progress, rules_themes, show
from pages.session import groups as looking
from pages.session import keys, rules

LONGEST = 300  # characters of a comment


def groups(chosen: nps.Chosen) -> None:
    """A way to look for them, how far that is, and what was found."""
    job = looking.job(chosen)
    if job is None:
        if lacking := looking.lacking(chosen):
            show.text(lacking)
            return
        st.caption(_("Looks for groups of like meaning among the comments that give no reason we know."))
        how = {"key": "groups_look", "icon": ":material/travel_explore:", "on_click": looking.look}
        st.button(_("Look for groups"), args=(chosen,), **how)
    elif not job.over:
        progress.watch(job)
    else:
        _found(job)


def _found(job: Proposing) -> None:
    try:
        found = job.result()
    except nps.InputError as refused:
        show.problem(refused.note)
        return
    if not found:
        st.caption(_("No group holds together well enough to be shown."))
        return
    st.caption(
        _("Found by meaning, and by no rule: nothing counts until it is kept. Some are reasons, others are none.")
    )
    known = rules.edited()
    for place, each in enumerate(found):
        with st.container(border=True, key=f"group_{place}"):
            _about(each)
            _accept(known, each, place)


def _about(proposal: Proposal) -> None:
    with st.container(gap="xsmall"):
        st.text(" · ".join(proposal.label))
        for text in proposal.typical:
            st.text(f"•  {text[:LONGEST]}")
    told = several("1 comment.", "{n} comments.", n=proposal.comments)
    shares = {"taken": proposal.taken, "found": proposal.found}
    of = _("{taken:.0%} of what all these words take is of this group, {found:.0%} of the group has one.", **shares)
    st.caption(f"{told} {of}")


def _accept(known: Rules, proposal: Proposal, place: int) -> None:
    words, name, into = (keys.of_widget(f"group_{what}_{place}") for what in ("words", "name", "into"))
    labels = {theme.key: str(theme.called) for theme in known.themes}
    st.multiselect(_("Words that tell it"), proposal.rule, default=proposal.rule, key=words.name)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Name of the reason"), max_chars=LONGEST_NAME, key=name.name)
        how = {"index": None, "format_func": labels.get, "placeholder": _("a new one")}
        st.selectbox(_("or more words for"), list(labels), key=into.name, **how)
        does = {"on_click": _take, "args": (words, name, into), "icon": ":material/add:"}
        st.button(_("Try it"), key=f"group_take_{place}", **does)


def _take(words: keys.Key, name: keys.Key, into: keys.Key) -> None:
    given = {"language": rules_themes.language_shown(), "texts": words.get() or ()}
    if key := into.get():
        rules.change(partial(editing.with_words, key=key, **given))
    else:
        rules.change(lambda known: editing.with_theme(known, rules.plain(name.get() or ""), **given))
