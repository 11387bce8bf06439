"""People who did or did not do what, answered or named what: asked where the usage lies."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import and_, or_
from typing import Any, Self

import numpy as np

from nps.comments import Rules
from nps.comments.sides import SIDES
from nps.joined import Joined
from nps.notes import InputError, Note, Value, note
from nps.selection.clauses.choice import Choice
from nps.selection.clauses.clause import Query
from nps.selection.clauses.mention import Mention
from nps.selection.clauses.theme import Theme
from nps.selection.clauses.word import Word
from nps.who.built import Built, Counted
from nps.who.places import Respondents
from nps.who.tables import ANSWERS
from nps.who.text import parsed, printed
from nps.who.values import AllOf, AnyOf, Named, Not, Saved, Term
from nps.who.words import Called, told

LONGEST = 1800  # characters of all conditions in a link
NOBODY = ("row.no_person", "row.no_account")  # why a row of use was left out that may be somebody's


@dataclass(frozen=True)
class Who(Choice):
    """Conditions by `nps.who`, as “did.feature:Export;uses:3-;last:30”, or “!” and that. Of several, all hold.

    panel  whose words it is told in: what themes, and sets that were saved, are called there
    """

    keyword = "who"
    since = 4

    panel: Joined | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, value: Any) -> tuple[Self, ...]:
        several = (value,) if isinstance(value, str) or not isinstance(value, Sequence) else value
        lines = {printed(parsed(each) if isinstance(each, str) else each) for each in several if each}
        if sum(map(len, lines)) > LONGEST:
            raise InputError("who.too_long")
        return (cls(cls.keyword, tuple(lines)),) if lines else ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """What it asks."""
        return tuple(map(parsed, self.values))

    def passes(self, panel: Joined) -> np.ndarray:
        asked = Asked(panel)
        return reduce(and_, map(asked.holds, asked.expanded(self.terms)))

    def fits(self, panel: Joined) -> bool:
        try:
            self.passes(panel)
        except InputError:
            return False
        return True

    def under(self, panel: Joined) -> Self:
        return replace(self, panel=panel)

    @property
    def label(self) -> Value:
        """All of its conditions, one after another."""
        return reduce(lambda one, other: note("whom.and", one=one, other=other), [*map(self._told, self.terms)])

    def describe(self) -> Note:
        return note("whom.who", conditions=self.label)

    def _told(self, term: Term) -> Value:
        rules = self.panel.rules if self.panel else Rules.default()
        known = {theme.key: theme.called for theme in rules.themes}
        return told(term, Called(lambda key: known.get(key, note("as_is", text=key)), self._shelved))

    def _shelved(self, saved: Saved) -> str:
        """What a set is called, its id where nobody knows it any more."""
        try:
            return self.panel.who.saved(saved).name if self.panel and self.panel.who else saved.id
        except InputError:
            return saved.id

    @classmethod
    def from_query(cls, query: Query) -> tuple[Self, ...]:
        return cls.of(tuple(query.get(cls.keyword, ())))


def counted(panel: Joined, value: Any) -> Counted:
    """How many people conditions hold for, whether they answered or not; of none, everybody. Raises InputError."""
    asked, clauses = Asked(panel), Who.of(value)
    terms = asked.expanded(clauses[0].terms if clauses else ())
    return asked.place.count(Built(terms), asked.respondents)


def unknown(panel: Joined) -> float:
    """The share of the rows of use that are of nobody known: of strangers to the list of people, or of no one."""
    if panel.who is None:
        return 0.0
    strange, rows = panel.who.strange()
    refused = panel.rejected
    nobody = int(((refused["table"] == "usage") & refused["reason"].isin(NOBODY)).sum())
    return (strange + nobody) / (rows + nobody) if rows + nobody else 0.0


class Asked:
    """A panel whose answers are told for whom conditions hold."""

    def __init__(self, panel: Joined) -> None:
        if panel.who is None:
            raise InputError("who.not_at_hand")
        self.panel, self.place = panel, panel.who
        answers = panel.answers.assign(answer=np.arange(len(panel.answers)), person=panel.person)[ANSWERS]
        texts = {name: answers[name].astype("string") for name in ("person_id", "survey", "account_id", "account")}
        self.respondents = Respondents(answers.assign(**texts), self._named, panel.rules.version)

    def expanded(self, terms: tuple[Term, ...]) -> tuple[Term, ...]:
        """The same with what was saved in the place of its name."""
        return Built(terms).expanded(self.place.saved).terms

    def holds(self, term: Term) -> np.ndarray:
        """The answers for which it holds: bool (N,). Each condition is asked, and kept, by itself."""
        if isinstance(term, Not):
            return self._of(Built()) & ~self.holds(term.clause)
        if isinstance(term, AnyOf):
            return reduce(or_, map(self.holds, term.clauses))
        if isinstance(term, AllOf):
            return reduce(and_, map(self.holds, term.clauses))
        if isinstance(term, Named):
            return self._of(Built()) & self._people_of(self._named(term))
        return self._of(Built((term,)))

    def _people_of(self, answers: np.ndarray) -> np.ndarray:
        """Every answer of the people who gave some: bool (N,)."""
        return np.isin(self.panel.person, self.panel.person[answers])

    def _of(self, built: Built) -> np.ndarray:
        ids = self.place.ids(built, self.respondents)
        if built.of_answers:
            return np.isin(np.arange(len(self.panel.answers)), ids)
        return np.isin(self.panel.person, ids)

    def _named(self, named: Named) -> np.ndarray:
        """Numbers of the answers whose comment names it."""
        if named.what == "mention" and named.side:
            return self._mentioned(named)
        kinds: dict[str, type[Choice]] = {"theme": Theme, "mention": Mention, "word": Word}
        value = f"{named.name}.{named.side}" if named.side else named.name
        return np.flatnonzero(kinds[named.what].of(value)[0].passes(self.panel))

    def _mentioned(self, named: Named) -> np.ndarray:
        coding = self.panel.coding
        kind, _, feature = named.name.partition(":")
        if (kind, feature) not in coding.features:
            raise InputError("selection.no_mention", name=named.name)
        sides = np.uint8(1 << SIDES.index(named.side))
        naming = (coding.named == coding.features.index((kind, feature))) & ((coding.named_sides & sides) > 0)
        return coding.answer[coding.named_in[naming]]
