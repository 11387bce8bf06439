"""The people of a campaign: where each stands, as a board or a table, and what can be done about them."""

import pandas as pd
import streamlit as st

import nps
from nps.wording import _, names
from pages.parts import called, campaign_board, changing, choose, owners, picked, show
from pages.session import access, campaigning, following, keys, links
from pages.session.campaigning import Campaign

HELD_BACK, OVERDUE, EVERYBODY = "held back", "overdue", "all"


def people(panel: nps.Panel, one: Campaign, board: dict[str, int]) -> None:
    """Filters, the list or the board, and of who is ticked the form and the history."""
    rows = campaigning.people(one.id).assign(kind="member", id="", campaign=one.id)
    rows = rows.assign(account=called.accounts(panel, rows["account_id"]))
    with st.container(horizontal=True, vertical_alignment="center"):
        way = _way()
        shown = _filtered(rows, board) if way == "table" else rows
    ticked = campaign_board.board(rows[rows["arm"] != HELD_BACK], board) if way == "board" else _table(shown)
    if ticked.empty:
        st.caption(_("Choose somebody to change where they stand."))
        return
    if (ticked["arm"] == HELD_BACK).any():
        st.caption(_("Who is held back is not contacted: the others are compared with them."))
    if access.works():
        changing.form(ticked, following.STATUSES, "members")
    if len(ticked) == 1:
        _one(one, ticked.iloc[0])


def _way() -> str:
    ways = {"table": _("Table"), "board": _("Board")}
    return choose.choice(_("Shown as"), ways, key="members_as", label_visibility="collapsed", persist_state="session")


def _filtered(rows: pd.DataFrame, board: dict[str, int]) -> pd.DataFrame:
    """By where they stand, and by words of a name, an address or an account."""
    counts = {EVERYBODY: len(rows), **board, OVERDUE: int(rows["overdue"].sum())}
    counts[HELD_BACK] = int((rows["arm"] == HELD_BACK).sum())
    labels = {EVERYBODY: _("Everybody"), OVERDUE: _("Overdue")}
    offered = {
        code: f"{labels.get(code) or names.followed(code)} {n}" for code, n in counts.items() if n or code == EVERYBODY
    }
    key = keys.of_widget("members_which")
    key.fit(offered)
    how = {"format_func": offered.get, "default": EVERYBODY, "required": True, "key": key.name}
    wanted = st.pills(_("Only"), [*offered], label_visibility="collapsed", **how)
    words = st.text_input(
        _("Search"), key="members_search", placeholder=_("A name, an address, an account"), label_visibility="collapsed"
    )
    found = _where(rows, wanted)
    sought = words.strip().casefold()
    cells = found[["person_id", "name", "email", "account_id", "account"]].astype("string").fillna("")
    held = cells.apply(lambda column: column.str.casefold().str.contains(sought, regex=False)).any(axis=1)
    return found[held.to_numpy(bool)] if sought else found


def _where(rows: pd.DataFrame, wanted: str) -> pd.DataFrame:
    if wanted == EVERYBODY:
        return rows
    if wanted == OVERDUE:
        return rows[rows["overdue"]]
    held = rows["arm"] == HELD_BACK
    return rows[held] if wanted == HELD_BACK else rows[~held & (rows["status"] == wanted)]


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    known = owners.names()
    status = rows["status"].map(names.followed).where(rows["arm"] != HELD_BACK, names.followed(HELD_BACK))
    told = rows.assign(
        name=rows["name"].where(rows["name"].notna(), rows["person_id"]),
        status=status,
        due=pd.to_datetime(rows["due"]),
        when=rows["overdue"].map({True: _("overdue")}),
        owner=rows["owner"].map(lambda each: owners.called(each, known)),
        contacted_at=pd.to_datetime(rows["contacted_at"]),
    )
    columns = {
        "name": st.column_config.TextColumn(_("Person"), width=180),
        "account": st.column_config.TextColumn(_("Account"), width=180),
        "score": st.column_config.NumberColumn(_("Score"), width=60),
        "status": st.column_config.TextColumn(_("Status"), width=110),
        "trouble": st.column_config.TextColumn(_("Did not arrive"), width=200),
        "cause": st.column_config.TextColumn(_("Cause"), width=200),
        "owner": st.column_config.TextColumn(_("Owner"), width=130),
        "due": st.column_config.DateColumn(_("Due"), width=100),
        "when": st.column_config.TextColumn("", width=80),
        "contacted_at": st.column_config.DateColumn(_("Contacted"), width=100),
    }
    ids, wide = rows["person_id"].tolist(), ("name", "account", "cause")
    return rows.iloc[picked.table(told, ids, columns, "members", _("People of the campaign"), wide=wide)]


def _one(one: Campaign, row: pd.Series) -> None:
    """The way to somebody, what to write to them, and what came of it."""
    how = {"icon": ":material/person:", "type": "tertiary", "key": "member_person"}
    st.button(_("The person"), on_click=links.go_to_person, args=(row["person_id"],), **how)
    if one.message and row["arm"] != HELD_BACK:
        show.heading(_("Message"))
        st.code(campaign_board.message(one, row), language=None, wrap_lines=True)
    changing.history(row, "members")
