"""Who did what and when: the audit, for administrators."""

import pandas as pd
import streamlit as st

from nps.wording import _, several
from pages.parts import show, tables
from pages.session import team

MOST = 5_000


def audit() -> None:
    """The latest rows, narrowed to whom and what is wanted; whether all is as it was written; the rows as CSV."""
    rows = team.audited(MOST)
    show.headline(several("1 thing was done", "{n} things were done", n=int(rows["n"].max()) if len(rows) else 0))
    _verify()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = st.multiselect(_("Who"), sorted(rows["who"].unique()), key="audit_who", placeholder=_("Everybody"))
        did = st.multiselect(_("Did what"), sorted(rows["did"].unique()), key="audit_did", placeholder=_("Anything"))
    found = rows[rows["who"].isin(who or rows["who"]) & rows["did"].isin(did or rows["did"])]
    tables.table(found, _columns(), "audit", _("Audit"))
    if len(rows) == MOST:
        st.caption(_("The latest {n}; `python -m workspace audit` has them all.", n=MOST))
    show.people_file(_("Download these rows"), lambda: _plain(found), "audit.csv", "download_audit")


def _columns() -> tables.Columns:
    return {
        "n": tables.figure(_("Row"), width="small"),
        "at": st.column_config.DatetimeColumn(_("When"), format="YYYY-MM-DD HH:mm:ss"),
        "who": _("Who"),
        "did": _("Did what"),
        "about": st.column_config.TextColumn(_("About"), width="large"),
    }


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(at=rows["at"].dt.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _verify() -> None:
    if not st.button(_("Check that nothing was changed"), icon=":material/verified_user:", key="audit_verify"):
        return
    found = team.checked()
    if found.broken is not None:
        show.problem(_("Row {n} is not as it was written.", n=found.broken))
        return
    whole = several("1 row is as it was written.", "{n} rows are as they were written.", n=found.rows)
    st.success(whole)
    st.caption(_("Note the last hash elsewhere: that the latest rows were cut off, only it can show."))
    st.code(found.last, language=None)
