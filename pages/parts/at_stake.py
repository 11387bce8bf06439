"""Revenue of accounts by plan or owner, and how much of it is of accounts that may leave."""

import pandas as pd
import streamlit as st

import nps
from nps.chosen import at_stake
from nps.chosen.watching import Watching
from nps.measures.stake import Stake
from nps.wording import _, names
from pages.parts import accounts_model, choose, show, tables
from pages.parts.asked import asked
from pages.session import views, watching

ALONE = ""  # all accounts are one group


@views.shared
def _groups(panel: nps.Panel, by: str, now: Watching) -> pd.DataFrame:
    watched = watching.watched(panel)
    group = watched.table[by] if by else pd.Series(_("All accounts"), watched.table.index)
    return at_stake.by_group(watched, group, now.rules)


@views.shared
def _foretold(panel: nps.Panel, now: Watching) -> Stake | None:
    watched = watching.watched(panel)
    return at_stake.foretold(watched, accounts_model.tried(watched, "churn", now))


def revenue(panel: nps.Panel) -> None:
    """A table of the groups there are; nothing where no account has a revenue."""
    table = panel.accounts.table
    if not table["revenue"].notna().any():
        return
    with asked(_("Revenue at stake"), "at_stake_opened", quick=len(table) <= accounts_model.FEW) as filled:
        if filled:
            _by_group(panel, watching.settings())


def _by_group(panel: nps.Panel, now: Watching) -> None:
    labels = {"plan": _("By plan"), "owner": _("By owner")}
    known = {by: label for by, label in labels.items() if panel.accounts.table[by].notna().any()}
    offered = known or {ALONE: _("All accounts")}
    by, *others = offered
    if others:
        by = choose.choice(_("Groups"), offered, key="stake_by", label_visibility="collapsed")
    frame = _groups(panel, by, now)
    called = frame["group"].map(lambda name: name if isinstance(name, str) else names.value("(none)"))
    tables.table(_filled(frame.assign(group=called)), _columns(), "at_stake", _("Revenue at stake"))
    if told := _foretold(panel, now):
        sums = {"sum": told.expected, "low": told.low, "high": told.high}
        shown = {name: show.number(value) for name, value in sums.items()}
        st.caption(
            _("The model expects {sum} to leave in what it foretells; in 8 of 10 cases {low} to {high}.", **shown)
        )
    st.caption(
        _("If the past repeats: the share of accounts that left since a year ago, or since it is known, of revenue.")
    )


def _filled(frame: pd.DataFrame) -> pd.DataFrame:
    past = [
        _(
            "{sum} ({low} to {high})",
            sum=show.number(row.expected),
            low=show.number(row.low),
            high=show.number(row.high),
        )
        if pd.notna(row.expected)
        else _("too few accounts")
        for row in frame.itertuples()
    ]
    left = [_("{left} of {before}", left=row.left, before=row.before) for row in frame.itertuples()]
    return frame.assign(past=past, gone=left)


def _columns() -> tables.Columns:
    largest = _("Of the revenue of the group, what one account has")
    return {
        "group": st.column_config.TextColumn(_("Group"), width=140),
        "accounts": tables.figure(_("Accounts"), width=84),
        "revenue": tables.figure(_("Revenue"), width=110, help=_("A year")),
        "largest": tables.figure(_("Largest"), "percent", width=80, help=largest),
        "listed": tables.figure(_("May leave"), width=84),
        "listed_revenue": tables.figure(_("Their revenue"), width=110),
        "gone": st.column_config.TextColumn(_("Left since"), width=100),
        "past": st.column_config.TextColumn(_("If the past repeats"), width=190),
    }
