"""The exports of tools: which one a file is, and what has to be done to it before its columns can be named.

A layout is recognised by headers that only this tool writes, or by headers and content. Rows that hold nothing to use
are left out and counted. Whoever gave the file may overrule it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import EllipsisType

import ibis
import pandas as pd
from ibis.expr.types import Table

from nps.exports import analytics, forms, headers, pendo, posthog, questions, surveys
from nps.exports.layout import Layout, matching, noted, says
from nps.notes import InputError, NothingLeft, note
from nps.sources import Choice, Given, Source, open_files, open_source, together

__all__ = ["LAYOUTS", "belonging", "open_export", "recognise", "recognise_together"]

LAYOUTS = (
    *headers.LAYOUTS,
    *forms.LAYOUTS,
    *posthog.LAYOUTS,
    *pendo.LAYOUTS,
    *surveys.LAYOUTS,
    *analytics.LAYOUTS,
    *questions.LAYOUTS,
)
MOST_TOGETHER = 6  # uses and names of features and of pages, with a spare of each


def open_export(
    given: Given,
    table: str | None,
    con: ibis.BaseBackend,
    scratch: Path,
    wanted: str | EllipsisType | None = ...,
    choice: Mapping[str, str] | None = None,
) -> Source:
    """What was given as a source, as the export that it is; `table` and `wanted` as `recognise` takes them.

    choice  as `open_source` takes it
    Raises InputError when it is no table, or no such export.
    """
    name = table or "given"
    if isinstance(given, (Table, pd.DataFrame)):
        return recognise(open_source(given, name, con, scratch), table, wanted)
    files = open_files(given, name, con, scratch, lambda _: Choice(choice or {}))
    return belonging(files, table, wanted) or recognise(together(files, name), table, wanted)


def belonging(
    files: Mapping[str, Source], table: str | None = None, wanted: str | EllipsisType | None = ...
) -> Source | None:
    """Several files of one tool that belong together, by file name, as one source; None when they are no such files."""
    named = [replace(source, name=file) for file, source in files.items()]
    if wanted is ... and 2 <= len(named) <= MOST_TOGETHER and (joined := recognise_together(named)):
        return replace(joined, name=table or "given")
    return None


def recognise(source: Source, table: str | None = None, wanted: str | EllipsisType | None = ...) -> Source:
    """The source as the export that it is: `export`, `holds`, `hints`, `ignored` and `notes` set, columns renamed.

    table   the table that it shall be; a layout that holds it goes before others
    wanted  the name of the export that it is; None when it is none of them
    Raises InputError when there is no such export, or the source is none of that kind.
    """
    if wanted is None:
        return source
    layouts = [layout for layout in LAYOUTS if wanted in (..., layout.name)]
    if not layouts:
        raise InputError("export.unknown", wanted=wanted, known=tuple(layout.name for layout in LAYOUTS))
    layouts.sort(key=lambda layout: layout.holds != table)
    for layout in layouts:
        if source.columns and layout.recognises(source):
            return _finished(layout.read(source), layout)
    if wanted is not ...:
        raise InputError("export.none_such", export=wanted)
    return source


def recognise_together(sources: Sequence[Source]) -> Source | None:
    """Several files of one tool that belong together as one source; None when they are no such files."""
    if joined := pendo.together(sources):
        return _finished(*joined)
    return None


def _finished(source: Source, layout: Layout) -> Source:
    """The source under the name of its layout, with the hints that the layout gives beside those already there."""
    named = {field: columns[0] for field, wanted in layout.hints.items() if (columns := matching(source, wanted))}
    source = replace(source, export=layout.name, holds=layout.holds, hints=named | dict(source.hints))
    if not source.ignored:
        return noted(source, note("export.recognised", export=source.export))
    left_out = tuple(note("export.rows", what=reason, rows=rows) for reason, rows in source.ignored)
    recognised = note("export.recognised_in_part", export=source.export, left_out=left_out)
    if not says(source, ibis.literal(True)):
        raise NothingLeft("export.nothing_left", also=(recognised,))
    return noted(source, recognised)
