"""One SELECT and nothing else: what people may ask of a database in their own words."""

import logging
import re
from functools import cache

import sqlglot
from sqlglot import Dialect, TokenType, exp
from sqlglot.errors import SqlglotError

from nps.engines import allowed
from nps.engines.attributes import check_attributes
from nps.notes import Refused, TooLarge

LONGEST = 20_000
DEEPEST = {"(": 50, "[": 50, "{": 6, "case": 50}
MOST_BRACKETS = 200
NODES_PER_TOKEN = 4  # sqlglot tries readings one after the other, and one within the other
WRITINGS = 4  # sqlglot writes some things in another way, and those in another still; then it is settled
OPENING = {TokenType.L_PAREN: "(", TokenType.L_BRACKET: "[", TokenType.L_BRACE: "{", TokenType.CASE: "case"}
CLOSING = {TokenType.R_PAREN: "(", TokenType.R_BRACKET: "[", TokenType.R_BRACE: "{", TokenType.END: "case"}
TOO_DEEP = "select.too_deep"
FILES = {"csv", "json", "text", "orc", "parquet", "avro", "delta", "iceberg", "binaryfile", "xml"}  # as Spark's schemas
LITERALS = (exp.ByteString, exp.RawString, exp.National, exp.HexString, exp.BitString, exp.UnicodeString, exp.Heredoc)
UNCLEAR = r"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"  # in quotes: escapes, control characters, halves of one
MARKS = {"postgres": "#@", "duckdb": "{}@"}  # beside those of all dialects
STRUCTS = {"bigquery", "snowflake", "spark", "databricks", "trino", "clickhouse", "duckdb"}


logging.getLogger("sqlglot").setLevel(logging.ERROR)  # its warnings quote what people wrote


def checked_select(text: str, dialect: str) -> str:
    """The same SELECT, written anew from what was understood of it: no comments, hints or second statement survive.

    What is given back has been read itself: it is made of what `allowed` names, is written by sqlglot as it stands, and
    is plain enough that no database tells its strings and names from its code in another way.

    dialect  a name that sqlglot knows
    Raises InputError that names what is not allowed.
    """
    if len(text) > LONGEST:
        raise TooLarge("select.too_long", most=LONGEST)
    try:
        written = _settled(text, dialect)
    except SqlglotError:
        raise Refused("select.no_sql") from None
    except RecursionError:
        raise TooLarge(TOO_DEEP) from None
    if not _unmistakable(dialect).fullmatch(written):
        raise Refused("select.ambiguous_text")
    return written


@cache
def _unmistakable(dialect: str) -> re.Pattern[str]:
    """Texts in single quotes, names in the dialect's, words, signs and blanks: nothing that could be anything else.

    A quote stands right beside no word and no other quote (`E'...'`, `'''...'''`), and no signs begin a comment. Within
    quotes there is no backslash, but where the dialect writes a quote in a text with one.
    """
    grammar = Dialect.get_or_raise(dialect)
    quote = grammar.IDENTIFIER_START
    doubled = "" if dialect in ("bigquery", "clickhouse") else f"|{quote}{quote}"
    escaped = r"\\'" if exp.Literal.string("'").sql(dialect) == r"'\''" else "''"
    text, name = f"'(?>[^'{UNCLEAR}]|{escaped})*+'", f"{quote}(?>[^{quote}{UNCLEAR}]{doubled})++{quote}"
    never = r"--|/\*|&['\"`]" if dialect == "duckdb" else r"--|/[*/]|&['\"`]"
    brackets = "" if dialect in ("mysql", "sqlite") else r"\[\]"  # which quote a name in SQLite
    signs = rf"(?!{never})[ ().,+*/%<>=|&^~!:{brackets}{MARKS.get(dialect, '')}-]"
    return re.compile(rf"(?>(?>{text}|{name})(?![\w'\"`])|\w++(?!['\"`])|{signs})*+")


def _settled(text: str, dialect: str) -> str:
    """What sqlglot writes of the text, once it is read as the same tree and written as the same text again."""
    before, tree = text, _allowed(text, dialect)
    for _ in range(WRITINGS):
        after = tree.sql(dialect=dialect, comments=False)
        again = _allowed(after, dialect)
        if after == before and again == tree:
            return after
        before, tree = after, again
    raise Refused("select.ambiguous")


def _allowed(text: str, dialect: str) -> exp.Query:
    """The one statement of a text, when all of it is allowed."""
    tokens = Dialect.get_or_raise(dialect).tokenize(text)
    _check_depth(tokens)
    statements = [
        statement
        for statement in sqlglot.parse(text, read=dialect, max_nodes=NODES_PER_TOKEN * len(tokens))
        if statement is not None
    ]
    if len(statements) != 1:
        raise Refused("select.not_one")
    (statement,) = statements
    if not isinstance(statement, exp.Select | exp.SetOperation):
        raise Refused("select.none")
    for node in statement.walk():
        _check(node, dialect)
    if dialect == "postgres":
        check_attributes(statement)
    return statement


def _check_depth(tokens: list[sqlglot.Token]) -> None:
    """Brackets are counted before anybody goes into them: some of what is nested takes twice as long for each more."""
    depth = dict.fromkeys(DEEPEST, 0)
    if sum(token.token_type in (TokenType.L_BRACKET, TokenType.L_BRACE) for token in tokens) > MOST_BRACKETS:
        raise TooLarge(TOO_DEEP)
    for token in tokens:
        if (kind := OPENING.get(token.token_type)) is not None:
            depth[kind] += 1
            if depth[kind] > DEEPEST[kind]:
                raise TooLarge(TOO_DEEP)
        elif (kind := CLOSING.get(token.token_type)) is not None:
            depth[kind] = max(depth[kind] - 1, 0)


def _check(node: exp.Expression, dialect: str) -> None:
    """Raise InputError unless this node is one that `allowed` names, with such clauses only."""
    if isinstance(node, exp.Anonymous):
        if not isinstance(node.this, str) or node.name.casefold() not in allowed.NAMES:
            raise _more_than_computing(node.name)
    elif isinstance(node, exp.Func) and type(node) not in allowed.FUNCTIONS:
        raise _more_than_computing(node.sql_name() if hasattr(node, "sql_name") else "one")
    elif not isinstance(node, exp.Func) and type(node) not in allowed.SYNTAX:
        raise _not_for_reading(node)
    for kind, clauses in allowed.CLAUSES.items():
        if isinstance(node, kind) and (
            others := [name for name, value in node.args.items() if value and name not in clauses]
        ):
            raise Refused("select.clause", clause=others[0].strip("_").upper().replace("_", " "))
    _check_names(node, dialect)


def _check_names(node: exp.Expression, dialect: str) -> None:
    """What names mean depends on where they stand: tables are tables, columns are columns, types are known ones."""
    if isinstance(node, exp.Table) and not _is_plain(node):
        raise Refused("select.no_table")
    if isinstance(node, exp.Dot) and (
        dialect not in STRUCTS or not isinstance(node.expression, exp.Identifier | exp.Star)
    ):
        if isinstance(node.expression, exp.Func):
            raise _more_than_computing(node.expression.name)
        raise Refused("select.dot")
    if isinstance(node, exp.Column) and dialect == "snowflake" and node.name.casefold() == "nextval":
        raise Refused("select.sequence")
    if isinstance(node, exp.DataType) and node.this not in allowed.TYPES:
        raise Refused("select.type")
    if (
        isinstance(node, exp.Literal)
        and not node.is_string
        and not re.fullmatch(r"\d+(\.\d*)?(e[+-]?\d+)?|\.\d+(e[+-]?\d+)?", node.name, re.IGNORECASE)
    ):
        raise Refused("select.number")


def _is_plain(table: exp.Table) -> bool:
    """Whether it names a table: functions in its place are judged as functions, paths and system tables are refused."""
    if isinstance(table.this, exp.Func):
        return not table.db
    if not all(isinstance(part, exp.Identifier) and not set(part.name) & set("/\\:.?'@") for part in table.parts):
        return False
    names = [part.name.casefold() for part in table.parts]
    return not any(name.startswith("pg_") for name in names) and not FILES.intersection(names[:-1])


def _more_than_computing(name: str) -> Refused:
    return Refused("select.function", function=name)


def _not_for_reading(node: exp.Expression) -> Refused:
    return Refused("select.quotes") if isinstance(node, LITERALS) else Refused("select.node", node=type(node).__name__)
