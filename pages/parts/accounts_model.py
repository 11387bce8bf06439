"""The model of who leaves, or grows: shown only where it foretold better than the rule; else what is missing."""

import pandas as pd
import streamlit as st

from nps.chosen.watched import Watched
from nps.chosen.watching import Watching
from nps.measures.paired import Contest
from nps.measures.watch_model import WatchModel
from nps.wording import _, words
from pages.parts import show, tables
from pages.session import keys, views

OUTCOMES = {"leave": "churn", "grow": "expansion"}
FEW = 5_000  # accounts for which it is tried unasked
OPENED = keys.of_widget("watch_model")


@views.held
def tried(watched: Watched, outcome: str, now: Watching) -> WatchModel:
    """Whether a model of what is foretold is worth showing, and the model."""
    return watched.watch_model(outcome, now.rules)


def _model(watched: Watched, code: str, now: Watching) -> WatchModel | None:
    """What came of trying; None where it takes long, and nobody asked."""
    if len(watched.table) > FEW and not OPENED.get():
        return None
    with st.spinner(_("Trying a model on past quarters…")):
        return tried(watched, OUTCOMES[code], now)


def with_model(rows: pd.DataFrame, watched: Watched | None, code: str, now: Watching) -> pd.DataFrame:
    """A list with what a shown model foretells, and from what; else as it is."""
    found = _model(watched, code, now) if watched and code in OUTCOMES else None
    if found is None or not found.shown:
        return rows
    signals = watched.signals().loc[rows.index]
    why = ["; ".join(map(str, each)) for each in found.model.reasons(signals)]
    return rows.assign(foretold=found.model.probability(signals), why_model=why)


def model(watched: Watched, code: str, now: Watching) -> None:
    """A place to open: how well the model and the rule foretold, quarter by quarter."""
    label = _("A model of who left") if code == "leave" else _("A model of who grew")
    with st.expander(label, key=OPENED.name, icon=":material/query_stats:", on_change="rerun") as opened:
        if opened.open:
            _told(_model(watched, code, now), code)


def _told(found: WatchModel, code: str) -> None:
    if not found.shown:
        show.text(found.why_not)
    tested = found.tested
    if pd.notna(tested.first):
        st.caption(_contest(tested, code))
    if not found.shown:
        return
    show.heading(_("How many of each fifth it happened to"))
    tables.table(_fifths(found.fifths), _fifth_columns(), "model_fifths", _("Hits by fifth"))
    show.heading(_("Foretold against what came"))
    tables.table(found.calibration, _calibration_columns(), "model_calibration", _("Foretold against what came"))


def _contest(tested: Contest, code: str) -> str:
    """How often model and rule put the right one of two first."""
    told = {"model": f"{tested.first:.2f}", "rule": f"{tested.second:.2f}", "z": f"{tested.z:.1f}"}
    if code == "leave":
        return _(
            "Of two accounts, one that left and one that stayed, the model puts the one that left first in {model} "
            "of cases, the rule in {rule}; z = {z}. Each quarter was foretold from what was known before it.",
            **told,
        )
    return _(
        "Of two accounts, one that grew and one that did not, the model puts the one that grew first in {model} "
        "of cases, the rule in {rule}; z = {z}. Each quarter was foretold from what was known before it.",
        **told,
    )


def _fifths(frame: pd.DataFrame) -> pd.DataFrame:
    """By model and rule side by side, the likeliest fifth first."""
    called = {"model": _("Model"), "rule": _("Rule")}
    spans = [
        f"{words.percent(low)} – {words.percent(high)}" for low, high in zip(frame["low"], frame["high"], strict=True)
    ]
    frame = frame.assign(by=frame["by"].map(called), span=spans)
    return frame.sort_values(["fifth", "by"], ascending=[False, True], kind="stable")


def _fifth_columns() -> tables.Columns:
    return {
        "by": _("Ordered by"),
        "fifth": tables.figure(_("Fifth"), help=_("5: the likeliest")),
        "accounts": tables.figure(_("Accounts")),
        "left": tables.figure(_("Happened to")),
        "share": tables.figure(_("Share"), "percent"),
        "span": st.column_config.TextColumn(_("Between"), help=_("95% interval")),
        "lift": tables.figure(_("Times as many as on average"), "%.1f"),
    }


def _calibration_columns() -> tables.Columns:
    return {
        "fifth": tables.figure(_("Fifth")),
        "people": tables.figure(_("Accounts")),
        "predicted": tables.figure(_("Foretold"), "percent"),
        "observed": tables.figure(_("Came"), "percent"),
    }
