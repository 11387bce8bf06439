"""What fields, and the ways in which cells are written, are called."""

from nps.notes import note
from nps.wording import _


def field_label(field: str) -> str:
    """What a field is called on a page."""
    return str(note(f"field.{field}"))


def settings() -> dict[str, str]:
    """What is asked of how cells are written."""
    return {
        "date_order": _("Dates like 03/04/2025 are"),
        "scale": _("People answered on"),
        "decimal": _("Decimal sign"),
        "zone": _("Times without a zone are of"),
    }


def written(value: str) -> str:
    """What an answer to one of `settings` is called: as it is, but for words of ours."""
    words = {
        "day first": _("day first"),
        "month first": _("month first"),
        "point": _("point"),
        "comma": _("comma"),
        "groups": _("groups"),
    }
    return words.get(value, value)
