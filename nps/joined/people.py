"""What is known of people, whether they answered or not, and what they can be divided by."""

import numpy as np
import pandas as pd

from nps import accounts, banding
from nps.columns import derived
from nps.fields import FIELDS, OF_ACCOUNTS
from nps.notes import Note, note

UNASKED = ["person_id", "name", "email", "account", "account_id", "role", "plan", "opted_out"]
OWN_DATES = ("joined_at", "renewal_at", "expanded_at")  # of an account, which its people do not share
DIVIDING = ("seats", "owner")  # of accounts, and something to divide people by
SEGMENTS = {
    name: f"segment.{name.replace(' ', '_')}"
    for name in ("role", "plan", "account", "revenue band", "joined", *DIVIDING)
}


def segment_named(segment: str) -> Note:
    """What people are divided by: one of ours, else the header of a column, which is somebody's own."""
    return note(SEGMENTS[segment]) if segment in SEGMENTS else note("as_is", text=segment)


def joined(
    answers: pd.DataFrame, people: pd.DataFrame | None, listed: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, list[str]]:
    """Answers with what is known of each person; what the answer itself says goes first. And the unknown columns.

    listed  what is known of accounts, a row each: said last, and of who was where an account left, that they left

    Who opted out anywhere has opted out.
    """
    merged = answers.assign(opted_out=answers["opted_out"].fillna(False) if "opted_out" in answers else False)
    if people is not None:
        by = next(name for name in ("person_id", "account_id", "account") if name in people)
        joined = answers[[by]].merge(people, on=by, how="left", validate="many_to_one")
        for column in joined.columns.drop(by):
            if column != "opted_out" and not (column in OF_ACCOUNTS and column in merged):
                merged[column] = merged[column].fillna(joined[column]) if column in merged else joined[column]
        if "opted_out" in joined:
            merged["opted_out"] |= joined["opted_out"].fillna(False).astype(bool)
    if listed is not None:
        merged = _of_accounts(merged, listed)
    if merged["opted_out"].any():
        merged["opted_out"] = merged.groupby("person_id")["opted_out"].transform("any")
    fields = {*FIELDS["responses"], *FIELDS["people"]} - {*DIVIDING}
    unknown = pd.Series(np.full(len(merged), None), index=merged.index)  # one for all
    merged = merged.assign(**dict.fromkeys(sorted(fields - {*merged}), unknown))
    others = [column for column in merged if column not in fields]
    return merged.astype({"opted_out": bool}), others


def _of_accounts(merged: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    whose, each = accounts.named(merged), listed.assign(key=accounts.named(listed)).dropna(subset="key")
    each = each.drop_duplicates("key").set_index("key")
    for column in each.columns.difference(["account_id", *OWN_DATES]):
        values = whose.map(each[column]).astype(each[column].dtype)
        if column not in merged or merged[column].isna().all():
            merged = merged.assign(**{column: values})
        elif merged[column].dtype == values.dtype:
            merged = merged.assign(**{column: merged[column].fillna(values)})
    return merged


def never_answered(answers: pd.DataFrame, people: pd.DataFrame | None) -> pd.DataFrame:
    """Who is in the people file and answered nothing: UNASKED."""
    if people is None or "person_id" not in people:
        return pd.DataFrame(columns=UNASKED).astype({"opted_out": bool})
    silent = people[pd.Index(answers["person_id"].unique()).get_indexer(people["person_id"]) < 0]  # isin is slower
    opted_out = silent["opted_out"].fillna(False).astype(bool) if "opted_out" in silent else False
    return silent.reindex(columns=UNASKED).assign(opted_out=opted_out).reset_index(drop=True)


def divided(answers: pd.DataFrame, others: list[str]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The answers with their segments in place of the unknown columns, and the names of those."""
    segments = pd.DataFrame(_segments(answers, others), index=answers.index)
    rest = answers.drop(columns=[*others, *segments], errors="ignore")
    return pd.concat([rest, segments], axis=1), tuple(segments)


def _segments(answers: pd.DataFrame, others: list[str]) -> dict[str, pd.Categorical]:
    """What people can be divided by: role, plan, then every other column that tells something, as it is or in bands."""
    telling = _telling(answers, others) if others else []
    columns = {name: answers[name] for name in ("role", "plan", *telling)}
    columns |= {"account": answers["account"], "revenue band": answers["revenue"], "joined": answers["joined_at"]}
    banded = {name: banding.bands(cells) for name, cells in columns.items() if not banding.is_identifier(name)}
    return {name: bands for name, bands in banded.items() if bands is not None}


def _telling(answers: pd.DataFrame, others: list[str]) -> list[str]:
    """Those of the columns that tell more than the score, or the row, does."""
    again = answers["person_id"].duplicated()
    each = ~again if again.any() else None
    return [name for name in others if not derived.why(name, answers[name], answers["score"], each)]


def churned_after(answers: pd.DataFrame) -> np.ndarray:
    """1.0 who left after the answer, 0.0 who is not known to have left, NaN who had left before or at a time unknown.

    answers  responded_at, churned_at (UTC; a date without a time counts from its midnight)
    """
    churned = pd.to_datetime(answers["churned_at"])
    return np.where(churned.isna(), 0.0, np.where(churned > answers["responded_at"], 1.0, np.nan))
