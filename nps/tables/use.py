"""What people used, in any of four shapes, here or where its database is."""

from collections.abc import Callable

import ibis
import pandas as pd
from ibis.expr.types import Column, Table, Value

from nps.columns import Reading
from nps.fields import FIELDS
from nps.literals import numbers
from nps.literals.words import is_blank, text
from nps.notes import decoded, note, table_named
from nps.sources import Ignored, Source
from nps.tables.cells import all_typed, cell_of, decimal_of, typed, unknown
from nps.tables.checked import Checked, Keep, as_it_is, sound
from nps.tables.rules import NO_USES, REJECTED, Rule, rejected, required, split

_NEEDED = ("person_id", "at", "feature", "uses")
_FEATURE, _CELL = "cell feature", "cell uses"


def usage(source: Source, reading: Reading, keep: Keep = as_it_is) -> Checked:
    """What people used: person_id, feature, kind, at (UTC, NULL when the file has no dates), uses, minutes.

    Behind them the columns of `Reading.asked`, as text.

    All four shapes: an event, a person's day, a person's total, or one column per feature. Arguments as of `responses`;
    a table of the user's own DuckDB may have no `record`.
    """
    raw = source.table
    if reading.features or "record" not in raw.columns:
        table, bad = usable(raw, reading)
        table, notes = keep(used(table, reading)), unknown(raw, reading)
    else:
        columns = _known(raw, reading)
        stated = {name: columns.pop(name) for name in FIELDS["usage"] if name in reading.columns}
        asked = [name for name in columns if name not in FIELDS["usage"]]
        stated |= {name: columns.pop(name) for name in asked}
        table, bad, notes = sound(raw, reading, _NEEDED, stated, keep)
        table = table.mutate(**columns).select(*FIELDS["usage"], *asked).filter(lambda t: t.uses > 0)
    return Checked(table, rejected(source, reading, bad), notes, ids=_whose(source, reading) if bad.empty else None)


def _whose(source: Source, reading: Reading) -> Table | None:
    """Whose the rows are, where all of them count and no id has to be mended."""
    column = reading.columns["person_id"]
    if "uses" in reading.columns or reading.features or reading.normalised or column not in reading.plain:
        return None
    words = source.words.get(column)
    return None if words is None else words.select(person_id="word")


def usage_in_database(source: Source, reading: Reading, counted: bool = True) -> Checked:
    """Usage that stays in its database: what breaks a rule is counted there, and no row of it is fetched.

    counted  whether to count, which reads all of it
    """
    if not counted:
        table, _ = usable(source.table, reading, None)
        return Checked(used(table, reading), pd.DataFrame(columns=REJECTED))
    table, bad = usable(source.table, reading, lambda bad: by_reason(bad).to_pandas())
    left_out = tuple(Ignored(decoded(why), int(rows)) for why, rows in bad.groupby("reason")["rows"].sum().items())
    notes = tuple(
        note("use.left_out", n=part.rows, table=table_named(source.name), reason=part.reason) for part in left_out
    )
    notes += unknown(source.table, reading)
    return Checked(used(table, reading), pd.DataFrame(columns=REJECTED), notes, left_out)


def by_reason(bad: Table) -> Table:
    """How many rows were left out for each reason."""
    return bad.group_by("reason").aggregate(rows=bad.count())


def usable(
    raw: Table, reading: Reading, tell: Callable[[Table], pd.DataFrame] | None = Table.to_pandas
) -> tuple[Table, pd.DataFrame]:
    """Usage that breaks no rule, a wide file as one row per cell, and what is to `tell` of the rows that do."""
    if reading.features:
        table, bad_rows = split(raw, required(raw, reading, all_typed(raw, reading, "person_id", "at")), tell)
        table = _long(table, reading)
        feature, cell = table[_FEATURE], table[_CELL]
        wrong = Rule(_uses(cell, reading).isnull() & ~is_blank(cell), feature, cell, NO_USES)
        table, bad_cells = split(table, [wrong], tell)
        return table, pd.concat([bad_rows, bad_cells])
    return split(raw, required(raw, reading, all_typed(raw, reading, *_NEEDED)), tell)


def used(table: Table, reading: Reading) -> Table:
    """Rows with at least some use, in the columns of the usage table."""
    return table.select(**_known(table, reading)).filter(lambda t: t.uses > 0)


def _known(table: Table, reading: Reading) -> dict[str, Value]:
    """The columns of the usage table, in their types."""
    stated = {name: typed(table, reading, name) for name in reading.columns}
    stated |= {"feature": table[_FEATURE], "uses": _uses(table[_CELL], reading)} if reading.features else {}
    absent = {"at": ibis.null("timestamp"), "uses": ibis.literal(1).cast("float64"), "minutes": ibis.null("float64")}
    columns = absent | stated | {"kind": _kind(table, reading)}
    return {name: columns[name] for name in FIELDS["usage"]} | _asked(table, reading)


def _asked(table: Table, reading: Reading) -> dict[str, Value]:
    """What else may be asked of each use, out of the way of the names of fields."""
    cells = {name: table[name] if table[name].type().is_string() else text(table[name]) for name in reading.asked}
    return {f"{name} (file)" if name.casefold() in FIELDS["usage"] else name: cell for name, cell in cells.items()}


def uses_alone(usage: Table) -> Table:
    """The usage without what else is said of it: what counts before answers, and what a report tells of."""
    return usage.select(*(name for name in usage.columns if name in {*FIELDS["usage"], "account_id", "account"}))


def _uses(cell: Column, reading: Reading) -> Value:
    return numbers.amount(cell, decimal_of(reading, "features"))


def _long(raw: Table, reading: Reading) -> Table:
    """One column per feature turned into one row per person and feature."""
    keys = [reading.columns[name] for name in ("person_id", "at") if name in reading.columns]
    keys += [*reading.asked, *(["record"] if "record" in raw.columns else [])]
    cells = raw.select(*keys, *reading.features)
    if reading.in_database:  # where not every engine has arrays to unfold
        names = ibis.union(*(ibis.literal(name).name(_FEATURE).as_table() for name in reading.features))
        cells = cells.cross_join(names)
        uses = ibis.cases(*((cells[_FEATURE] == name, cells[name]) for name in reading.features))
        return cells.select(*keys, _FEATURE, **{_CELL: uses})
    return cells.pivot_longer(list(reading.features), names_to=_FEATURE, values_to=_CELL)


def _kind(raw: Table, reading: Reading) -> Value:
    """The file's own word, else what the column with the names calls them."""
    if "kind" in reading.columns:
        return text(cell_of(raw, reading, "kind")).lower().fill_null("feature")
    header = reading.columns.get("feature", "").casefold()
    return ibis.literal(next((kind for kind in ("page", "event") if kind in header), "feature"))
