"""Which features go with high and low scores, fairly compared."""

import streamlit as st

from nps.charts import features
from nps.measures import cells, words
from pages import _shared, _show

chosen = _shared.chosen()
_show.needs_usage(chosen.panel)
frame = chosen.by_feature()
frame.insert(0, "label", cells.feature_labels(frame))
kinds = sorted(frame["kind"].unique())
if len(kinds) > 1:
    wanted = st.segmented_control("Kind", kinds, selection_mode="multi", default=kinds, key="kinds")
    frame = frame[frame["kind"].isin(wanted or kinds)]
if not chosen.selection.region.all_scores:
    st.info("Scores inside a selection of scores say nothing. Below: how much the selection uses each feature.")
    if frame["reach_difference"].notna().any():
        st.altair_chart(features.reach(frame), key="feature_reach")
        st.caption("Bar: share of the selection that uses it. Tick: others who are as active.")
    else:
        st.info("Too few people on one side for a fair comparison: 20 selected and 20 others are needed.")
elif frame["adjusted"].notna().any():
    _show.bullet(words.of_features(frame))
    st.altair_chart(features.comparison(frame), key="feature_comparison")
    st.caption(
        "Dot: users against others who are as active, with its 95% interval. Tick: users against everybody else, "
        "which flatters whatever active people use. In full colour: differences that hold even if a tenth of that "
        "flattery were left. This shows what goes together, not what causes what."
    )
else:
    st.info("No feature has 20 users and 20 others to compare them with.")
_show.features(frame)
