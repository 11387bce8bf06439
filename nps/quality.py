"""What came of every row of every file, and what looks odd in what is left.

Pure functions: checked tables in, one frame out, so that page, download and command line tell the same.
Rows in the file = used + held back + ignored, always.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import ibis
import pandas as pd
from ibis.expr.types import Table

from nps.notes import Note, decoded, note, table_named
from nps.sources import Ignored
from nps.tables import OFF_SCALE

TABLES = ("responses", "people", "accounts", "usage")
REPORT = ["table", "about", "subject", "rows", "sentence"]
BALANCE = ("in_file", "used", "held_back", "ignored")
SAME = ("response_id", "person_id", "score", "responded_at", "comment")
LOOKED_AT = (*SAME, "account_id", "account")
WHEN = {"responses": "responded_at", "people": "joined_at", "accounts": "joined_at", "usage": "at"}
LINES_SHOWN, KEYS = 5, ("person_id", "account_id", "account")
MANY_ANSWERS = 20
FEW_ANSWERS = 10
ONE_SCORE = 0.9
FEW_JOINED = 0.5
_NUMBER = r"\s*[-+]?\d+(?:[.,]\d+)?\s*"


class Account(NamedTuple):
    """One checked table and what became of its file.

    name      responses, people or usage
    table     as `nps.tables` describes it; None where it stays in a database and only its rows are counted
    rejected  table, row, column, value, reason
    rows      in the file, below its header
    used      of them that count
    ignored   of them that hold nothing to use, by reason
    cells     rejections that left out a cell of a wide file, not its row
    absent    columns of the table that the file does not have
    ids       whose its rows are, each once, where that was counted
    """

    name: str
    table: Table | None
    rejected: pd.DataFrame
    rows: int
    used: int
    ignored: tuple[Ignored, ...] = ()
    cells: int = 0
    absent: frozenset[str] = frozenset({"record"})
    ids: Table | None = None

    @property
    def held_back(self) -> int:
        """Rows that could not be used."""
        return len(self.rejected) - self.cells


class Line(NamedTuple):
    """One line of the report; `rows` counts rows of the file, people or features, as `about` says."""

    table: str
    about: str
    subject: Note | None
    rows: int
    sentence: Note | None = None

    @property
    def kept(self) -> tuple[str, str, str, int, str]:
        """As it stands in the report: notes encoded, nothing where there is none."""
        subject, sentence = (each.encoded if each else "" for each in (self.subject, self.sentence))
        return self.table, self.about, subject, self.rows, sentence


def key(table: Table) -> str:
    """The column that tells whom the rows of people or usage are about: people, or accounts."""
    return next(name for name in KEYS if name in table.columns)


def whose(answers: pd.DataFrame, people: Table | None, by: str) -> pd.Series:
    """Each answer's person or account, as `by` says; the account that an answer does not name is that of its person."""
    own = answers[by] if by in answers else pd.Series(index=answers.index, dtype=object)
    if people is None or not {"person_id", by} <= {*people.columns} or by == "person_id":
        return own
    of_people = people.select("person_id", by).to_pandas().set_index("person_id")[by]
    return own.fillna(answers["person_id"].map(of_people))


def report(accounts: Sequence[Account], now: pd.Timestamp | None = None) -> pd.DataFrame:
    """The whole story as one frame: table, about (a code), subject and sentence (notes, encoded), rows.

    now  what counts as the future; this moment when not given
    """
    now = now or pd.Timestamp.now("UTC").tz_localize(None)
    checked = {account.name: account for account in accounts if account.table is not None}
    lines, seen = [], {name: _seen(account, now) for name, account in checked.items()}
    for account in accounts:
        content = _content(account, seen[account.name]) if account.name in checked else ()
        lines += [*_balance(account), *_held_back(account), *content]
    lines += [line for account in checked.values() for line in _odd_dates(account, seen[account.name])]
    if "responses" in checked:
        table = checked["responses"].table
        answers = table.select([name for name in LOOKED_AT if name in table.columns]).to_pandas()
        lines += [*_odd_answers(checked["responses"], answers), *_joins(answers, checked)]
        lines += _apart(answers["responded_at"].dropna(), seen["usage"]) if "usage" in seen else ()
    return pd.DataFrame([line.kept for line in lines], columns=REPORT).astype(
        {"rows": "int64"} | dict.fromkeys(REPORT[:3], "str")
    )


def balance(report: pd.DataFrame) -> pd.DataFrame:
    """Per table: rows in the file = used + held back + ignored."""
    counted = report[report["about"].isin(BALANCE) & (report["subject"] == "")]
    return counted.pivot(index="table", columns="about", values="rows")[list(BALANCE)].reset_index()


def suspicious(report: pd.DataFrame) -> list[Note]:
    """What looks odd."""
    return [decoded(line) for line in report.loc[report["about"] == "odd", "sentence"]]


def details(report: pd.DataFrame) -> pd.DataFrame:
    """Everything else that was counted; notes are encoded."""
    return report[(report["subject"] != "") & (report["about"] != "odd")].reset_index(drop=True)


def _balance(account: Account) -> Iterator[Line]:
    ignored = sum(part.rows for part in account.ignored)
    for about, rows in zip(BALANCE, (account.rows, account.used, account.held_back, ignored), strict=True):
        yield Line(account.name, about, None, rows)
    for part in account.ignored:
        yield Line(account.name, "ignored", part.reason, part.rows)


def _held_back(account: Account) -> Iterator[Line]:
    for (column, encoded), rows in account.rejected.groupby(["column", "reason"], sort=False):
        reason = decoded(encoded)
        subject = note("report.column_reason", column=column, reason=reason) if column else reason
        yield Line(account.name, "held_back", subject, len(rows), _examples(rows))
        if reason.code in OFF_SCALE:
            yield from _out_of_range(account.name, column, rows["value"], **reason.values)


def _examples(rows: pd.DataFrame) -> Note:
    """The first of these cells, and the lines of the first few."""
    value, lines = rows["value"].iloc[0][:60], tuple(map(str, rows["row"].dropna().head(LINES_SHOWN)))
    if not lines:
        return note("report.as", value=value)
    return note("report.as_in_lines", value=value, lines=(*lines, "...") if len(rows) > LINES_SHOWN else lines)


def _out_of_range(table: str, column: str, cells: pd.Series, low: int, high: int) -> Iterator[Line]:
    """Scores that are numbers, and none of the scale."""
    numbers = pd.to_numeric(cells.where(cells.str.fullmatch(_NUMBER)), errors="coerce")
    if outside := int(((numbers < low) | (numbers > high)).sum()):
        yield Line(table, "out_of_range", _column(column), outside, note("report.beyond", low=low, high=high))


def _seen(account: Account, now: pd.Timestamp) -> pd.Series:
    """The counts of a table in one look: rows; missing 0, missing 1, ... by column; first, last and future dates."""
    table, when = account.table, WHEN[account.name]
    sums = {f"missing {n}": table[name].isnull().sum() for n, name in enumerate(table.columns)}
    if when in table.columns:
        moments, tomorrow = table[when], ibis.literal(now + pd.Timedelta(days=1), "timestamp")
        sums |= {"first": moments.min(), "last": moments.max(), "future": (moments > tomorrow).sum().fill_null(0)}
    return table.aggregate(rows=table.count(), **sums).to_pandas().iloc[0]


def _content(account: Account, seen: pd.Series) -> Iterator[Line]:
    """Cells that are missing, first and last date."""
    columns, when = account.table.columns, WHEN[account.name]
    for n, name in enumerate(columns):
        if name not in account.absent and (missing := int(seen[f"missing {n}"] or 0)):
            share = note("report.share", share=float(missing / seen["rows"]))
            yield Line(account.name, "missing", _column(name), missing, share)
    if when in columns and when not in account.absent and not pd.isna(seen["first"]):
        dated = int(seen["rows"] - seen[f"missing {columns.index(when)}"])
        span = note("report.span", first=seen["first"].date(), last=seen["last"].date())
        yield Line(account.name, "dates", _column(when), dated, span)


def _odd_dates(account: Account, seen: pd.Series) -> Iterator[Line]:
    if future := int(seen.get("future", 0)):
        ahead = note("report.future", n=future, table=table_named(account.name))
        yield Line(account.name, "odd", _column(WHEN[account.name]), future, ahead)


def _odd_answers(account: Account, answers: pd.DataFrame) -> Iterator[Line]:
    """Answers that come twice, people who answer often, one day, one score."""
    if answers.empty:
        return
    several = answers[answers["person_id"].duplicated(keep=False)]
    if twice := int(several.duplicated([name for name in SAME if name in several]).sum()):
        yield Line(account.name, "duplicates", note("report.twice"), twice, note("report.repeated", n=twice))
    often = several["person_id"].value_counts()
    most = int(often.iloc[0]) if len(often) else 0
    if most:
        yield Line(account.name, "repeats", note("report.several"), len(often), note("report.up_to", answers=most))
    if most >= MANY_ANSWERS:
        sentence = note("report.one_person", person=often.index[0], answers=most)
        yield Line(account.name, "odd", _column("person_id"), most, sentence)
    if len(answers) >= FEW_ANSWERS:
        yield from _odd_lots(account, answers)


def _odd_lots(account: Account, answers: pd.DataFrame) -> Iterator[Line]:
    """Too much of one kind: a day, a score."""
    days = answers["responded_at"].dropna().dt.normalize().unique()
    if len(days) == 1 and len(answers) > 1:
        sentence = note("report.one_day", answers=len(answers), day=pd.Timestamp(days[0]).date())
        yield Line(account.name, "odd", _column("responded_at"), len(answers), sentence)
    scores = answers["score"].value_counts()
    if (share := float(scores.iloc[0] / len(answers))) >= ONE_SCORE:
        sentence = note("report.one_score", share=share, score=int(scores.index[0]))
        yield Line(account.name, "odd", _column("score"), int(scores.iloc[0]), sentence)


def _joins(answers: pd.DataFrame, checked: dict[str, Account]) -> Iterator[Line]:
    """How many of those who answered the other files know, and whether usage lies before the answers."""
    for name in (name for name in ("people", "usage") if name in checked):
        by = key(checked[name].table)
        people = checked["people"].table if "people" in checked else None
        ids = whose(answers, people, by).dropna().drop_duplicates().to_frame(by)
        if len(ids):
            known = checked[name].table if checked[name].ids is None else checked[name].ids
            joined = int(ibis.memtable(ids).semi_join(known, by).count().to_pandas())
            who = note("report.people" if by == "person_id" else "report.accounts")
            values = {"who": who, "table": table_named(name), "found": joined, "share": joined / len(ids)}
            yield Line(name, "joined", who, joined, note("report.joined", asked=len(ids), **values))
            if joined < FEW_JOINED * len(ids):
                yield Line(name, "odd", _column(by), joined, note("report.hardly_joined", asked=len(ids), **values))


def _apart(answered: pd.Series, used: pd.Series) -> Iterator[Line]:
    """Usage that cannot have shaped any answer; `used` as `_seen` tells it."""
    if answered.empty or pd.isna(used["first"]):
        return
    if used["last"] < answered.min():
        ends = note("report.ends_before", last=used["last"].date(), first=answered.min().date())
        yield Line("usage", "odd", _column("at"), int(used["rows"]), ends)
    if used["first"] > answered.max():
        begins = note("report.begins_after", first=used["first"].date(), last=answered.max().date())
        yield Line("usage", "odd", _column("at"), int(used["rows"]), begins)


def _column(name: str) -> Note:
    return note("as_is", text=name)
