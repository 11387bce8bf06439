"""What of a source is held in DuckDB while it is looked at, and let go again."""

from collections.abc import Collection, Iterable
from dataclasses import replace

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
from ibis.expr.types import StringValue, Table
from sqlglot import exp

from nps.notes import TooLarge, table_named
from nps.sources.source import Source, numbered

MAX_HELD_ROWS = 5_000_000
MANY_ROWS = 2**17  # from which on counting words pays
MAX_HELD_BYTES = 1024**3
ROWS_AT_ONCE = 1_000  # of which each cell may have its most
INSERTED_BYTES = 2**24


def materialise(source: Source, con: ibis.BaseBackend, columns: Collection[str] | None = None) -> Source:
    """These columns of the source read once into DuckDB, all unless said, each row with its `record` number.

    Of a source that is read in place, said columns stay there, unless rows were chosen or joined since.

    Raises InputError for a table of a database that has too many rows.
    """
    if source.elsewhere and (rows := int(source.table.count().to_pandas())) > MAX_HELD_ROWS:
        raise TooLarge("database.too_many_rows", table=table_named(source.name), rows=rows, most=MAX_HELD_ROWS)
    columns_alone = all(isinstance(op, (ops.DatabaseTable, ops.Project)) for op in source.table.op().find(ops.Relation))
    if source.in_place and columns_alone and columns is not None:
        return replace(source, table=numbered(source.table))
    wanted = [name for name in source.table.columns if columns is None or name in columns or name == "record"]
    local = source.table.select(wanted)
    table = computed(local, con) if local.get_backend() is con else _fetched(local, source.name, con)
    table = table if "record" in wanted else table.mutate(record=table.rowid())
    return replace(source, table=table, in_place=False)


def with_words(source: Source, columns: Iterable[str], con: ibis.BaseBackend) -> Source:
    """The source, which is held, with the words of those of these columns that are text, where rows are many.

    Whatever is asked of every cell can be asked of every word then.
    """
    table = source.table
    (held,) = table.op().find(ops.DatabaseTable)
    if con.con.table(held.name).shape[0] < MANY_ROWS:
        return source
    texts = [name for name in dict.fromkeys(columns) if table[name].type().is_string()]
    counted = {name: table.group_by(word=table[name]).aggregate(rows=table.count()) for name in texts}
    return replace(source, words={name: computed(words, con) for name, words in counted.items()})


def _fetched(table: Table, name: str, con: ibis.BaseBackend) -> Table:
    """The rows of another database as a temporary table of DuckDB's, some at a time.

    Raises InputError where they take more than MAX_HELD_BYTES.
    """
    fetched = con.create_table(ibis.util.gen_name("fetched"), schema=table.schema(), temp=True)
    held, waiting = 0, []
    for batch in _batches(table):
        held += batch.nbytes
        if held > MAX_HELD_BYTES:
            raise TooLarge("database.too_much_text", table=table_named(name), gb=MAX_HELD_BYTES / 1024**3)
        waiting.append(batch)
        if sum(part.nbytes for part in waiting) > INSERTED_BYTES:
            _insert(waiting, fetched, con)
            waiting = []
    _insert(waiting, fetched, con)
    return fetched


def _batches(table: Table) -> Iterable[pa.RecordBatch]:
    """Some rows at a time; Ibis 12 asks DuckDB 2.0 for them by a name that is gone, so those come at once."""
    if table.get_backend().name == "duckdb":
        return table.to_pyarrow().to_batches()
    return table.to_pyarrow_batches(chunk_size=ROWS_AT_ONCE)


def _insert(batches: list[pa.RecordBatch], into: Table, con: ibis.BaseBackend) -> None:
    if batches:
        con.con.from_arrow(pa.Table.from_batches(batches)).insert_into(into.get_name())


def computed(table: Table, con: ibis.BaseBackend) -> Table:
    """The table as a temporary one of DuckDB's, which goes to disk when memory is short."""
    return con.create_table(ibis.util.gen_name("computed"), table, temp=True)


def of_few(cell: StringValue, values: Iterable[str]) -> StringValue:
    """Text of a few values, of a table of DuckDB, as its numbers of these: they take a byte, and are sorted sooner."""
    name = ibis.util.gen_name("few")
    kind = exp.DataType(this="ENUM", expressions=[exp.Literal.string(value) for value in values]).sql("duckdb")
    cell.get_backend().raw_sql(f"CREATE TEMP MACRO {name}(cell) AS CAST(cell AS {kind})")

    @ibis.udf.scalar.builtin(name=name)
    def as_number(cell: str) -> str: ...

    return as_number(cell)


def let_go(source: Source, con: ibis.BaseBackend, but: Iterable[Table] = ()) -> None:
    """Frees what `materialise` and `with_words` hold, but what these tables are read from."""
    kept = {table.name for needed in but for table in needed.op().find(ops.DatabaseTable)}
    tables = (source.table,) if source.table.get_backend() is con and not source.in_place else ()
    for held in (*tables, *source.words.values()):
        for table in held.op().find(ops.DatabaseTable):
            if table.name not in kept:
                con.drop_table(table.name, database=("temp", "main"))
