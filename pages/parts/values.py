"""What a browser says of charts and tables, or nothing: `web.values` knows what widgets offer, not what is drawn."""

from collections.abc import Mapping, Sequence


def row(selected: object, rows: int) -> int | None:
    """The row of the one cell that was clicked in a table of so many."""
    clicked = _of(_of(selected, "selection"), "cells")
    cell = clicked[0] if isinstance(clicked, Sequence) and clicked else None
    place = cell[0] if isinstance(cell, Sequence) and cell else None
    return place if isinstance(place, int) and 0 <= place < rows else None


def clicked(selected: object, name: str = "person", field: str = "person") -> str | None:
    """What was clicked in a chart, by the name of the selection and the field that it tells."""
    marks = _of(_of(selected, "selection"), name)
    said = _of(marks[0], field) if isinstance(marks, Sequence) and marks else None
    return said if isinstance(said, str) else None


def brush(selected: object) -> object:
    """The rectangle that was drawn, whatever it is; None where the brush was not touched."""
    return _of(_of(selected, "selection"), "brush")


def _of(mapping: object, name: str) -> object:
    return mapping.get(name) if isinstance(mapping, Mapping) else None
