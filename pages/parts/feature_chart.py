"""The comparison of features as a chart: a click on a feature opens it."""

import pandas as pd
import streamlit as st

import nps
from nps.charts import features as charts
from nps.charts.vegalite import compiled
from nps.wording import _, features
from pages.parts import feature_table, outcomes, show, values
from pages.parts.feature_frame import by_use, compared
from pages.session import keys, screen, views

NARROW = 110  # pixels for names, on phones


@views.shared
def _chart(chosen: nps.Chosen, outcome: str, kinds: tuple[str, ...], limit: int) -> dict:
    frame = compared(chosen, outcome)
    frame = frame[frame["kind"].isin(kinds)]
    return compiled(charts.reach(frame, limit) if by_use(chosen, outcome) else charts.comparison(frame, outcome, limit))


def comparison(chosen: nps.Chosen, frame: pd.DataFrame, outcome: str) -> None:
    """The chart, how many features it draws, how to read it, and the numbers."""
    use = by_use(chosen, outcome)
    by = "reach_difference" if use else "adjusted"
    if frame[by].notna().any():
        st.caption(features.of_drawn(frame, charts.drawn(frame, by), by))
        spec = _chart(chosen, outcome, tuple(sorted(frame["kind"].unique())), NARROW if screen.narrow() else 220)
        key = f"feature_comparison_{outcome}"
        clicks = {"on_select": lambda: _picked(key, frame["label"].tolist()), "selection_mode": "feature"}
        show.chart("features", _("Features, fairly compared"), spec, key, **clicks)
        told = _("Bar: share of the selection that uses it. Tick: others who are as active. A click opens the feature.")
        st.caption(told if use else outcomes.explained(chosen))
    else:
        st.info(_("Too few people on one side for a fair comparison: 20 selected and 20 others are needed."))
    outcomes.adjustment(chosen, outcome)
    with st.expander(_("The numbers")):
        feature_table.features(frame)


def _picked(key: str, labels: list[str]) -> None:
    if (label := values.clicked(keys.of_widget(key).get(), "feature", "label")) in labels:
        keys.FEATURE.put(label)
