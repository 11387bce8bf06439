"""What people are narrowed to, as the line above every page says it."""

from datetime import date

from nps.wording.speech import _

_SHORT = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def span(first: date, last: date) -> str:
    """1 Nov 2025 – 31 Oct 2026."""
    return f"{short_day(first)} – {short_day(last)}"


def short_day(when: date) -> str:
    """1 Nov 2025."""
    return _("{day:d} {month} {year:d}", day=when.day, month=_(_SHORT[when.month - 1]), year=when.year)


def counted(value: str, people: int | None) -> str:
    """A value that people can be narrowed to, and how many of them have it where that is known."""
    return value if people is None else _("{value} ({n})", value=value, n=people)
