"""What changed with a release, as sentences."""

import numpy as np

from nps.measures.release import AFTER, BEFORE, OTHERS, USERS, Effect, Release
from nps.measures.rules import MIN_CELL
from nps.spells import DAYS
from nps.wording.speech import _
from nps.wording.words import between, points, signed


def of_release(release: Release) -> list[str]:
    """What changed with a release, beside what was on its way before it; never that the release did it."""
    if np.isnan(release.effect.points):
        return [_too_few(release)]
    proof = _("This does not prove that the release did it: who takes up a feature is not chosen at random.")
    return [" ".join([_since(release.effect), *_earlier(release.trend), proof]), " ".join(_sides(release))]


def _too_few(release: Release) -> str:
    n = {(row.who, row.when): row.responses for row in release.cells.itertuples()}
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
    text = _(
        "Before it, the same comparison moved by {points} ({span}).", points=points(trend.points), span=_between(trend)
    )
    diverging = trend.low > 0 or trend.high < 0
    return [text, _("They were on different paths before.")] if diverging else [text]


def _sides(release: Release) -> list[str]:
    texts = [
        _(
            "Users: {users} points, others: {others}. Users are who used it within {days} days after the release.",
            users=signed(release.change(USERS)),
            others=signed(release.change(OTHERS)),
            days=DAYS,
        )
    ]
    if release.observed < DAYS:
        texts.append(_("Use is known of {known} of the {days} days after it.", known=release.observed, days=DAYS))
    return texts


def _between(effect: Effect) -> str:
    return _("no interval") if np.isnan(effect.low) else between(effect.low, effect.high)
