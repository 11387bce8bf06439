"""Reasons, features and words as they are told: made once for everybody who may see them."""

import pandas as pd

import nps
from nps.measures import writers
from nps.measures.rules import MIN_SHOWN
from nps.wording import reasons
from pages.session import views


def around(chosen: nps.Chosen, *says: str) -> nps.Chosen:
    """The same people, whatever they say: without the filters of these kinds."""
    return chosen.panel.select(chosen.selection.changed(**dict.fromkeys(says, ()))).per_person


@views.shared
def themes(chosen: nps.Chosen) -> pd.DataFrame:
    """The reasons that anybody gives as they are told, each with its months."""
    frame, months = chosen.reasons(), chosen.reasons_trend("month")
    known = months[months["commenters"] >= MIN_SHOWN].groupby("theme", sort=False)["share"].agg(list)
    named = frame["name"].where(frame["theme"] != "", reasons.theme(chosen.panel.rules, ""))
    pinned = frame["theme"].isin([theme.key for theme in chosen.panel.rules.read if theme.pinned])
    anybody = (frame["people"] > 0) | (frame["share_rest"] > 0) | pinned
    return _told(chosen, frame.assign(name=named, months=frame["theme"].map(known))[anybody])


@views.shared
def mentions(chosen: nps.Chosen) -> pd.DataFrame:
    """The features that are named, and those that are used and never named."""
    frame = chosen.mentions()
    named = frame[(frame["people"] > 0) | (frame["verdict"] != "")]
    return _told(chosen, named.assign(name=named["feature"]))


@views.shared
def terms(chosen: nps.Chosen) -> pd.DataFrame:
    """The words that more of one side's comments hold than of the other's."""
    frame = chosen.words_apart()
    return frame.assign(sure=[reasons.sure(q) for q in frame["q"]])


def _told(chosen: nps.Chosen, frame: pd.DataFrame) -> pd.DataFrame:
    """With how sure a difference is, the interval and the two groups in words; without what too few people tell."""
    shares = frame[["share", "low", "high"]]
    if writers.writers(chosen.cube, chosen.inside).selected < MIN_SHOWN:
        shares = shares.mask(shares.notna())
    return frame.assign(
        share=shares["share"],
        nps=frame["nps"].mask(frame["people"] < MIN_SHOWN),
        span=["" if pd.isna(row.low) else reasons.span(row.low, row.high) for row in shares.itertuples()],
        sure=[reasons.sure(row.q) if row.flagged else "" for row in frame.itertuples()],
        **{f"{group}_said": _of(frame[group], frame[f"of_{group}"]) for group in ("detractors", "promoters")},
    )


def _of(people: pd.Series, of: pd.Series) -> list[str]:
    return [reasons.of_side(int(n), int(all_of)) for n, all_of in zip(people, of, strict=True)]


@views.shared
def apart(chosen: nps.Chosen, most: int) -> list[str]:
    """In how much reasons and features named set the sides apart, the surest first."""
    frames = [frame[frame["flagged"]] for frame in (themes(chosen), mentions(chosen))]
    differ = pd.concat(frames).sort_values("q", kind="stable").head(most)
    return [reasons.apart(row, row["name"], chosen.between) for _place, row in differ.iterrows()]
