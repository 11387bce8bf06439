"""Survey tools that write more than one row of headers: Qualtrics and SurveyMonkey."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import ibis
import ibis.expr.datatypes as dt
from ibis.expr.types import StringValue, TimestampValue

from nps.exports.layout import (
    Layout,
    counted,
    head,
    hinted,
    matching,
    noted,
    only,
    parsed,
    person,
    plain,
    renamed,
    spelled,
    text,
    without,
    without_headers,
)
from nps.notes import Note, note
from nps.sources import Source

GROUP = "_NPS_GROUP"
QUALTRICS_WORDS = {"StartDate": "Start Date", "RecordedDate": "Recorded Date", "ResponseId": "Response ID"}
PREVIEWS = ("survey preview", "offline survey preview", "survey preview spam", "survey test", "1", "2", "9", "17")
SPAM = ("spam", "imported spam", "8", "12")
SURVEYMONKEY_ANSWER = ("", "response", "open-ended response")
_BLANK = re.compile(r"column \d+")
_REPEATED = re.compile(r"(.*) \(\d+\)")


@ibis.udf.scalar.builtin
def timezone(zone: str, local: dt.timestamp) -> dt.Timestamp(timezone="UTC"):
    """DuckDB's: the moment at which clocks in a zone show this time."""


def _qualtrics(source: Source) -> bool:
    return source.ordered and _wording(head(source, 2)) is not None


def _legacy_qualtrics(source: Source) -> bool:
    first = head(source, 1) if source.ordered and source.columns[0] == "V1" else []
    return bool(first) and first[0]["V1"].strip() == "ResponseID"


def _wording(rows: list[dict[str, str]]) -> tuple[int, dict[str, str], dict[str, dict]] | None:
    """How many rows of headers there are, the question texts, and what else is known of each column."""
    texts, imports, count = {}, {}, 0
    for row in rows:
        imported = {column: parsed(cell) for column, cell in row.items() if cell.strip()}
        if imported and all(isinstance(value, dict) and "ImportId" in value for value in imported.values()):
            imports = imported
        elif any(row.get(column) == words for column, words in QUALTRICS_WORDS.items()):
            texts = row
        else:
            break
        count += 1
    return (count, texts, imports) if count else None


def _read_qualtrics(source: Source) -> Source:
    count, texts, imports = _wording(head(source, 2))
    zones = {column: value["timeZone"] for column, value in imports.items() if value.get("timeZone")}
    return _worded(_in_utc(without_headers(source, count), zones), texts)


def _read_legacy_qualtrics(source: Source) -> Source:
    (texts,) = head(source, 1)
    return _worded(without_headers(source, 1), texts)


def _worded(source: Source, texts: Mapping[str, str]) -> Source:
    """Real answers only, under the words of their questions; the score is what Qualtrics groups by."""
    ids = {plain(texts.get(column) or column): column for column in source.columns} | spelled(source)
    scores = [column.removesuffix(GROUP) for column in source.columns if column.endswith(GROUP)]
    scores = sorted((c for c in scores if c in source.columns), key=lambda c: "recommend" not in texts.get(c, ""))
    source = only(source, lambda column: not column.endswith(GROUP))
    source = _without_previews(source, ids.get("status", ids.get("responsetype")))
    words = {column: " ".join(texts.get(column, "").split()) or column for column in source.columns}
    often = [word.casefold() for word in words.values()]
    words = {c: f"{word} [{c}]" if often.count(word.casefold()) > 1 else word for c, word in words.items()}
    before = source.columns
    source = renamed(source, words)
    now = dict(zip(before, source.columns, strict=True))
    hints = {"response_id": "responseid", "responded_at": "enddate"}
    hints = {field: now[ids[header]] for field, header in hints.items() if ids.get(header) in now}
    source = hinted(source, **hints, **({"score": now[scores[0]]} if scores else {}))
    if scores:
        source = noted(source, note("export.groups", ending=GROUP))
    if len(scores) > 1:
        source = noted(source, note("export.which_score", questions=len(scores), column=now[scores[0]]))
    who = ("externalreference", "externaldatareference", "recipientemail", "emailaddress", "responseid")
    return person(source, [now[ids[header]] for header in who if ids.get(header) in now])


def _without_previews(source: Source, status: str | None) -> Source:
    if status is None:
        return source
    spam = counted(source.table, text(source.table[status]).lower().isin(SPAM))
    if spam:
        source = noted(source, note("export.spam", answers=spam))
    return without(
        source, lambda t: text(t[status]).lower().isin(PREVIEWS).fill_null(False), note("row.survey_preview")
    )


def _in_utc(source: Source, zones: Mapping[str, str]) -> Source:
    """Times of the export's own zone in UTC; what is no such time stays as it is and is counted."""
    zones = {column: zone for column, zone in zones.items() if zone.upper() not in ("Z", "UTC", "GMT")}
    unknown = {zone for zone in zones.values() if not _is_zone(zone)}
    zones = {column: zone for column, zone in zones.items() if zone not in unknown}
    for zone in sorted(unknown):
        source = noted(source, note("export.unknown_zone", zone=zone))
    if not zones:
        return source
    local = {column: _local(source.table[column]) for column in zones}
    other = [text(source.table[column]).notnull() & local[column].isnull() for column in zones]
    left = int(source.table.aggregate(left=sum(cell.cast("int64") for cell in other).sum()).to_pandas()["left"].sum())
    moved = {
        column: ibis.coalesce(
            timezone(zone, local[column]).cast("timestamp").strftime("%Y-%m-%dT%H:%M:%SZ"), source.table[column]
        )
        for column, zone in zones.items()
    }
    source = replace(source, table=source.table.mutate(**moved))
    source = noted(source, note("export.zones", zones=_listed(zones.values())))
    return source if not left else noted(source, note("export.other_times", times=left))


def _local(cell: StringValue) -> TimestampValue:
    return text(cell).re_extract(r"^\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?(\.\d+)?$", 0).try_cast("timestamp")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def _listed(names: Iterable[str]) -> str | Note:
    """Zones with “and” between them."""
    return reduce(lambda one, other: note("and", one=one, other=other), sorted({*names}))


def _sub_headers(source: Source) -> dict[str, str] | None:
    """SurveyMonkey's second row of headers; None when the first row is an answer."""
    first = next(iter(head(source, 1) if source.ordered else []), None)
    if first is None:
        return None
    metadata = matching(source, "respondent_id collector_id collector start_date end_date")
    names = {column: " ".join(cell.split()) for column, cell in first.items()}
    return names if all(names[column] in ("", column) for column in metadata) and any(names.values()) else None


def _surveymonkey(source: Source) -> bool:
    collector, respondent = matching(source, "collector_id collector"), matching(source, "respondent_id")
    return bool(collector) and source.columns[0] == respondent[0]


def _read_surveymonkey(source: Source) -> Source:
    choices = _sub_headers(source)
    if choices is not None:
        source = renamed(without_headers(source, 1), _questions(source.columns, choices))
    return person(source, matching(source, "email_address respondent_id"))


def _questions(columns: tuple[str, ...], choices: Mapping[str, str]) -> dict[str, str]:
    """Each column as its question, and the choice where the question has several columns."""
    names, question = {}, ""
    for column in columns:
        repeated = _REPEATED.fullmatch(column)
        if not _BLANK.fullmatch(column) and not (repeated and repeated[1] == question):
            question = column
        choice = choices[column]
        own = choice.casefold() in (*SURVEYMONKEY_ANSWER, question.casefold())
        names[column] = question or column if own else f"{question} - {choice}"
    return names


QUALTRICS = Layout("Qualtrics export", "responses", fits=_qualtrics, read=_read_qualtrics)
LEGACY_QUALTRICS = Layout(
    "Qualtrics export, legacy format", "responses", fits=_legacy_qualtrics, read=_read_legacy_qualtrics
)
SURVEYMONKEY = Layout(
    "SurveyMonkey export",
    "responses",
    "respondent_id start_date end_date",
    {"response_id": "respondent_id", "responded_at": "end_date"},
    fits=_surveymonkey,
    read=_read_surveymonkey,
)
LAYOUTS = (QUALTRICS, LEGACY_QUALTRICS, SURVEYMONKEY)
