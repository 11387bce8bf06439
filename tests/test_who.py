"""Who did or did not do what: equal to plain loops, in words, in links."""

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
from nps.who.built import Built
from nps.who.tables import Tables
from nps.who.text import parsed, printed
from nps.who.values import Is, leaves
from nps.who.windows import Joined

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
