"""What codes of ours are called where they are shown: groups, periods, hotspots, measures, ways to count.

Whatever is no code of ours is somebody's own, and stays as it is.
"""

from datetime import date

from nps import banding
from nps.joined import segment_named
from nps.measures.change import OTHER
from nps.notes import note
from nps.wording.sentences import SENTENCES
from nps.wording.speech import _, several

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _named(kind: str, code: str) -> str:
    return str(note(f"{kind}.{code}")) if f"{kind}.{code}" in SENTENCES else code


def group(code: str) -> str:
    """Detractor, Passive or Promoter."""
    return _named("group", code)


def role(code: str) -> str:
    """Viewer, Analyst or Administrator."""
    return _named("role", code)


def followed(code: str) -> str:
    """A status of who is followed up, a state of a campaign, or what was changed of either."""
    return _named("followed", code.replace(" ", "_"))


def layout(code: str) -> str:
    """The tool that a list is laid out for."""
    return _named("laid_out", code)


def in_file(column: str) -> str:
    """A column of a file that leaves."""
    return _named("file", column)


def segment(name: str) -> str:
    """What people are divided by: names of ours, or the header of a column of somebody's."""
    return str(segment_named(name))


def heading(name: str) -> str:
    """The same, at the beginning of a sentence."""
    called = segment(name)
    return f"{called[:1].upper()}{called[1:]}"


def value(name: str) -> str:
    """A value of a segment: somebody's own, but for ranges, and for who has none."""
    return str(banding.named(name))


def pooled(name: str) -> str:
    """The same, or what was taken together as too little."""
    return _("Other") if name == OTHER else value(name)


def measure(code: str) -> str:
    """A measure of activity, as a label."""
    return _named("measure", code)


def language(code: str) -> str:
    """A language of comments."""
    return _named("language", code)


def amount(code: str, n: float) -> str:
    """So much of a measure of activity."""
    return str(note(f"amount.{code}", n=float(n)))


def period(of: str | int) -> str:
    """A step of the trend in a sentence; of so many days, how many."""
    return several("{n} day", "{n} days", n=of) if isinstance(of, int) else _named("period", of)


def step(of: str | int) -> str:
    """The same, as a label."""
    return period(of) if isinstance(of, int) else _named("step", of)


def hotspot(code: str) -> str:
    """A preset of the map."""
    return _named("hotspot", code)


def verdict(code: str) -> str:
    """What to do with a feature."""
    return _named("verdict", code)


def kind(code: str) -> str:
    """A kind of survey."""
    return _named("kind", code)


def told_by(code: str) -> str:
    """What told the kind of a survey."""
    return _named("told_by", code)


def weight(code: str) -> str:
    """A way to count answers."""
    return _named("weight", code)


def covariate(code: str) -> str:
    """What users and others are alike in."""
    return _named("covariate", code)


def side(code: str) -> str:
    """Who or when, in a comparison of a release."""
    return _named("side", code)


def month(when: date) -> str:
    """May 26."""
    return _("{month} {year:02d}", month=_(_MONTHS[when.month - 1]), year=when.year % 100)


def quarter(when: date) -> str:
    """Q4 2025."""
    return _("Q{quarter} {year:d}", quarter=(when.month + 2) // 3, year=when.year)


def short_day(when: date) -> str:
    """09 Jun 26."""
    return _("{day:02d} {month} {year:02d}", day=when.day, month=_(_MONTHS[when.month - 1]), year=when.year % 100)


def full_day(when: date) -> str:
    """09 Jun 2026."""
    return _("{day:02d} {month} {year:d}", day=when.day, month=_(_MONTHS[when.month - 1]), year=when.year)
