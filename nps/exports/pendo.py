"""Pendo: answers to its polls, uses of features and pages, and people, as its warehouse tables have them.

A rating and its comment are answers to two polls. Uses tell features by ids; their names are in a table of their own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import ibis
from ibis.expr.types import Column, Table

from nps.exports.added import FEATURE, KIND
from nps.exports.analytics import latest
from nps.exports.layout import Layout, counted, has, hinted, matching, noted, text, without
from nps.notes import InputError, note
from nps.sources import Ignored, Source, Together, distinct, numbered

RATING = "NPSRating"
SCORE = r"^(10|[0-9])(\.0+)?$"
COMMENT_WITHIN = 3600  # seconds; Pendo's own query joins what was sent at once
MOMENTS = ("timestamp", "hour", "day")
ANSWERS = "visitor_id poll_id poll_response timestamp"
POLLS = "id attribute_type attribute_follow_up question"
USES = "visitor_id num_events num_minutes"
HISTORY = "id name last_updated_at root_version_id stable_version_id"


def _read_answers(source: Source) -> Source:
    """Without the table of polls: those polls count whose every answer is a number from 0 to 10."""
    (poll,), (response,) = matching(source, "poll_id"), matching(source, "poll_response")
    scored = text(source.table[response]).re_search(SCORE)
    polls = source.table.group_by(poll=text(source.table[poll])).aggregate(scores=scored.fill_null(False).all())
    rated = polls.filter(polls.scores)["poll"].to_pandas().tolist()
    if not rated:
        return source
    source = without(source, lambda t: ~text(t[poll]).isin(rated).fill_null(False), note("row.other_poll"))
    source = noted(source, note("export.polls_lack"))
    if len(rated) > 1:
        source = noted(source, note("export.several_polls", polls=len(rated)))
    return hinted(source, score=response)


def _rated(answers: Source, polls: Source) -> Source:
    """Answers to the 0-10 question, each with the comment that the same visitor gave next to it."""
    (key,), (kind,), (follow_up,), (question,) = (matching(polls, header) for header in POLLS.split())
    questions = polls.table.filter(text(polls.table[kind]) == RATING).distinct(on=key)
    questions = questions.select(
        of=text(questions[key]), comment_poll=text(questions[follow_up]), Survey=text(questions[question])
    )
    (visitor,), (poll,), (response,), (at,) = (matching(answers, header) for header in ANSWERS.split())
    every = numbered(answers.table)
    responses = every.select(
        "record",
        who=text(every[visitor]),
        poll=text(every[poll]),
        words=text(every[response]),
        second=_second(every[at]),
    )
    scores = (
        responses.join(questions, responses.poll == questions.of)
        .select("who", "poll", "second", "comment_poll")
        .distinct()
    )
    comments = _closest(scores, responses)
    own = {"who": text(every[visitor]), "poll": text(every[poll]), "second": _second(every[at])}
    joined = every.mutate(**{f"own {name}": cell for name, cell in own.items()})
    joined = joined.join(questions, joined["own poll"] == questions.of)
    joined = joined.left_join(comments, [joined[f"own {name}"] == comments[name] for name in own])
    *own, survey, comment = distinct([*answers.columns, "Survey", "Comment"])
    table = joined.select("record", *own, **{survey: questions.Survey, comment: comments.Comment})
    answers = replace(answers, table=table, columns=(*own, survey, comment))
    matched = int(comments.select("written_in").distinct().count().to_pandas())
    left_out = {
        note("row.comment"): matched,
        note("row.other_poll"): int(every.count().to_pandas() - table.count().to_pandas()) - matched,
    }
    ignored = (*answers.ignored, *(Ignored(reason, rows) for reason, rows in left_out.items() if rows))
    return hinted(replace(answers, ignored=ignored), score=response, comment=comment, survey=survey)


def _closest(scores: Table, responses: Table) -> Table:
    """For each score (who, poll, second) the comment nearest to it in time, and the record it is written in."""
    comments = responses.select("words", written_in="record", author="who", asked="poll", written="second")
    gap = (scores.second - comments.written).abs()
    near = (scores.comment_poll == comments.asked) & (scores.who == comments.author) & (gap <= COMMENT_WITHIN)
    pairs = scores.join(comments, near)
    order = [(pairs.second - pairs.written).abs(), pairs.written_in]
    rank = ibis.row_number().over(group_by=[pairs.who, pairs.poll, pairs.second], order_by=order)
    return pairs.filter(rank == 0).select("who", "poll", "second", "written_in", Comment="words")


def _second(at: Column) -> Column:
    moment = at if at.type().is_temporal() else text(at).try_cast("timestamp")
    return moment.cast("timestamp").epoch_seconds()


def _names(history: Source) -> Table:
    """The latest name (title) of each feature or page (named)."""
    (key,), (name,), (version,) = (matching(history, header) for header in ("id", "name", "last_updated_at"))
    names = latest(history, key, version, note("row.earlier_name")).table
    return names.select(named=text(names[key]), title=text(names[name])).distinct(on="named")


def _named(uses: Source, histories: Sequence[Source]) -> Source:
    """Uses under the latest name of their feature or page; one without a name keeps its id."""
    (own,) = matching(uses, "feature_id page_id")
    table = numbered(uses.table) if uses.ordered else uses.table
    if not histories:
        return hinted(replace(uses, table=table), feature=own)
    names = ibis.union(*map(_names, histories)).distinct(on="named")
    joined = table.left_join(names, text(table[own]) == names.named)
    title = distinct([*uses.columns, "Page" if has(uses, "page_id") else "Feature"])[-1]
    record = ["record"] if "record" in table.columns else []
    table = joined.select(*record, *uses.columns, **{title: ibis.coalesce(joined.title, text(joined[own]))})
    uses = replace(uses, table=table, columns=(*uses.columns, title))
    without_name = counted(uses.table, (uses.table[title] == text(uses.table[own])).fill_null(False))
    uses = noted(uses, *(each for history in histories for each in history.notes))
    uses = noted(uses, note("export.nameless", uses=without_name)) if without_name else uses
    return hinted(uses, feature=title)


def _of_both(uses: Sequence[Source]) -> Source:
    """Uses of features and of pages, one file after the other; a column says what was used, another of which kind."""
    shared = [column for column in uses[0].columns if all(column in one.columns for one in uses)]
    *columns, title, kind = distinct([*shared, FEATURE, KIND])
    counts = [int(one.table.count().to_pandas()) for one in uses]
    tables = [
        one.table.select(
            *columns,
            record=one.table.record + sum(counts[:number]),
            **{
                title: text(one.table[one.hints["feature"]]),
                kind: ibis.literal("page" if has(one, "page_id") else "feature"),
            },
        )
        for number, one in enumerate(uses)
    ]
    ledger = Together([one.name for one in uses], [one.ledger for one in uses], lambda: counts)
    notes = tuple(note("file.note", file=one.name, told=told) for one in uses for told in one.notes)
    every = Source(ibis.union(*tables), uses[0].name, (*columns, title, kind), notes, ledger=ledger)
    ignored = Counter({part.reason: 0 for one in uses for part in one.ignored})
    for one in uses:
        ignored.update(dict(one.ignored))
    every = replace(every, ignored=tuple(Ignored(reason, rows) for reason, rows in ignored.items()))
    return hinted(every, feature=title, kind=kind)


def _read_visitors(source: Source) -> Source:
    key, version = matching(source, "id last_updated_at")
    return latest(source, key, version, note("row.earlier_visitor"))


def _polls_alone(_source: Source) -> Source:
    raise InputError("export.polls_alone")


def _names_alone(_source: Source) -> Source:
    raise InputError("export.names_alone")


def _accounts(_source: Source) -> Source:
    raise InputError("export.accounts_alone")


def _visitors(source: Source) -> bool:
    return any(column.casefold().startswith("agent_") for column in source.columns)


POLL_ANSWERS = Layout(
    "Pendo poll answers",
    "responses",
    ANSWERS,
    {"person_id": "visitor_id", "responded_at": "timestamp", "account_id": "account_id", "survey": "poll_id"},
    read=_read_answers,
)
NPS_ANSWERS = Layout(
    "Pendo NPS answers",
    "responses",
    "visitor_id browser_time quantitative_response qualitative_response",
    {
        "person_id": "visitor_id",
        "responded_at": "browser_time",
        "score": "quantitative_response",
        "comment": "qualitative_response",
        "account_id": "account_id",
    },
)
_USE = {"person_id": "visitor_id", "at": " ".join(MOMENTS), "uses": "num_events", "minutes": "num_minutes"}
FEATURE_USES = Layout("Pendo feature events", "usage", f"{USES} feature_id", _USE | {"feature": "feature_id"})
PAGE_USES = Layout("Pendo page events", "usage", f"{USES} page_id", _USE | {"feature": "page_id"})
USES_OF_BOTH = Layout("Pendo feature and page events", "usage", hints=_USE)
VISITORS = Layout(
    "Pendo visitors",
    "people",
    "id last_updated_at account_id first_visit last_visit",
    {
        "person_id": "id",
        "account_id": "account_id",
        "email": "agent_email",
        "name": "agent_full_name agent_name",
        "role": "agent_role",
        "joined_at": "first_visit",
    },
    fits=_visitors,
    read=_read_visitors,
)
POLLS_ALONE = Layout("Pendo polls", "responses", POLLS, read=_polls_alone)
NAMES_ALONE = Layout("Pendo names", "usage", HISTORY, read=_names_alone)
ACCOUNTS = Layout("Pendo accounts", "people", "id last_updated_at first_visit last_visit id_hash", read=_accounts)
LAYOUTS = (POLL_ANSWERS, NPS_ANSWERS, FEATURE_USES, PAGE_USES, VISITORS, ACCOUNTS, POLLS_ALONE, NAMES_ALONE)


def together(sources: Sequence[Source]) -> tuple[Source, Layout] | None:
    """Pendo's tables that only say something together, as one; None where these are no such tables.

    Answers and polls; uses of features and of pages, and their names.
    """
    answers, polls = ([s for s in sources if has(s, headers)] for headers in (ANSWERS, POLLS))
    if len(answers) == len(polls) == 1 and len(sources) == 2:
        return _rated(answers[0], polls[0]), POLL_ANSWERS
    names = [s for s in sources if has(s, HISTORY)]
    uses = [(s, layout) for s in sources for layout in (FEATURE_USES, PAGE_USES) if layout.recognises(s)]
    if not uses or len(uses) + len(names) != len(sources):
        return None
    if len(uses) == 1:
        return _named(uses[0][0], names), uses[0][1]
    return _of_both([_named(one, names) for one, _ in uses]), USES_OF_BOTH
