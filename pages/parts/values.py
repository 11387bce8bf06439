"""What a browser says of charts and tables, or nothing: `web.values` knows what widgets offer, not what is drawn."""

from collections.abc import Mapping, Sequence

from nps.selection import SCORES


def cell(selected: object, rows: int) -> tuple[int, str] | None:
    """The row and the column of the one cell that was clicked in a table of so many rows."""
    clicked = _of(_of(selected, "selection"), "cells")
    found = clicked[0] if isinstance(clicked, Sequence) and clicked else None
    place, column = found if isinstance(found, Sequence) and len(found) == 2 else (None, None)
    there = isinstance(place, int) and isinstance(column, str) and 0 <= place < rows
    return (place, column) if there else None


def row(selected: object, rows: int) -> int | None:
    """Its row."""
    found = cell(selected, rows)
    return found[0] if found else None


def rows(selected: object, rows: int) -> list[int]:
    """The rows that are ticked in a table of so many, in its order."""
    ticked = _of(_of(selected, "selection"), "rows")
    said = ticked if isinstance(ticked, Sequence) else ()
    return sorted({place for place in said if type(place) is int and 0 <= place < rows})


def clicked(selected: object, name: str = "person", field: str = "person") -> str | None:
    """What was clicked in a chart, by the name of the selection and the field that it tells."""
    marks = _of(_of(selected, "selection"), name)
    said = _of(marks[0], field) if isinstance(marks, Sequence) and marks else None
    return said if isinstance(said, str) else None


def score(selected: object) -> int | None:
    """The score that was clicked in a chart whose selection has that name."""
    marks = _of(_of(selected, "selection"), "score")
    said = _of(marks[0], "score") if isinstance(marks, Sequence) and marks else None
    return said if type(said) is int and 0 <= said < SCORES else None


def brush(selected: object) -> object:
    """The rectangle that was drawn, whatever it is; None where the brush was not touched."""
    return _of(_of(selected, "selection"), "brush")


def _of(mapping: object, name: str) -> object:
    return mapping.get(name) if isinstance(mapping, Mapping) else None
