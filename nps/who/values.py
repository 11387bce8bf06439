"""What can be asked of people, as values: two that ask the same are equal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from nps.comments.sides import SIDES
from nps.notes import InputError
from nps.who.windows import EVER, Before, Ever, Window, checked_days

Feature = tuple[str, str]  # kind, name

MEASURES = ("uses", "times", "days")
SIGNS = ("=", "!=", ">=", "<")
ANY, ALL = 0, 100  # percent of an account's people
MOST_TIMES = 1_000_000
MOST_VALUES = 50
LONGEST = 200  # characters of a name or a value
HIGHEST = 10  # score


@dataclass(frozen=True)
class Prop:
    """What a column of the usage has to say: sign is one of SIGNS; text stands as it is typed, “(none)” for nothing."""

    column: str
    sign: str
    value: str

    def __post_init__(self) -> None:
        if self.sign not in SIGNS:
            raise InputError("who.sign", signs=SIGNS)
        _texts(self.column, self.value)


@dataclass(frozen=True)
class Did:
    """Who used any of these features so often; no feature: anything at all.

    measure   uses: how many, by their number in each row; times: rows; days: different ones (UTC)
    at_least  0 with at_most: who did not, too
    """

    features: tuple[Feature, ...] = ()
    measure: str = "uses"
    at_least: int = 1
    at_most: int | None = None
    window: Window = EVER
    props: tuple[Prop, ...] = ()

    def __post_init__(self) -> None:
        _ordered(self, "features", _named_features(self.features))
        _ordered(self, "props", _few(self.props, key=lambda each: (each.column, each.sign, each.value)))
        if self.measure not in MEASURES:
            raise InputError("who.measure", measures=MEASURES)
        most = MOST_TIMES if self.at_most is None else self.at_most
        if not (_whole(self.at_least) and _whole(most) and 0 <= self.at_least <= most <= MOST_TIMES):
            raise InputError("who.times", most=MOST_TIMES)
        if self.at_least == 0 and self.at_most is None:
            raise InputError("who.everybody")


@dataclass(frozen=True)
class Then:
    """Who used one feature and another later, at most so many days after: first.at < then.at <= first.at + days."""

    first: Feature
    then: Feature
    days: int
    window: Window = EVER

    def __post_init__(self) -> None:
        _named_features((self.first, self.then))
        checked_days(self.days)


@dataclass(frozen=True)
class Answered:
    """Who gave a score between two, both included; in any of these surveys, “(none)” for answers without one."""

    low: int = 0
    high: int = HIGHEST
    surveys: tuple[str, ...] = ()
    window: Window = EVER

    def __post_init__(self) -> None:
        _ordered(self, "surveys", _few(self.surveys))
        _texts(*self.surveys)
        if not (_whole(self.low) and _whole(self.high) and 0 <= self.low <= self.high <= HIGHEST):
            raise InputError("selection.score", low=0, high=HIGHEST)
        if isinstance(self.window, Before):
            raise InputError("who.answered_before")


@dataclass(frozen=True)
class Named:
    """Whose comment names something: a theme by its key, a feature as kind:name, or a word.

    side  one of love, dislike, wish; "" for any. Words have none
    """

    what: str
    name: str
    side: str = ""

    def __post_init__(self) -> None:
        _texts(self.name)
        sided = self.side in SIDES[1:] and self.what != "word"
        fits = {"theme": ":" not in self.name, "mention": ":" in self.name, "word": True}
        if not fits.get(self.what, False) or not (sided or self.side == ""):
            raise InputError("who.named")


@dataclass(frozen=True)
class Is:
    """Of whom a column of the people has any of these values, “(none)” where it has none."""

    column: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        _ordered(self, "values", _few(self.values))
        if not self.values:
            raise InputError("who.no_values")
        _texts(self.column, *self.values)


@dataclass(frozen=True)
class Saved:
    """Whoever a set was of that was saved under an id; a version never changes."""

    id: str
    version: int

    def __post_init__(self) -> None:
        if not (self.id.isascii() and self.id.isalnum() and len(self.id) <= 32 and _whole(self.version)):
            raise InputError("who.saved")


@dataclass(frozen=True)
class Account:
    """Who is of an account of whose known people so many percent are in a set; ANY: one of them, ALL: each."""

    clause: "Leaf | Not"
    share: int = ANY

    def __post_init__(self) -> None:
        if not (_whole(self.share) and ANY <= self.share <= ALL):
            raise InputError("who.share")
        inner = self.clause.clause if isinstance(self.clause, Not) else self.clause
        if isinstance(inner, (Account, Saved)) or of_answers((inner,)):
            raise InputError("who.account")


Leaf = Did | Then | Answered | Named | Is | Account | Saved


@dataclass(frozen=True)
class Not:
    """Everybody else, of those that there are."""

    clause: Leaf


@dataclass(frozen=True)
class AnyOf:
    """Who is in any of these sets, two at least."""

    clauses: tuple["Leaf | Not", ...]

    def __post_init__(self) -> None:
        _ordered(self, "clauses", _few(self.clauses, key=repr))
        if len(self.clauses) < 2:
            raise InputError("who.any_of")


@dataclass(frozen=True)
class AllOf:
    """Who is in each of these sets: what was saved comes to."""

    clauses: tuple["Term", ...]


Term = Leaf | Not | AnyOf | AllOf


def leaves(terms: Iterable[Term]) -> Iterator[Leaf]:
    """Every condition in them, with those inside of accounts after these."""
    for term in terms:
        if isinstance(term, (AnyOf, AllOf)):
            yield from leaves(term.clauses)
        elif isinstance(term, Not):
            yield from leaves((term.clause,))
        else:
            yield term
            if isinstance(term, Account):
                yield from leaves((term.clause,))


def of_answers(terms: Iterable[Term]) -> bool:
    """Whether they hold for answers, not for people: where a window before the answer is in them."""
    return any(isinstance(getattr(leaf, "window", None), Before) for leaf in leaves(terms))


def features_of(leaf: Leaf) -> tuple[Feature, ...]:
    """The features that it names."""
    return leaf.features if isinstance(leaf, Did) else (leaf.first, leaf.then) if isinstance(leaf, Then) else ()


def denied(terms: Iterable[Term], no: bool = False) -> Iterator[Window]:
    """The windows in which somebody did not do something: who joined inside of one had less time to."""
    for term in terms:
        if isinstance(term, (AnyOf, AllOf)):
            yield from denied(term.clauses, no)
        elif isinstance(term, Not):
            yield from denied((term.clause,), not no)
        elif isinstance(term, Account):
            yield from denied((term.clause,), no)
        elif isinstance(term, (Did, Then)) and not isinstance(term.window, Ever):
            nothing = isinstance(term, Did) and term.at_least == 0
            if no != nothing:
                yield term.window


def _ordered(value: object, name: str, several: tuple) -> None:
    assert name in {each.name for each in fields(value)}
    object.__setattr__(value, name, several)


def _few(several: Iterable, key=None) -> tuple:
    few = tuple(sorted({*several}, key=key))
    if len(few) > MOST_VALUES:
        raise InputError("who.too_many", most=MOST_VALUES)
    return few


def _named_features(features: Iterable[Feature]) -> tuple[Feature, ...]:
    few = _few((str(kind), str(name)) for kind, name in features)
    _texts(*(text for feature in few for text in feature))
    return few


def _texts(*texts: str) -> None:
    if not all(isinstance(text, str) and 1 <= len(text) <= LONGEST for text in texts):
        raise InputError("who.text", most=LONGEST)


def _whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)
