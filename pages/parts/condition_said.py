"""Conditions on what people answered, wrote, and are."""

import streamlit as st

import nps
from nps.comments.sides import SIDES
from nps.notes import note
from nps.selection.clauses import Mention, Theme
from nps.who.values import HIGHEST, LONGEST, Answered, Is, Named
from nps.wording import _, names
from pages.parts.condition_fields import fields, one, window


def answered(panel: nps.Panel, key: str) -> Answered | None:
    """Who gave which scores, in which surveys, when."""
    low, high = st.slider(_("Scores"), 0, HIGHEST, (0, HIGHEST), key=f"{key}_scores", width=220)
    surveys = sorted(panel.surveys["survey"])
    wanted = fields(_("In any of these surveys"), {name: name for name in surveys}, f"{key}_surveys") if surveys else []
    when = window(key, of_answers=True)
    return None if when is None else Answered(low, high, tuple(wanted), when)


def can_name(panel: nps.Panel) -> bool:
    """Whether anybody wrote anything."""
    return bool(panel.answers["comment"].notna().any())


def named(panel: nps.Panel, key: str) -> Named | None:
    """Whose comment names a reason, a feature or a word."""
    about = {"theme": _("a reason"), "mention": _("a feature"), "word": _("a word")}
    what = one(_("What"), about, f"{key}_about", 150)
    if what == "word":
        word = st.text_input(_("Word"), key=f"{key}_word", max_chars=LONGEST, width=220).strip()
        return Named("word", word) if word else None
    kind = {"theme": Theme, "mention": Mention}[what]
    known = {choice.values[0]: str(choice.label) for choice in kind.options(panel)}
    name = st.selectbox(
        *(_("Which"), [*known], None),
        format_func=known.get,
        key=f"{key}_named_{what}",
        width=240,
        placeholder=_("Choose what"),
    )
    sides = {"": _("on any side"), **{side: str(note(f"side.{side}")) for side in SIDES[1:]}}
    side = one(_("On which side"), sides, f"{key}_side", 150)
    return Named(what, name, side) if name else None


def is_(panel: nps.Panel, key: str) -> Is | None:
    """Of whom a column has any of some values."""
    called = {name: names.segment(name) for name in panel.who.askable().people}
    column = one(_("By"), called, f"{key}_column", 180)
    values = panel.who.values("people", column)
    wanted = fields(_("Any of these"), {value: names.value(value) for value in values}, f"{key}_values_{column}")
    return Is(column, tuple(wanted)) if wanted else None
