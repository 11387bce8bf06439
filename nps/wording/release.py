"""What changed with a release, as sentences."""

import numpy as np

from nps.measures.release import AFTER, BEFORE, OTHERS, USERS, Effect, Release
from nps.measures.rules import MIN_CELL
from nps.spells import DAYS
from nps.wording.speech import _
from nps.wording.words import between, points, signed


def of_release(found: Release) -> list[str]:
    """What changed with a release, beside what was on its way before it; never that the release did it."""
    if np.isnan(found.effect.points):
        return [_too_few(found)]
    proof = _("This does not prove that the release did it: who takes up a feature is not chosen at random.")
    return [" ".join([_since(found.effect), *_earlier(found.trend), proof]), " ".join(_sides(found))]


def _too_few(found: Release) -> str:
    n = {(row.who, row.when): row.responses for row in found.cells.itertuples()}
    return _(
        "Too few to tell: of users {users_before} answers before and {users_after} since, of others {others_before} "
        "and {others_after}; each needs {few}.",
        users_before=n[USERS, BEFORE],
        users_after=n[USERS, AFTER],
        others_before=n[OTHERS, BEFORE],
        others_after=n[OTHERS, AFTER],
        few=MIN_CELL,
    )


def _since(effect: Effect) -> str:
    facts = {"points": points(abs(effect.points)), "span": _between(effect)}
    if effect.points < 0:
        return _(
            "Since the release users' scores changed by {points} points less than those of others ({span}).", **facts
        )
    return _("Since the release users' scores changed by {points} points more than those of others ({span}).", **facts)


def _earlier(trend: Effect) -> list[str]:
    """Whether they were on different paths already."""
    if np.isnan(trend.points):
        return [_("Before it there are too few answers to tell whether they were on different paths already.")]
    said = _(
        "Before it, the same comparison moved by {points} ({span}).", points=points(trend.points), span=_between(trend)
    )
    apart = trend.low > 0 or trend.high < 0
    return [said, _("They were on different paths before.")] if apart else [said]


def _sides(found: Release) -> list[str]:
    said = [
        _(
            "Users: {users} points, others: {others}. Users are who used it within {days} days after the release.",
            users=signed(found.change(USERS)),
            others=signed(found.change(OTHERS)),
            days=DAYS,
        )
    ]
    if found.known < DAYS:
        said.append(_("Use is known of {known} of the {days} days after it.", known=found.known, days=DAYS))
    return said


def _between(effect: Effect) -> str:
    return _("no interval") if np.isnan(effect.low) else between(effect.low, effect.high)
