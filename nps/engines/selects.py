"""One SELECT and nothing else: what people may ask of a database in their own words."""

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from nps.sources import InputError

LONGEST = 20_000
CHANGES = (
    *(exp.DML, exp.DDL, exp.Into, exp.Lock, exp.Command, exp.Set, exp.Use, exp.Pragma, exp.Attach, exp.Detach),
    *(exp.Copy, exp.Drop, exp.Alter, exp.TruncateTable, exp.Transaction, exp.Commit, exp.Rollback, exp.Kill),
)
NAMELESS = (exp.Parameter, exp.SessionParameter, exp.Placeholder, exp.Hint, exp.DynamicIdentifier)
REACHES_OUT = (
    *(exp.ReadCSV, exp.ReadParquet, exp.ToFile, exp.NextValueFor, exp.QueryTransform, exp.NetFunc, exp.Predict),
    *(exp.GenerateEmbedding, exp.GenerateTable, exp.GenerateText, exp.AIAgg, exp.AIClassify, exp.AIEmbed),
    *(exp.AIForecast, exp.AIGenerate, exp.AISimilarity, exp.AISummarizeAgg, exp.MLForecast, exp.MLTranslate),
)


def checked_select(text: str, dialect: str) -> str:
    """The same SELECT, written anew from what was understood of it: no comments, hints or second statement survive.

    Only functions that sqlglot knows are let through: they compute, and neither read files nor change anything.
    dialect  a name that sqlglot knows
    Raises InputError that names what is not allowed.
    """
    if len(text) > LONGEST:
        raise InputError(f"The SELECT is longer than {LONGEST:,} characters. Make a view, and pick that as a table.")
    try:
        statements = [statement for statement in sqlglot.parse(text, read=dialect) if statement is not None]
    except SqlglotError:
        raise InputError("This could not be read as SQL. Check it in your database's own tool first.") from None
    if len(statements) != 1:
        raise InputError("Give one SELECT, without a second statement after it.")
    (statement,) = statements
    if not isinstance(statement, exp.Select | exp.SetOperation):
        raise InputError("Only a SELECT can be used here: it must begin with SELECT or WITH.")
    for node in statement.walk():
        _refuse(node)
    return statement.sql(dialect=dialect, comments=False)


def _refuse(node: exp.Expression) -> None:
    if isinstance(node, CHANGES):
        raise InputError("Only reading is allowed: the SELECT may not change, lock or create anything.")
    if isinstance(node, exp.Select) and (node.args.get("settings") or node.args.get("format")):
        raise InputError("The SELECT may not set SETTINGS or FORMAT.")
    if isinstance(node, NAMELESS):
        raise InputError("The SELECT may not use parameters, session variables or hints.")
    if isinstance(node, exp.Table) and not _is_plain(node):
        raise InputError("The SELECT may only read tables and views of the database, no files or addresses.")
    unknown = isinstance(node, exp.Anonymous) or (isinstance(node, exp.Dot) and isinstance(node.expression, exp.Func))
    if unknown or isinstance(node, REACHES_OUT):
        name = node.name if isinstance(node, exp.Anonymous) else getattr(node, "sql_name", lambda: "one")()
        raise InputError(
            f"The SELECT uses a function that may do more than compute ({name[:40]}). "
            "If you need it, make a view in the database and pick that as a table."
        )


def _is_plain(table: exp.Table) -> bool:
    """Whether it names a table: functions in its place are judged as functions, paths are refused."""
    if isinstance(table.this, exp.Func):
        return not isinstance(table.this, REACHES_OUT)
    return all(isinstance(part, exp.Identifier) and not set(part.name) & set("/\\:.?'@") for part in table.parts)
