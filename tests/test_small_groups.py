"""What viewers see holds no group of one to four people, and none follows from it, on paper and under attack."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from workspace.privacy.small_groups import FEWEST, admitted, is_safe, merged, stand_apart

COUNTS = arrays(np.int64, st.tuples(st.integers(1, 12), st.just(3)), elements=st.integers(0, 12))


def summed(counts: np.ndarray, sets: np.ndarray) -> np.ndarray:
    return np.array([counts[sets == one].sum(axis=0) for one in range(sets.max() + 1)])


def test_values_of_fewer_than_five_in_a_group_are_one_set_and_others_stay_alone():
    counts = np.array([[9, 9, 9], [5, 0, 7], [4, 9, 9], [2, 5, 1], [30, 8, 6]])
    assert merged(counts).tolist() == [0, 1, 2, 2, 3]


def test_a_set_that_is_still_too_small_takes_in_the_smallest_other_one():
    counts = np.array([[9, 9, 9], [5, 5, 5], [1, 0, 0]])
    assert merged(counts).tolist() == [0, 1, 1]


def test_months_stand_together_with_their_neighbours_only():
    counts = np.array([[9, 9, 9], [8, 8, 8], [1, 1, 1], [9, 9, 9], [3, 0, 0]])
    assert merged(counts, ordered=True).tolist() == [0, 1, 1, 2, 2]


def test_nothing_is_divided_where_that_leaves_less_than_two_sets():
    assert merged(np.array([[9, 9, 9], [1, 9, 9]])) is None
    assert merged(np.array([[9, 9, 4]])) is None
    assert merged(np.array([[9, 9, 9], [0, 0, 0]])) is None
    assert merged(np.zeros((0, 3), int)) is None


@given(COUNTS, st.booleans())
def test_every_cell_of_what_stands_together_is_empty_or_holds_five(counts, ordered):
    sets = merged(counts, ordered=ordered)
    if sets is not None:
        assert {*sets} == {*range(sets.max() + 1)}
        assert is_safe(summed(counts, sets))
        assert not ordered or (np.diff(sets) >= 0).all()


def people(rng: np.random.Generator, n: int, columns: int) -> np.ndarray:
    """A group of three, then columns of two to eight values: uneven, and not independent of each other."""
    found = [rng.choice(3, n, p=rng.dirichlet(np.full(3, 2.0)))]
    for _ in range(columns):
        values = rng.integers(2, 9)
        drawn = rng.choice(values, n, p=rng.dirichlet(np.full(values, 0.7)))
        alike = found[rng.integers(len(found))] % values
        found.append(np.where(rng.random(n) < rng.choice([0, 0.4, 1.0]), alike, drawn))
    return np.stack(found, axis=1)


def shown(who: np.ndarray) -> list[np.ndarray]:
    """Of each column that may be shown, each person's set of values."""
    found = []
    for column in range(1, who.shape[1]):
        counts = np.zeros((who[:, column].max() + 1, 3), int)
        np.add.at(counts, (who[:, column], who[:, 0]), 1)
        sets = merged(counts, ordered=bool(column % 2))
        if sets is not None:
            found.append(sets[who[:, column]])
    return found


def tables(who: np.ndarray, columns: list[np.ndarray]) -> list[np.ndarray]:
    found = []
    for sets in columns:
        table = np.zeros((sets.max() + 1, 3), int)
        np.add.at(table, (sets, who[:, 0]), 1)
        found.append(table)
    return found


def follows_by_subtraction(seen: list[np.ndarray]) -> list[int]:
    """Differences of any two figures, one of which must hold the other, that are one to four people.

    A figure is a sum over any values and any groups. Within each set of groups, all the columns tell sums of whole
    sets of values; one holds the other where both are of one column, or where one is everybody in these groups.
    """
    found = []
    for groups in (list(chosen) for size in (1, 2, 3) for chosen in combinations(range(3), size)):
        for table in seen:
            cells = table[:, groups].sum(axis=1)
            sums = {int(np.array(chosen) @ cells) for chosen in product((0, 1), repeat=len(cells))}
            found += [value for value in sums if 0 < value < FEWEST]
    return found


def follows_by_propagation(seen: list[np.ndarray], columns: tuple[int, ...]) -> int:
    """Cells of the table of these columns and the group whose bounds meet at one to four people.

    Bounds are tightened by every total until nothing moves.
    """
    found = 0
    for group in range(3):
        totals = [seen[column][:, group] for column in columns]
        shape = tuple(map(len, totals))
        low, high = np.zeros(shape), np.full(shape, totals[0].sum(), float)
        while True:
            before = low.copy(), high.copy()
            for axis, total in enumerate(totals):
                others = tuple(place for place in range(len(shape)) if place != axis)
                total = np.expand_dims(total, others)
                low = np.maximum(low, total - (high.sum(axis=others, keepdims=True) - high))
                high = np.minimum(high, total - (low.sum(axis=others, keepdims=True) - low))
            if (before[0] == low).all() and (before[1] == high).all():
                break
        found += int(((low == high) & (low > 0) & (low < FEWEST)).sum())
    return found


def attack(seed: int, sets: int) -> tuple[int, int]:
    """Random people, all that is shown of them, both attacks on all pairs and triples of columns: tables, and cells of
    fewer than five that were there to be found."""
    rng = np.random.default_rng(seed)
    attacked = hidden = 0
    for _ in range(sets):
        who = people(rng, int(rng.choice([40, 150, 600, 3000])), 5)
        columns = shown(who)
        seen = tables(who, columns)
        assert {table.sum() for table in seen} <= {len(who)}, "everybody is in every table"
        assert follows_by_subtraction(seen) == []
        for chosen in (each for size in (2, 3) for each in combinations(range(len(seen)), size)):
            assert follows_by_propagation(seen, chosen) == 0
            cells = np.unique(np.stack([who[:, 0], *(columns[at] for at in chosen)]), axis=1, return_counts=True)[1]
            attacked, hidden = attacked + 1, hidden + int((cells < FEWEST).sum())
    return attacked, hidden


def test_no_small_group_follows_from_the_tables_of_any_columns():
    attacked, hidden = attack(16, 12)
    assert attacked > 50
    assert hidden > 500, "there was something to find"


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_small_group_follows_from_many_more_tables():
    attacked, hidden = attack(17, 400)
    assert attacked > 2_000
    assert hidden > 20_000


def test_the_attacks_find_what_is_there():
    small = [np.array([[20, 9, 9], [3, 9, 9]])]
    assert follows_by_subtraction(small) == [3]
    assert follows_by_propagation([*small, np.array([[23, 9, 9], [0, 9, 9]])], (0, 1)) == 1


def test_tables_of_every_two_columns_would_not_be_enough():
    """Every cell of all three tables holds five or nobody, and yet three people follow: a 0, b 1, c 0.

    As nobody has b 0 and c 1, the five of a 0 and b 0 all have c 0; of the eight of a 0 and c 0 three are left.
    """
    cells = np.zeros((2, 2, 2), int)
    cells[0, 0, 0], cells[0, 1, 0], cells[0, 1, 1], cells[1, 0, 0], cells[1, 1, 0], cells[1, 1, 1] = 5, 3, 6, 6, 7, 8
    pairs = [cells.sum(axis=axis) for axis in range(3)]
    assert all(is_safe(table) for table in pairs)
    without_a, without_b, without_c = pairs
    assert without_a[0, 1] == 0
    assert without_b[0, 0] - without_c[0, 0] == cells[0, 1, 0] == 3


def cross(*rows: list[int]) -> np.ndarray:
    """People of two columns, all of one group."""
    return np.array([rows, np.zeros_like(rows), np.zeros_like(rows)])


def test_a_value_within_another_one_may_not_leave_a_few():
    """48 of Germany's 50 are in Berlin: who knows where Berlin is knows of the two."""
    assert not stand_apart(cross([48, 2], [0, 30]))
    assert not stand_apart(cross([20, 28, 2], [0, 0, 30]))
    assert not stand_apart(cross([48, 2], [0, 30]).swapaxes(1, 2))
    assert stand_apart(cross([45, 5], [0, 30]))
    assert stand_apart(cross([50, 0], [0, 30]))
    assert stand_apart(cross([48, 2], [2, 30])), "neither lies within the other"


def test_a_column_that_leaves_a_few_beside_another_one_is_not_shown():
    country, city = np.repeat([0, 1], [50, 30]), np.repeat([0, 1], [48, 32])
    group, plan = np.zeros(80, int), np.arange(80) % 2
    assert admitted([country, city, plan], group) == [0, 2]
    assert admitted([city, country, plan], group) == [0, 2]
    assert admitted([country, country, plan], group) == [0, 1, 2]
    assert admitted([], group) == []
