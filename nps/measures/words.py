"""Numbers as plain sentences: each with its n, its interval and what it was compared with."""

from datetime import date

import numpy as np
import pandas as pd

from nps.measures.change import Total
from nps.measures.churn import Leavers
from nps.measures.likeness import Likeness
from nps.measures.nonresponse import Reweighted
from nps.measures.rules import CHANCE_BELOW, EXCELLENT, MIN_SHOWN, NEAR, WORLD_CLASS
from nps.measures.score import POINTS, Difference, Score, Z
from nps.selection import Repeats, Selection

MOST_NAMED = 5
MINUS = "\N{MINUS SIGN}"


def signed(points: float) -> str:
    """+21, −4 or 0; — when it is not known."""
    if np.isnan(points):
        return "—"
    rounded = round(points)
    return f"{'+' if rounded > 0 else MINUS if rounded < 0 else ''}{abs(rounded)}"


def points(value: float) -> str:
    """A score or a bound: 21, −4; — when it is not known."""
    return signed(value).removeprefix("+")


def percent(share: float) -> str:
    """A share 0..1 as 34%; nobody is 0% and everybody 100%, nothing else; — when it is not known."""
    if np.isnan(share):
        return "—"
    rounded = f"{100 * share:.0f}%"
    return {"0%": "under 1%", "100%": "over 99%"}.get(rounded, rounded) if 0 < share < 1 else rounded


def day(when: date) -> str:
    """3 August 2026."""
    return f"{when.day} {when:%B %Y}"


def interval(score: Score) -> str:
    """Between which scores the true one lies, and from how many answers."""
    if not score.responses:
        return "no answers"
    if np.isnan(score.low):
        return f"all from one account or person, so there is no interval; n = {score.responses:,}"
    return f"between {points(score.low)} and {points(score.high)} (95% interval), n = {score.responses:,}"


def before(days: int, dated: bool, what: str = "the answer") -> str:
    """Which use counts: that of so many days before an answer, and all of it where no answer has a date."""
    return f"in the {days} days before {what}" if dated else "at any time, as no answer has a date"


def basis(answers: int, selection: Selection, measure: str, window_days: int, dated: bool) -> str:
    """Whom the figures of a selection count, by which rule for repeats and in which window."""
    rule = {Repeats.LATEST: "each person's latest", Repeats.ALL: "repeats too"}[selection.repeats]
    return (
        f"n = {answers:,} answers, {rule}. Whom: {selection.describe(measure)}. "
        f"Activity: use {before(window_days, dated, 'each answer')}."
    )


def of_undated(answers: int) -> str:
    """Who is left out of what follows because nobody knows when they answered."""
    said = "1 answer has no date and is" if answers == 1 else f"{answers:,} answers have no date and are"
    return f"{said} left out here."


def reading(nps: float) -> str:
    """How a score is usually read."""
    bands = (
        (WORLD_CLASS, f"world class ({WORLD_CLASS} and above)"),
        (EXCELLENT, f"excellent ({EXCELLENT} to {WORLD_CLASS})"),
        (0, f"good (0 to {EXCELLENT})"),
    )
    return next((said for floor, said in bands if nps >= floor), "more detractors than promoters (below 0)")


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


def of_leavers(found: Leavers) -> str:
    """Who left, how sure that is, and who could not be counted."""
    if not found.people:
        return "Nobody here could still leave after answering."
    gone = f" {found.gone:,} who had left before, or answered nobody knows when, are left out." if found.gone else ""
    return (
        f"{found.left:,} of {found.people:,} people left after they answered: {percent(found.share)} "
        f"({percent(found.low)} to {percent(found.high)}).{gone}"
    )


def of_likeness(found: Likeness) -> str:
    """How well use tells promoters from others."""
    return (
        f"Passives who use the product like promoters do. The rating puts a promoter above somebody else "
        f"{percent(found.usage.auc)} of the time (± {percent(Z * found.usage.se)}); activity alone does "
        f"{percent(found.activity.auc)}, a coin 50%."
    )


def of_after_what(row: pd.Series) -> str:
    """How much more often answers come just after something than on a typical day."""
    what = row["feature"] if isinstance(row["feature"], str) else "any use at all"
    return (
        f"Answers come {row['ratio']:.1f} times as often within a day of {what} as on a typical day "
        f"({row['low']:.1f} to {row['high']:.1f}; {row['just']:,} answers, n = {row['answers']:,})."
    )


def of_surveys(groups: dict[str, tuple[str, ...]], counted: tuple[str, ...] | None) -> str:
    """Which surveys are counted, where they are of different kinds."""
    named = [f"{kind} ({', '.join(names)})" for kind, names in groups.items()]
    said = f"Surveys of different kinds: {'; '.join(named)}."
    if counted is None:
        return f"{said} All are counted together, as you chose: they do not measure the same thing."
    return f"{said} Counted: {', '.join(counted)}."


def of_reweighted(raw: Score, found: Reweighted) -> str:
    """The raw score beside the one re-weighted for activity."""
    return (
        f"In those days the score is {points(raw.nps)} "
        f"({points(raw.low)} to {points(raw.high)}, n = {raw.responses:,}); "
        f"re-weighted for activity {points(found.nps)} ({points(found.low)} to {points(found.high)}, "
        f"worth {found.n_eff:,.0f} answers)."
    )
