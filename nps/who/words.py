"""Conditions in plain words, as notes."""

from collections.abc import Callable
from functools import reduce
from typing import NamedTuple

from nps.banding import named
from nps.fields import FIELDS
from nps.notes import Note, Value, chain, field_named, note
from nps.who.values import (
    ALL,
    ANY,
    Account,
    AllOf,
    Answered,
    AnyOf,
    Did,
    Feature,
    Is,
    Named,
    Not,
    Saved,
    Term,
    Then,
)
from nps.who.windows import Before, Between, Ever, Joined, Window


def _key(key: str) -> Note:
    return note("as_is", text=key)


def _id(saved: Saved) -> str:
    return saved.id


class Called(NamedTuple):
    """What themes are called, by their keys, and sets that were saved."""

    theme: Callable[[str], Value] = _key
    shelved: Callable[[Saved], str] = _id


def told(term: Term, called: Called = Called()) -> Value:  # noqa: B008 - a value that nobody changes
    """What it asks, to be told of people: “used Export at least 3 times in the last 30 days”."""
    if isinstance(term, AnyOf):
        return chain("or", [told(each, called) for each in term.clauses])
    if isinstance(term, AllOf):
        return reduce(
            lambda one, other: note("whom.and", one=one, other=other), [told(e, called) for e in term.clauses]
        )
    if isinstance(term, Not):
        return _not(term.clause, called)
    return KINDS[type(term)](term, called)


def _not(clause: Term, called: Called) -> Value:
    if isinstance(clause, Did) and _once(clause):
        return _when(note("who.did_not", what=_what(clause)), clause.window)
    return note("who.not", clause=told(clause, called))


def _did(clause: Did, _called: Called) -> Value:
    used = note("who.did", what=_what(clause))
    return _when(used if _once(clause) else note("who.how_often", what=used, often=_often(clause)), clause.window)


def _once(clause: Did) -> bool:
    return clause.at_least == 1 and clause.at_most is None


def _what(clause: Did) -> Value:
    what = chain("or", map(_feature, clause.features)) if clause.features else note("who.anything")
    if not clause.props:
        return what
    props = [note("who.prop", column=prop.column, sign=prop.sign, value=prop.value) for prop in clause.props]
    return note("who.what_with", what=what, props=chain("and", props))


def _often(clause: Did) -> Note:
    if clause.at_most is None:
        return note(f"who.at_least_{clause.measure}", n=clause.at_least)
    if clause.at_least == 0:
        return note(f"who.at_most_{clause.measure}", n=clause.at_most)
    return note(f"who.range_{clause.measure}", low=clause.at_least, high=clause.at_most)


def _feature(feature: Feature) -> Note:
    return note("as_is", text=feature[1])


def _when(what: Value, window: Window) -> Value:
    return what if isinstance(window, Ever) else note("who.timed", what=what, when=time(window))


def time(window: Window) -> Note:
    """A window in words; that of `Ever` has some of its own."""
    if isinstance(window, Ever):
        return note("who.ever")
    if isinstance(window, Between):
        return note("who.between", first=window.first, last=window.last)
    if isinstance(window, Joined):
        return note("who.joined", n=window.days)
    return note("who.before" if isinstance(window, Before) else "finding.lately", n=window.days)


def _then(clause: Then, _called: Called) -> Value:
    first, later = _feature(clause.first), _feature(clause.then)
    return _when(note("who.then", first=first, later=later, n=clause.days), clause.window)


def _answered(clause: Answered, _called: Called) -> Value:
    one = clause.low == clause.high
    score = note("whom.score", score=clause.low) if one else note("whom.scores", low=clause.low, high=clause.high)
    what: Value = note("who.answered", score=score)
    if clause.surveys:
        what = note("who.in_survey", what=what, names=chain("or", map(named, clause.surveys)))
    return _when(what, clause.window)


def _named(clause: Named, called: Called) -> Value:
    if clause.what == "word":
        return note("whom.word", words=_key(clause.name))
    name = called.theme(clause.name) if clause.what == "theme" else _key(clause.name.partition(":")[2])
    name = note("and_side", name=name, side=note(f"side.{clause.side}")) if clause.side else name
    return note("whom.theme", name=name) if clause.what == "theme" else note("whom.mention", names=name)


def _is(clause: Is, _called: Called) -> Value:
    field = field_named(clause.column) if clause.column in FIELDS["people"] else _key(clause.column)
    return note("whom.choice", field=field, values=tuple(map(named, clause.values)))


def _account(clause: Account, called: Called) -> Value:
    inner = told(clause.clause, called)
    if clause.share == ANY:
        return note("who.account_any", clause=inner)
    if clause.share == ALL:
        return note("who.account_all", clause=inner)
    return note("who.account_share", clause=inner, share=clause.share)


def _saved(clause: Saved, called: Called) -> Value:
    return note("who.saved_as", name=_key(called.shelved(clause)))


KINDS: dict[type, Callable[..., Value]] = {
    Did: _did,
    Then: _then,
    Answered: _answered,
    Named: _named,
    Is: _is,
    Account: _account,
    Saved: _saved,
}
