"""The campaigns of the data at hand: a row each, which a click opens."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nps.wording import _, names, several
from pages.parts import contact_rules, owners, show, tables
from pages.session import campaigning, keys
from pages.session.campaigning import Campaign

SHOWN = keys.of_widget("campaign_shown")
DONE = ("resolved", "no answer")


def opened() -> Campaign | None:
    """The one that is looked into; a link may ask for one that is gone."""
    wanted = SHOWN.get()
    one = campaigning.found(wanted) if wanted else None
    if one is None:
        SHOWN.take()
    return one


def listed(above: DeltaGenerator) -> None:
    """All of them, with how far each is."""
    known = campaigning.listed()
    contact_rules.of_data()
    with above:
        running = sum(each.state == "running" for each in known)
        none = _("No campaign yet") if not known else _("No campaign runs")
        told = _("Each writes to whom it was made for, as far as the contact rules allow")
        show.headline(several("1 campaign runs", "{n} campaigns run", n=running) if running else none, told)
    if not known:
        st.info(
            _("Select people on the map, or on a list of people or accounts, and choose “Follow up”."),
            icon=":material/campaign:",
        )
        st.page_link("usage_map.py", label=_("Open the map"), icon=":material/scatter_plot:")
        return
    ids = [each.id for each in known]
    tables.table(_rows(known), _columns(), "campaigns", _("Campaigns"), opens=lambda place: SHOWN.put(ids[place]))


def _rows(known: list[Campaign]) -> pd.DataFrame:
    called, boards = owners.names(), campaigning.boards(known)
    done = [sum(board[status] for status in DONE) / max(sum(board.values()), 1) for board in boards]
    return pd.DataFrame(
        {
            "name": [each.name for each in known],
            "state": [names.followed(each.state) for each in known],
            "people": [sum(board.values()) for board in boards],
            "waiting": [board["to contact"] for board in boards],
            "done": done,
            "due": pd.to_datetime(pd.Series([each.due for each in known], dtype=object)),
            "owner": [owners.called(each.owner, called) for each in known],
            "why": [each.why for each in known],
        }
    )


def _columns() -> tables.Columns:
    return {
        "name": st.column_config.TextColumn(_("Campaign"), width="medium"),
        "state": st.column_config.TextColumn(_("State"), width=90),
        "people": tables.figure(_("People"), width=80),
        "waiting": tables.figure(_("To contact"), width=90),
        "done": st.column_config.ProgressColumn(_("Done"), format="percent", min_value=0, max_value=1, width=120),
        "due": st.column_config.DateColumn(_("Due"), width=100),
        "owner": st.column_config.TextColumn(_("Owner"), width=130),
        "why": st.column_config.TextColumn(_("Whom it is for"), width="large"),
    }
