"""Which features go with high and low scores, or with leaving, fairly compared."""

import streamlit as st

from nps.charts import features
from nps.wording import _, verdicts
from pages.parts import feature, feature_table, outcomes, show
from pages.session import data

chosen = data.chosen()
show.needs_usage(chosen.panel)
outcome = outcomes.outcome(chosen)
frame = verdicts.told(chosen.by_feature(outcome))
kinds = sorted(frame["kind"].unique())
if len(kinds) > 1:  # they come from the file: options, not buttons
    wanted = st.multiselect(_("Kind"), kinds, default=kinds, key="kinds")
    frame = frame[frame["kind"].isin(wanted or kinds)]
if outcome == "score" and not chosen.selection.region.all_scores:
    st.info(_("Scores inside a selection of scores say nothing. Below: how much the selection uses each feature."))
    if frame["reach_difference"].notna().any():
        st.altair_chart(features.reach(frame), key="feature_reach")
        st.caption(_("Bar: share of the selection that uses it. Tick: others who are as active."))
    else:
        st.info(_("Too few people on one side for a fair comparison: 20 selected and 20 others are needed."))
elif frame["adjusted"].notna().any():
    show.bullet(verdicts.of_features(frame, chosen.fair(outcome), outcome))
    labels = {"fair": _("Fair comparison"), "quadrant": _("Invest or sunset")}
    view = show.choice(_("View"), labels, key="feature_view")
    charts = {"fair": features.comparison, "quadrant": features.quadrant}
    st.altair_chart(charts[view](frame, outcome), key=f"feature_{view}_{outcome}")
    st.caption(outcomes.explained(view, outcome, chosen))
else:
    st.info(_("No feature has 20 users and 20 others to compare them with."))
outcomes.adjustment(chosen, outcome)
show.undated(chosen.unplaced)
feature_table.features(frame)
if outcome == "churn":
    show.how(chosen.per_person, "left", "leaving", "kappa", "holds", "partner", "verdict", "reach")
else:
    show.how(chosen, "score", "interval", "adjusted", "naive", "kappa", "holds", "partner", "verdict", "reach", "use")
code = feature.pick(frame["label"].tolist(), frame)
if code is not None:
    feature.look_into(chosen, code, outcome)
