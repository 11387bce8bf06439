"""Who somebody is: one row per person."""

import ibis
import pandas as pd

from nps.columns import Reading
from nps.sources import Source
from nps.tables.cells import typed_columns
from nps.tables.checked import Checked, Keep, as_it_is, sound
from nps.tables.rules import Rule, rejected, split


def people(source: Source, reading: Reading, keep: Keep = as_it_is) -> Checked:
    """One row per person; of several with the same id the first counts. Arguments as of `responses`."""
    raw, column = source.table, reading.columns["person_id"]
    table, bad, notes = sound(raw, reading, ("person_id",), typed_columns(raw, reading), keep)
    later = table.mutate(first=table.record.min().over(group_by=table.person_id)).filter(lambda t: t.record > t.first)
    rows = raw.semi_join(later.select("record"), "record")
    again = Rule(ibis.literal(True), column, rows[column], "row.same_person")
    again = split(rows, [again])[1]
    distinct = table.anti_join(later, "record") if len(again) else table
    return Checked(distinct.drop("record"), rejected(source, reading, pd.concat([bad, again])), notes)
