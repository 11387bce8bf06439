"""The digest: what it says today, as a file, and by mail."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nps
from nps import report
from nps.wording import _
from pages.parts import show, tables
from pages.session import channels, digest


def view(panel: nps.Panel, above: DeltaGenerator) -> None:
    """What it says, and where it can go; the headline stands above."""
    told = digest.told(panel)
    with above:
        show.headline(_("The digest"), _("Counts only, nobody’s name: for mail, or for a meeting."))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        make = digest.file(panel)
        show.download(_("Download as a page"), "digest.html", "text/html", make, "digest_file")
        _mail(panel)
    st.caption(_("To have it come by itself, make a playbook of a day, week or month that begins."))
    with st.container(border=True, key="digest"):
        show.text(told.first)
        st.caption(told.sure)
        _figures([each for each in told.blocks if isinstance(each, report.Figure)])
        for each in told.blocks:
            _block(each)


def _mail(panel: nps.Panel) -> None:
    known = channels.mailboxes()
    if not known:
        st.caption(_("To mail it, an administrator names a mailbox among the channels."))
        return
    to = st.selectbox(_("Mailbox"), [*known], format_func=known.get, key="digest_to", width=260)
    how = {"key": "digest_mail", "icon": ":material/mail:", "on_click": digest.mail}
    st.button(_("Mail it"), args=(panel, to, known), **how)


def _figures(blocks: list[report.Figure]) -> None:
    for place, each in zip(st.columns(len(blocks)), blocks, strict=True):
        with place:
            show.figure(each.label, each.value, beside=each.beside)


def _block(block: report.Block) -> None:
    if isinstance(block, report.Heading):
        show.heading(block.words)
    elif isinstance(block, report.Words):
        show.text(block.words)
    elif isinstance(block, report.Drawing):
        show.chart(f"digest_{block.name}", block.title, block.chart)
    elif isinstance(block, report.Listing):
        tables.table(block.rows, dict(block.columns), f"digest_{block.name}", block.title)
