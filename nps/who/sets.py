"""Each condition as an Ibis expression: of those for whom it holds. Two-valued: whom nothing is known of is not in it.

A set is a table of one column: person_id, or answer where a window before answers is in the question, as then it
holds for answers. Nothing here is fetched.
"""

from functools import cached_property, reduce
from operator import eq, ge, lt, ne, or_

import ibis
import pandas as pd
from ibis.expr.types import BooleanValue, Column, Table, Value

from nps.banding import NONE
from nps.notes import InputError
from nps.tables import uses_alone
from nps.who.tables import Tables, inside, outside, said
from nps.who.values import (
    Account,
    AllOf,
    Answered,
    AnyOf,
    Did,
    Feature,
    Is,
    Named,
    Not,
    Prop,
    Saved,
    Term,
    Then,
    features_of,
)
from nps.who.windows import Before, Between, Ever, Joined, Last, Window

COMPARED = {"=": eq, "!=": ne, ">=": ge, "<": lt}
NEVER_ASKED = ("person_id", "feature", "kind", "at")
DIGITS = 6  # of a sum of uses: the order of a sum must not decide


class Sets:
    """Sets of the people of some tables, or of their answers."""

    def __init__(self, tables: Tables, answers: bool = False) -> None:
        self.tables, self.key = tables, "answer" if answers else "person_id"

    @cached_property
    def base(self) -> Table:
        """Everybody, or every answer of theirs."""
        everybody = self.tables.everybody
        if self.key == "person_id":
            return everybody
        answers = self.tables.answers
        return (answers if self.tables.people is None else inside(answers, everybody, "person_id")).select("answer")

    def any(self, term: Term) -> Table:
        """Whom it holds for; maybe with some that nobody lists, and several times, unless it is an `AllOf`."""
        if isinstance(term, Not):
            return outside(self.base, self.any(term.clause), self.key)
        if isinstance(term, AnyOf):
            return ibis.union(*map(self.any, term.clauses))
        if isinstance(term, AllOf):
            return reduce(lambda one, other: inside(one, other, self.key), map(self.any, term.clauses), self.base)
        if unknown := self._unknown(features_of(term)):
            raise InputError("selection.no_feature", name=unknown)
        return self._lifted(MAKERS[type(term)](self, term))

    def _unknown(self, features: tuple[Feature, ...]) -> str | None:
        known = self.tables.known
        return None if known is None else next((name for kind, name in features if (kind, name) not in known), None)

    def _lifted(self, found: Table) -> Table:
        """Answers of people, where answers are asked for."""
        if self.key in found.columns:
            return found
        return inside(self.tables.answers, found, "person_id").select("answer")

    def did(self, clause: Did) -> Table:
        """Counted per person, or per answer; where none will do, everybody but those with more."""
        rows = self._rows(clause.features, clause.props)
        rows, key = self._inside(rows, clause.window, "at")
        counts = _counted(rows, key, clause.measure)
        if clause.at_least:
            return _between(counts, clause.at_least, clause.at_most).select(key)
        more = counts.filter(counts.n > clause.at_most)
        return outside(Sets(self.tables, key == "answer").base, more, key)

    def then(self, clause: Then) -> Table:
        """Of each use of the later feature, the last use of the first one before it tells: no pair is made."""
        rows = self._rows((clause.first, clause.then))
        rows = rows.filter(rows["at"].notnull())
        rows = rows.select("person_id", "at", one=_is(rows, clause.first), two=_is(rows, clause.then))
        rows, key = self._inside(rows, clause.window, "at")
        moments = rows.group_by(key, "at").aggregate(one=rows.one.any(), two=rows.two.any())
        earlier = ibis.window(group_by=key, order_by="at", preceding=(None, 1))
        last = moments.one.ifelse(moments["at"], ibis.null("timestamp")).max()
        moments = moments.mutate(since=last.over(earlier))
        soon = moments["at"] <= moments.since + ibis.interval(hours=24 * clause.days)
        return moments.filter(moments.two & soon.fill_null(False)).select(key)

    def answered(self, clause: Answered) -> Table:
        """Any answer of theirs will do."""
        rows = self.tables.answers
        rows = rows.filter(rows.score.between(clause.low, clause.high))
        if clause.surveys:
            rows = rows.filter(rows.survey.fill_null(NONE).isin(clause.surveys))
        rows = rows.select("person_id", "responded_at")
        return self._inside(rows, clause.window, "responded_at")[0].select("person_id")

    def named(self, clause: Named) -> Table:
        """Any comment of theirs will do."""
        if self.tables.named is None:
            raise InputError("who.no_comments")
        return self.tables.answering(self.tables.named(clause)).select("person_id")

    def is_(self, clause: Is) -> Table:
        """Text as it stands, numbers by their value."""
        people = self.tables.listed
        if clause.column not in people.columns:
            raise InputError("selection.no_segment", name=clause.column)
        column = people[clause.column]
        return people.filter(reduce(or_, [compared(column, "=", value) for value in clause.values])).select("person_id")

    def account(self, clause: Account) -> Table:
        """Of accounts with enough of their people in the set."""
        inner = Sets(self.tables)
        members = inside(self.tables.members, inner.base, "person_id")
        hitting = inside(members, inner.any(clause.clause), "person_id")
        all_of_them = members.group_by("account").aggregate(people=members.count())
        hits = hitting.group_by("account").aggregate(hits=hitting.count())
        both = hits.join(all_of_them, "account")
        return inside(members, both.filter(both.hits * 100 >= both.people * clause.share), "account").select(
            "person_id"
        )

    def saved(self, clause: Saved) -> Table:
        """It stands for other conditions, which nobody has put in its place."""
        raise InputError("who.not_saved", id=clause.id)

    def used(self, features: tuple[Feature, ...], window: Window) -> Table:
        """The usage of some features, of all without any, in a window."""
        return self._inside(self._rows(features), window, "at")[0]

    def _rows(self, features: tuple[Feature, ...], props: tuple[Prop, ...] = ()) -> Table:
        """The usage of some features, of all without any, of which that is said; what else is said of it stays away."""
        usage = self.tables.used
        rows = usage.filter(reduce(or_, [_is(usage, feature) for feature in features])) if features else usage
        for prop in props:
            rows = rows.filter(_prop(rows, prop))
        return uses_alone(rows)

    def _inside(self, rows: Table, window: Window, at: str) -> tuple[Table, str]:
        """The rows of a window, and the column that tells what it holds for."""
        if isinstance(window, Before):
            answers = self.tables.answers.select("answer", "person_id", "responded_at")
            rows = rows.inner_join(answers, "person_id")
            since, until = rows.responded_at - ibis.interval(hours=24 * window.days), rows.responded_at
            return rows.filter((rows[at] > since) & (rows[at] <= until)), "answer"
        if isinstance(window, Joined):
            rows = rows.inner_join(self.tables.joiners, "person_id")
            until = rows.joined_at + ibis.interval(hours=24 * window.days)
            return rows.filter((rows[at] >= rows.joined_at) & (rows[at] < until)), "person_id"
        return (rows if isinstance(window, Ever) else rows.filter(self._spanned(rows[at], window))), "person_id"

    def _spanned(self, at: Value, window: Last | Between) -> BooleanValue:
        since = ibis.literal(began(window, self.tables.as_of), "timestamp")
        if isinstance(window, Last):
            return (at > since) & (at <= ibis.literal(self.tables.as_of, "timestamp"))
        until = ibis.literal(pd.Timestamp(window.last) + pd.Timedelta(days=1), "timestamp")
        return (at >= since) & (at < until)


MAKERS = {
    Did: Sets.did,
    Then: Sets.then,
    Answered: Sets.answered,
    Named: Sets.named,
    Is: Sets.is_,
    Account: Sets.account,
    Saved: Sets.saved,
}


def began(window: Window, as_of: pd.Timestamp | None) -> pd.Timestamp:
    """The moment after which a window lies that is the same for everybody. Raises InputError where nothing is dated."""
    if isinstance(window, Between):
        return pd.Timestamp(window.first)
    if as_of is None:
        raise InputError("who.no_date")
    return as_of - pd.Timedelta(days=window.days)


def compared(column: Column, sign: str, value: str) -> BooleanValue:
    """Whether cells compare so with a value as it is typed; never NULL.

    Text and yes or no are what they say, “(none)” where nothing is. Raises InputError where the type has no such value.
    """
    kind = column.type()
    if kind.is_string() or kind.is_boolean():
        if sign not in ("=", "!="):
            raise InputError("who.text_compared", column=column.get_name())
        return COMPARED[sign](said(column), value)
    return COMPARED[sign](column, _constant(column, value)).fill_null(False)


def _constant(column: Column, value: str) -> Value:
    try:
        if column.type().is_numeric():
            return ibis.literal(float(value) if set(value) & {".", "e", "E"} else int(value))
        return ibis.literal(pd.Timestamp(value), "timestamp")
    except ValueError:
        raise InputError("who.no_such_value", value=value, column=column.get_name()) from None


def _prop(rows: Table, prop: Prop) -> BooleanValue:
    if prop.column not in rows.columns or prop.column in NEVER_ASKED:
        raise InputError("who.no_column", name=prop.column)
    return compared(rows[prop.column], prop.sign, prop.value)


def _is(usage: Table, feature: Feature) -> BooleanValue:
    kind, name = feature
    return ((usage.kind == kind) & (usage.feature == name)).fill_null(False)


def _counted(rows: Table, key: str, measure: str) -> Table:
    """How often: key, n."""
    if measure == "days":
        days = rows.filter(rows["at"].notnull()).select(key, day=rows["at"].date()).distinct()
        return days.group_by(key).aggregate(n=days.count())
    n = rows.count() if measure == "times" else rows.uses.sum().fill_null(0).round(DIGITS)
    return rows.group_by(key).aggregate(n=n)


def _between(counts: Table, least: int, most: int | None) -> Table:
    enough = counts.filter(counts.n >= least)
    return enough if most is None else enough.filter(enough.n <= most)
