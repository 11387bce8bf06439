"""Lists of people as others import them: which columns a tool takes, and what they are called there.

Headers are those of the tools' own pages as far as these name them (docs/delivery.md says which are not).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from nps.measures.contacts import COLUMNS
from nps.measures.spreadsheets import as_csv, as_excel
from nps.notes import Note, Refused, note
from workspace.store import marks

PEOPLE = (*COLUMNS.values(), "why", "owner", "due", "status", "note")
TELLING = ("name", "email", "comment", "note")  # who somebody is: not in a list without names
IDS = ("person", "account")
MAILCHIMP_BYTES, SIGNS = 255, 16
Column = Callable[[pd.DataFrame], pd.Series]


class Layout(NamedTuple):
    """What a tool imports.

    columns  header there -> the values for it, of a list of people
    warning  what to know before it is imported; "" for nothing
    fits     which rows can be imported at all
    excel    whether it takes workbooks, too
    """

    columns: Mapping[str, Column]
    warning: str = ""
    fits: Column | None = None
    excel: bool = False


class Wanted(NamedTuple):
    """How a list is to look.

    layout         a name of `LAYOUTS`
    columns        of the list or of the layout, in this order; none: all
    excel          a workbook in place of CSV
    marked         CSV that says it is UTF-8, for spreadsheets
    without_names  ids as marks; no name, no e-mail, no comment
    """

    layout: str = "list"
    columns: tuple[str, ...] = ()
    excel: bool = False
    marked: bool = False
    without_names: bool = False


def laid_out(people: pd.DataFrame, wanted: Wanted, key: bytes) -> pd.DataFrame:
    """The list as it is wanted; `key` makes the marks. Raises Refused where none is such."""
    if wanted.layout not in LAYOUTS:
        raise Refused("layout.unknown")
    layout = LAYOUTS[wanted.layout]
    if wanted.without_names:
        return _chosen(_nameless(people, key), wanted.columns)
    if wanted.layout == "list":
        return _chosen(people[[name for name in PEOPLE if name in people]], wanted.columns)
    fit = people if layout.fits is None else people[layout.fits(people)]
    made = {header: column(fit) for header, column in layout.columns.items()}
    return _chosen(pd.DataFrame(made, index=fit.index).reset_index(drop=True), wanted.columns)


def content(frame: pd.DataFrame, wanted: Wanted) -> bytes:
    """The file: no cell of it is a formula."""
    return as_excel(frame) if wanted.excel else as_csv(frame, marked=wanted.marked)


def to_know(people: pd.DataFrame, layout: str) -> list[Note]:
    """What to tell before a list leaves in this layout."""
    known = LAYOUTS[layout]
    told = [note(known.warning)] if known.warning and known.fits is None else []
    left_out = 0 if known.fits is None else int((~known.fits(people)).sum())
    return told + ([note(known.warning, n=left_out)] if left_out else [])


def split(name: str, email: str = "") -> tuple[str, str]:
    """First and last name: all of it is the last where it is one word, as that is required; without any, the e-mail."""
    words = name.split()
    if not words:
        return "", email
    return (" ".join(words[:-1]), words[-1]) if len(words) > 1 else ("", words[0])


def _chosen(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    kept = frame[[name for name in columns if name in frame]] if columns else frame
    if not len(kept.columns):
        raise Refused("layout.columns")
    return kept


def _nameless(people: pd.DataFrame, key: bytes) -> pd.DataFrame:
    known = people[[name for name in PEOPLE if name in people and name not in TELLING]]
    ids = known.columns.intersection(IDS)
    return known.assign(**{name: known[name].map(lambda one: _mark(key, one), na_action="ignore") for name in ids})


def _mark(key: bytes, one: object) -> str:
    """Told apart from the marks of erased people."""
    return marks.mark(key, f"list\0{one}")[:SIGNS]


def _text(name: str) -> Column:
    return lambda people: _column(people, name)


def _column(people: pd.DataFrame, name: str) -> pd.Series:
    """As text, "" where it is not known."""
    if name not in people:
        return pd.Series("", people.index, dtype="str")
    return people[name].map(lambda value: "" if pd.isna(value) else str(value))


def _name(place: int) -> Column:
    def part(people: pd.DataFrame) -> pd.Series:
        pairs = zip(_column(people, "name"), _column(people, "email"), strict=True)
        return pd.Series([split(*pair)[place] for pair in pairs], people.index, dtype="str")

    return part


def _always(text: str) -> Column:
    return lambda people: pd.Series(text, people.index, dtype="str")


def _short(column: Column) -> Column:
    """At most 255 bytes of each."""
    return lambda people: column(people).map(lambda text: text.encode()[:MAILCHIMP_BYTES].decode(errors="ignore"))


def _plain_before_at(people: pd.DataFrame) -> pd.Series:
    return _column(people, "email").map(lambda mail: mail.rpartition("@")[0].isascii()).astype(bool)


FIRST, LAST = _name(0), _name(1)
LAYOUTS: dict[str, Layout] = {
    "list": Layout({}, excel=True),
    "hubspot": Layout(
        {
            "First name": FIRST,
            "Last name": LAST,
            "Email": _text("email"),
            "Company name": _text("account"),
            "Job title": _text("role"),
            "Contact owner": _text("owner"),
        },
        excel=True,
    ),
    "salesforce": Layout(
        {
            "First Name": FIRST,
            "Last Name": LAST,
            "Email": _text("email"),
            "Account Name": _text("account"),
            "Title": _text("role"),
            "Contact Description": _text("why"),
            "Record Owner": _text("owner"),
        }
    ),
    "data_loader": Layout(
        {
            "FirstName": FIRST,
            "LastName": LAST,
            "Email": _text("email"),
            "Title": _text("role"),
            "Description": _text("why"),
        }
    ),
    "data_loader_tasks": Layout(
        {
            "WhoId": _text("remote_id"),
            "Subject": _text("why"),
            "ActivityDate": _text("due"),
            "Status": _always("Not Started"),
            "Priority": _always("Normal"),
            "Description": _text("note"),
        },
        warning="layout.no_contact_ids",
        fits=lambda people: _column(people, "remote_id") != "",
    ),
    "mailchimp": Layout(
        {"Email Address": _short(_text("email")), "First Name": _short(FIRST), "Last Name": _short(LAST)},
        warning="layout.mailchimp",
        fits=_plain_before_at,
    ),
    "intercom": Layout(
        {"user_id": _text("person"), "email": _text("email"), "name": _text("name")}, warning="layout.intercom"
    ),
}
