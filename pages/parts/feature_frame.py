"""The comparison of features with all that is said and drawn of it: made once for everybody who may see it."""

import pandas as pd

import nps
from nps.charts import interval
from nps.wording import _, names, reasons, verdicts, words
from pages.session import views

ROLE = "role"


@views.shared
def compared(chosen: nps.Chosen, outcome: str) -> pd.DataFrame:
    """The comparison with what is said of it; besides, who uses each most, and a picture of the difference."""
    found = chosen.by_feature(outcome)
    frame = verdicts.told(found).assign(group=found["verdict"], judged=found["verdict"].notna())
    if not chosen.selection.region.all_scores:
        frame["nps"] = float("nan")
    frame["expected"] = (frame["reach"] - frame["reach_difference"]).clip(0, 1)
    if ROLE in chosen.panel.segments:
        most = chosen.most_used_by(ROLE)
        named = [_who(*each) for each in most.itertuples(index=False)]
        frame["most"] = pd.Series(named, frame.index, dtype=object)
    named = chosen.mentions().set_index(["kind", "feature"])
    frame["named"] = [
        reasons.few_named(named.loc[feature]) for feature in zip(frame["kind"], frame["feature"], strict=True)
    ]
    spans = [words.between(*each) for each in frame[["low", "high"]].itertuples(index=False)]
    span = pd.Series(spans, frame.index, dtype=object).where(frame["low"].notna())
    return frame.assign(picture=interval.pictures(frame), span=span)


def _who(value: str | None, share: float) -> str | None:
    return None if value is None else _("{value} · {share:.0%}", value=names.value(value), share=share)


def by_use(chosen: nps.Chosen, outcome: str) -> bool:
    """Whether use is compared and nothing else: where people were chosen by their scores."""
    return outcome == "score" and not chosen.selection.region.all_scores
