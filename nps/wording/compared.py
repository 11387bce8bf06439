"""Some answers against others, as sentences: groups, periods, and what sets a selection apart."""

import numpy as np
import pandas as pd

from nps.measures.change import Total
from nps.measures.rules import CHANCE_BELOW, MIN_SHOWN, NEAR
from nps.measures.score import POINTS, Difference
from nps.wording.words import percent, points, signed

MOST_NAMED = 5


def versus(difference: Difference) -> str:
    """The selection against everyone else, when scores can be compared."""
    if np.isnan(difference.points):
        return ""
    more, sure = "above" if difference.points > 0 else "below", _sureness(difference.p)
    span = f"{signed(difference.low)} to {signed(difference.high)}"
    return f"{abs(round(difference.points))} points {more} everyone else ({span}), {sure}"


def versus_previous(difference: Difference) -> str:
    """The score against the period before."""
    if np.isnan(difference.points):
        return "The period before has no answers to compare with."
    more, sure = "above" if difference.points > 0 else "below", _sureness(difference.p)
    known = "" if np.isnan(difference.p) else f", p = {difference.p:.3f}"
    span = f"{signed(difference.low)} to {signed(difference.high)}{known}"
    return f"{abs(difference.points):.0f} points {more} the period before, as many days ({span}): {sure}."


def _sureness(p: float) -> str:
    if np.isnan(p):
        return "all from one account or person, so nobody can tell whether it is chance"
    return "more than chance would explain" if p < CHANCE_BELOW else "no more than chance would explain"


def of_around(row: pd.Series, value: str) -> str:
    """One value against everyone else, before or after a day."""
    if np.isnan(row["points"]) or row["responses"] < MIN_SHOWN:
        return f"{row['when'].capitalize()}: too few answers ({row['responses']:,})."
    more, sure = "above" if row["points"] > 0 else "below", _sureness(row["p"])
    return (
        f"{row['when'].capitalize()}: {value} scored {abs(row['points']):.0f} points {more} everyone else "
        f"({points(row['nps'])} against {points(row['nps_rest'])}, n = {row['responses']:,}, "
        f"{signed(row['low'])} to {signed(row['high'])}): {sure}."
    )


def of_change(total: Total, segment: str) -> str:
    """What a bridge shows."""
    return (
        f"From {points(total.before)} to {points(total.after)}, {signed(total.change)} points: "
        f"{signed(total.mix)} because other groups by {segment} answered "
        f"({signed(total.mix_low)} to {signed(total.mix_high)}), "
        f"{signed(total.rate)} because groups scored differently "
        f"({signed(total.rate_low)} to {signed(total.rate_high)})."
    )


def of_apart(row: pd.Series) -> str:
    """What a selection holds more or less of than everyone else."""
    if row["is_feature"]:
        others = max(row["share"] - row["difference"], 0.0)
        return f"{row['value']}: used by {percent(row['share'])} of them, by {percent(others)} of others as active"
    said = f"{row['what'].capitalize()} {row['value']}"
    return f"{said}: {percent(row['share'])} of them, {percent(row['share_rest'])} of everyone else"


def of_segment(name: str, frame: pd.DataFrame) -> str:
    """What a chart of one segment shows."""
    alike = frame.loc[frame["near_zero"] & ~frame["flagged"], "value"].tolist()
    more = f" and {len(alike) - MOST_NAMED} more" if len(alike) > MOST_NAMED else ""
    near = f"less than {POINTS * NEAR:.0f} points away"
    same = f" Practically as everyone else ({near}): {', '.join(alike[:MOST_NAMED])}{more}."
    alone = frame["low"].isna() & frame["nps"].notna() & (frame["responses"] >= MIN_SHOWN)
    single = " A group whose answers are all of one account or person has no interval and is not tested."
    said = _of_segment({name: frame}) or "No group clearly differs from everyone else."
    return said + same * bool(alike) + single * bool(alone.any())


def _of_segment(segments: dict[str, pd.DataFrame]) -> str:
    flagged = pd.concat(
        [frame[frame["flagged"]].assign(what=name) for name, frame in segments.items()] or [pd.DataFrame()]
    )
    if flagged.empty:
        return ""
    overall = {name: np.average(frame["nps"].fillna(0), weights=frame["responses"]) for name, frame in segments.items()}
    gap = flagged["shrunk"] - flagged["what"].map(overall)
    row = flagged.iloc[int(gap.abs().argmax())]
    frame = segments[row["what"]]
    others = frame[frame["value"] != row["value"]]
    rest = np.average(others["nps"].fillna(0), weights=others["responses"])
    more = "above" if row["nps"] > rest else "below"
    return (
        f"{row['what'].capitalize()} {row['value']} scores {abs(row['nps'] - rest):.0f} points {more} everyone else "
        f"({points(row['nps'])} against {points(rest)}, n = {row['responses']:,})."
    )
