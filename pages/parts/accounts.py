"""What is told of accounts all together: that there are none, what they think, and how it is counted."""

import pandas as pd
import streamlit as st

import nps
from nps.chosen.watched import Watched
from nps.measures import accounts as measured
from nps.measures.accounts import Makers
from nps.measures.rules import MIN_BOTH, MIN_MAKERS
from nps.measures.weights import Weighted
from nps.wording import _, several, words
from nps.wording import accounts as wording
from pages.parts import counted, show
from pages.session import stopped, views, watching

WEIGHTS = ("answer", "account", "revenue")


def nothing(chosen: nps.Chosen) -> None:
    """Stop here, and say what to add, where no account is known."""
    if chosen.panel.accounts.table.empty:
        show.headline(_("No account is known."))
        st.info(
            _("Add a list of accounts, or a column with the account to the responses or to the people."),
            icon=":material/upload_file:",
        )
        st.page_link("data.py", label=_("Add them on the Data page"), icon=":material/upload_file:")
        stopped.stop()


@views.shared
def _weighted(chosen: nps.Chosen) -> dict[str, Weighted]:
    return {by: chosen.weighted(by) for by in WEIGHTS}


@views.shared
def _makers(chosen: nps.Chosen, roles: tuple[str, ...]) -> Makers:
    return chosen.makers_against_users(roles)


def together(chosen: nps.Chosen) -> None:
    """What accounts think: each answer, each account, and each amount of revenue as a vote; who decides, who uses."""
    show.heading(_("What they think"))
    if not chosen.selection.region.all_scores:
        st.caption(_("People chosen by their scores have no NPS to compare."))
        return
    found = _weighted(chosen)
    labels = {
        "answer": (_("NPS by people"), _("Each person has a vote")),
        "account": (_("NPS by accounts"), _("Each account has a vote, which its people share")),
        "revenue": (_("NPS by revenue"), _("Each account has as many votes as it pays")),
    }
    with st.grid(4, min_column_width=150):
        for by, (label, help) in labels.items():
            value, beside = wording.weighted(found[by])
            show.figure(label, value, beside=beside, help=help)
        _difference(chosen, watching.settings().makers)
    table = chosen.panel.accounts.table
    if account := measured.decides(table["revenue"]):
        name = table.loc[account, "account"]
        told = {"account": name if isinstance(name, str) else account}
        show.text(_("One account decides the NPS by revenue: {account} has over 30% of it.", **told))


def _difference(chosen: nps.Chosen, roles: tuple[str, ...]) -> None:
    """Those who decide against those who use, in the same accounts."""
    found = _makers(chosen, roles)
    told = _("NPS of those who decide less that of others, in the {n} accounts with both.", n=found.accounts)
    need = _("It needs {n} accounts with both, and {of} answers of each.", n=MIN_BOTH, of=MIN_MAKERS)
    if pd.notna(found.difference):
        beside = words.between(found.low, found.high)
    elif roles:
        beside = several("1 account has both", "{n} accounts have both", n=found.accounts)
    else:
        beside = _("choose who decides above")
    label = _("Who decides, against who uses")
    show.figure(label, words.signed(found.difference), beside=beside, help=f"{told} {need}")


def basis(chosen: nps.Chosen, watched: Watched | None) -> None:
    """What follows the filters, and what does not."""
    told = [_("Answers are those under the filters, each person once, by the latest.")]
    if n := chosen.left_out:
        told.append(
            several(
                "1 account is left out, as the filters are about people and nobody of it is known.",
                "{n} accounts are left out, as the filters are about people and nobody of them is known.",
                n=n,
            )
        )
    if watched:
        told.append(
            _(
                "Use, health and lists are of all that is known up to {day}; plan, seats and renewal are today’s.",
                day=watched.weekly.as_of,
            )
        )
    else:
        told.append(watching.missing(chosen.panel) or "")
    st.caption(" ".join(told))
    if watched:
        counted.how(chosen, "pace", "listed", "health", "foretold", "divided")
    else:
        counted.how(chosen, "score", "interval", "divided")
