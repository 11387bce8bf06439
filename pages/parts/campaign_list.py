"""How the people of a campaign leave: a list in the layout of another tool, or handed over to a CRM."""

import pandas as pd
import streamlit as st

import nps
from nps.wording import _, names, several
from pages.parts import show
from pages.session import access, reaching
from pages.session.campaigning import Campaign
from pages.session.reaching import Wanted

MIMES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def leaves(panel: nps.Panel, one: Campaign) -> None:
    """A list and a hand-over, once it runs: the contact rules are asked when it leaves."""
    if one.state != "running":
        st.info(_("Lists leave once the campaign is started."), icon=":material/info:")
        return
    known = reaching.known_now(panel)
    allowed, _removed = reaching.waiting(one, known)
    wanted = _wanted()
    for told in reaching.to_know(allowed.rename(columns={"person_id": "person"}), wanted.layout):
        st.warning(str(told), icon=":material/warning:")
    label = several("Download 1 person", "Download {n} people", n=len(allowed))
    ending = "xlsx" if wanted.excel else "csv"
    how = {"type": "primary", "disabled": allowed.empty}
    file = f"campaign-{wanted.layout}.{ending}"
    show.download(label, file, MIMES[ending], reaching.list_file(one, wanted, known), "campaign_list_file", **how)
    st.caption(
        _(
            "Who waits to be contacted, as far as the contact rules allow when it leaves. It is written down in the "
            "audit. Say who was contacted under People: a list does not know."
        )
    )
    if access.works():
        _hand_over(one, known)


def _wanted() -> Wanted:
    """The layout, the kind of file, and the columns."""
    layouts = {code: names.layout(code) for code in reaching.LAYOUTS}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        layout = st.selectbox(_("For"), [*layouts], format_func=layouts.get, key="list_layout", width=260)
        plain = st.toggle(_("Without names"), key="list_nameless", help=_("Ids as marks; no name, e-mail or comment"))
        kinds = {"csv": _("CSV"), "excel": _("Excel")}
        takes = reaching.LAYOUTS[layout].excel
        kind = st.radio(
            _("File"), [*kinds], format_func=kinds.get, key="list_kind", horizontal=True, disabled=not takes
        )
    wanted = Wanted(layout, excel=takes and kind == "excel", marked=layout == "list", without_names=plain)
    offered = [*reaching.columns(wanted)]
    label, everything = _("Columns"), _("All of them")
    chosen = st.multiselect(label, offered, key=f"list_columns_{layout}_{plain}", placeholder=everything)
    return wanted._replace(columns=tuple(chosen))


def _hand_over(one: Campaign, known: pd.DataFrame) -> None:
    channels = {each.id: each.name for each in reaching.crms()}
    show.heading(_("Hand over to a CRM"))
    if not channels:
        st.caption(_("No HubSpot or Salesforce channel is set up."))
        return
    with st.form("hand_over", border=True):
        st.selectbox(_("Channel"), [*channels], format_func=channels.get, key="hand_over_channel")
        st.text_input(_("Subject of the task"), one.name, key="hand_over_subject", max_chars=80)
        sends = {"on_click": reaching.hand_over, "args": (one, known, "hand_over_channel", "hand_over_subject")}
        st.form_submit_button(_("Hand them over"), key="hand_over_send", **sends)
    st.caption(_("Each becomes a contact with a task there. What did not arrive is told at the person."))
