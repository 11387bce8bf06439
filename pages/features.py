"""Which features go with high and low NPS, or with leaving, fairly compared; and one of them whole."""

from pages.parts import counted, feature, feature_frame, features
from pages.session import data, keys

chosen = data.chosen()
counted.needs_usage(chosen.panel)
outcome = keys.of_widget("outcome").get()
if outcome not in chosen.panel.outcomes:
    outcome = "score"
frame = feature_frame.compared(chosen, outcome)
opened = feature.opened(frame)
if opened is None:
    features.listed(chosen, outcome)
else:
    feature.look_into(chosen, opened, frame["label"].tolist(), outcome)
counted.undated(chosen.unplaced)
if outcome == "churn":
    counted.how(chosen.per_person, "left", "leaving", "kappa", "holds", "partner", "verdict", "reach")
elif feature_frame.by_use(chosen, outcome):
    counted.how(chosen, "reach", "use")
else:
    counted.how(chosen, "score", "interval", "adjusted", "naive", "kappa", "holds", "partner", "verdict", "reach")
