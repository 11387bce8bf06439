"""Responses: answers that count, and those that do not."""

import ibis
import pandas as pd
from ibis.expr.types import StringValue, Table

from nps.columns import Reading
from nps.columns.whose import NUMBERS_FOR_NOBODY
from nps.literals.words import is_blank, is_empty, is_plain, names_nobody, needed
from nps.notes import Note, note
from nps.sources import Source
from nps.tables.cells import cell_of, typed, typed_columns, without_nothing
from nps.tables.checked import Checked, Keep, as_it_is, sound
from nps.tables.rules import REJECTED, Rule, rejected, split

GROUPS = ("Detractor", "Passive", "Promoter")
_DIFFER, _AGAIN = "id differs", "id again"


def group_of(score: pd.Series) -> pd.Categorical:
    """Detractor 0-6, passive 7-8, promoter 9-10."""
    return pd.Categorical.from_codes((score >= 7).astype(int) + (score >= 9).astype(int), GROUPS)


def responses(source: Source, reading: Reading, keep: Keep = as_it_is) -> Checked:
    """Accepted answers: response_id, person_id, score, responded_at (UTC), comment, survey, what else the file says.

    A file without a person column counts every answer as a person of its own.

    source  kept (has `record`)
    keep    computes a table, once
    """
    raw, reading = without_nothing(source.table, reading)
    columns = typed_columns(raw, reading) | {"person_id": _answered_by(raw, reading)}
    table, bad, notes = sound(raw, reading, ("score", "responded_at", "person_id"), columns, keep)
    if _has_answer_ids(reading):
        table, again = _without_repeated(table, raw, reading)
        bad = pd.concat([bad, again])
    if "responded_at" not in reading.columns:
        notes += _tied("whose.no_date", table, reading)
        table = table.mutate(responded_at=ibis.null("timestamp"))
        return Checked(table, rejected(source, reading, bad), notes)
    dated = table.filter(table.responded_at.notnull())
    notes += _tied("whose.same_moment", dated, reading, "responded_at")
    undated = int(table.responded_at.isnull().sum().to_pandas() or 0)
    notes += (note("answers.undated", n=undated),) if undated else ()
    return Checked(table, rejected(source, reading, bad), notes)


def _tied(code: str, answers: Table, reading: Reading, *moment: str) -> tuple[Note, ...]:
    """What to say where answers of a person (at a moment), of which no date tells the latest, have different scores."""
    if "person_id" not in reading.columns:
        return ()
    each = answers.group_by("person_id", *moment).aggregate(differ=lambda t: t.score.min() != t.score.max())
    count = int(each.differ.sum().to_pandas() or 0)
    return (note(code, n=count),) if count else ()


def _answered_by(raw: Table, reading: Reading) -> StringValue:
    """The person's id; without one their address, else the answer is a person of its own.

    NULL only where a cell is blank and nothing else tells answers apart: that row may have lost its id.
    """
    own = ibis.literal("answer ") + (raw.record + 1).cast("string")
    if "person_id" not in reading.columns:
        return own
    cell, person = cell_of(raw, reading, "person_id"), typed(raw, reading, "person_id")
    fallback = (~is_empty(cell)).ifelse(own, None)
    others = [typed(raw, reading, name) for name in ("email",) if name in reading.columns]
    spare = [is_blank(raw[reading.columns["response_id"]]).ifelse(None, own)] if _has_answer_ids(reading) else []
    instead = needed(ibis.coalesce(*others, *spare, fallback), raw.record)
    if reading.columns["person_id"] in reading.plain:
        return ibis.coalesce(person, instead)
    crowds = [id_.lower() for id_ in reading.nobody]
    nobody = names_nobody(person) | person.lower().isin(crowds) if crowds else names_nobody(person)
    quick = person if reading.normalised else cell.cast("string")
    return is_plain(cell).ifelse(quick, ibis.coalesce(nobody.ifelse(None, person), instead))


def _has_answer_ids(reading: Reading) -> bool:
    """Whether a column tells answers apart, and is not the one that tells people apart."""
    key = reading.columns.get("response_id")
    return key is not None and key != reading.columns.get("person_id")


def _without_repeated(table: Table, raw: Table, reading: Reading) -> tuple[Table, pd.DataFrame]:
    """Answers whose id comes once, or the first of several equal ones; of unequal ones nobody knows which is right."""
    key = table.response_id
    filled = table.aggregate(all=key.count(), different=key.nunique()).to_pandas().iloc[0]
    if filled["all"] == filled["different"]:
        return table, pd.DataFrame(columns=REJECTED[2:])
    key = key.cast("string").isin(NUMBERS_FOR_NOBODY).ifelse(None, key)
    lowest, highest = (bound.over(group_by=key) for bound in (table.score.min(), table.score.max()))
    first = table.record.min().over(group_by=key)
    marked = table.mutate(
        **{_DIFFER: key.notnull() & (lowest != highest), _AGAIN: key.notnull() & (table.record > first)}
    )
    broken = marked.filter(marked[_DIFFER] | marked[_AGAIN]).select("record", _DIFFER, _AGAIN)
    rows, column = raw.inner_join(broken, "record"), reading.columns["response_id"]
    cell = rows[column]
    differ = Rule(rows[_DIFFER], column, cell, "row.differing_scores")
    again = Rule(rows[_AGAIN], column, cell, "row.same_answer")
    return table.anti_join(broken, "record"), split(rows, [differ, again])[1]
