"""What came of every row of every file, and what looks odd in what is left.

Pure functions: checked tables in, one frame out, so that page, download and command line tell the same.
Rows in the file = used + held back + ignored, always.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import ibis
import pandas as pd
from ibis.expr.types import Table

from nps.literals.scores import SCALES
from nps.sources import Ignored

TABLES = ("responses", "people", "usage")
REPORT = ["table", "about", "subject", "rows", "sentence"]
BALANCE = ("rows in the file", "used", "held back", "ignored")
WHEN = {"responses": "responded_at", "people": "joined_at", "usage": "at"}
LINES_SHOWN = 5
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
    scale     how its scores are written, as `literals.scores` names it; None where that was not said
    """

    name: str
    table: Table | None
    rejected: pd.DataFrame
    rows: int
    used: int
    ignored: tuple[Ignored, ...] = ()
    cells: int = 0
    absent: frozenset[str] = frozenset({"record"})
    scale: str | None = None

    @property
    def held_back(self) -> int:
        """Rows that could not be used."""
        return len(self.rejected) - self.cells


class Line(NamedTuple):
    """One line of the report; `rows` counts rows of the file, people or features, as `about` says."""

    table: str
    about: str
    subject: str
    rows: int
    sentence: str = ""


def key(table: Table) -> str:
    """The column that tells whom the rows of people or usage are about: people, or accounts."""
    return next(name for name in ("person_id", "account_id", "account") if name in table.columns)


def whose(answers: pd.DataFrame, people: Table | None, by: str) -> pd.Series:
    """Each answer's person or account, as `by` says; the account that an answer does not name is that of its person."""
    said = answers[by] if by in answers else pd.Series(index=answers.index, dtype=object)
    if people is None or not {"person_id", by} <= {*people.columns} or by == "person_id":
        return said
    known = people.select("person_id", by).to_pandas().set_index("person_id")[by]
    return said.fillna(answers["person_id"].map(known))


def report(accounts: Sequence[Account], now: pd.Timestamp | None = None) -> pd.DataFrame:
    """The whole story as one frame: table, about, subject, rows, sentence.

    now  what counts as the future; this moment when not given
    """
    now = now or pd.Timestamp.now("UTC").tz_localize(None)
    known = {account.name: account for account in accounts if account.table is not None}
    lines = []
    for account in accounts:
        lines += [*_balance(account), *_held_back(account), *(_content(account) if account.name in known else ())]
    for account in known.values():
        lines += _odd_dates(account, now)
    if "responses" in known:
        answers = known["responses"].table.to_pandas()
        lines += _odd_answers(known["responses"], answers)
        lines += _joins(answers, known)
    return pd.DataFrame(lines, columns=REPORT).astype({"rows": "int64"} | dict.fromkeys(REPORT[:3], "str"))


def balance(told: pd.DataFrame) -> pd.DataFrame:
    """Per table: rows in the file = used + held back + ignored."""
    counted = told[told["about"].isin(BALANCE) & (told["subject"] == "")]
    return counted.pivot(index="table", columns="about", values="rows")[list(BALANCE)].reset_index()


def suspicious(told: pd.DataFrame) -> list[str]:
    """What looks odd, as sentences."""
    return told.loc[told["about"] == "odd", "sentence"].tolist()


def details(told: pd.DataFrame) -> pd.DataFrame:
    """Everything else that was counted."""
    return told[(told["subject"] != "") & (told["about"] != "odd")].reset_index(drop=True)


def _balance(account: Account) -> Iterator[Line]:
    ignored = sum(part.rows for part in account.ignored)
    for about, rows in zip(BALANCE, (account.rows, account.used, account.held_back, ignored), strict=True):
        yield Line(account.name, about, "", rows)
    for part in account.ignored:
        yield Line(account.name, "ignored", str(part.reason), part.rows)


def _held_back(account: Account) -> Iterator[Line]:
    for (column, reason), rows in account.rejected.groupby(["column", "reason"], sort=False):
        lines = ", ".join(map(str, rows["row"].dropna().head(LINES_SHOWN)))
        more = ", ..." if len(rows) > LINES_SHOWN else ""
        where = f"; line {lines}{more}" if lines else ""
        subject = f"{column}: {reason}" if column else reason
        yield Line(account.name, "held back", subject, len(rows), f"as “{rows['value'].iloc[0][:60]}”{where}")
    scores = account.rejected.loc[account.rejected["column"] == "score", "value"]
    numbers = pd.to_numeric(scores.where(scores.str.fullmatch(_NUMBER)), errors="coerce")
    low, high, _ = SCALES[account.scale or "0-10"]
    if outside := int(((numbers < low) | (numbers > high)).sum()):
        yield Line(account.name, "out of range", "score", outside, f"numbers below {low} or above {high}")


def _content(account: Account) -> Iterator[Line]:
    """Cells that are missing, first and last date."""
    table, when = account.table, WHEN[account.name]
    columns = [name for name in table.columns if name not in account.absent]
    asked = {f"missing {n}": table[name].isnull().sum() for n, name in enumerate(columns)}
    if when in columns:
        asked |= {"first": table[when].min(), "last": table[when].max()}
    found = table.aggregate(rows=table.count(), **asked).to_pandas().iloc[0]
    for n, name in enumerate(columns):
        if missing := int(found[f"missing {n}"] or 0):
            yield Line(account.name, "missing", name, missing, f"{missing / found['rows']:.0%} of the rows used")
    if when in columns and not pd.isna(found["first"]):
        dated = int(found["rows"] - found[f"missing {columns.index(when)}"])
        yield Line(account.name, "dates", when, dated, f"{found['first']:%Y-%m-%d} to {found['last']:%Y-%m-%d}")


def _odd_dates(account: Account, now: pd.Timestamp) -> Iterator[Line]:
    when = WHEN[account.name]
    if when in account.table.columns:
        cells = account.table[when]
        if future := int((cells > ibis.literal(now + pd.Timedelta(days=1), "timestamp")).sum().to_pandas() or 0):
            yield Line(
                account.name, "odd", when, future, f"{_rows(future)} of the {account.name} file lie in the future."
            )


def _odd_answers(account: Account, answers: pd.DataFrame) -> Iterator[Line]:
    """Answers that come twice, people who answer often, one day, one score."""
    if answers.empty:
        return
    same = [name for name in ("response_id", "person_id", "score", "responded_at", "comment") if name in answers]
    several = answers[answers["person_id"].duplicated(keep=False)]
    if twice := int(several.duplicated(same).sum()):
        sentence = f"{_rows(twice)} of the responses file repeat an answer that stands there already."
        yield Line(account.name, "duplicates", "the same answer twice", twice, sentence)
    often = several["person_id"].value_counts()
    if len(often):
        sentence = f"up to {often.iloc[0]:,} answers"
        yield Line(account.name, "repeats", "people with several answers", len(often), sentence)
    if len(often) and often.iloc[0] >= MANY_ANSWERS:
        sentence = f"“{often.index[0]}” has {often.iloc[0]:,} answers: is that one person?"
        yield Line(account.name, "odd", "person_id", int(often.iloc[0]), sentence)
    if len(answers) >= FEW_ANSWERS:
        yield from _odd_lots(account, answers)


def _odd_lots(account: Account, answers: pd.DataFrame) -> Iterator[Line]:
    """Too much of one kind: a day, a score."""
    days = answers["responded_at"].dropna().dt.normalize().unique()
    if len(days) == 1 and len(answers) > 1:
        sentence = f"All {len(answers):,} answers are of one day, {days[0]:%Y-%m-%d}: is it the day of the export?"
        yield Line(account.name, "odd", "responded_at", len(answers), sentence)
    scores = answers["score"].value_counts()
    if scores.iloc[0] >= ONE_SCORE * len(answers):
        share = f"{scores.iloc[0] / len(answers):.0%}"
        sentence = f"{share} of the answers are a {scores.index[0]}: is that the column with the score?"
        yield Line(account.name, "odd", "score", int(scores.iloc[0]), sentence)


def _joins(answers: pd.DataFrame, known: dict[str, Account]) -> Iterator[Line]:
    """How many of those who answered the other files know, and whether usage lies before the answers."""
    for name in (name for name in ("people", "usage") if name in known):
        by = key(known[name].table)
        people = known["people"].table if "people" in known else None
        asked = whose(answers, people, by).dropna().drop_duplicates().to_frame(by)
        if len(asked):
            found = int(ibis.memtable(asked).semi_join(known[name].table, by).count().to_pandas())
            who = "people who answered" if by == "person_id" else "accounts that answered"
            sentence = f"{found:,} of the {len(asked):,} {who} ({found / len(asked):.1%}) are in the {name} file."
            yield Line(name, "joined", who, found, sentence)
            if found < FEW_JOINED * len(asked):
                yield Line(name, "odd", by, found, f"Only {sentence} Do both files name people alike?")
    if "usage" in known:
        yield from _apart(answers["responded_at"].dropna(), known["usage"].table)


def _apart(answered: pd.Series, usage: Table) -> Iterator[Line]:
    """Usage that cannot have shaped any answer."""
    used = usage.aggregate(first=usage["at"].min(), last=usage["at"].max(), rows=usage.count()).to_pandas().iloc[0]
    if answered.empty or pd.isna(used["first"]):
        return
    rows = int(used["rows"])
    if used["last"] < answered.min():
        ends = f"Usage ends on {used['last']:%Y-%m-%d}, before the first answer on {answered.min():%Y-%m-%d}."
        yield Line("usage", "odd", "at", rows, ends)
    if used["first"] > answered.max():
        begins = f"Usage begins on {used['first']:%Y-%m-%d}, after the last answer on {answered.max():%Y-%m-%d}."
        yield Line("usage", "odd", "at", rows, begins)


def _rows(count: int) -> str:
    return f"{count:,} row" + "s" * (count != 1)
