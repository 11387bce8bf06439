"""Columns of PostgreSQL that may be calls: `x.f` is f(x) there where x has no column f."""

from sqlglot import exp

from nps.notes import Refused


def check_attributes(tree: exp.Query) -> None:
    """Raise InputError where a column is asked of what is not there, or of a subquery that does not have it."""
    ctes = {cte.alias.casefold(): cte for cte in tree.find_all(exp.CTE)}
    sources: dict[str, list[frozenset[str] | None]] = {}
    for source in tree.find_all(exp.Table, exp.Subquery, exp.Values, exp.Lateral, exp.Unnest):
        defined = ctes.get(source.name.casefold()) if isinstance(source, exp.Table) and not source.db else None
        sources.setdefault(source.alias_or_name.casefold(), []).append(_columns(source, defined))
    for column in tree.find_all(exp.Column):
        columns = sources.get(column.table.casefold(), []) if column.table else [None]
        if (
            not isinstance(column.this, exp.Star)
            and None not in columns
            and column.name.casefold() not in set().union(*columns)
        ):
            raise Refused("select.not_there", table=column.table, column=column.name)


def _columns(source: exp.Expression, defined: exp.CTE | None) -> frozenset[str] | None:
    """The columns that a source gives, as far as the SELECT tells; None for those of a table."""
    named = [*source.alias_column_names, *(defined.alias_column_names if defined else ())]
    query = defined.this if defined else source.this if isinstance(source, exp.Subquery) else None
    if isinstance(query, exp.Query) and not query.is_star:
        return frozenset(name.casefold() for name in [*named, *query.named_selects])
    return None
