"""Whether a campaign worked, as sentences."""

from nps.measures.effect import ALIKE, AT_RANDOM, Effect, Outcome, Use
from nps.measures.rules import MIN_ARM
from nps.wording.speech import _, several
from nps.wording.words import MINUS, between, percent, points


def of_outcome(outcome: Outcome, *used: str) -> list[str]:
    """What came of a campaign: the difference, whom it is of, who answered again and moved up; never before, after.

    used  what `of_use` says, where use is known
    """
    again, moved_up = _again(outcome.again), _moved_up(outcome.moved_up)
    return [_difference(outcome), *_covered(outcome), *again, *moved_up, *used, regression()]


def regression() -> str:
    """What stands beside every effect of a campaign."""
    return _(
        "Who is written to for a low score answers higher next time in any case, as chance made part of that score "
        "low (regression to the mean). So the answers after a campaign are never set against those before it."
    )


def of_use(use: Use | None) -> str:
    """How active both sides were before and after, where there are enough of both: never of one alone."""
    if use is None:
        return _("Use is not known of a whole week before and after it.")
    if not use.change.told:
        return _(
            "Too few to tell how use changed: {n} who were written to, {others} others; each needs {few}.",
            n=use.change.n,
            others=use.change.others,
            few=MIN_ARM,
        )
    told = several(
        "Active days a week, the week before and after: {before:.1f} and {after:.1f} of who was written to, "
        "{others_before:.1f} and {others_after:.1f} of the others.",
        "Active days a week, {n} weeks before and after: {before:.1f} and {after:.1f} of who was written to, "
        "{others_before:.1f} and {others_after:.1f} of the others.",
        n=use.weeks,
        before=use.before.own,
        after=use.after.own,
        others_before=use.before.theirs,
        others_after=use.after.theirs,
    )
    return f"{told} {_changed(use.change)}"


def _changed(change: Effect) -> str:
    values = {"low": _days(change.low), "high": _days(change.high)}
    if change.low > 0:
        return _("Against the others, theirs rose ({low} to {high} days).", **values)
    if change.high < 0:
        return _("Against the others, theirs fell ({low} to {high} days).", **values)
    return _(
        "Against the others, theirs changed by no more than chance would explain ({low} to {high} days).", **values
    )


def _days(days: float) -> str:
    """+0.4, −1.2 or 0.0."""
    return f"{round(days, 1):+.1f}".replace("-", MINUS) if round(days, 1) else "0.0"


def _difference(outcome: Outcome) -> str:
    told = outcome.effect
    if not told.told:
        return _(
            "Too few to tell: {n} answers since of who was written to, {others} of others like them; each needs {few}.",
            n=told.n,
            others=told.others,
            few=MIN_ARM,
        )
    values = {"points": points(abs(told.points)), "span": between(told.low, told.high)}
    if told.low > 0 and outcome.way == ALIKE:
        return _("Their next answers are {points} points higher than those of others ({span}).", **values)
    if told.low > 0:
        return _("It worked: their next answers are {points} points higher than those of others ({span}).", **values)
    if told.high < 0:
        return _("Their next answers are {points} points lower than those of others ({span}).", **values)
    return _("Their next answers differ from those of others by no more than chance would explain ({span}).", **values)


def _covered(outcome: Outcome) -> list[str]:
    if outcome.way == AT_RANDOM:
        return [_("The others were held back at random.")]
    if not outcome.effect.others:
        return [_("Nobody else is like them. A campaign that holds back a part at random has others to compare with.")]
    alike = _("The others had the same score, the same fifth of activity and waited as long.")
    if outcome.limited:
        alike = _("The others are of the same selection, had the same score and fifth of activity and waited as long.")
    covers = _(
        "This covers {share} of who was written to and answered again. Who is written to was chosen, so something "
        "else may set them apart.",
        share=percent(outcome.effect.covered),
    )
    return [f"{alike} {covers}"]


def _again(again: Effect) -> list[str]:
    told = _("Answered again: {own} of {n} who were written to, {theirs} of {others} others.", **_sides(again))
    return [told] if again.told else []


def _moved_up(moved: Effect) -> list[str]:
    values = _sides(moved) | {"span": between(moved.low, moved.high)}
    told = _("Of these, in a higher group than before: {own} and {theirs} ({span} points).", **values)
    return [told] if moved.told else []


def _sides(each: Effect) -> dict[str, str]:
    shares = {"own": percent(each.own / 100), "theirs": percent(each.theirs / 100)}
    return shares | {"n": f"{each.n:,}", "others": f"{each.others:,}"}
