"""What viewers see of features: users against everyone else."""

import streamlit as st

from nps.measures.rules import MIN_SHOWN
from nps.wording import _, several
from pages.parts import show, tables
from workspace.privacy.figures import Figures


def by_feature(found: Figures) -> None:
    """Who used a feature against everyone else, not adjusted for how active they are."""
    frame = found.features
    listed = several("1 feature can be shown", "{n} features can be shown", n=len(frame))
    show.headline(listed if len(frame) else _("No feature can be shown."))
    st.caption(
        _(
            "Users against everyone else, whatever else sets them apart: who uses more is often happier, too. "
            "A feature is listed where each group of its users, and of everyone else, holds nobody or at least five."
        )
    )
    if len(frame):
        few = (frame[["responses", "others"]] < MIN_SHOWN).any(axis=1)
        apart = ["nps_others", "points", "points_low", "points_high"]
        enough = tables.enough(frame).assign(**{name: frame[name].mask(few) for name in apart})
        tables.table(enough[[*_compared()]], _compared(), "feature_table")


def _compared() -> tables.Columns:
    return {
        "label": _("Feature"),
        "responses": tables.figure(_("Users")),
        "nps": tables.figure("NPS", "%.0f"),
        "others": tables.figure(_("Everyone else")),
        "nps_others": tables.figure(_("NPS of everyone else"), "%.0f"),
        "points": tables.figure(_("Difference"), "%+.0f"),
        "points_low": tables.figure(_("Interval from"), "%+.0f"),
        "points_high": tables.figure(_("to"), "%+.0f"),
    }
