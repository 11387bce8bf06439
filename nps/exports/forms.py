"""Form tools with one row of headers: Typeform, Google Forms, Formbricks."""

import re
from dataclasses import replace

import ibis

from nps.exports.layout import (
    Layout,
    counted,
    head,
    hinted,
    is_blank,
    matching,
    noted,
    person,
    text,
    unguarded,
    without,
)
from nps.notes import note
from nps.sources import Source

GOOGLE_TIMESTAMP = (
    *("Timestamp", "Zeitstempel", "Horodateur", "Marca temporal", "Carimbo de data/hora"),
    *("Informazioni cronologiche", "Tijdstempel"),
)
_GOOGLE_TIME = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4},? \d{1,2}[:.]\d\d[:.]\d\d|\d{4}[-/]\d\d?[-/]\d\d? \d{1,2}:\d\d:\d\d(\.\d{3})?"
)
_QUESTION = re.compile(r".*\?\W*|(\S+ ){3,}\S+|.+ \[.+\]")
SUBMITTED, STEPS = "Submit Date (UTC)", ("Stage Date (UTC)", "Start Date (UTC)")


def _typeform(source: Source) -> bool:
    return source.columns[0] == "#" and SUBMITTED in source.columns


def _read_typeform(source: Source) -> Source:
    """An answer that was begun and not submitted has the date of its last step."""
    source = unguarded(source)
    steps = [column for column in STEPS if column in source.columns]
    unfinished = counted(source.table, is_blank(source.table[SUBMITTED]))
    if steps and unfinished:
        dates = ibis.coalesce(*(text(source.table[column]) for column in (SUBMITTED, *steps)))
        source = noted(
            replace(source, table=source.table.mutate(**{SUBMITTED: dates})),
            note("export.unfinished", answers=unfinished),
        )
    return source


def _google_forms(source: Source) -> bool:
    """Nobody else writes a time with seconds first, and then nothing but questions or an address."""
    stamp, *questions = source.columns
    if stamp not in GOOGLE_TIMESTAMP or not questions:
        return False
    numbered = [column for column in questions if _QUESTION.fullmatch(column)]
    times = [cell for row in head(source) if (cell := row[stamp].strip())]
    return 2 * len(numbered) >= len(questions) and bool(times) and all(_GOOGLE_TIME.fullmatch(cell) for cell in times)


def _read_google_forms(source: Source) -> Source:
    columns = source.columns
    source = without(source, lambda t: ibis.and_(*(is_blank(t[column]) for column in columns)), note("row.blank"))
    return hinted(source, responded_at=columns[0])


def _read_formbricks(source: Source) -> Source:
    source = unguarded(source)
    return person(source, matching(source, "user_id person.userId person.email response_id"))


TYPEFORM = Layout(
    "Typeform export",
    "responses",
    hints={"response_id": "#", "responded_at": "submit_date_utc"},
    fits=_typeform,
    read=_read_typeform,
)
GOOGLE_FORMS = Layout("Google Forms export", "responses", fits=_google_forms, read=_read_google_forms)
FORMBRICKS = Layout(
    "Formbricks export",
    "responses",
    "no response_id timestamp finished survey_id formbricks_id_internal",
    {"response_id": "response_id", "responded_at": "timestamp", "survey": "survey_id"},
    read=_read_formbricks,
)
LAYOUTS = (TYPEFORM, GOOGLE_FORMS, FORMBRICKS)
