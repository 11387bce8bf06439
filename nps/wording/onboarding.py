"""What is told of newcomers and of the steps that they take."""

from collections.abc import Sequence

import pandas as pd

from nps.measures.onboarding import SEEN_DAYS, Started
from nps.steps import Onboarding, Step
from nps.wording.speech import _, several
from nps.wording.words import percent

WHOM = ("stopped", "took", "open")


def since(start: str) -> str:
    """What days are counted from, over an axis."""
    return _("Days since joining") if start == "joined" else _("Days since the first use")


def starts() -> dict[str, str]:
    """What days can be counted from."""
    return {"joined": _("joining"), "first use": _("the first use")}


def measure(code: str) -> str:
    """What the uses of a step are counted in."""
    return _("different days") if code == "days" else _("uses")


def step(step: Step) -> str:
    """What a step is."""
    features = ", ".join(name for _kind, name in step.features)
    told = {"features": features, "n": step.at_least, "measure": measure(step.measure)}
    what = _("{features}, {n} {measure} or more", **told) if step.at_least > 1 else features
    return several("{what}, within 1 day", "{what}, within {n} days", what=what, n=step.within_days)


def headline(newcomers: int, last: float, steps: int) -> str:
    """How many there are, and how many take the last step in time."""
    if not newcomers:
        return _("Nobody’s beginning is in the usage.")
    told = {"n": newcomers, "share": percent(last)}
    if steps == 1:
        return several(
            "1 newcomer; {share} take the step in time", "{n} newcomers; {share} take the step in time", **told
        )
    return several(
        "1 newcomer; {share} take the last step in time", "{n} newcomers; {share} take the last step in time", **told
    )


def left_out(started: Started, start: str) -> list[str]:
    """Who is not counted among newcomers, and why."""
    early = (
        several("1 joined before the usage begins.", "{n} joined before the usage begins.", n=started.early)
        if start == "joined"
        else several(
            "1 was seen in the first {days} days of the usage, and may have begun before.",
            "{n} were seen in the first {days} days of the usage, and may have begun before.",
            n=started.early,
            days=SEEN_DAYS,
        )
    )
    unknown = several(
        "1 joined at a time that is not known.", "{n} joined at a time that is not known.", n=started.unknown
    )
    return ([early] if started.early else []) + ([unknown] if started.unknown else [])


def whom(code: str, number: int) -> str:
    """Newcomers of a step, with how many they are."""
    called = {"stopped": _("Stopped before it"), "took": _("Took it so far"), "open": _("Have time left")}
    return f"{called[code]} {number:,}"


def why(code: str, name: str) -> str:
    """Why somebody is on the list of a step."""
    called = {
        "stopped": _("onboarding: stopped before “{step}”", step=name),
        "took": _("onboarding: took “{step}”", step=name),
        "open": _("onboarding: has not taken “{step}” yet", step=name),
    }
    return called[code]


def progress(path: pd.DataFrame, onboarding: Onboarding) -> str:
    """How far one person is; path: `Newcomers.path`."""
    taken, known = int(path["day"].notna().sum()), int(path["censored_at"].max())
    told = {"n": taken, "steps": len(onboarding.steps), "days": onboarding.longest}
    if known >= onboarding.longest:
        return several("1 of {steps} steps taken", "{n} of {steps} steps taken", **told)
    return several(
        "1 of {steps} steps taken, on day {day} of {days}",
        "{n} of {steps} steps taken, on day {day} of {days}",
        day=known + 1,
        **told,
    )


def of_path(step: Step, day: float, known: int) -> str:
    """One step of one person: day (whole ones since the start; NaN: not taken), known (those that they are watched)."""
    if pd.notna(day):
        late = day >= step.within_days
        told = {"step": step.name, "n": int(day) + 1, "days": step.within_days}
        if late:
            return _("✓  {step}: on day {n}, later than in {days}", **told)
        return _("✓  {step}: on day {n}", **told)
    if known < step.within_days:
        left = step.within_days - known
        return several("○  {step}: 1 day left", "○  {step}: {n} days left", step=step.name, n=left)
    return _("○  {step}: not taken", step=step.name)


def named(steps: Sequence[Step]) -> list[str]:
    """What steps are called."""
    return [step.name for step in steps]
