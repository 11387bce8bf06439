"""Who somebody is: one row per person; and what is known of accounts: one row per account."""

import ibis
import pandas as pd
from ibis.expr.types import Table

from nps.columns import Reading
from nps.sources import Source
from nps.tables.cells import typed_columns
from nps.tables.checked import Checked, Keep, as_it_is, sound
from nps.tables.rules import Rule, rejected, split


def people(source: Source, reading: Reading, keep: Keep = as_it_is) -> Checked:
    """One row per person; of several with the same id the first counts. Arguments as of `responses`."""
    return _first(source, reading, keep, "person_id", "row.same_person")


def accounts(source: Source, reading: Reading, keep: Keep = as_it_is) -> Checked:
    """One row per account, by its id, else its name; of several the first counts. Arguments as of `responses`."""
    key = "account_id" if "account_id" in reading.columns else "account"
    return _first(source, reading, keep, key, "row.same_account")


def _first(source: Source, reading: Reading, keep: Keep, key: str, why: str) -> Checked:
    """The first row with each key, a field."""
    raw, column = source.table, reading.columns[key]
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
