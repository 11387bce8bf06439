"""Who somebody is: one row per person; and what is known of accounts: one row per account."""

from dataclasses import replace

import ibis
import pandas as pd
from ibis.expr.types import Table

from nps.columns import Reading
from nps.fields import ACCOUNTS, REPEATED
from nps.notes import Note, field_named, note
from nps.sources import Source
from nps.tables.cells import typed_columns, without_nothing
from nps.tables.checked import Checked, Keep, as_it_is, sound
from nps.tables.rules import Rule, rejected, split


def people(source: Source, reading: Reading, keep: Keep = as_it_is) -> Checked:
    """One row per person; of several with the same id the first counts. Arguments as of `responses`."""
    checked = _first(source, reading, keep, "person_id", "row.same_person")
    return replace(checked, notes=(*checked.notes, *_disagreeing(checked.table)))


def accounts(source: Source, reading: Reading, keep: Keep = as_it_is) -> Checked:
    """One row per account, by its id, else its name; of several the first counts. Arguments as of `responses`."""
    key = "account_id" if "account_id" in reading.columns else "account"
    return _first(source, reading, keep, key, "row.same_account")


def _disagreeing(people: Table) -> tuple[Note, ...]:
    """What to say of accounts whose people say different things of them."""
    key = next((name for name in ACCOUNTS if name in people.columns), None)
    told = [name for name in REPEATED if name in people.columns and name != key]
    if key is None or not told:
        return ()
    each = people.filter(people[key].notnull()).group_by(key)
    each = each.aggregate(**{name: people[name].min() != people[name].max() for name in told})
    several = each.aggregate(**{name: each[name].sum().fill_null(0) for name in told}).to_pandas().iloc[0]
    counts = {name: int(several[name]) for name in told}
    return tuple(note("row.disagree", n=n, field=field_named(name)) for name, n in counts.items() if n)


def _first(source: Source, reading: Reading, keep: Keep, key: str, why: str) -> Checked:
    """The first row with each key, a field."""
    (raw, reading), column = without_nothing(source.table, reading), reading.columns[key]
    table, bad, notes = sound(raw, reading, (key,), typed_columns(raw, reading), keep)
    later = table.mutate(first=table.record.min().over(group_by=table[key])).filter(lambda t: t.record > t.first)
    rows = raw.semi_join(later.select("record"), "record")
    again = split(rows, [Rule(ibis.literal(True), column, rows[column], why)])[1]
    distinct = table.anti_join(later, "record") if len(again) else table
    return Checked(distinct.drop("record"), rejected(source, reading, pd.concat([bad, again])), notes)


def people_in_database(source: Source, reading: Reading) -> Table:
    """The same where the table stays in its database; of several rows of a person the largest of each value counts."""
    rows = source.table.select(**typed_columns(source.table, reading))
    rows = rows.filter(rows.person_id.notnull())
    said = {name: rows[name] for name in rows.columns if name != "person_id"}
    said = {name: cell.cast("string") if cell.type().is_boolean() else cell for name, cell in said.items()}
    return rows.group_by("person_id").aggregate(**{name: cell.max() for name, cell in said.items()})
