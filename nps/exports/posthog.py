"""PostHog: the results of a survey, the events of surveys, and other events as usage."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import ibis
from ibis.expr.types import Column, StringValue, Table

from nps.exports.analytics import known_people, with_pages
from nps.exports.layout import (
    Layout,
    head,
    hinted,
    inside,
    matching,
    only,
    parsed,
    person,
    renamed,
    says,
    spelled,
    text,
    with_columns,
    without,
)
from nps.notes import note
from nps.sources import Source

SENT = "survey sent"
ABOUT_SURVEYS = ("survey shown", "survey sent", "survey dismissed", "survey abandoned")
NOT_USE = (
    *("$identify", "$create_alias", "$set", "$groupidentify", "$feature_flag_called", "$pageleave"),
    *("$web_vitals", "$exception", "$opt_in"),
)
ANSWER = "$survey_response"
PEOPLE = "distinct_id person.distinct_id person.id person.properties.email"
_FLAT = re.compile(r"(?:\*\.)?properties\.(.+)")
_ASKED = re.compile(r".*(survey_?response).* -- (?P<words>.+)", re.IGNORECASE | re.DOTALL)
_EXPRESSION = re.compile(r".+ -- (?P<words>.+)", re.DOTALL)


def _results(source: Source) -> bool:
    return any(_ASKED.fullmatch(column) for column in source.columns)


def _read_results(source: Source) -> Source:
    """Each column under the words behind its expression."""
    words = {column: match["words"] for column in source.columns if (match := _EXPRESSION.fullmatch(column))}
    return person(renamed(source, words), matching(source, PEOPLE))


@dataclass(frozen=True)
class _Properties:
    """What events carry: in columns of their own, or in one column of JSON."""

    flat: dict[str, str]
    column: str | None

    def of(self, table: Table, key: str) -> StringValue:
        if key in self.flat:
            return text(table[self.flat[key]])
        return inside(table[self.column], key) if self.column else ibis.null("string")

    def seen(self, rows: list[dict[str, str]]) -> Iterator[dict]:
        """The properties of some rows, as far as they are filled."""
        for row in rows:
            own = parsed(row[self.column]) if self.column else {}
            flat = {key: row[column] for key, column in self.flat.items() if row[column].strip()}
            yield (own if isinstance(own, dict) else {}) | flat


def _properties(source: Source) -> _Properties:
    flat = {match[1]: column for column in source.columns if (match := _FLAT.fullmatch(column))}
    column = spelled(source).get("properties")
    return _Properties(flat, column if column and source.table.get_backend().name == "duckdb" else None)


def _events(source: Source) -> bool:
    """Events with properties that only PostHog sets."""
    properties = _properties(source)
    if not properties.flat and not properties.column:
        return False
    keys = set(properties.flat).union(*properties.seen(head(source, 50)))
    return any(key.startswith(("$lib", "$survey_", "$session_id", "$current_url", "$device_id")) for key in keys)


def _answers(source: Source) -> bool:
    event = source.table[matching(source, "event")[0]]
    return _events(source) and says(source, text(event) == SENT)


def _read_answers(source: Source) -> Source:
    """One row per answer: of several events of one submission the last, a column per question."""
    (event,), (at,) = matching(source, "event"), matching(source, "timestamp")
    source = without(source, lambda t: (text(t[event]) != SENT).fill_null(True), note("row.no_answer"))
    properties = _properties(source)

    def partial(table: Table) -> Column:
        submission = properties.of(table, "$survey_submission_id")
        order = [text(table[at]).desc(nulls_first=False)]
        order += [table.record.desc()] if "record" in table.columns else []
        return (ibis.row_number().over(group_by=submission, order_by=order) > 0) & submission.notnull()

    source = without(source, partial, note("row.earlier_step"))
    questions = _questions(source, properties)
    name = properties.of(source.table, "$survey_name")
    hidden = {*properties.flat.values(), properties.column}
    source = only(with_columns(source, {**questions, "Survey": name}), lambda column: column not in hidden)
    return person(hinted(source, survey=source.columns[-1]), matching(source, PEOPLE))


def _questions(source: Source, properties: _Properties) -> dict[str, Column]:
    """A column for the answers to each question, named by its words where the events tell them."""
    seen = list(properties.seen(head(source)))
    keys = {key for said in seen for key in said if re.fullmatch(r"\$survey_response(_.+)?", key)}
    keys = sorted(key for key in keys if key.isprintable())
    asked = {}
    for said in seen:
        questions = said.get("$survey_questions")
        questions = parsed(questions) if isinstance(questions, str) else questions
        if isinstance(questions, list) and isinstance(said.get("$survey_id"), str):
            asked[said["$survey_id"]] = [question for question in questions if isinstance(question, dict)]
    survey, answers = properties.of(source.table, "$survey_id"), {}
    for number, questions in asked.items():
        for index, question in enumerate(questions):
            own = [f"{ANSWER}_{question.get('id')}", f"{ANSWER}_{index}" if index else ANSWER]
            said = [properties.of(source.table, key) for key in own if key in keys]
            if said:
                words = " ".join(str(question.get("question") or own[-1]).split())
                answers.setdefault(words, []).append((survey == number).ifelse(ibis.coalesce(*said), None))
    untold = ~survey.isin(list(asked)).fill_null(False) if asked else ibis.literal(True)
    if any(said.get("$survey_id") not in asked for said in seen):
        answers |= {key: [untold.ifelse(properties.of(source.table, key), None)] for key in keys}
    return {words: ibis.coalesce(*said) for words, said in answers.items()}


def _read_events(source: Source) -> Source:
    (event,) = matching(source, "event")
    source = without(source, lambda t: text(t[event]).isin(ABOUT_SURVEYS).fill_null(False), note("row.about_survey"))
    source = without(source, lambda t: text(t[event]).isin(NOT_USE).fill_null(False), note("row.no_use"))
    properties = _properties(source)
    source = known_people(source, PEOPLE)
    return with_pages(source, event, "$pageview", lambda t: properties.of(t, "$current_url"))


RESULTS = Layout(
    "PostHog survey results", "responses", hints={"responded_at": "timestamp"}, fits=_results, read=_read_results
)
ANSWERS = Layout(
    "PostHog survey answers",
    "responses",
    "event timestamp",
    {"responded_at": "timestamp", "response_id": "uuid"},
    fits=_answers,
    read=_read_answers,
)
EVENTS = Layout("PostHog events", "usage", "event timestamp", {"at": "timestamp"}, fits=_events, read=_read_events)
LAYOUTS = (RESULTS, ANSWERS, EVENTS)
