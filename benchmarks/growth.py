"""Growth from size to size, against itself: what should be linear per respondent, and what should be flat in all."""

from collections.abc import Iterator
from itertools import pairwise

from benchmarks import counts, data
from benchmarks.rollup import TIMES, ours
from benchmarks.timing import Row, in_turn


def rows(sizes: tuple[int, ...], times: int) -> Iterator[Row]:
    """Filter per million respondents, and files, each size against the one before; the brush in all."""
    panels = {people: counts.product(people) for people in sizes}
    for built in panels.values():
        counts.answered(built)
    for small, large in pairwise(sizes):
        for what, way, flat in (
            ("brush", counts.answered, True),
            ("filter changed: new cube, per respondent", counts.recounted, False),
            ("first cube, per respondent", counts.first_counted, False),
        ):
            found = in_turn(
                {"large": lambda w=way, n=large: w(panels[n]), "small": lambda w=way, n=small: w(panels[n])},
                times,
            )
            yield _row(what, found, large, small, flat=flat)
    small, large = sizes[:2]
    ways = {"large": lambda: ours(data.files(large), "csv"), "small": lambda: ours(data.files(small), "csv")}
    yield _row("files to panel, per respondent", in_turn(ways, TIMES), large, small, flat=False)


def _row(what: str, found: dict[str, float], large: int, small: int, *, flat: bool) -> Row:
    """Linear or better: no dearer per respondent, a tenth for noise; flat: at most twice."""
    if flat:
        return Row(f"growth: {what}", f"itself at {small:,}", large, found["large"], found["small"], 2.0)
    each = found["large"] / large * 1e6, found["small"] / small * 1e6
    return Row(f"growth: {what}", f"itself at {small:,}", large, *each, 1.1, "ms/M")
