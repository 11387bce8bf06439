"""The best column for each field: by its name, by its content, by what it has to do with the others."""

import re
from collections.abc import Mapping

import pandas as pd

from nps.columns import content, features, names, scales
from nps.fields import FIELDS
from nps.fields.headers.never import IDS
from nps.literals.dates import NUMERIC

COMPANY = r"\b(?:customers?|clients?|kunden?|clientes?|klant(?:en)?|relatie)\b|^(?:kunden|klant|relatie)\w+"
CODE = r".*\d\S*"  # an id, not a name
MORE_PEOPLE = 1.2  # addresses to each name: from so many on, the name is that of a company


def recognise(sample: pd.DataFrame, table: str, mapping: Mapping[str, str], scale: str | None) -> dict[str, str]:
    """The best unclaimed column for each field: content must fit, the better name wins, then the earlier column."""
    columns, free = {}, [c for c in sample.columns if c not in mapping.values()]
    for name in FIELDS[table]:
        if name not in mapping and (best := _best_named(name, sample[free], table, scale)):
            columns[name] = best
            free.remove(best)
    columns |= _company(sample, columns, mapping)
    free = [c for c in free if c not in columns.values()]
    columns |= _by_content(sample, table, columns | mapping, free)
    if table == "responses" and "score" not in columns | mapping:
        grouped = [c for c in free if content.scored(sample[c], "groups") > 0.95]
        columns |= {"score": grouped[0]} if len(grouped) == 1 else {}
    if table == "responses" and "score" not in columns | mapping:
        rated = [c for c in free if names.rank("score", c) is not None and content.rated(sample[c])]
        columns |= {"score": min(rated, key=lambda c: names.rank("score", c))} if rated else {}
    return columns


def _best_named(name: str, sample: pd.DataFrame, table: str, scale: str | None) -> str | None:
    """The column that this field's names fit best; a column that another field names better is left to that one."""

    def claims(column: str, other: str, rank: int) -> bool:
        theirs = names.rank(other, column)
        return theirs is not None and theirs < rank and content.fits(other, sample[column], scale)

    ranked = []
    for column in sample.columns:
        rank = names.rank(name, column)
        if rank is not None and content.fits(name, sample[column], scale):
            others = (other for other in FIELDS[table] if other != name)
            if not any(claims(column, other, rank) for other in others):
                ranked.append((rank, column))
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _company(sample: pd.DataFrame, columns: Mapping[str, str], mapping: Mapping[str, str]) -> dict[str, str]:
    """A customer with several people, who each have an address, an id or a name of their own, is an account."""
    known = columns | mapping
    free = [c for c in sample if c not in mapping.values()]
    customers = [
        c for c in free if re.search(COMPANY, names.plain(c)) and c not in (known.get("email"), known.get("name"))
    ]
    for company in customers if "person_id" not in mapping else ():
        inside = [c for c in _people(sample, known) if c != company and _several_each(sample[company], sample[c])]
        if not inside or known.get("person_id") not in (company, inside[0]):
            continue
        coded = content.share(sample[company], CODE) >= 0.9 and "account" in known
        place = "account_id" if coded else "account"
        email = {"email": inside[0]} if content.share(sample[inside[0]], content.EMAIL) >= 0.9 else {}
        return {"person_id": inside[0]} | email | ({} if place in known else {place: company})
    return {}


def _people(sample: pd.DataFrame, columns: Mapping[str, str]) -> list[str]:
    """Columns that may tell people apart, the surest first: addresses, the person's id, then names."""
    addresses = [columns["email"]] if "email" in columns else []
    addresses += [c for c in sample if content.share(sample[c], content.EMAIL) >= 0.9]
    ids = [c for c in sample if names.rank("person_id", c) is not None]
    return [*dict.fromkeys([*addresses, *ids, *(c for c in sample if names.rank("name", c) is not None)])]


def _several_each(company: pd.Series, person: pd.Series) -> bool:
    """Whether companies have several people, of whom nobody works for two."""
    both = pd.DataFrame({"company": company, "person": person.str.lower()}).dropna().drop_duplicates()
    people, companies = both["person"].nunique(), both["company"].nunique()
    return companies > 0 and people >= MORE_PEOPLE * companies and len(both) <= people


def _by_content(sample: pd.DataFrame, table: str, columns: Mapping[str, str], free: list[str]) -> dict[str, str]:
    """Columns that names could not tell: the only 0-10 column, the first dates, an id, long text, the only words."""
    guesses = {}
    if table == "responses" and "score" not in columns:
        scores = [c for c in free if _may_be_scores(sample[c], c)]
        guesses |= {"score": scores[0]} if len(scores) == 1 else {}
    when = {"responses": "responded_at", "usage": "at"}.get(table)
    if when and when not in columns:
        dates = [c for c in free if content.dated(sample[c], "iso", *NUMERIC, "spoken") > 0.95]
        guesses |= {when: dates[0]} if dates else {}
    if table == "responses" and "response_id" not in columns and (own_id := _own_id(sample, columns, free)):
        guesses["response_id"] = own_id
    if table == "accounts":
        return guesses | _listed(sample, columns, free)
    if "person_id" not in columns:
        guesses |= _person_column(sample, columns | guesses, free, table)
    if table == "responses" and "comment" not in columns:
        texts = [c for c in free if c not in guesses.values() and content.mean_length(sample[c]) > 25]
        texts = [c for c in texts if sample[c].nunique() > sample[c].count() / 2]
        guesses |= {"comment": texts[0]} if texts else {}
    person = (columns | guesses).get("person_id")
    if table == "usage" and "feature" not in columns and person:
        spare = [c for c in free if c not in guesses.values()]
        guesses |= features.by_content(sample, spare, person, "at" in columns | guesses)
    return guesses


def _listed(sample: pd.DataFrame, columns: Mapping[str, str], free: list[str]) -> dict[str, str]:
    """The id and the name of an account in a list of them: a plain id, and what is called as customers are.

    Of two columns that may be its name, the one that holds codes is the id.
    """
    own = [c for c in free if sample[c].nunique() > 0.9 * sample[c].count()]
    customers = [c for c in own if re.search(COMPANY, names.plain(c))]
    named = [c for c in own if names.rank("account", c) is not None]
    account = columns.get("account")
    ids = [c for c in free if names.plain(c) in ("id", "guid", "uuid", "key")]
    ids += [c for c in customers if _coded(sample[c])]
    called = [c for c in (*customers, *named) if not _coded(sample[c])]
    if not ids and "account_id" not in columns and account and called and _coded(sample[account]):
        return {"account_id": account, "account": called[0]}
    found = {"account_id": ids, "account": called}
    return {name: several[0] for name, several in found.items() if several and name not in columns}


def _coded(cells: pd.Series) -> bool:
    return content.share(cells, CODE) >= 0.9


def _may_be_scores(cells: pd.Series, header: str) -> bool:
    """Whether whole numbers from 0 to 10, some of them high, may be answers: no ids, no counts, no other measure."""
    if names.speaks_of_something_else(header) or content.numbered(cells) or content.scored(cells) <= 0.95:
        return False
    return scales.look(cells.value_counts()).high >= 9


def _own_id(sample: pd.DataFrame, columns: Mapping[str, str], free: list[str]) -> str | None:
    """What tells answers apart: what is called as surveys are, or, where people lack their id, any other."""
    called = [c for c in free if names.rank("survey", c) is not None and content.tells_apart(sample[c])]
    person = columns.get("person_id", columns.get("email"))
    if not called and person and sample[person].isna().any():
        ids = [c for c in free if re.search(IDS, names.plain(c)) and sample[c].notna().all()]
        called = [c for c in ids if content.tells_apart(sample[c]) and sample[c].is_unique]
    return called[0] if called else None


def _person_column(sample: pd.DataFrame, columns: Mapping[str, str], free: list[str], table: str) -> dict[str, str]:
    """A plain id or an e-mail address tells people apart where nothing better does; an answer's own id does not."""
    ids = [c for c in free if names.plain(c) in ("id", "guid", "uuid", "key")]
    emails = [columns["email"]] if "email" in columns else free
    emails = [c for c in emails if content.share(sample[c], content.EMAIL) >= (0.5 if c in columns.values() else 0.9)]
    spare = [columns["response_id"]] if names.plain(columns.get("response_id", "")) == "id" else []
    accounts = [] if table == "responses" else _accounts(sample, columns)
    best = (ids + emails if table == "people" else emails + ids + spare) or accounts
    return {"person_id": best[0]} if best else {}


def _accounts(sample: pd.DataFrame, columns: Mapping[str, str]) -> list[str]:
    """Columns with an account, the surest first: what is kept per account says no more of people."""
    named = [columns[name] for name in ("account_id", "account") if name in columns]
    return named + [c for name in ("account_id", "account") for c in sample if names.rank(name, c) is not None]
