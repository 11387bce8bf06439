"""Which surveys there are, who moved between two answers, and other ways to count."""

import pandas as pd
import streamlit as st

import nps
from nps.measures import repeats
from nps.wording import _, answering, names, several, words
from pages.parts import counted, show, tables
from pages.session import views


def _survey_columns() -> tables.Columns:
    kinds = _("Relational: now and then, about all. Transactional: after something")
    return {
        "survey": _("Survey"),
        "kind": st.column_config.TextColumn(_("Kind"), help=kinds),
        "told_by": _("Told by"),
        "answers": tables.figure(_("Answers")),
        "people": tables.figure(_("People")),
        "first": st.column_config.DateColumn(_("First answer")),
        "last": st.column_config.DateColumn(_("Last answer")),
    }


def _moves_columns() -> tables.Columns:
    return {
        "before": _("From"),
        "after": _("To"),
        "moves": tables.figure(_("Times")),
        "share": tables.figure(_("Share of all"), "percent"),
        "share_of_before": tables.figure(_("Share of those who were"), "percent"),
    }


def _weighted_columns() -> tables.Columns:
    return {
        "way": _("Counted so that"),
        "nps": tables.figure("NPS", "%.0f"),
        "low": tables.figure(_("Interval from"), "%.0f"),
        "high": tables.figure(_("to"), "%.0f"),
        "responses": tables.figure(_("Answers")),
        "n_eff": tables.figure(_("Count like")),
        "clusters": tables.figure(_("Accounts or people")),
        "left_out": tables.figure(_("Left out")),
    }


def kinds(chosen: nps.Chosen) -> None:
    """Which surveys there are, and what kind each is."""
    known = chosen.panel.surveys
    called = {"survey": names.value, "kind": names.kind, "told_by": names.told_by}
    spoken = {column: known[column].map(say) for column, say in called.items()}
    tables.table(known.assign(**spoken), _survey_columns(), "survey_kinds")
    st.caption(
        _(
            "A relational survey asks everybody now and then, a transactional one asks after something happened; they "
            "measure different things. Told by a column with the survey's type, its name, or when people answer."
        )
    )


@views.shared
def _moved(chosen: nps.Chosen) -> tuple[repeats.Moved, pd.DataFrame] | None:
    """The mean change between two answers of a person, and from group to group; None where nobody answered twice."""
    moves = chosen.moves()
    return None if moves.empty else (chosen.mean_change(), repeats.movers(moves))


def moved(chosen: nps.Chosen) -> None:
    """From group to group between two answers of a person, and the mean change."""
    if (found := _moved(chosen)) is None:
        nobody = _("Nobody answered twice."), _("No answer has a date, so none is a later one.")
        st.caption(nobody[not chosen.panel.dated])
        return
    change, movers = found
    show.text(
        several(
            "1 person answered again, {moves} times. On average they moved by {points} points ({low} to {high}).",
            "{n} people answered again, {moves} times. On average they moved by {points} points ({low} to {high}).",
            n=change.people,
            moves=change.moves,
            points=words.signed(change.points),
            low=words.signed(change.low),
            high=words.signed(change.high),
        )
    )
    st.caption(answering.regression())
    called = {side: movers[side].map(names.group) for side in ("before", "after")}
    tables.table(movers.assign(**called), _moves_columns(), "movers")
    counted.how(chosen, "moves")


def weighted(chosen: nps.Chosen) -> None:
    """The raw score, and beside it the same answers counted by account and by revenue."""
    if not chosen.selection.region.all_scores:
        st.caption(_("They were chosen by their scores, so NPS says nothing of them."))
        return
    found = {names.weight(way): chosen.weighted(way) for way in ("answer", "account", "revenue")}
    rows = [{"way": label} | counted._asdict() for label, counted in found.items() if counted.responses]
    tables.table(tables.enough(pd.DataFrame(rows).round({"n_eff": 0})), _weighted_columns(), "weighted")
    st.caption(
        _(
            "“Count like” says how many equal answers the weighted ones count like; under 30 do not rely on NPS. Left "
            "out: no account known, or no revenue. The intervals allow for answers of one account being alike."
        )
    )
    counted.how(chosen, "weights", "interval")
