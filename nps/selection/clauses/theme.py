"""People who give a reason."""

import re
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from nps.comments import Rules
from nps.comments.sides import SIDES
from nps.joined import Joined
from nps.notes import InputError, Note, Value, chain, note
from nps.selection.clauses.choice import Choice
from nps.selection.clauses.clause import Query

UNKNOWN = "-"  # in place of a key: comments that give no reason we know
_VALUE = re.compile(rf"{UNKNOWN}|[a-z][a-z0-9_]*(\.({'|'.join(SIDES[1:])}))?")


@dataclass(frozen=True)
class Theme(Choice):
    """A theme by its key, or any of several, as “bugs”; with a side where it is named on that one, as “bugs.dislike”.

    “-” is who wrote something and gives no reason we know.

    rules  what themes are called by; two clauses are the same whatever that is
    """

    keyword = "theme"
    since = 3

    rules: Rules | None = field(default=None, compare=False, repr=False)

    def passes(self, panel: Joined) -> np.ndarray:
        coding = panel.coding
        named = np.zeros(len(coding.answer), bool)
        for value in self.values:
            key, _dot, side = value.partition(".")
            if key == UNKNOWN:
                named |= ~coding.sided.any(axis=1)
                continue
            if key not in coding.themes:
                raise InputError("selection.no_theme", name=key)
            sides = np.uint8(1 << SIDES.index(side) if side else 0xFF)
            named |= (coding.sided[:, coding.themes.index(key)] & sides) > 0
        passing = np.zeros(len(panel.answers), bool)
        passing[coding.answer[named]] = True
        return passing

    @classmethod
    def options(cls, panel: Joined) -> list[Self]:
        if not panel.answers["comment"].notna().any():
            return []
        return [cls(cls.keyword, (theme.key,), panel.rules) for theme in panel.rules.read]

    def fits(self, panel: Joined) -> bool:
        known = {UNKNOWN, *(theme.key for theme in panel.rules.read)}
        return bool(self.options(panel)) and all(value.partition(".")[0] in known for value in self.values)

    def under(self, panel: Joined) -> Self:
        return replace(self, rules=panel.rules)

    @property
    def label(self) -> Value:
        return chain("or", [self._called(value) for value in self.values])

    def describe(self) -> Note:
        return note("whom.theme", name=self.label)

    def _called(self, value: str) -> Note:
        key, _dot, side = value.partition(".")
        known = {theme.key: theme.called for theme in (self.rules or Rules.default()).themes}
        known[UNKNOWN] = note("theme.none")
        name = known.get(key, note("as_is", text=key))
        return note("and_side", name=name, side=note(f"side.{side}")) if side else name

    @classmethod
    def from_query(cls, query: Query) -> tuple[Self, ...]:
        values = tuple(query.get(cls.keyword, ()))
        if not all(map(_VALUE.fullmatch, values)):
            raise ValueError(cls.keyword)
        return cls.of(values)
