"""Who did or did not do what: equal to plain loops, in words, in links."""

from contextlib import suppress
from datetime import date
from functools import cache

import builders
import ibis
import numpy as np
import pandas as pd
import pytest
import who_worlds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from who_oracle import World

import nps
from nps.who.built import Built, Shelved
from nps.who.tables import Tables
from nps.who.text import parsed, printed
from nps.who.values import Account, Answered, AnyOf, Did, Is, Named, Not, Prop, Saved, Then, leaves
from nps.who.windows import Before, Between, Joined, Last
from nps.who.words import told

EXPORT, IMPORT, SHARE = (("feature", name) for name in ("Export", "Import", "Share"))
JANUARY = Between(date(2025, 1, 1), date(2025, 1, 31))
THRICE = Did((EXPORT,), "uses", 3, None, Last(30), (Prop("plan", "=", "x"),))
SYNC = Named("theme", "sync", "dislike")
FEW = settings(builders.few(24), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def tables(world: World, con: ibis.BaseBackend) -> Tables:
    """A world in DuckDB."""
    made = {name: con.create_table(name, frame, overwrite=True) for name, frame in who_worlds.frames(world).items()}
    return of(world, made)


def of(world: World, made: dict[str, ibis.Table]) -> Tables:
    named = {each: np.array(sorted(numbers)) for each, numbers in world.named.items()}
    people = None if world.listed is None else made["people"]
    return Tables(made["answers"], made["usage"], people, world.as_of and pd.Timestamp(world.as_of), named.get)


def assert_equal(asked: Tables, world: World, terms: tuple) -> None:
    """The same people as the loops find, and of the panel the same numbers."""
    expected, built = world.people_of(terms), Built(terms)
    counted = built.count(asked)
    assert counted.people == len(expected), terms
    assert counted.no_usage == sum(not world.people[name].events for name in expected)
    assert counted.respondents == sum(bool(world.people[name].answers) for name in expected)
    numbers = {each.id: number for number, each in enumerate(one for one in world.people.values() if one.answers)}
    people = sorted(numbers[name] for name in expected if name in numbers)
    found = built.ids(asked)
    assert found.dtype == np.int32
    assert found.tolist() == (world.answers_of(terms) if built.of_answers else people), terms


@cache
def made(seed: int, listed: bool = True) -> tuple[Tables, World]:
    world = who_worlds.world(seed, listed=listed)
    return tables(world, ibis.duckdb.connect()), world


@given(terms=who_worlds.questions)
@FEW
def test_the_same_people_as_a_loop_over_everybody_finds(terms):
    assert_equal(*made(1), terms)


@given(terms=who_worlds.questions)
@FEW
def test_where_nobody_is_listed_there_are_those_who_answered_or_used_something(terms):
    needs_a_list = [
        leaf for leaf in leaves(terms) if isinstance(leaf, Is) or isinstance(getattr(leaf, "window", None), Joined)
    ]
    if needs_a_list:
        with pytest.raises(nps.InputError):
            Built(terms).count(made(2, listed=False)[0])
    else:
        assert_equal(*made(2, listed=False), terms)


@pytest.mark.slow
@given(seed=st.integers(3, 9), terms=who_worlds.questions)
@settings(FEW, max_examples=1000)
def test_a_thousand_questions_give_what_loops_give(seed, terms):
    assert_equal(*made(seed), terms)


@given(who_worlds.any_terms)
@settings(deadline=None)
def test_a_condition_in_a_link_comes_back_as_it_was(term):
    assert parsed(printed(term)) == term


@given(who_worlds.names | st.text("didthenansweredisnamedaccountsavedany:.;,!|*-0123456789=<>_~", max_size=40))
def test_any_line_is_a_condition_that_comes_back_or_is_refused(line):
    with suppress(nps.InputError):
        term = parsed(line)
        assert parsed(printed(term)) == term


@pytest.mark.parametrize(
    ("line", "term"),
    [
        (
            "did.feature:Export;uses:3-;last:30;plan=x",
            THRICE,
        ),
        ("!did.feature:Export;uses:1-;joined:14", Not(Did((EXPORT,), window=Joined(14)))),
        ("then.feature:Import,feature:Share;7;last:90", Then(IMPORT, SHARE, 7, Last(90))),
        (
            "answered.0-6;last:180|named.sync.dislike",
            AnyOf((Answered(0, 6, (), Last(180)), SYNC)),
        ),
        ("saved.k3f9~2", Saved("k3f9", 2)),
        ("is.plan:Free,Trial", Is("plan", ("Trial", "Free"))),
        ("account.all.!did.*;days:1-", Account(Not(Did((), "days")), 100)),
        ("did.page:A%2Fb%3B c;uses:0-2;from:2025-01-01_2025-01-31", Did((("page", "A/b; c"),), "uses", 0, 2, JANUARY)),
    ],
)
def test_a_condition_is_written_like_this(line, term):
    assert printed(term) == line
    assert parsed(line) == term


def test_the_same_question_is_the_same_value_and_the_same_line():
    one, other = Did((SHARE, EXPORT, SHARE)), Did((EXPORT, SHARE))
    assert one == other
    assert printed(AnyOf((one, Saved("a", 1)))) == printed(AnyOf((Saved("a", 1), other)))


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (Did((EXPORT,)), "used Export"),
        (Did(), "used anything"),
        (
            Did((EXPORT, SHARE), "uses", 3, None, Last(30)),
            "used Export or Share with at least 3 uses in the last 30 days",
        ),
        (Did((EXPORT,), "times", 1, 4), "used Export 1 to 4 times"),
        (Did((EXPORT,), "days", 0, 1, Joined(1)), "used Export on at most 1 day within 1 day of joining"),
        (
            Did((EXPORT,), props=(Prop("plan", "!=", "x"), Prop("minutes", ">=", "5"))),
            "used Export (minutes >= 5 and plan != x)",
        ),
        (Not(Did((EXPORT,), window=Joined(14))), "did not use Export within 14 days of joining"),
        (Not(Did((EXPORT,), "days", 3)), "not: used Export on at least 3 days"),
        (
            Then(IMPORT, SHARE, 7, Before(90)),
            "used Import and then, within 7 days, Share in the 90 days before the answer",
        ),
        (
            Answered(0, 6, ("Q1", "(none)"), JANUARY),
            "answered with score 0 to 6 in (none) or Q1 from 2025-01-01 to 2025-01-31",
        ),
        (Answered(9, 9), "answered with score 9"),
        (Named("mention", "feature:Export", "love"), "names: Export (love)"),
        (Named("word", "slow"), "wrote: slow"),
        (Is("plan", ("Free", "Pro")), "Plan: Free, Pro"),
        (Is("team", ("Blue",)), "team: Blue"),
        (Account(Did((EXPORT,))), "of an account where somebody fits “used Export”"),
        (Account(Not(Did((EXPORT,))), 100), "of an account where everybody fits “did not use Export”"),
        (Account(Is("plan", ("Pro",)), 50), "of an account where at least 50% fit “Plan: Pro”"),
        (Saved("k3f9", 2), "in the set “k3f9”"),
        (AnyOf((Is("plan", ("Pro",)), Did((EXPORT,)))), "used Export or Plan: Pro"),
    ],
)
def test_a_condition_is_told_in_plain_words(term, words):
    assert str(told(term)) == words


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: Did((EXPORT,), at_least=0), "holds for everybody"),
        (lambda: Did((EXPORT,), at_least=3, at_most=2), "the lower number first"),
        (lambda: Did((EXPORT,), at_least=-1), "from 0 to"),
        (lambda: Did((EXPORT,), at_least=1.5), "whole number"),
        (lambda: Did((EXPORT,), "minutes"), "counted in uses, times, days"),
        (lambda: Did(tuple(("feature", f"{n}") for n in range(51))), "50 names or values"),
        (lambda: Did((("feature", "x" * 201),)), "1 to 200 characters"),
        (lambda: Did((("feature", ""),)), "1 to 200 characters"),
        (lambda: Prop("plan", "like", "x"), "compared by"),
        (lambda: Last(0), "from 1 to 3,650"),
        (lambda: Joined(3651), "from 1 to 3,650"),
        (lambda: Then(IMPORT, SHARE, 0), "from 1 to 3,650"),
        (lambda: Between(JANUARY.last, JANUARY.first), "ends before it begins"),
        (lambda: Answered(0, 11), "Score goes from 0 to 10"),
        (lambda: Answered(window=Before(30)), "not in the days before an answer"),
        (lambda: Named("word", "slow", "love"), "is on no side"),
        (lambda: Named("mention", "Export"), "by kind and name"),
        (lambda: Is("plan", ()), "Choose a value"),
        (lambda: Account(Account(Did())), "conditions about people"),
        (lambda: Account(Did(window=Before(30))), "conditions about people"),
        (lambda: Account(Did(), 101), "from 0 to 100"),
        (lambda: AnyOf((Did(), Did())), "two different conditions"),
        (lambda: Saved("k3/9", 1), "letters and digits"),
        (lambda: parsed("did.feature:Export"), "could not be read"),
        (lambda: parsed("did.feature:Export;uses:3-;last:30;last:7"), "could not be read"),
        (lambda: parsed("drop.table"), "could not be read"),
        (lambda: parsed("did.feature:%FF;uses:1-"), "could not be read"),
    ],
)
def test_what_nobody_can_mean_is_refused_in_words(make, why):
    with pytest.raises(nps.InputError, match=why):
        make()


def test_what_is_saved_in_itself_is_refused():
    with pytest.raises(nps.InputError, match="too deep"):
        Built((Saved("a", 1),)).expanded(lambda saved: Shelved("itself", (saved,)))
