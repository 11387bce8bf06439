"""When a playbook does something: the fields for it."""

import streamlit as st

import nps
from nps.selection import Selection
from nps.wording import _
from pages.parts import playbook_said, show
from pages.session import playbook_options, playbooks
from pages.session.playbook_options import AS_IT_IS, EVERYBODY, NOW
from pages.session.playbooks import ALL_SCORES, Playbook, When


def when(panel: nps.Panel, playbook: Playbook, key: str) -> When:
    """What the fields say."""
    before = playbook.when
    called = playbook_said.kinds()
    kind = st.selectbox(_("When"), [*called], [*called].index(before.kind), format_func=called.get, key=f"{key}_kind")
    if kind == "health":
        st.caption(_("For the second week in a row, as the Accounts page tells it."))
        return When(kind)
    if kind == "digest":
        often = playbook_said.every()
        how = {"format_func": often.get, "key": f"{key}_every"}
        every = st.selectbox(_("How often"), [*often], [*often].index(before.every), **how)
        st.caption(_("The digest goes along with the message."))
        return When(kind, every=every)
    base = _base(panel, playbook, key)
    if kind == "score":
        st.caption(_("The weekly watch, as the Overview tells it; a rise is not told."))
        return When(kind, base.to_query())
    if kind == "silent":
        days = st.number_input(_("For so many days"), 1, playbooks.MOST_DAYS, before.days, key=f"{key}_days", width=200)
        return When(kind, base.to_query(), days=int(days))
    query, commented = _narrowed(panel, base, key), kind == "answer" and _commented(panel, before, key)
    return When(kind, query, commented=commented)


def _base(panel: nps.Panel, playbook: Playbook, key: str) -> Selection:
    """Whose answers: everybody's, what the line above says, an audience, a set, or as it was."""
    known = playbook_options.bases()
    called = {EVERYBODY: _("everybody")} | {
        code: name or _("whom filters and map select now") for code, (name, _of) in known.items()
    }
    if playbook.when.query:
        called = {AS_IT_IS: playbook_said.whom(panel, playbook.when), **called}
    chosen = st.selectbox(_("Whose"), [*called], format_func=called.get, key=f"{key}_whose")
    if chosen == AS_IT_IS:
        return Selection.from_query(playbook.when.query)
    found = known[chosen][1] if chosen in known else Selection()
    if chosen == NOW:
        show.text(str(found.describe(panel.measure, panel)))
    return found


def _commented(panel: nps.Panel, before: When, key: str) -> bool:
    """Whether only answers with a comment are meant; where nobody wrote anything, it is not asked."""
    if panel.answers["comment"].isna().all():
        return False
    return st.checkbox(_("Only with a comment"), before.commented, key=f"{key}_commented")


def _narrowed(panel: nps.Panel, base: Selection, key: str) -> dict[str, list[str]]:
    """The same by score and reason."""
    scores = st.slider(_("Scores"), *ALL_SCORES, ALL_SCORES, key=f"{key}_scores")
    called = {theme.key: str(theme.called) for theme in panel.rules.themes}
    themes: list[str] = []
    if panel.answers["comment"].notna().any():
        how = {"format_func": called.get, "key": f"{key}_themes", "placeholder": _("Any, or none")}
        themes = st.multiselect(_("Reasons in the comment"), [*called], **how)
    return playbooks.query_of(base, scores, themes)
