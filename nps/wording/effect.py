"""Whether a campaign worked, as sentences."""

import numpy as np

from nps.measures.effect import ALIKE, AT_RANDOM, Outcome, Side, Use
from nps.measures.rules import MIN_ARM
from nps.wording.speech import _, several
from nps.wording.words import between, percent, points


def of_outcome(outcome: Outcome) -> list[str]:
    """What came of a campaign: the difference, whom it is of, who answered again and moved up; never before, after."""
    return [_difference(outcome), *_covered(outcome), _again(outcome), regression()]


def regression() -> str:
    """What stands beside every effect of a campaign."""
    return _(
        "Who is written to for a low score answers higher next time in any case, as chance made part of that score "
        "low (regression to the mean). So the answers after a campaign are never set against those before it."
    )


def of_use(use: Use) -> str:
    """How active both sides were before and after."""
    if not use.weeks:
        return _("Use is not known of a whole week before and after it.")
    return several(
        "Active days a week, the week before and after: {before:.1f} and {after:.1f} of who was written to, "
        "{others_before:.1f} and {others_after:.1f} of the others.",
        "Active days a week, {n} weeks before and after: {before:.1f} and {after:.1f} of who was written to, "
        "{others_before:.1f} and {others_after:.1f} of the others.",
        n=use.weeks,
        before=use.before,
        after=use.after,
        others_before=use.others_before,
        others_after=use.others_after,
    )


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
    if np.isnan(outcome.effect.covered):
        return []
    return [
        _(
            "The others had the same score, the same fifth of activity and waited as long. This covers {share} of who "
            "was written to and answered again. Who is written to was chosen, so something else may set them apart.",
            share=percent(outcome.effect.covered),
        )
    ]


def _again(outcome: Outcome) -> str:
    return _(
        "Answered again: {again} of {people} who were written to, {others_again} of {others}. A group higher than "
        "before: {up} of the first, {others_up} of the others.",
        again=outcome.written_to.again,
        people=outcome.written_to.people,
        others_again=outcome.others.again,
        others=outcome.others.people,
        up=_share(outcome.written_to),
        others_up=_share(outcome.others),
    )


def _share(side: Side) -> str:
    return percent(side.moved_up / side.again if side.again else np.nan)
