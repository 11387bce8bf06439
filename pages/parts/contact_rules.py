"""The contact rules of the data at hand: for how long people are left in peace, and whom nobody writes to at all."""

import streamlit as st

from nps.notes import note
from nps.wording import _, several
from pages.parts import popover
from pages.session import access, keys, opened, reaching

PEACE = ("peace_contact", "peace_survey", "peace_why")
NEVER = ("never_kind", "never_what", "never_why", "never_until")
AGAIN = ("again_kind", "again_what", "again_why")


def of_data() -> None:
    """All of them, to be opened; what weakens them is an administrator's."""
    with popover.opened(_("Contact rules"), "contact_rules", icon=":material/gavel:", type="tertiary") as is_open:
        if not is_open:
            return
        rules = reaching.rules()
        st.text(
            _(
                "Nobody is contacted who is erased, opted out or suppressed, has no e-mail or that of somebody else, "
                "is in another running campaign, was contacted by one within {days} days, or is in somebody’s hands.",
                days=rules.contact_days,
            )
        )
        n = len(reaching.suppressed())
        st.caption(several("1 is suppressed.", "{n} are suppressed.", n=n))
        if access.works():
            _suppress()
        if opened.may_delete():
            _lift()
            _peace(rules)


def _suppress() -> None:
    with st.form("never", border=True, clear_on_submit=True):
        kinds = {kind: _kind(kind) for kind in reaching.KINDS}
        st.selectbox(_("Never contact"), [*kinds], format_func=kinds.get, key=NEVER[0])
        st.text_input(_("Which"), key=NEVER[1], max_chars=254)
        st.text_input(_("Why"), key=NEVER[2], max_chars=reaching.LONGEST_WHY)
        st.date_input(_("Until"), value=None, key=NEVER[3], help=_("The last day; empty: for good"))
        st.form_submit_button(_("Suppress"), on_click=lambda: reaching.suppress(*_said(NEVER)), key="never_send")


def _lift() -> None:
    with st.form("again", border=True, clear_on_submit=True):
        kinds = {kind: _kind(kind) for kind in reaching.KINDS}
        st.selectbox(_("Allow again"), [*kinds], format_func=kinds.get, key=AGAIN[0])
        st.text_input(_("Which"), key=AGAIN[1], max_chars=254)
        st.text_input(_("Why"), key=AGAIN[2], max_chars=reaching.LONGEST_WHY)
        st.form_submit_button(_("Allow"), on_click=lambda: reaching.lift(*_said(AGAIN)), key="again_send")


def _peace(rules: reaching.Rules) -> None:
    with st.form("peace", border=True):
        label = _("Days in peace after a campaign contacted somebody")
        st.number_input(label, 0, 730, rules.contact_days, key=PEACE[0])
        label = _("Days in peace after they were asked or answered")
        st.number_input(label, 0, 730, rules.survey_days, key=PEACE[1], help=_("0: not looked at"))
        st.text_input(_("Why: it stands in the audit"), key=PEACE[2], max_chars=reaching.LONGEST_WHY)
        st.form_submit_button(_("Set"), on_click=lambda: reaching.set_rules(*_said(PEACE)), key="peace_send")


def _kind(kind: str) -> str:
    return str(note(f"suppressed.{kind.replace(' ', '_')}"))


def _said(names: tuple[str, ...]) -> list:
    """What stands in these widgets."""
    return [keys.of_widget(name).get() for name in names]
