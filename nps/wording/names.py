"""What codes of ours are called where they are shown: groups, periods, hotspots, measures, ways to count.

Whatever is no code of ours is somebody's own, and stays as it is.
"""

from datetime import date

from nps.joined import segment_named, value_named
from nps.measures.change import OTHER
from nps.wording.speech import _, several

_MEASURES = {
    "active_days": "Active days",
    "minutes": "Minutes",
    "uses": "Number of uses",
    "features_used": "Features used",
}
_AMOUNTS = {
    "active_days": "{n:,.0f} active days",
    "minutes": "{n:,.0f} minutes",
    "uses": "{n:,.0f} number of uses",
    "features_used": "{n:,.0f} features used",
}
_PERIODS = {"day": "day", "week": "week", "month": "month", "quarter": "quarter"}
_STEPS = {"day": "Day", "week": "Week", "month": "Month", "quarter": "Quarter"}
_HOTSPOTS = {
    "almost_promoters": "Almost promoters",
    "heavy_promoters": "Heavy promoters",
    "heavy_detractors": "Heavy detractors",
    "quiet_promoters": "Quiet promoters",
    "quiet_detractors": "Quiet detractors",
    "like_promoters": "Use it like promoters",
}
_VERDICTS = {
    "keep_strong": "keep strong",
    "promote": "promote",
    "fix": "fix",
    "rethink_or_sunset": "rethink or sunset",
    "no_clear_difference": "no clear difference",
    "hardly_used": "hardly used",
    "practically_none": "practically no difference",
}
_KINDS = {"relational": "relational", "transactional": "transactional", "unknown": "unknown"}
_TELLING = {"type": "its type", "name": "its name", "dates": "when people answer", "": ""}
_WEIGHTS = {
    "answer": "Each answer counts once",
    "account": "Each account counts once",
    "revenue": "Accounts count by revenue",
    "activity": "Re-weighted for activity",
}
_COVARIATES = {"activity": "activity", "quarter": "quarter", "role": "role", "plan": "plan"}
_GROUPS = {"Detractor": "Detractor", "Passive": "Passive", "Promoter": "Promoter"}
_SIDES = {"users": "users", "others": "others", "before": "before", "after": "after"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _named(names: dict[str, str], code: str) -> str:
    return _(names[code]) if names.get(code) else code


def group(code: str) -> str:
    """Detractor, Passive or Promoter."""
    return _named(_GROUPS, code)


def segment(name: str) -> str:
    """What people are divided by: names of ours, or the header of a column of somebody's."""
    return str(segment_named(name))


def value(name: str) -> str:
    """A value of a segment: somebody's own, but for who has none."""
    return str(value_named(name))


def pooled(name: str) -> str:
    """The same, or what was taken together as too little."""
    return _("Other") if name == OTHER else value(name)


def measure(code: str) -> str:
    """A measure of activity, as a label."""
    return _named(_MEASURES, code)


def amount(code: str, n: float) -> str:
    """So much of a measure of activity."""
    return _(_AMOUNTS[code], n=n)


def period(of: str | int) -> str:
    """A step of the trend in a sentence; of so many days, how many."""
    return several("{n} day", "{n} days", n=of) if isinstance(of, int) else _named(_PERIODS, of)


def step(of: str | int) -> str:
    """The same, as a label."""
    return period(of) if isinstance(of, int) else _named(_STEPS, of)


def hotspot(code: str) -> str:
    """A preset of the map."""
    return _named(_HOTSPOTS, code)


def verdict(code: str) -> str:
    """What to do with a feature."""
    return _named(_VERDICTS, code)


def kind(code: str) -> str:
    """A kind of survey."""
    return _named(_KINDS, code)


def told_by(code: str) -> str:
    """What told the kind of a survey."""
    return _named(_TELLING, code)


def weight(code: str) -> str:
    """A way to count answers."""
    return _named(_WEIGHTS, code)


def covariate(code: str) -> str:
    """What users and others are alike in."""
    return _named(_COVARIATES, code)


def side(code: str) -> str:
    """Who or when, in a comparison of a release."""
    return _named(_SIDES, code)


def month(when: date) -> str:
    """May 26."""
    return _("{month} {year:02d}", month=_(_MONTHS[when.month - 1]), year=when.year % 100)


def short_day(when: date) -> str:
    """09 Jun 26."""
    return _("{day:02d} {month} {year:02d}", day=when.day, month=_(_MONTHS[when.month - 1]), year=when.year % 100)


def full_day(when: date) -> str:
    """09 Jun 2026."""
    return _("{day:02d} {month} {year:d}", day=when.day, month=_(_MONTHS[when.month - 1]), year=when.year)


def heading(name: str) -> str:
    """What people are divided by, at the beginning of a sentence."""
    called = segment(name)
    return f"{called[:1].upper()}{called[1:]}"
