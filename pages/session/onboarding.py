"""The steps of newcomers that the team chose for the data at hand: looked at, and changed by callbacks."""

from collections.abc import Sequence
from dataclasses import replace

import nps
from nps.chosen.newcomers import Newcomers
from nps.steps import Onboarding, Step
from pages.session import keys, views, watching

MOST, LONGEST = 12, 80  # steps; signs of a name
NAME, FEATURES, PROBLEM = (keys.of_widget(f"step_{what}") for what in ("name", "features", "problem"))
LEAST, MEASURE, WITHIN = (keys.of_widget(f"step_{what}") for what in ("least", "measure", "within"))
ORDERED, START = keys.of_widget("steps_ordered"), keys.of_widget("steps_start")


def current() -> Onboarding | None:
    """Those that hold; None where nobody has chosen any."""
    return watching.settings().onboarding


@views.held
def newcomers(panel: nps.Panel, onboarding: Onboarding) -> Newcomers:
    """Who took which step, made once for all who may see it. Raises nps.InputError where that cannot be asked."""
    made = panel.newcomers(onboarding)
    made.reached  # noqa: B018 - asked here, where others wait for it
    return made


def add() -> None:
    """Another step, as the form says; or have the page say why not."""
    now, features = current(), tuple(FEATURES.get() or ())
    typed = " ".join((NAME.get() or "").split())
    name = (typed or ", ".join(feature for _kind, feature in features))[:LONGEST]
    try:
        steps = now.steps if now else ()
        if name in {step.name for step in steps}:
            raise nps.InputError("steps.named", name=name)
        step = Step(name, features, int(LEAST.get() or 1), MEASURE.get() or "uses", int(WITHIN.get() or 14))
        _keep(now, (*steps, step)[:MOST])
        NAME.put("")
        FEATURES.put([])
    except nps.InputError as wrong:
        PROBLEM.put(wrong.note)


def remove(place: int) -> None:
    """Leave a step out."""
    if (now := current()) and place < len(now.steps):
        _keep(now, (*now.steps[:place], *now.steps[place + 1 :]))


def earlier(place: int) -> None:
    """Have a step come before the one that is before it."""
    if (now := current()) and 0 < place < len(now.steps):
        steps = [*now.steps]
        steps[place - 1 : place + 1] = steps[place], steps[place - 1]
        _keep(now, steps)


def count() -> None:
    """In which order steps count, and from when days do, as the widgets say."""
    if now := current():
        watching.change(onboarding=replace(now, ordered=bool(ORDERED.get()), start=START.get() or now.start))


def _keep(now: Onboarding | None, steps: Sequence[Step]) -> None:
    made = replace(now, steps=tuple(steps)) if now and steps else Onboarding(tuple(steps)) if steps else None
    watching.change(onboarding=made)
